// The part of a chart that recharts draws: grid, axes, lines, dots, rules. It
// redraws only when one of its props changes; cursor and labels lie above it.

import { memo } from "react";
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  XAxis,
  YAxis,
} from "recharts";
import type { Point } from "../metrics";
import type { Axis } from "./axis";

/** Where the plot lies inside its box: the cursor and the labels need to know. */
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

export const Plot = memo(function Plot({
  width,
  height,
  left,
  right,
  x,
  y,
  formatX,
  formatY,
  curves,
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
  curves: Curve[];
  rules: Rule[];
}) {
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
      {curves.map(({ name, kind, colour, points }) => (
        <Line
          key={name}
          data={points}
          dataKey="y"
          type="linear"
          stroke={colour}
          strokeWidth={kind === "faint" ? 1 : 1.5}
          strokeOpacity={kind === "faint" ? 0.4 : 1}
          strokeLinejoin="round"
          dot={
            kind === "dots" && points.length <= 60
              ? { r: 3, fill: colour, stroke: "var(--panel)", strokeWidth: 1 }
              : points.length === 1
                ? { r: 2, fill: colour, stroke: "none" }
                : false
          }
          activeDot={false}
          isAnimationActive={false}
        />
      ))}
    </LineChart>
  );
});
