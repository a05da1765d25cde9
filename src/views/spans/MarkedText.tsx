// A text with its spans marked: each by its colour and, for those who do not see
// colours, its type in words.

import type { CSSProperties } from "react";
import "./MarkedText.css";
import { typeColour } from "./types";

export interface Mark {
  /** UTF-16 units, end exclusive. */
  start: number;
  end: number;
  label: string;
  /** What is wrong with it, in a word. */
  error?: string | undefined;
  /** What stands in place of the type while it is pointed at or has the focus. */
  detail?: string | undefined;
}

export function MarkedText({
  text,
  marks,
  types,
  part = [0, text.length],
}: {
  text: string;
  /** One that begins within another is left out. */
  marks: readonly Mark[];
  /** All there are, sorted: they say which colour is whose. */
  types: readonly string[];
  /** What is shown of the text. */
  part?: readonly [start: number, end: number];
}) {
  const [first, last] = part;
  let at = first;
  const pieces = marks
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .flatMap((mark) => {
      if (mark.start < at || mark.end > last || mark.start >= mark.end)
        return [];
      const before = text.slice(at, mark.start);
      at = mark.end;
      return [{ before, mark }];
    });
  return (
    <p className="marked-text" dir="auto">
      {first > 0 && "…"}
      {pieces.map(({ before, mark }) => (
        <span key={mark.start}>
          {before}
          <Marked
            mark={mark}
            words={text.slice(mark.start, mark.end)}
            colour={typeColour(types, mark.label)}
          />
        </span>
      ))}
      {text.slice(at, last)}
      {last < text.length && "…"}
    </p>
  );
}

/** Words stand in the text's own direction, names in theirs. */
function Marked({
  mark: { label, error, detail },
  words,
  colour,
}: {
  mark: Mark;
  words: string;
  colour: string;
}) {
  const style: CSSProperties & { "--hue": string } = { "--hue": colour };
  return (
    <mark
      className={error ? "wrong" : undefined}
      style={style}
      tabIndex={error || detail ? 0 : undefined}
    >
      {words}
      <Pause />
      <span className="says">
        <bdi className="type">
          <span>{label}</span>
          {detail && (
            <>
              <Pause />
              <span className="detail">{detail}</span>
            </>
          )}
        </bdi>
        {error && (
          <>
            <Pause />
            <bdi className="error">{error}</bdi>
          </>
        )}
      </span>
    </mark>
  );
}

/** For those who listen: "Lisbon, PLACE". */
const Pause = () => <span className="unseen">, </span>;
