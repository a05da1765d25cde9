// What the run is worth: scores beside their baselines, which label is taken for
// which, class by class, and the mistakes themselves.

import { memo, useDeferredValue, useMemo, useState } from "react";
import {
  confusionCells,
  useStudio,
  type Baselines,
  type EvaluationProgress,
} from "../../studio";
import { AllRows } from "../train/AllRows";
import { ConfusionMatrix } from "./ConfusionMatrix";
import { PanelHeading } from "../controls/controls";
import "./EvaluationPanel.css";
import { fewTexts, wilson } from "../../statistics";
import { Headline } from "../app/Headline";
import { Mistakes } from "./Mistakes";
import { loss, many, score, whole } from "../controls/numbers";
import type { Pair } from "./pair";
import { PerClassFigures } from "./PerClassFigures";
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
          const count = each.perClass.reduce(
            (sum, { support }) => sum + support,
            0,
          );
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
  if (classes > manyLabels) return 120 + 40 + 460 + 400 + 3 * 46 + 340;
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
  const labels = useMemo(() => perClass.map(({ label }) => label), [perClass]);
  const cells = useMemo(() => confusionCells(confusion), [confusion]);
  const count = cells.reduce((sum, cell) => sum + cell.count, 0);
  const [wanted, setWanted] = useState("");
  // What is typed shows at once; the tables follow.
  const find = useDeferredValue(wanted);
  const interval = count > 0 ? wilson(evaluation.accuracy, count) : undefined;
  const part = evaluation.part === "test" ? "test" : "validation";
  const trained = evaluation.step > 0 && (part === "test" || isOver);
  const example = evaluation.part === "all" ? "row" : `${part} example`;
  // None are computed for what was not trained here.
  const none = evaluation.step === 0 && !baselines;
  const beside = (figure: "accuracy" | "macroF1") =>
    none
      ? []
      : baselines && [
          { name: "majority", value: baselines.majority[figure] },
          { name: "bag of words", value: baselines.bagOfWords[figure] },
        ];
  const filtered = only && {
    label: labels[only.label],
    predicted: labels[only.predicted],
    count:
      cells.find(
        ({ label, predicted }) =>
          label === only.label && predicted === only.predicted,
      )?.count ?? 0,
    isRight: only.label === only.predicted,
  };
  const isListed =
    only === null ||
    mistakes.some(
      ({ label, predicted }) =>
        label === only.label && predicted === only.predicted,
    );

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
          {trained &&
            `${part === "test" ? "Kept weights" : "Weights"} of step ${whole(evaluation.step)}: `}
          {many(count, example)}, {whole(mistakeCount)} wrong, loss{" "}
          {loss(evaluation.loss)}.
          {part === "test" &&
            baselines &&
            " Baselines are those of the validation part."}
          {count > 0 && count < fewTexts && (
            <b className="few">
              {" "}
              So few texts say little: with 95 % confidence the accuracy lies
              between {interval![0].toFixed(2)} and {interval![1].toFixed(2)}.
            </b>
          )}
        </p>
      </div>
      {labels.length > manyLabels && (
        <label className="find">
          <span>Find a label</span>
          <input
            type="search"
            dir="auto"
            value={wanted}
            placeholder={`of ${whole(labels.length)}`}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        </label>
      )}
      <div className={labels.length > manyLabels ? "tables wide" : "tables"}>
        <div className="block">
          <h3>Confusion matrix</h3>
          <ConfusionMatrix
            labels={labels}
            confusion={confusion}
            chosen={only}
            onChoose={setOnly}
            find={find}
          />
        </div>
        <div className="block">
          <h3>Per class</h3>
          <PerClassFigures perClass={perClass} find={find} />
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
        ) : !isListed ? (
          <p className="empty">
            {filtered?.count === 0
              ? "There are none of these in this evaluation."
              : `${many(filtered?.count ?? 0, "mistake")} of this kind, but not among the ${mistakes.length} worst, which are all that is kept.`}
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
