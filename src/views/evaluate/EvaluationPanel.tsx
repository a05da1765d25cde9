// What the run is worth: scores beside their baselines, which label is taken for
// which, class by class, and the mistakes themselves.

import { memo, useDeferredValue, useMemo, useState } from "react";
import { say } from "../../say";
import {
  confusionCells,
  useStudio,
  type Baselines,
  type EvaluationProgress,
} from "../../studio";
import { AllRows } from "../train/AllRows";
import { BothParts } from "./BothParts";
import { ConfusionMatrix } from "./ConfusionMatrix";
import { PanelHeading } from "../controls/controls";
import "./EvaluationPanel.css";
import { wilson } from "../../statistics";
import { Facts } from "./Facts";
import { Headline } from "../app/Headline";
import { Mistakes } from "./Mistakes";
import { Say } from "../controls/Said";
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
  const [only, setOnly] = useState<Pair | null>(null);
  const { perClass, confusion, mistakes, mistakeCount } = evaluation;
  const labels = useMemo(() => perClass.map(({ label }) => label), [perClass]);
  const cells = useMemo(() => confusionCells(confusion), [confusion]);
  const count = cells.reduce((sum, cell) => sum + cell.count, 0);
  const [wanted, setWanted] = useState("");
  // What is typed shows at once; the tables follow.
  const find = useDeferredValue(wanted);
  const interval = count > 0 ? wilson(evaluation.accuracy, count) : undefined;
  // None are computed for what was not trained here.
  const none = evaluation.step === 0 && !baselines;
  const beside = (figure: "accuracy" | "macroF1") =>
    none
      ? []
      : baselines && [
          {
            name: say("evaluation.majority"),
            value: baselines.majority[figure],
          },
          {
            name: say("evaluation.bag of words"),
            value: baselines.bagOfWords[figure],
          },
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
          name={say("evaluation.accuracy")}
          value={evaluation.accuracy}
          baselines={beside("accuracy")}
          interval={interval}
        />
        <Headline
          name={say("evaluation.macro-F1")}
          value={evaluation.macroF1}
          baselines={beside("macroF1")}
        />
        <Facts {...{ evaluation, count, baselines, interval }} />
      </div>
      {labels.length > manyLabels && (
        <label className="find">
          <span>{say("evaluation.find")}</span>
          <input
            type="search"
            dir="auto"
            value={wanted}
            placeholder={say("evaluation.find among", {
              count: labels.length,
            })}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
        </label>
      )}
      <div className={labels.length > manyLabels ? "tables wide" : "tables"}>
        <div className="block">
          <h3>{say("confusion.heading")}</h3>
          <ConfusionMatrix
            labels={labels}
            confusion={confusion}
            chosen={only}
            onChoose={setOnly}
            find={find}
          />
        </div>
        <div className="block">
          <h3>{say("classes.heading")}</h3>
          <PerClassFigures perClass={perClass} find={find} />
        </div>
      </div>
      <div className="block">
        <h3>
          {say("mistakes.heading")}
          <span className="note" role="status">
            {filtered ? (
              <>
                <Say
                  code="mistakes.only"
                  values={{
                    label: <bdi>{filtered.label}</bdi>,
                    predicted: <bdi>{filtered.predicted}</bdi>,
                  }}
                />{" "}
                <button
                  type="button"
                  className="button quiet small"
                  onClick={() => setOnly(null)}
                >
                  {say("mistakes.show every")}
                </button>
              </>
            ) : mistakeCount > mistakes.length ? (
              say("mistakes.the worst", {
                shown: mistakes.length,
                count: mistakeCount,
              })
            ) : (
              mistakeCount > 0 && say("mistakes.all", { count: mistakeCount })
            )}
          </span>
        </h3>
        {filtered?.isRight ? (
          <p className="empty">
            {say("mistakes.cell is right", { count: filtered.count })}
          </p>
        ) : mistakeCount === 0 ? (
          <p className="empty">
            {say("mistakes.none")} {count >= 20 && say("mistakes.perfect")}
          </p>
        ) : !isListed ? (
          <p className="empty">
            {filtered?.count === 0
              ? say("mistakes.none of these")
              : say("mistakes.not kept", {
                  count: filtered?.count ?? 0,
                  kept: mistakes.length,
                })}
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
