// What the model got wrong, the most confident errors first: they show either
// what it has not learnt or what is labelled wrongly.

import { useMemo } from "react";
import { say } from "../../say";
import type { OneLabelEvaluation, TextInput } from "../../studio";
import { classColour } from "../controls/classColour";
import { percent } from "../controls/numbers";
import { MistakeTable, TextCell } from "./MistakeTable";
import type { Pair } from "./pair";

export type Mistake = OneLabelEvaluation["mistakes"][number];

export function Mistakes({
  mistakes,
  labels,
  only,
  onWatch,
}: {
  mistakes: Mistake[];
  labels: string[];
  only: Pair | null;
  onWatch?(input: TextInput): void;
}) {
  const shown = useMemo(
    () =>
      only
        ? mistakes.filter(
            ({ label, predicted }) =>
              label === only.label && predicted === only.predicted,
          )
        : mistakes,
    [mistakes, only],
  );
  return (
    <MistakeTable
      // Another choice is another list: nothing opened stays open.
      key={only ? `${only.label} ${only.predicted}` : ""}
      mistakes={shown}
      heads={[
        say("mistakes.text"),
        say("mistakes.label"),
        say("mistakes.predicted"),
      ]}
      row={(mistake) => (
        <>
          <TextCell mistake={mistake} {...(onWatch && { onWatch })} />
          <Judgement
            label={labels[mistake.label] ?? ""}
            index={mistake.label}
            probability={mistake.probabilityOfLabel}
          />
          <Judgement
            label={labels[mistake.predicted] ?? ""}
            index={mistake.predicted}
            probability={mistake.confidence}
          />
        </>
      )}
    />
  );
}

function Judgement({
  label,
  index,
  probability,
}: {
  label: string;
  index: number;
  probability: number;
}) {
  return (
    <td className="judgement">
      <span className="head" title={label}>
        <i style={{ background: classColour(index) }} />
        <bdi>{label}</bdi>
      </span>
      <span className="probability">{percent(probability)}</span>
    </td>
  );
}
