// What the run is worth: scores beside their baselines, which label is taken for
// which, class by class, and the mistakes themselves.

import { memo, useDeferredValue, useState } from "react";
import { useStudio, type Baselines, type EvaluationProgress } from "../studio";
import { ConfusionMatrix, type Pair } from "./ConfusionMatrix";
import { PanelHeading } from "./controls";
import "./EvaluationPanel.css";
import { fewTexts, wilson } from "../statistics";
import { Headline } from "./Headline";
import { Mistakes } from "./Mistakes";
import { loss, score, whole } from "./numbers";
import { PerClassFigures } from "./PerClassFigures";
import { ResultsOf } from "./ResultsOf";

export function EvaluationPanel() {
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
    <section className="panel evaluation" aria-label="Evaluation">
      <PanelHeading
        aside={
          shown && (
            <label className="which">
              <span>Evaluation of</span>
              <select
                value={choice}
                onChange={(event) => setWanted(event.currentTarget.value)}
              >
                <option value="latest">
                  {isOver
                    ? `kept weights, step ${latest?.step}`
                    : `latest, step ${latest?.step}`}
                </option>
                {test && <option value="test">test, kept weights</option>}
                {evaluations.toReversed().map(({ step, best }) => (
                  <option key={step} value={step}>
                    step {step}
                    {best ? ", best so far then" : ""}
                  </option>
                ))}
              </select>
            </label>
          )
        }
      >
        Evaluation
      </PanelHeading>
      <ResultsOf />
      {test && kept && <BothParts validation={kept} test={test} />}
      {built ? (
        <EvaluationFigures evaluation={built} baselines={baselines} />
      ) : (
        <p
          className="empty"
          style={awaited ? { minHeight: expectedHeight(awaited) } : {}}
        >
          Scores on texts the model does not learn from show here, beside what
          guessing and word counts would reach.
        </p>
      )}
    </section>
  );
}

/** Both figures of the kept weights at once: the one that chose them, and the one that did not. */
function BothParts({
  validation,
  test,
}: {
  validation: EvaluationProgress;
  test: EvaluationProgress;
}) {
  return (
    <table className="both" aria-label="Validation and test">
      <thead>
        <tr>
          <th scope="col">Kept weights, step {whole(test.step)}</th>
          <th scope="col">Texts</th>
          <th scope="col">Accuracy</th>
          <th scope="col">95 % interval</th>
          <th scope="col">Macro-F1</th>
        </tr>
      </thead>
      <tbody>
        {[validation, test].map((each) => {
          const count = each.confusion.reduce((sum, value) => sum + value, 0);
          const [low, high] = wilson(each.accuracy, count);
          return (
            <tr key={each.part}>
              <th scope="row">{each.part}</th>
              <td>{whole(count)}</td>
              <td>{score(each.accuracy)}</td>
              <td>
                {count > 0 ? `${low.toFixed(2)}–${high.toFixed(2)}` : "–"}
              </td>
              <td>{score(each.macroF1)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** About what the figures of so many classes will need, so that nothing below them moves. */
function expectedHeight(classes: number): number {
  const matrix = Math.min(460, 96 + 36 * classes);
  const perClass = Math.min(400, 27 * (classes + 1));
  return 120 + matrix + perClass + 3 * 46 + 340;
}

/** One evaluation in full. */
export const EvaluationFigures = memo(function EvaluationFigures({
  evaluation,
  baselines,
}: {
  evaluation: EvaluationProgress;
  /** Of the validation part. */
  baselines: Baselines | null;
}) {
  const watch = useStudio((studio) => studio.watch);
  const isOver = useStudio((studio) => studio.run?.summary != null);
  const [only, setOnly] = useState<Pair | null>(null);
  const { perClass, confusion, mistakes, mistakeCount } = evaluation;
  const labels = perClass.map(({ label }) => label);
  const count = confusion.reduce((sum, value) => sum + value, 0);
  const interval = count > 0 ? wilson(evaluation.accuracy, count) : undefined;
  const part = evaluation.part === "test" ? "test" : "validation";
  const beside = (figure: "accuracy" | "macroF1") =>
    baselines && [
      { name: "majority", value: baselines.majority[figure] },
      { name: "bag of words", value: baselines.bagOfWords[figure] },
    ];
  const filtered = only && {
    label: labels[only.label],
    predicted: labels[only.predicted],
    count: confusion[only.label * labels.length + only.predicted] ?? 0,
    isRight: only.label === only.predicted,
  };

  return (
    <>
      <div className="headlines">
        <Headline
          name="Accuracy"
          value={evaluation.accuracy}
          baselines={beside("accuracy")}
          interval={interval}
        />
        <Headline
          name="Macro-F1"
          value={evaluation.macroF1}
          baselines={beside("macroF1")}
        />
        <p className="facts">
          {evaluation.part === "test" ? "Kept weights" : isOver && "Weights"}
          {(evaluation.part === "test" || isOver) &&
            ` of step ${whole(evaluation.step)}: `}
          {whole(count)} {part} {count === 1 ? "example" : "examples"},{" "}
          {whole(mistakeCount)} wrong, loss {loss(evaluation.loss)}.
          {part === "test" && " Baselines are those of the validation part."}
          {count > 0 && count < fewTexts && (
            <b className="few">
              {" "}
              So few texts say little: with 95 % confidence the accuracy lies
              between {interval![0].toFixed(2)} and {interval![1].toFixed(2)}.
            </b>
          )}
        </p>
      </div>
      <div className="tables">
        <div className="block">
          <h3>Confusion matrix</h3>
          <ConfusionMatrix
            labels={labels}
            confusion={confusion}
            chosen={only}
            onChoose={setOnly}
          />
        </div>
        <div className="block">
          <h3>Per class</h3>
          <PerClassFigures perClass={perClass} />
        </div>
      </div>
      <div className="block">
        <h3>
          Mistakes, worst first
          <span className="note" role="status">
            {filtered ? (
              <>
                only <bdi>{filtered.label}</bdi> predicted as{" "}
                <bdi>{filtered.predicted}</bdi>{" "}
                <button
                  type="button"
                  className="button quiet small"
                  onClick={() => setOnly(null)}
                >
                  Show all mistakes
                </button>
              </>
            ) : mistakeCount > mistakes.length ? (
              `the ${mistakes.length} worst of ${whole(mistakeCount)}`
            ) : (
              mistakeCount > 0 && `all ${whole(mistakeCount)}`
            )}
          </span>
        </h3>
        {filtered?.isRight ? (
          <p className="empty">
            All {whole(filtered.count)} of these are right. Choose a cell off
            the diagonal to see mistakes.
          </p>
        ) : mistakeCount === 0 ? (
          <p className="empty">
            None.{" "}
            {count >= 20 &&
              "A perfect score is rare: are some of these texts also in the training part?"}
          </p>
        ) : (
          <Mistakes
            mistakes={mistakes}
            labels={labels}
            only={only}
            onWatch={(input) => void watch(input)}
          />
        )}
      </div>
    </>
  );
});
