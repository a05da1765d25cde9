// Texts with many labels: how well each label is given, and the texts that got one
// too many or too few.

import { useDeferredValue, useState } from "react";
import { say } from "../../../say";
import { useStudio, type ManyLabelsEvaluation } from "../../../studio";
import { manyLabels } from "../../data/rows";
import { FindLabel } from "../FindLabel";
import { Headlines, type FiguresProps } from "../Headlines";
import { MistakesBlock } from "../MistakesBlock";
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
  const { perLabel, mistakes } = evaluation;
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
      <MistakesBlock
        evaluation={evaluation}
        chosen={
          only === null
            ? null
            : say("mistakes.with label", { label: labels[only] ?? "" })
        }
        onEvery={() => setOnly(null)}
      >
        <ManyMistakes
          mistakes={mistakes}
          labels={labels}
          only={only}
          onWatch={(input) => void watch(input)}
        />
      </MistakesBlock>
    </>
  );
}
