// Texts whose spans were not all found: what the data marks above what the model
// marks, so that the eye compares.

import { useMemo, useState } from "react";
import { say } from "../../../say";
import { useStudio, type SpanError, type SpanMistake } from "../../../studio";
import {
  compareSpans,
  excerptOf,
  type JudgedSpan,
} from "../../spans/differences";
import { MarkedText } from "../../spans/MarkedText";
import { MistakeTable, TextButtons } from "../MistakeTable";
import "./Spans.css";

export function SpanMistakes({
  mistakes,
  types,
  only,
}: {
  mistakes: SpanMistake[];
  /** Sorted. */
  types: string[];
  /** A kind of error; null for any. */
  only: SpanError | null;
}) {
  const [differences, setDifferences] = useState(false);
  const shown = useMemo(
    () =>
      only ? mistakes.filter(({ kinds }) => kinds.includes(only)) : mistakes,
    [mistakes, only],
  );
  if (shown.length === 0)
    return <p className="empty">{say("mistakes.none with error")}</p>;
  return (
    <div className="span-mistakes">
      <label className="only">
        <input
          type="checkbox"
          checked={differences}
          onChange={(event) => setDifferences(event.currentTarget.checked)}
        />
        {say("mistakes.only differences")}
      </label>
      <MistakeTable
        // Another choice is another list: nothing opened stays open.
        key={only ?? ""}
        mistakes={shown}
        heads={[say("mistakes.text")]}
        row={(mistake) => <Lines {...{ mistake, types, differences }} />}
      />
    </div>
  );
}

function Lines({
  mistake: { text, textB, gold, predicted },
  types,
  differences,
}: {
  mistake: SpanMistake;
  types: string[];
  differences: boolean;
}) {
  const watch = useStudio((studio) => studio.watch);
  const [isOpen, setOpen] = useState(false);
  const compared = useMemo(
    () => compareSpans(gold, predicted),
    [gold, predicted],
  );
  const excerpt = excerptOf(text, compared);
  const isLong = excerpt[1] - excerpt[0] < text.length;
  const line = (spans: JudgedSpan[]) => (
    <MarkedText
      text={text}
      part={isOpen ? [0, text.length] : excerpt}
      types={types}
      marks={spans
        .filter(({ error }) => error || !differences)
        .map(({ error, ...span }) => ({
          ...span,
          error: error ? say(`errors.${error}`) : undefined,
        }))}
    />
  );
  return (
    <td className="text">
      <dl className="lines">
        {textB !== null && (
          <>
            <dt>{say("mistakes.predicate")}</dt>
            <dd>
              <bdi>{textB}</bdi>
            </dd>
          </>
        )}
        <dt>{say("mistakes.in data")}</dt>
        <dd>{line(compared.gold)}</dd>
        <dt>{say("mistakes.predicted")}</dt>
        <dd>{line(compared.predicted)}</dd>
      </dl>
      <TextButtons
        isOpen={isOpen}
        onToggle={isLong ? () => setOpen(!isOpen) : undefined}
        onWatch={() => void watch({ text, textB })}
      />
    </td>
  );
}
