// What the run is worth: scores beside their baselines, which label is taken for
// which, class by class, and the mistakes themselves.

import { useDeferredValue, useState } from "react";
import { say } from "../../say";
import { useStudio } from "../../studio";
import { AllRows } from "../train/AllRows";
import { BothParts } from "./BothParts";
import { EvaluationFigures } from "./EvaluationFigures";
import { PanelHeading } from "../controls/controls";
import "./EvaluationPanel.css";
import { ResultsOf } from "./ResultsOf";
import { EvaluateModel, ReusedModel } from "../use/ReusedModel";
import { manyLabels } from "../data/rows";

export function EvaluationPanel() {
  const reused = useStudio((studio) => studio.modelEvaluation);
  return reused ? (
    <ReusedModel
      evaluated={reused}
      figures={(evaluation) => (
        <EvaluationFigures evaluation={evaluation} baselines={null} />
      )}
    />
  ) : (
    <RunEvaluation />
  );
}

function RunEvaluation() {
  const evaluations = useStudio((studio) => studio.evaluations);
  const kept = useStudio((studio) => studio.run?.validation ?? null);
  const isOver = useStudio((studio) => studio.run?.summary != null);
  const test = useStudio((studio) => studio.testEvaluation);
  const baselines = useStudio(
    (studio) => studio.run?.baselines ?? studio.baselines,
  );
  const awaited = useStudio((studio) =>
    studio.run && !studio.run.summary ? studio.run.dataset.labels.length : 0,
  );
  const allRows = useStudio(
    (studio) => studio.run?.options.decidedBy !== undefined,
  );
  // "latest" follows the run; after its end that is the kept weights' one.
  const [wanted, setWanted] = useState("latest");

  const latest = (isOver ? kept : null) ?? evaluations.at(-1) ?? kept;
  const shown =
    wanted === "test" && test
      ? test
      : (evaluations.find(({ step }) => String(step) === wanted) ?? latest);
  // The thousands of cells of 77 classes are built in slices, beside the charts.
  const built = useDeferredValue(shown);
  const choice = shown === test ? "test" : shown === latest ? "latest" : wanted;

  return (
    <section
      className="panel evaluation"
      aria-label={say("evaluation.heading")}
    >
      <PanelHeading
        aside={
          shown && (
            <label className="which">
              <span>{say("evaluation.which")}</span>
              <select
                value={choice}
                onChange={(event) => setWanted(event.currentTarget.value)}
              >
                <option value="latest">
                  {say(
                    isOver
                      ? "evaluation.of kept weights"
                      : "evaluation.of latest",
                    { step: (latest ?? shown).step },
                  )}
                </option>
                {test && (
                  <option value="test">{say("evaluation.of test")}</option>
                )}
                {evaluations.toReversed().map(({ step, best }) => (
                  <option key={step} value={step}>
                    {best
                      ? say("evaluation.of best step", { step })
                      : say("evaluation.of step", { step })}
                  </option>
                ))}
              </select>
            </label>
          )
        }
      >
        {say("evaluation.heading")}
      </PanelHeading>
      <ResultsOf />
      <EvaluateModel />
      <AllRows />
      {test && kept && <BothParts validation={kept} test={test} />}
      {built ? (
        <EvaluationFigures evaluation={built} baselines={baselines} />
      ) : allRows ? null : (
        <p
          className="empty"
          style={awaited ? { minHeight: expectedHeight(awaited) } : {}}
        >
          {say("evaluation.none yet")}
        </p>
      )}
    </section>
  );
}

/** About what the figures of so many classes will need, so that nothing below them moves. */
function expectedHeight(classes: number): number {
  if (classes > manyLabels) return 120 + 40 + 460 + 400 + 3 * 46 + 340;
  const matrix = Math.min(460, 96 + 36 * classes);
  const perClass = Math.min(400, 27 * (classes + 1));
  return 120 + matrix + perClass + 3 * 46 + 340;
}
