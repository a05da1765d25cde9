// The entities a model finds in a text: marked where they stand, and as a list,
// the surest first.

import { placeOfPredicate, PREDICATE, wordsOf } from "../../data";
import { say } from "../../say";
import type { Span } from "../../studio";
import { percent } from "../controls/numbers";
import { MarkedText } from "../spans/MarkedText";
import { typeColour, typesOf } from "../spans/types";
import "./PredictedSpans.css";

export function PredictedSpans({
  text,
  spans,
  labels,
  predicate = null,
}: {
  /** What the spans are of. */
  text: string;
  /** Whose roles they are; null of plain spans. */
  predicate?: string | null;
  spans: readonly Span[];
  /** The tags that the model knows. */
  labels: string[];
}) {
  const types = typesOf(labels);
  const asked = predicate === null ? null : markOf(text, predicate);
  const sure = (probability: number | undefined) =>
    probability === undefined ? undefined : percent(probability);
  return (
    <>
      <div
        role="group"
        aria-label={say(predicate === null ? "try.marked" : "try.roles marked")}
        className="found"
      >
        <MarkedText
          text={text}
          types={types}
          marks={[
            ...spans.map(({ probability, ...span }) => ({
              ...span,
              detail: sure(probability),
            })),
            ...(asked ? [asked] : []),
          ]}
        />
      </div>
      {spans.length === 0 && (
        <p className="note" role="status">
          {say(predicate === null ? "try.no spans" : "try.no roles")}
        </p>
      )}
      {predicate !== null && !asked && (
        <p className="note" role="status">
          {say("try.predicate not there")}
        </p>
      )}
      <ol aria-label={say("try.predictions")} className="predictions spans">
        {spans
          .toSorted((a, b) => (b.probability ?? 0) - (a.probability ?? 0))
          .map(({ start, end, label, probability }) => (
            <li key={start}>
              <span className="type">
                <i
                  aria-hidden="true"
                  style={{ background: typeColour(types, label) }}
                />
                <bdi title={label}>{label}</bdi>
              </span>{" "}
              <bdi className="words" title={text.slice(start, end)}>
                {text.slice(start, end)}
              </bdi>{" "}
              <span className="probability">{sure(probability)}</span>
            </li>
          ))}
      </ol>
    </>
  );
}

/** The word of a text that is asked about. */
function markOf(text: string, predicate: string) {
  const words = wordsOf(text);
  const found = placeOfPredicate(
    words.map(([start, end]) => text.slice(start, end)),
    predicate,
  );
  if (!found) return null;
  const [start, end] = words[found.at]!;
  return { start, end, label: PREDICATE };
}
