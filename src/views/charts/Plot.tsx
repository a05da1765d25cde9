// The plot itself. recharts draws grid, axes and rules, and only when an axis
// changes. The lines are drawn inside it from a context, because recharts' own
// `Line` is dear: of a run of 100,000 steps, five charts of up to 500 points a line
// took 95 ms of the processor an update (134 ms of script) with recharts 3.10's
// lines, no dots and no animation, and 11 ms (5 ms) with these, on two busy cores
// (November 2026, `e2e/scripts/frames.ts`).

import { createContext, memo, useContext, useMemo } from "react";
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  XAxis,
  YAxis,
} from "recharts";
import type { Point } from "../../metrics";
import type { Axis } from "./axis";

/** Above and below the plot inside its box. */
export const inset = { top: 8, bottom: 22 };

export interface Curve {
  name: string;
  /** "line" thin; "faint" thinner still, behind a line; "dots" joined dots. */
  kind: "line" | "faint" | "dots";
  /** A CSS colour: `var(--series-1)`. */
  colour: string;
  points: Point[];
}

/** A fixed value to compare with, dashed. */
export interface Rule {
  name: string;
  y: number;
}

/** From values to pixels of the chart's box. */
export interface Scale {
  left: number;
  top: number;
  width: number;
  height: number;
  x: Axis;
  y: Axis;
}
export function toX(scale: Scale, value: number): number {
  return scale.left + (scale.width * value) / scale.x.domain[1];
}
export function toY(scale: Scale, value: number): number {
  const share = Math.min(1, Math.max(0, value / scale.y.domain[1]));
  return scale.top + scale.height * (1 - share);
}

export const Drawn = createContext<{ curves: Curve[]; scale: Scale } | null>(
  null,
);

/** Reads its lines from `Drawn`. */
export const Plot = memo(function Plot({
  width,
  height,
  left,
  right,
  x,
  y,
  formatX,
  formatY,
  rules,
}: {
  width: number;
  height: number;
  left: number;
  right: number;
  x: Axis;
  y: Axis;
  formatX(value: number): string;
  formatY(value: number): string;
  rules: Rule[];
}) {
  // recharts scales its axes only for data: these are their two ends.
  const ends = useMemo(
    () => [
      { x: x.domain[0], y: y.domain[0] },
      { x: x.domain[1], y: y.domain[1] },
    ],
    [x, y],
  );
  const tick = { fontSize: 12, fill: "var(--ink-3)" };
  return (
    <LineChart
      width={width}
      height={height}
      margin={{ top: inset.top, right, bottom: 0, left: 0 }}
      accessibilityLayer={false}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        type="number"
        dataKey="x"
        height={inset.bottom}
        domain={x.domain}
        ticks={x.ticks}
        tickFormatter={formatX}
        interval="preserveStartEnd"
        tick={tick}
        tickSize={4}
        tickLine={{ stroke: "var(--line-strong)" }}
        axisLine={{ stroke: "var(--line-strong)" }}
      />
      <YAxis
        type="number"
        width={left}
        domain={y.domain}
        ticks={y.ticks}
        tickFormatter={formatY}
        interval={0}
        tick={tick}
        tickMargin={4}
        tickLine={false}
        axisLine={false}
      />
      {rules.map(({ name, y }) => (
        <ReferenceLine
          key={name}
          y={y}
          stroke="var(--line-strong)"
          strokeDasharray="4 3"
        />
      ))}
      <Line
        data={ends}
        dataKey="y"
        stroke="none"
        dot={false}
        activeDot={false}
        isAnimationActive={false}
      />
      <Curves />
    </LineChart>
  );
});

function Curves() {
  const drawn = useContext(Drawn);
  return drawn?.curves.map((curve) => (
    <CurveLine key={curve.name} curve={curve} scale={drawn.scale} />
  ));
}

/** More dots than this would be a thick line. */
const mostDots = 60;

function CurveLine({ curve, scale }: { curve: Curve; scale: Scale }) {
  const { kind, colour, points } = curve;
  const path = useMemo(() => {
    let path = "";
    for (const point of points)
      path += `${path ? "L" : "M"}${toX(scale, point.x).toFixed(1)} ${toY(scale, point.y).toFixed(1)}`;
    return path;
  }, [points, scale]);
  const dotted = kind === "dots" && points.length <= mostDots;
  return (
    <g className="curve">
      <path
        d={path}
        fill="none"
        stroke={colour}
        strokeWidth={kind === "faint" ? 1 : 1.5}
        strokeOpacity={kind === "faint" ? 0.4 : 1}
        strokeLinejoin="round"
      />
      {(dotted || points.length === 1) &&
        points.map((point) => (
          <circle
            key={point.x}
            cx={toX(scale, point.x)}
            cy={toY(scale, point.y)}
            r={dotted ? 3.5 : 2}
            fill={colour}
            stroke="var(--panel)"
          />
        ))}
    </g>
  );
}
