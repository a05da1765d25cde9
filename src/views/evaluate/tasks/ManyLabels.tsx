// Texts with many labels: how well each label is given, and the texts that got one
// too many or too few.

import { useDeferredValue, useState } from "react";
import { say } from "../../../say";
import { useStudio, type ManyLabelsEvaluation } from "../../../studio";
import { manyLabels } from "../../data/rows";
import { FindLabel } from "../FindLabel";
import { Headlines, type FiguresProps } from "../Headlines";
import { PerLabelFigures } from "../PerClassFigures";
import { ManyMistakes } from "./ManyMistakes";

export function ManyLabelsFigures({
  evaluation,
  baselines,
}: FiguresProps<ManyLabelsEvaluation>) {
  const watch = useStudio((studio) => studio.watch);
  const [wanted, setWanted] = useState("");
  const find = useDeferredValue(wanted);
  const [only, setOnly] = useState<number | null>(null);
  const { perLabel, mistakes, mistakeCount, count } = evaluation;
  const labels = perLabel.map(({ label }) => label);
  return (
    <>
      <Headlines {...{ evaluation, baselines }} />
      {labels.length > manyLabels && (
        <FindLabel value={wanted} count={labels.length} onChange={setWanted} />
      )}
      <div className="block">
        <h3>{say("labels.heading")}</h3>
        <PerLabelFigures
          perClass={perLabel}
          find={find}
          chosen={only}
          onChoose={setOnly}
        />
      </div>
      <div className="block">
        <h3>
          {say("mistakes.heading")}
          <span className="note" role="status">
            {only !== null ? (
              <>
                {say("mistakes.with label", { label: labels[only] ?? "" })}{" "}
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
        {mistakeCount === 0 ? (
          <p className="empty">
            {say("mistakes.none")} {count >= 20 && say("mistakes.perfect")}
          </p>
        ) : (
          <ManyMistakes
            mistakes={mistakes}
            labels={labels}
            only={only}
            onWatch={(input) => void watch(input)}
          />
        )}
      </div>
    </>
  );
}
