// A loaded classifier on the table that is open, without training: the button,
// and its figures, which say that nothing was trained here.

import { useDeferredValue, useState, type ReactNode } from "react";
import { said } from "../../said";
import { asText, say } from "../../say";
import {
  canEvaluate,
  useStudio,
  type EvaluationProgress,
  type ModelEvaluation,
} from "../../studio";
import { PanelHeading } from "../controls/controls";
import { Say } from "../controls/Said";
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
          {say("reused.evaluate")}
        </button>
      ) : (
        <button type="button" className="button" onClick={stop}>
          {say("reused.stop")}
        </button>
      )}
      <span className="note" role="status">
        {asText(working) ?? (
          <Say code="reused.explain" values={{ model: <bdi>{name}</bdi> }} />
        )}
      </span>
    </div>
  );
}

const parts = {
  all: said("reused.all rows"),
  train: said("reused.training part"),
  validation: said("reused.validation part"),
  test: said("reused.test part"),
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
  const rows = evaluation.count;
  return (
    <section
      className="panel evaluation"
      aria-label={say("evaluation.heading")}
    >
      <PanelHeading
        aside={
          <label className="which">
            <span>{say("evaluation.which")}</span>
            <select
              value={wanted}
              onChange={(event) => setWanted(event.currentTarget.value)}
            >
              {evaluations.map(({ part }) => (
                <option key={part} value={part}>
                  {say(parts[part])}
                </option>
              ))}
            </select>
          </label>
        }
      >
        {say("evaluation.heading")}
      </PanelHeading>
      <p className="results-of">
        <Say
          code={
            evaluation.part === "all"
              ? "reused.not trained"
              : "reused.part not trained"
          }
          values={{
            model: <b>{model}</b>,
            rows,
            files: <b>{asText(files)}</b>,
            part: parts[evaluation.part],
          }}
        />{" "}
        {hasRun && (
          <button type="button" className="button quiet small" onClick={forget}>
            {say("reused.show run")}
          </button>
        )}
      </p>
      <EvaluateModel />
      {figures(evaluation)}
    </section>
  );
}
