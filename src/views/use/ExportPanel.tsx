// Leaving with the weights.

import { useId, useState } from "react";
import { asText } from "../../say";
import { useStudio, type ExportFormat } from "../../studio";
import { PanelHeading, SelectField } from "../controls/controls";
import "./ExportPanel.css";
import { bytes } from "../controls/numbers";
import { ResultsOf } from "../evaluate/ResultsOf";

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
    <section aria-label="Export" className="panel export">
      <PanelHeading aside={<span className="note">{run.name}</span>}>
        Export
      </PanelHeading>
      <ResultsOf />
      <div className="export-row">
        <SelectField<ExportFormat>
          label="Format"
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
          Export
        </button>
      </div>
      <p className="note" id={id}>
        {asText(waiting) ??
          (usable
            ? `${run.name}-huggingface.zip, about ${bytes(run.model.parameters * 4)}: weights that load in Python with Transformers, a model card, and all it takes to repeat the run.`
            : "There are weights to export when the run has ended.")}
      </p>
    </section>
  );
}
