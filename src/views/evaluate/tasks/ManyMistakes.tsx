// Texts that got a label too many or too few, with the labels in question.

import { say } from "../../../say";
import type { ManyLabelsEvaluation, TextInput } from "../../../studio";
import { classColour } from "../../controls/classColour";
import { percent } from "../../controls/numbers";
import { MistakeTable, TextCell } from "../MistakeTable";

type ManyMistake = ManyLabelsEvaluation["mistakes"][number];

export function ManyMistakes({
  mistakes,
  labels,
  only,
  onWatch,
}: {
  mistakes: ManyMistake[];
  labels: string[];
  /** A label; null for mistakes of any. */
  only: number | null;
  onWatch(input: TextInput): void;
}) {
  const shown =
    only === null
      ? mistakes
      : mistakes.filter(
          ({ missed, wrong }) => missed.includes(only) || wrong.includes(only),
        );
  if (shown.length === 0)
    return <p className="empty">{say("mistakes.none with label")}</p>;
  return (
    <MistakeTable
      mistakes={shown}
      heads={[
        say("mistakes.text"),
        say("mistakes.missed"),
        say("mistakes.wrong"),
      ]}
      row={(mistake) => (
        <>
          <TextCell mistake={mistake} onWatch={onWatch} />
          <Labels of={mistake.missed} {...{ mistake, labels }} />
          <Labels of={mistake.wrong} {...{ mistake, labels }} />
        </>
      )}
    />
  );
}

function Labels({
  of,
  mistake,
  labels,
}: {
  of: number[];
  mistake: ManyMistake;
  labels: string[];
}) {
  return (
    <td className="judgement">
      {of.length === 0 && <span className="note">–</span>}
      {of.map((index) => (
        <span className="head" key={index} title={labels[index]}>
          <i style={{ background: classColour(index) }} />
          <bdi>{labels[index]}</bdi>{" "}
          <span className="probability">
            {percent(mistake.probabilities[index] ?? 0)}
          </span>
        </span>
      ))}
    </td>
  );
}
