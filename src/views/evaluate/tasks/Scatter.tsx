// Predicted against actual, a dot a text, on a canvas: thousands of dots cost the
// page nothing. The diagonal is where all would lie.

import { useEffect, useRef } from "react";
import { say } from "../../../say";
import { compact, figure } from "../../controls/numbers";
import { ticksBetween } from "../../charts/axis";
import "./Scatter.css";

const size = 320;
const inset = { left: 46, bottom: 34, top: 8, right: 10 };

export function Scatter({
  points,
}: {
  /** actual, predicted and so on. */
  points: Float32Array;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { least, most } = boundsOf(points);
  const ticks = ticksBetween(least, most, 5);
  const x = (value: number) =>
    inset.left +
    ((value - least) / (most - least)) * (size - inset.left - inset.right);
  const y = (value: number) =>
    size -
    inset.bottom -
    ((value - least) / (most - least)) * (size - inset.top - inset.bottom);

  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext("2d");
    if (!element || !pen) return;
    const ratio = window.devicePixelRatio || 1;
    element.width = element.height = size * ratio;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, size, size);
    pen.fillStyle = getComputedStyle(element).color;
    pen.globalAlpha = points.length > 600 ? 0.35 : 0.6;
    for (let i = 0; i < points.length; i += 2) {
      pen.beginPath();
      pen.arc(x(points[i]!), y(points[i + 1]!), 2.5, 0, 2 * Math.PI);
      pen.fill();
    }
  });

  return (
    <figure
      className="scatter"
      aria-label={say("scatter.name", { count: points.length / 2 })}
    >
      <svg viewBox={`0 0 ${size} ${size}`} aria-hidden="true">
        {ticks.map((tick) => (
          <g key={tick}>
            <line
              className="grid"
              x1={x(tick)}
              x2={x(tick)}
              y1={y(least)}
              y2={y(most)}
            />
            <line
              className="grid"
              y1={y(tick)}
              y2={y(tick)}
              x1={x(least)}
              x2={x(most)}
            />
            <text x={x(tick)} y={size - inset.bottom + 14} className="across">
              {brief(tick)}
            </text>
            <text x={inset.left - 6} y={y(tick) + 4} className="up">
              {brief(tick)}
            </text>
          </g>
        ))}
        <line
          className="diagonal"
          x1={x(least)}
          x2={x(most)}
          y1={y(least)}
          y2={y(most)}
        />
        <text x={(size + inset.left) / 2} y={size - 4} className="across name">
          {say("scores.actual")}
        </text>
        <text
          className="across name"
          transform={`translate(10 ${(size - inset.bottom) / 2}) rotate(-90)`}
        >
          {say("scores.predicted")}
        </text>
      </svg>
      <canvas ref={canvas} aria-hidden="true" />
    </figure>
  );
}

/** What fits beside an axis. */
const brief = (tick: number) =>
  Math.abs(tick) >= 10_000 ? compact(tick) : figure(tick);

function boundsOf(points: Float32Array): { least: number; most: number } {
  let least = Infinity;
  let most = -Infinity;
  for (const value of points) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (!(most > least))
    return { least: (least || 0) - 1, most: (most || 0) + 1 };
  const margin = 0.03 * (most - least);
  return { least: least - margin, most: most + margin };
}
