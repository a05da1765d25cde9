// Paints which label was taken for which, for as many labels as there are: a dot
// for each cell that holds anything, never too small to be seen.

import type { ConfusionCell } from "../../studio";
import type { Pair } from "./pair";
import type { Theme } from "../controls/ramp";

export function drawConfusion(
  canvas: HTMLCanvasElement,
  side: number,
  labels: number,
  cells: ConfusionCell[],
  totals: Float64Array,
  { theme, marked }: { theme: Theme; marked: Pair | null },
): void {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = canvas.height = Math.round(side * ratio);
  canvas.style.width = canvas.style.height = `${side}px`;
  const context = canvas.getContext("2d")!;
  context.scale(ratio, ratio);
  context.strokeStyle = theme.line;
  context.strokeRect(0.5, 0.5, side - 1, side - 1);
  const cell = side / labels;
  const dot = Math.max(2, cell);
  const wrong = getComputedStyle(canvas).color;
  // What is wrong lies on top.
  for (let i = cells.length - 1; i >= 0; i--) {
    const { label, predicted, count } = cells[i]!;
    context.fillStyle = label === predicted ? theme.accent : wrong;
    context.globalAlpha = 0.3 + 0.7 * (count / totals[label]!);
    context.fillRect(
      (predicted + 0.5) * cell - dot / 2,
      (label + 0.5) * cell - dot / 2,
      dot,
      dot,
    );
  }
  context.globalAlpha = 1;
  if (!marked) return;
  const outer = dot + 6;
  context.strokeStyle = theme.ink;
  context.lineWidth = 2;
  context.strokeRect(
    (marked.predicted + 0.5) * cell - outer / 2,
    (marked.label + 0.5) * cell - outer / 2,
    outer,
    outer,
  );
}
