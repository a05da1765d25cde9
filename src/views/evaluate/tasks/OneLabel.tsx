// Texts with one label of several: which label is taken for which, class by class,
// and the mistakes themselves.

import { useDeferredValue, useMemo, useState } from "react";
import { say } from "../../../say";
import {
  confusionCells,
  useStudio,
  type OneLabelEvaluation,
} from "../../../studio";
import { Say } from "../../controls/Said";
import { manyLabels } from "../../data/rows";
import { ConfusionMatrix } from "../ConfusionMatrix";
import { FindLabel } from "../FindLabel";
import { Headlines, type FiguresProps } from "../Headlines";
import { Mistakes } from "../Mistakes";
import type { Pair } from "../pair";
import { MistakesBlock } from "../MistakesBlock";
import { PerClassFigures } from "../PerClassFigures";

export function OneLabelFigures({
  evaluation,
  baselines,
}: FiguresProps<OneLabelEvaluation>) {
  const watch = useStudio((studio) => studio.watch);
  const [only, setOnly] = useState<Pair | null>(null);
  const { perClass, confusion, mistakes } = evaluation;
  const labels = useMemo(() => perClass.map(({ label }) => label), [perClass]);
  const cells = useMemo(() => confusionCells(confusion), [confusion]);
  const [wanted, setWanted] = useState("");
  // What is typed shows at once; the tables follow.
  const find = useDeferredValue(wanted);
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
      <Headlines {...{ evaluation, baselines }} />
      {labels.length > manyLabels && (
        <FindLabel value={wanted} count={labels.length} onChange={setWanted} />
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
      <MistakesBlock
        evaluation={evaluation}
        chosen={
          filtered && (
            <Say
              code="mistakes.only"
              values={{
                label: <bdi>{filtered.label}</bdi>,
                predicted: <bdi>{filtered.predicted}</bdi>,
              }}
            />
          )
        }
        onEvery={() => setOnly(null)}
        instead={
          filtered?.isRight &&
          say("mistakes.cell is right", { count: filtered.count })
        }
      >
        {isListed ? (
          <Mistakes
            mistakes={mistakes}
            labels={labels}
            only={only}
            onWatch={(input) => void watch(input)}
          />
        ) : (
          <p className="empty">
            {filtered?.count === 0
              ? say("mistakes.none of these")
              : say("mistakes.not kept", {
                  count: filtered?.count ?? 0,
                  kept: mistakes.length,
                })}
          </p>
        )}
      </MistakesBlock>
    </>
  );
}
