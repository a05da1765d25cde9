// The empty page: one sentence, one button, the samples with what they show.

import { estimate, follow, useStudio, type Sample } from "../../studio";
import { asText, say } from "../../say";
import { about } from "../controls/duration";
import { sampleFacts, SampleMenu } from "../data/SampleMenu";
import "./StartScreen.css";
import { UploadButton } from "../data/UploadButton";

export function StartScreen() {
  const samples = useStudio((s) => s.samples);
  const reading = useStudio((s) => s.waiting.data);
  return (
    <section aria-label={say("data.name")} className="start">
      <h2>{say("start.what")}</h2>
      <p className="start-privacy">{say("start.privacy")}</p>
      <div className="start-actions">
        <UploadButton
          className="button primary large"
          disabled={reading !== null}
        />
        <SampleMenu className="button large" disabled={reading !== null} />
      </div>
      <p className="start-formats" aria-live="polite">
        {asText(reading) ?? say("start.formats")}
      </p>
      <ul className="start-samples">
        {samples.map((sample) => (
          <SampleCard key={sample.name} sample={sample} />
        ))}
      </ul>
    </section>
  );
}

function SampleCard({ sample }: { sample: Sample }) {
  const { title, description } = sample;
  const language = useStudio((s) => s.language);
  const trySample = useStudio((s) => s.trySample);
  const busy = useStudio((s) => s.waiting.data !== null);
  const time = useSampleTime(sample);
  return (
    <li>
      <button
        type="button"
        className="sample"
        disabled={busy}
        onClick={() => void trySample(sample.name)}
      >
        <b>{title[language]}</b>
        <span className="sample-description">{description[language]}</span>
        <span className="sample-facts">
          <span>{sampleFacts(sample).join(" · ")}</span>
          <span>{time}</span>
        </span>
      </button>
    </li>
  );
}

/** How long the options it would be opened with take here. */
function useSampleTime({ rows, labels, language, task }: Sample): string {
  const model = useStudio((s) => s.model);
  const device = useStudio((s) => s.device);
  const options = useStudio((s) => s.options);
  const basis = useStudio((s) => s.basis);
  const speeds = useStudio((s) => s.speeds);
  if (!model || !device) return say("start.measuring");
  const data = { rows, labels, pairs: false, task };
  const { seconds } = estimate(
    language === "zh"
      ? { rows, characters: 20, wide: 1 }
      : { rows, characters: 100, wide: 0 },
    follow(options, basis, { ...basis, data }),
    model,
    device,
    speeds,
  );
  return seconds === null
    ? ""
    : say("start.trains in", { time: about(seconds) });
}
