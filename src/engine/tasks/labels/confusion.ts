// Which label was taken for which, as the cells that hold anything: of a million
// pairs of 1,000 labels, a few thousand validation texts fill few.

import type { Confusion } from "../../protocol";

export interface ConfusionCell {
  label: number;
  predicted: number;
  count: number;
}

/** Counts pairs, given one by one. */
export function confusionOf(
  labels: number,
  rows: number,
  pair: (row: number) => { label: number; predicted: number },
): Confusion {
  const counts = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const { label, predicted } = pair(row);
    const key = label * labels + predicted;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const filled = [...counts].sort(([a], [b]) => a - b);
  const cells = new Int32Array(3 * filled.length);
  filled.forEach(([key, count], i) =>
    cells.set([Math.floor(key / labels), key % labels, count], 3 * i),
  );
  return { labels, cells };
}

/** The filled cells, by label and then by what it was taken for. */
export function confusionCells({ cells }: Confusion): ConfusionCell[] {
  return Array.from({ length: cells.length / 3 }, (_, i) => ({
    label: cells[3 * i]!,
    predicted: cells[3 * i + 1]!,
    count: cells[3 * i + 2]!,
  }));
}

/** All cells, row-major [label, predicted]. */
export function denseConfusion(confusion: Confusion): number[] {
  const { labels } = confusion;
  const all = new Array<number>(labels * labels).fill(0);
  for (const { label, predicted, count } of confusionCells(confusion))
    all[label * labels + predicted] = count;
  return all;
}

/** From all cells, row-major [label, predicted]. */
export function sparseConfusion(all: readonly number[]): Confusion {
  const labels = Math.round(Math.sqrt(all.length));
  const cells = all.flatMap((count, i) =>
    count > 0 ? [Math.floor(i / labels), i % labels, count] : [],
  );
  return { labels, cells: Int32Array.from(cells) };
}
