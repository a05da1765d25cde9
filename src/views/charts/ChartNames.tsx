import { apart } from "./axis";
import type { Mark } from "./marks";
import { toX, toY, type Curve, type Rule, type Scale } from "./Plot";

/** Of the longest name of a curve, about. */
const nameWidth = 64;

/** Names at the right end of their lines, moved apart where they would touch. */
export function ChartNames({
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

export function lastX({ points }: Curve): number {
  return points.at(-1)?.x ?? 0;
}
