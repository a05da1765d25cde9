// Round numbers for axes. Pure.

export interface Axis {
  domain: [number, number];
  ticks: number[];
}

/** From 0 to the round number at or above `max`, in at most `count` equal parts. */
export function roundAxis(max: number, count: number): Axis {
  const top = Number.isFinite(max) && max > 0 ? max : 1;
  const part = top / count;
  const power = 10 ** Math.floor(Math.log10(part));
  const factor = [1, 2, 2.5, 5, 10].find((f) => f * power >= part * (1 - 1e-9));
  const step = (factor ?? 10) * power;
  const parts = Math.ceil(top / step - 1e-9);
  const ticks = Array.from({ length: parts + 1 }, (_, i) =>
    Number((i * step).toPrecision(12)),
  );
  return { domain: [0, ticks.at(-1)!], ticks };
}

/** Round numbers from `least` to `most`, at most `count` and one. */
export function ticksBetween(
  least: number,
  most: number,
  count: number,
): number[] {
  const [, step = 1] = roundAxis(most - least, count).ticks;
  const first = Math.ceil(least / step - 1e-9);
  const last = Math.floor(most / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/**
 * The steps a chart spans: the whole run, so that nothing moves sideways while
 * it grows; of a very long run first a part that doubles, so that the beginning
 * can be seen.
 */
export function stepAxis(
  present: number,
  planned: number,
  count: number,
): Axis {
  let end = Math.max(present, planned, 1);
  while (end / 8 > Math.max(present, 125)) end /= 2;
  end = Math.max(1, Math.ceil(end));
  const { ticks } = roundAxis(end, count);
  return {
    domain: [0, end],
    ticks: ticks.filter((t) => t <= end && Number.isInteger(t)),
  };
}

/** Moves labels apart so that each has `height`, keeping their order and staying within `bounds` where they fit. */
export function apart(
  wanted: number[],
  height: number,
  [top, bottom]: [number, number],
): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]!);
  const placed = [...wanted];
  let from = top;
  for (const i of order) {
    placed[i] = Math.max(from, placed[i]!);
    from = placed[i]! + height;
  }
  let to = bottom;
  for (const i of order.reverse()) {
    placed[i] = Math.min(to, placed[i]!);
    to = placed[i]! - height;
  }
  return placed;
}
