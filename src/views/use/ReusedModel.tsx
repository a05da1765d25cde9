// A loaded classifier on the table that is open, without training: the button,
// and its figures, which say that nothing was trained here.

import { useDeferredValue, useState, type ReactNode } from "react";
import { asText } from "../../say";
import {
  canEvaluate,
  useStudio,
  type EvaluationProgress,
  type ModelEvaluation,
} from "../../studio";
import { PanelHeading } from "../controls/controls";
import { many } from "../controls/numbers";
import "./ReusedModel.css";

export function EvaluateModel() {
  const can = useStudio(canEvaluate);
  const working = useStudio((s) => s.waiting.evaluation);
  const name = useStudio((s) => s.model?.name);
  const evaluate = useStudio((s) => s.evaluate);
  const stop = useStudio((s) => s.stopEvaluating);
  if (!can && working === null) return null;
  return (
    <div className="evaluate-model">
      {working === null ? (
        <button
          type="button"
          className="button"
          onClick={() => void evaluate()}
        >
          Evaluate
        </button>
      ) : (
        <button type="button" className="button" onClick={stop}>
          Stop evaluating
        </button>
      )}
      <span className="note" role="status">
        {asText(working) ?? (
          <>
            Tries the model <bdi>{name}</bdi> as it was loaded on the rows of
            this table, without training.
          </>
        )}
      </span>
    </div>
  );
}

const parts = {
  all: "all rows",
  train: "training part",
  validation: "validation part",
  test: "test part",
};

export function ReusedModel({
  evaluated,
  figures,
}: {
  evaluated: ModelEvaluation;
  figures(evaluation: EvaluationProgress): ReactNode;
}) {
  const { model, files, evaluations } = evaluated;
  const hasRun = useStudio((s) => s.run !== null);
  const forget = useStudio((s) => s.forgetEvaluation);
  const [wanted, setWanted] = useState("all");
  const shown = evaluations.find(({ part }) => part === wanted);
  const evaluation = useDeferredValue(shown ?? evaluations[0]!);
  const rows = evaluation.perClass.reduce(
    (sum, { support }) => sum + support,
    0,
  );
  return (
    <section className="panel evaluation" aria-label="Evaluation">
      <PanelHeading
        aside={
          <label className="which">
            <span>Evaluation of</span>
            <select
              value={wanted}
              onChange={(event) => setWanted(event.currentTarget.value)}
            >
              {evaluations.map(({ part }) => (
                <option key={part} value={part}>
                  {parts[part]}
                </option>
              ))}
            </select>
          </label>
        }
      >
        Evaluation
      </PanelHeading>
      <p className="results-of">
        Not trained here: model <b>{model}</b> on {many(rows, "row")} of{" "}
        <b>{asText(files)}</b>
        {evaluation.part === "all" ? "" : `, its ${parts[evaluation.part]}`}.
        Rows that it learned from say little.{" "}
        {hasRun && (
          <button type="button" className="button quiet small" onClick={forget}>
            Show the run’s figures
          </button>
        )}
      </p>
      <EvaluateModel />
      {figures(evaluation)}
    </section>
  );
}
