// What a chart says at the step under the cursor: the numbers above it, and a
// line with beads in it.

import { say } from "../../say";
import { useCursor, type Cursor } from "./cursor";
import { valuesAt, type Mark } from "./marks";
import { toX, toY, type Scale } from "./Plot";

/** The numbers at the cursor, or the latest: text that keeps its place. */
export function Readout({
  cursor,
  marks,
  format,
  small,
}: {
  cursor: Cursor;
  marks: Mark[];
  format(value: number): string;
  small: boolean;
  /** Re-renders when numbers arrived. */
  version: number;
}) {
  const step = useCursor(cursor);
  const values = valuesAt(marks, step ?? Infinity).filter(
    ({ mark }) => step !== null || mark.kind !== "faint",
  );
  return (
    <span className="readout" aria-hidden="true">
      {step !== null && (
        <span className="step">{say("chart.step", { step })}</span>
      )}
      {values.map(({ mark, value }) => (
        <span key={mark.name} className="value">
          {!small && (
            <>
              <i className={mark.kind} style={{ color: mark.colour }} />
              <span className="label">{mark.short ?? mark.name} </span>
            </>
          )}
          <b>{format(value)}</b>
        </span>
      ))}
    </span>
  );
}

export function Crosshair({
  cursor,
  scale,
  marks,
}: {
  cursor: Cursor;
  scale: Scale;
  marks: Mark[];
}) {
  const step = useCursor(cursor);
  if (step === null || step > scale.x.domain[1]) return null;
  return (
    <>
      <i
        className="crosshair"
        style={{
          transform: `translateX(${toX(scale, step)}px)`,
          top: scale.top,
          height: scale.height,
        }}
      />
      {valuesAt(marks, step)
        .filter(({ mark }) => mark.kind !== "faint")
        .map(({ mark, at, value }) => (
          <i
            key={mark.name}
            className="bead"
            style={{
              background: mark.colour,
              transform: `translate(${toX(scale, at)}px, ${toY(scale, value)}px)`,
            }}
          />
        ))}
    </>
  );
}
