// Train, Pause, Resume, Stop, always in one place, with one sentence on what is
// going on and how far it is.

import { useEffect, useRef, useState } from "react";
import { asText } from "../../say";
import {
  estimate,
  isBusy,
  lacksModel,
  loadOf,
  useStudio,
  type Phase,
  type Studio,
} from "../../studio";
import { fewTexts } from "../../statistics";
import { about, clock, duration } from "../controls/duration";
import { many, score, whole } from "../controls/numbers";
import "./TrainBar.css";

export function TrainBar() {
  const phase = useStudio((s) => s.phase);
  return (
    <div className="train-bar" role="group" aria-label="Run">
      <Buttons phase={phase} />
      <div className="train-words">
        <p role="status" aria-label="Training status">
          <StatusSentence />
        </p>
        <Figures />
      </div>
      <ProgressBar />
    </div>
  );
}

function Buttons({ phase }: { phase: Phase }) {
  const train = useStudio((s) => s.train);
  const pause = useStudio((s) => s.pause);
  const resume = useStudio((s) => s.resume);
  const stop = useStudio((s) => s.stop);
  const blocked = useStudio(whyNot);
  const box = useRef<HTMLDivElement>(null);
  const running = phase === "training" || phase === "loading";

  // The pressed button is replaced by its opposite: focus goes on with it.
  const focused = useRef(false);
  useEffect(() => {
    if (!focused.current) return;
    focused.current = false;
    if (box.current?.contains(document.activeElement)) return;
    box.current?.querySelector<HTMLElement>("button")?.focus();
  }, [phase]);
  const press = (action: () => void) => () => {
    focused.current = true;
    action();
  };

  return (
    <div className="train-buttons" ref={box}>
      {running || phase === "paused" ? (
        <>
          {phase === "paused" ? (
            <button
              type="button"
              className="button primary"
              onClick={press(resume)}
            >
              Resume
            </button>
          ) : (
            <button
              type="button"
              className="button"
              // Keeps the focus it got from Train: not `disabled`.
              aria-disabled={phase === "loading"}
              onClick={press(pause)}
            >
              Pause
            </button>
          )}
          <button type="button" className="button" onClick={press(stop)}>
            Stop
          </button>
        </>
      ) : (
        <button
          type="button"
          className="button primary train"
          disabled={blocked !== null}
          title={blocked ?? undefined}
          onClick={press(() => void train())}
        >
          Train
        </button>
      )}
    </div>
  );
}

/** Why Train would not work now, or null. */
function whyNot(studio: Studio): string | null {
  const { phase, waiting, optionProblems } = studio;
  if (phase === "empty") return "There is no data yet.";
  if (phase === "mapping") return "The data needs a look first.";
  if (waiting.data) return asText(waiting.data);
  if (lacksModel(studio))
    return "There is no model: it could not be loaded. Load it again under Model.";
  return asText(Object.values(optionProblems)[0] ?? null);
}

/**
 * Changes rarely enough to be read aloud: stages and quarters of the run, never
 * steps; an epoch may take no more than a moment.
 */
function StatusSentence() {
  const sentence = useStudio(statusSentence);
  const evaluates = useStudio(
    ({ phase, stage }) => phase === "training" && stage?.stage === "evaluating",
  );
  const quarters = useStudio(quartersDone);
  if (useLasting(evaluates, 1500)) return "Measuring on the validation texts.";
  return (
    <>
      {sentence}
      {quarters > 0 && (
        <span className="unseen"> {quarters * 25} % are done.</span>
      )}
    </>
  );
}

function quartersDone(studio: Studio): number {
  const share = studio.phase === "training" ? progressOf(studio) : null;
  return Math.floor(4 * (share ?? 0));
}

/** Whether something has been so for at least so long. */
function useLasting(is: boolean, milliseconds: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!is) return;
    const timer = setTimeout(() => setLasts(true), milliseconds);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [is, milliseconds]);
  return is && lasts;
}

export function statusSentence(studio: Studio): string {
  const { phase, waiting, overview, options, run, stage } = studio;
  switch (phase) {
    case "empty":
      return asText(waiting.data) ?? "Waiting for data.";
    case "mapping":
      return (
        asText(waiting.data) ??
        (overview
          ? "This data cannot be trained on yet."
          : "Choose the columns.")
      );
    case "ready": {
      const blocked = whyNot(studio);
      if (blocked) return blocked;
      const { model, device, speeds, table, mapping } = studio;
      const rows = overview
        ? `Ready: ${many(overview.usable, "text")}.`
        : "Ready.";
      if (!model) return `${rows} ${waiting.device ?? waiting.model ?? ""}`;
      if (!overview) return rows;
      const { seconds } = estimate(
        loadOf(overview, table, mapping),
        options,
        model,
        device,
        speeds,
      );
      return seconds === null
        ? rows
        : `${rows} Training takes ${about(seconds)}.`;
    }
    case "loading":
      return stage
        ? stageSentence(stage.stage)
        : asText(waiting.device ?? waiting.model ?? "Splitting the data.");
    case "training":
      return "Training.";
    case "paused":
      return "Paused.";
    case "trained":
      return run ? endSentence(run) : "Trained.";
    case "failed":
      return "The run failed. Data and options are as they were.";
  }
}

function stageSentence(stage: string): string {
  switch (stage) {
    case "tokenizing":
      return "Splitting texts into word pieces.";
    case "encoding":
      return "Reading every text once.";
    default:
      return "Starting.";
  }
}

function endSentence(run: NonNullable<Studio["run"]>): string {
  const { summary, validation, baselines } = run;
  if (!summary) return "Trained.";
  const how =
    summary.outcome === "finished"
      ? "Finished"
      : summary.outcome === "stopped"
        ? `Stopped at step ${whole(summary.step)} of ${whole(summary.steps)}`
        : `Stopped early at step ${whole(summary.step)}, as it no longer improved`;
  if (run.options.decidedBy)
    return `${how} on all ${many(run.dataset.train, "row")}.`;
  if (!validation) return `${how}.`;
  const beside = baselines
    ? ` (bag of words ${score(baselines.bagOfWords.macroF1)})`
    : "";
  return `${how}: macro-F1 ${score(validation.macroF1)}${beside}, accuracy ${score(validation.accuracy)}${ofFew(run)}.`;
}

/** " of 12 texts" where so few say little. */
export function ofFew({ dataset }: NonNullable<Studio["run"]>): string {
  const { validation } = dataset;
  return validation < fewTexts ? ` of ${many(validation, "text")}` : "";
}

/** Fast numbers, for the eye only: the status says the same in longer breaths. */
function Figures() {
  const phase = useStudio((s) => s.phase);
  const step = useStudio((s) => s.step);
  const stage = useStudio((s) => s.stage);
  const summary = useStudio((s) => s.run?.summary ?? null);
  const epochs = useStudio((s) => s.options.epochs);
  if (phase === "trained" && summary)
    return (
      <p className="train-figures">
        {duration(summary.seconds)} · {summary.executor} · kept: step{" "}
        {whole(summary.bestStep)}
        {summary.step !== summary.bestStep &&
          ` · last: step ${whole(summary.step)}`}
      </p>
    );
  if (phase === "loading" && stage && stage.total > 0)
    return (
      <p className="train-figures">
        {whole(stage.done)} of {whole(stage.total)}
      </p>
    );
  if (!step || (phase !== "training" && phase !== "paused"))
    return <p className="train-figures" />;
  return (
    <p className="train-figures">
      step {padded(step.step, step.steps)}
      <span className="epoch">
        {" · "}epoch{" "}
        {padded(Math.max(1, Math.min(epochs, Math.ceil(step.epoch))), epochs)}
      </span>
      {" · "}
      {clock(step.secondsLeft)} left
    </p>
  );
}

/** "84/270" in the width of "270/270", so that nothing moves while it counts. */
function padded(count: number, of: number): string {
  const all = whole(of);
  return `${whole(count).padStart(all.length, "\u2007")}/${all}`;
}

/** 0–1, or null while there is nothing to be far in. */
export function progressOf(studio: Studio): number | null {
  const { phase, step, stage } = studio;
  if (phase === "trained") return 1;
  if (!isBusy(studio)) return null;
  if (step) return step.step / step.steps;
  return stage && phase === "loading" && stage.total > 0 ? 0 : null;
}

function ProgressBar() {
  const phase = useStudio((s) => s.phase);
  const share = useStudio(progressOf);
  const waits = phase === "loading";
  const hidden = !["loading", "training", "paused", "trained"].includes(phase);
  const percent = share === null ? 0 : Math.floor(share * 100);
  return (
    <div
      className="progress"
      data-waits={waits || undefined}
      data-done={phase === "trained" || undefined}
      {...(hidden
        ? { "aria-hidden": true }
        : {
            role: "progressbar",
            "aria-label": "Training progress",
            "aria-valuemin": 0,
            "aria-valuemax": 100,
            "aria-valuenow": waits ? undefined : percent,
          })}
    >
      <i style={{ transform: `scaleX(${share ?? 0})` }} />
    </div>
  );
}
