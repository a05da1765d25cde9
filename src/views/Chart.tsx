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
import type { History, SeriesView } from "../metrics";
import { apart, roundAxis, stepAxis, type Axis } from "./axis";
import "./Chart.css";
import { useCursor, type Cursor } from "./cursor";
import { compact } from "./numbers";
import { usePainting } from "./painting";
import {
  Drawn,
  inset,
  Plot,
  toX,
  toY,
  type Curve,
  type Rule,
  type Scale,
} from "./Plot";
import { FigureTable, ShowAsTable } from "./ShowAsTable";
import { useWidth } from "./useWidth";

/** A line of a chart: which column of which series, and how it is drawn. */
export interface Mark {
  name: string;
  kind: Curve["kind"];
  colour: string;
  series: SeriesView;
  column: string;
  /** A few letters where the whole name has no room. */
  short?: string;
}

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
  const version = usePainting(history);
  const [box, width] = useWidth<HTMLDivElement>();
  const [asTable, setAsTable] = useState(false);
  const [announced, setAnnounced] = useState("");
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
        ? ""
        : `Step ${step}: ${valuesAt(marks, step)
            .map(({ mark, value }) => `${mark.name} ${format(value)}`)
            .join(", ")}`,
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
        {isEmpty ? empty : "Arrow keys move along the steps."}
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
              {!small && <Names {...{ scale, curves, rules, marks }} />}
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
        {announced}
      </span>
    </figure>
  );
}

/** Of the longest name of a curve, about. */
const nameWidth = 64;

/** The numbers at the cursor, or the latest: text that keeps its place. */
function Readout({
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
      {step !== null && <span className="step">step {step}</span>}
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

/** Names at the right end of their lines, moved apart where they would touch. */
function Names({
  scale,
  curves,
  rules,
  marks,
}: {
  scale: Scale;
  curves: Curve[];
  rules: Rule[];
  marks: Mark[];
}) {
  const edge = scale.left + scale.width;
  const present = Math.max(0, ...curves.map((curve) => lastX(curve)));
  const here = Math.min(edge, toX(scale, present)) + 8;
  const ofCurves = curves.flatMap(({ name, kind, colour, points }) => {
    const last = points.at(-1);
    if (!last || kind === "faint") return [];
    const short = marks.find((mark) => mark.name === name)?.short ?? name;
    return [{ name: short, colour, left: here, y: last.y }];
  });
  const ofRules = rules.map(({ name, y }) => ({
    name,
    colour: "var(--ink-3)",
    left: edge + 8,
    y,
  }));
  const place = (labels: typeof ofCurves) => {
    const tops = apart(
      labels.map(({ y }) => toY(scale, y) - 8),
      15,
      [0, scale.top + scale.height - 8],
    );
    return labels.map((label, i) => ({ ...label, top: tops[i] }));
  };
  // Side by side they need not make room for each other.
  const placed =
    here + nameWidth < edge
      ? [...place(ofCurves), ...place(ofRules)]
      : place([...ofCurves, ...ofRules]);
  return placed.map(({ name, colour, top, left }) => (
    <span
      key={name}
      className="name"
      style={{ color: colour, transform: `translate(${left}px, ${top}px)` }}
    >
      {name}
    </span>
  ));
}

function lastX({ points }: Curve): number {
  return points.at(-1)?.x ?? 0;
}

function Crosshair({
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

function ChartTable({
  title,
  marks,
  rules,
  format,
  height,
  version,
}: {
  title: string;
  marks: Mark[];
  rules: Rule[];
  format(value: number): string;
  height: number;
  version: number;
}) {
  const rows = useMemo(
    () => mergedRows([...new Set(marks.map(({ series }) => series))]),
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [marks, version],
  );
  return (
    <FigureTable
      name={title}
      note={rules.map(({ name, y }) => `${name} ${format(y)}`).join(", ")}
      headings={["Step", ...marks.map(({ name }) => name)]}
      rows={rows.length}
      startAtEnd
      height={height}
      cell={(row, column) => {
        const { step, index } = rows[row]!;
        const mark = marks[column - 1];
        if (!mark) return step;
        const at = index.get(mark.series);
        if (at === undefined) return "";
        const value = mark.series.at(mark.column, at);
        return Number.isNaN(value) ? "" : format(value);
      }}
    />
  );
}

interface MergedRow {
  step: number;
  /** Row of each series that has this step. */
  index: Map<SeriesView, number>;
}

/** All steps that any series has, in order. */
export function mergedRows(all: SeriesView[]): MergedRow[] {
  const rows: MergedRow[] = [];
  const next = new Map(all.map((series) => [series, 0]));
  for (;;) {
    let step = Infinity;
    for (const [series, i] of next)
      if (i < series.length) step = Math.min(step, series.at("step", i));
    if (step === Infinity) return rows;
    const index = new Map<SeriesView, number>();
    for (const [series, i] of next) {
      if (i >= series.length || series.at("step", i) !== step) continue;
      index.set(series, i);
      next.set(series, i + 1);
    }
    rows.push({ step, index });
  }
}

/** Each mark's value at a step or the last one before it. */
export function valuesAt(
  marks: Mark[],
  step: number,
): { mark: Mark; at: number; value: number }[] {
  return marks.flatMap((mark) => {
    const { series, column } = mark;
    let i = step === Infinity ? series.length - 1 : series.nearest(step);
    if (i >= 0 && series.at("step", i) > step) i--;
    if (i < 0) return [];
    const value = series.at(column, i);
    return Number.isNaN(value)
      ? []
      : [{ mark, at: series.at("step", i), value }];
  });
}

/** Of the finest series: the recorded step nearest to `step`. */
function nearestStep(marks: Mark[], step: number): number | null {
  const series = finest(marks);
  return series && series.length > 0
    ? series.at("step", series.nearest(step))
    : null;
}

function finest(marks: Mark[]): SeriesView | undefined {
  return marks
    .map(({ series }) => series)
    .reduce((a, b) => (b.length > a.length ? b : a), marks[0]!.series);
}

/** Where a key leads: a step, null for nowhere, undefined when it is not ours. */
export function stepForKey(
  { key, shiftKey }: { key: string; shiftKey: boolean },
  marks: Mark[],
  from: number | null,
): number | null | undefined {
  const series = finest(marks);
  if (!series || series.length === 0) return undefined;
  const last = series.length - 1;
  const index = from === null ? last : series.nearest(from);
  // Of a long series one press moves about a pixel; the table has every step.
  const stride = Math.max(1, Math.round(series.length / 500));
  const by = shiftKey ? 10 * stride : stride;
  const to = {
    ArrowLeft: from === null ? last : index - by,
    ArrowRight: from === null ? 0 : index + by,
    PageUp: index - 10 * stride,
    PageDown: index + 10 * stride,
    Home: 0,
    End: last,
  }[key];
  if (key === "Escape") return null;
  if (to === undefined) return undefined;
  return series.at("step", Math.min(last, Math.max(0, to)));
}

/** The former axis as long as it is equal, so that memoised parts see no change. */
function useStable(axis: Axis): Axis {
  const key = JSON.stringify(axis);
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => axis, [key]);
}
