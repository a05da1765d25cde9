// Leaving with the weights.

import { useId, useState } from "react";
import { asText, say } from "../../say";
import { useStudio, type ExportFormat } from "../../studio";
import { PanelHeading, SelectField } from "../controls/controls";
import "./ExportPanel.css";
import { bytes } from "../controls/numbers";
import { ResultsOf } from "../evaluate/ResultsOf";

/** A name, in any language. */
const formats: { value: ExportFormat; label: string }[] = [
  { value: "huggingface", label: "Hugging Face" },
];

export function ExportPanel() {
  const run = useStudio((s) => s.run);
  const usable = useStudio((s) => s.runUsable);
  const waiting = useStudio((s) => s.waiting.export);
  const exportRun = useStudio((s) => s.exportRun);
  const [format, setFormat] = useState<ExportFormat>("huggingface");
  const id = useId();
  if (!run) return null;
  return (
    <section aria-label={say("export.heading")} className="panel export">
      <PanelHeading aside={<span className="note">{run.name}</span>}>
        {say("export.heading")}
      </PanelHeading>
      <ResultsOf />
      <div className="export-row">
        <SelectField<ExportFormat>
          label={say("export.format")}
          value={format}
          options={formats}
          onChange={setFormat}
        />
        <button
          type="button"
          className="button primary"
          aria-describedby={id}
          disabled={!usable || waiting !== null}
          onClick={() => void exportRun(format)}
        >
          {say("export.button")}
        </button>
      </div>
      <p className="note" id={id}>
        {asText(waiting) ??
          (usable
            ? say("export.what", {
                run: run.name,
                size: bytes(run.model.parameters * 4),
              })
            : say("export.not yet"))}
      </p>
    </section>
  );
}
