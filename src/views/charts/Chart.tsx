// One anatomy for every chart: a title, the numbers under the cursor, the plot,
// names beside the lines they belong to, and the same numbers as a table. Loss,
// accuracy, learning rate, speed and memory are five calls of it.

import {
  useId,
  useMemo,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from "react";
import type { History } from "../../metrics";
import { said, type Said } from "../../said";
import { say } from "../../say";
import { roundAxis, stepAxis, type Axis } from "./axis";
import "./Chart.css";
import { Crosshair, Readout } from "./ChartCursor";
import { ChartNames, lastX } from "./ChartNames";
import { ChartTable } from "./ChartTable";
import type { Cursor } from "./cursor";
import { nearestStep, stepForKey, valuesAt, type Mark } from "./marks";
import { compact } from "../controls/numbers";
import { Drawn, inset, Plot, type Curve, type Rule, type Scale } from "./Plot";
import { ShowAsTable } from "../controls/ShowAsTable";
import { useVersion } from "./useVersion";
import { useWidth } from "../controls/useWidth";

export interface ChartProps {
  title: string;
  history: History;
  marks: Mark[];
  rules?: Rule[];
  /** Steps of the whole run, as far as planned. */
  steps: number;
  /** Top of the y axis; found from the data when left out. */
  top?: number;
  height: number;
  /** Pixels for the names at the right edge. */
  room?: number;
  /** "small" has no names beside its lines: the title is name enough. */
  size?: "large" | "small";
  format(value: number): string;
  formatAxis?(value: number): string;
  cursor: Cursor;
  /** Shown until the first number. */
  empty: string;
}

const none: Rule[] = [];
const noTicks: Axis = { domain: [0, 1], ticks: [] };

export function Chart(props: ChartProps) {
  const { title, history, marks, rules = none, steps, height, cursor } = props;
  const {
    size = "large",
    room = 96,
    format,
    formatAxis = format,
    empty,
  } = props;
  const version = useVersion(history);
  const [box, width] = useWidth<HTMLDivElement>();
  const [asTable, setAsTable] = useState(false);
  const [announced, setAnnounced] = useState<Said | null>(null);
  const id = useId();

  const curves = useMemo(
    () =>
      marks.map(({ name, kind, colour, series, column }): Curve => ({
        name,
        kind,
        colour,
        points: series.points(column),
      })),
    // The series grow in place: their version says that they did.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [marks, version],
  );
  const isEmpty = curves.every(({ points }) => points.length === 0);
  const small = size === "small";
  // Room for "0.25" and, in small charts, for "100 MB".
  const left = small ? 52 : 38;
  const right = small ? 12 : room;
  const present = Math.max(0, ...curves.map(lastX));
  const plotWidth = Math.max(1, width - left - right);
  const x = useStable(stepAxis(present, steps, plotWidth < 240 ? 2 : 4));
  let highest = Math.max(0, ...rules.map((rule) => rule.y));
  for (const { points } of curves)
    for (const point of points) if (point.y > highest) highest = point.y;
  const y = useStable(roundAxis(props.top ?? highest, height < 110 ? 2 : 4));
  const scale = useMemo(
    (): Scale => ({
      left,
      top: inset.top,
      width: plotWidth,
      height: height - inset.top - inset.bottom,
      x,
      y,
    }),
    [left, plotWidth, height, x, y],
  );
  const drawn = useMemo(() => ({ curves, scale }), [curves, scale]);

  const moveTo = (event: PointerEvent<HTMLElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - left - scale.left) / scale.width;
    const step = Math.round(x.domain[1] * Math.min(1, Math.max(0, share)));
    cursor.move(nearestStep(marks, step));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || asTable) return;
    const step = stepForKey(event, marks, cursor.step());
    if (step === undefined) return;
    event.preventDefault();
    cursor.move(step);
    setAnnounced(
      step === null
        ? null
        : said("chart.spoken", {
            step,
            figures: valuesAt(marks, step)
              .map(({ mark, value }) => `${mark.name} ${format(value)}`)
              .join(say("list.comma")),
          }),
    );
  };

  return (
    <figure
      className={`chart ${size}`}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-hint`}
      tabIndex={isEmpty || asTable ? undefined : 0}
      onKeyDown={onKeyDown}
      onBlur={() => cursor.move(null)}
    >
      <figcaption>
        <span className="title" id={`${id}-title`}>
          {title}
        </span>
        <Readout {...{ cursor, marks, format, small, version }} />
        {!isEmpty && <ShowAsTable pressed={asTable} onPress={setAsTable} />}
      </figcaption>
      <span className="unseen" id={`${id}-hint`}>
        {isEmpty ? empty : say("chart.keys")}
      </span>
      {asTable && !isEmpty ? (
        <ChartTable {...{ title, marks, rules, format, height, version }} />
      ) : (
        <div className="canvas" ref={box} style={{ height }}>
          {width > 0 && version >= 0 && (
            <div className="drawing" aria-hidden="true">
              <Drawn value={drawn}>
                <Plot
                  {...{ width, height, left, right, rules }}
                  x={isEmpty ? noTicks : x}
                  y={isEmpty && props.top === undefined ? noTicks : y}
                  formatX={compact}
                  formatY={formatAxis}
                />
              </Drawn>
              {!small && <ChartNames {...{ scale, curves, rules, marks }} />}
              {isEmpty ? (
                <p className="empty" style={{ left, right }}>
                  {empty}
                </p>
              ) : (
                <div
                  className="surface"
                  onPointerMove={moveTo}
                  onPointerDown={moveTo}
                  onPointerLeave={() => cursor.move(null)}
                >
                  <Crosshair {...{ cursor, scale, marks }} />
                </div>
              )}
            </div>
          )}
        </div>
      )}
      <span className="unseen" role="log" aria-live="polite">
        {announced && say(announced)}
      </span>
    </figure>
  );
}

/** The former axis as long as it is equal, so that memoised parts see no change. */
function useStable(axis: Axis): Axis {
  const key = JSON.stringify(axis);
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => axis, [key]);
}
