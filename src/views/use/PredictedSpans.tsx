// The entities a model finds in a text: marked where they stand, and as a list,
// the surest first.

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
}: {
  /** What the spans are of. */
  text: string;
  spans: readonly Span[];
  /** The tags that the model knows. */
  labels: string[];
}) {
  const types = typesOf(labels);
  const sure = (probability: number | undefined) =>
    probability === undefined ? undefined : percent(probability);
  return (
    <>
      <div role="group" aria-label={say("try.marked")} className="found">
        <MarkedText
          text={text}
          types={types}
          marks={spans.map(({ probability, ...span }) => ({
            ...span,
            detail: sure(probability),
          }))}
        />
      </div>
      {spans.length === 0 && (
        <p className="note" role="status">
          {say("try.no spans")}
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
