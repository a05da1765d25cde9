// One label's rows from the highest score to the lowest, in groups of equal
// scores. Sorted as numbers, since comparing by a function takes ten times as long.

/** One group: with it, `at` rows are scored `score` or more, and `hits` of them have the label. */
type Visit = (score: number, at: number, hits: number, next: number) => void;

/**
 * Visits every different score, highest first, with the `next` lower one (0 after
 * the last). `scores` and `targets` (0/1) are [row].
 */
export function eachCut(
  scores: Float32Array,
  targets: Uint8Array,
  visit: Visit,
): void {
  const values = new Float32Array(1);
  const bits = new Uint32Array(values.buffer);
  const keys = new Float64Array(scores.length);
  for (let row = 0; row < scores.length; row++) {
    // + 0 makes −0 a 0, its equal.
    values[0] = scores[row]! + 0;
    const raw = bits[0]!;
    // Flipped so that the bits, read as an integer, are in the order of the floats.
    const order = raw >= half ? 2 * half - 1 - raw : raw + half;
    keys[row] = 2 * order + (targets[row] ? 1 : 0);
  }
  keys.sort();
  const scoreOf = (order: number): number => {
    bits[0] = order >= half ? order - half : 2 * half - 1 - order;
    return values[0]!;
  };
  let hits = 0;
  for (let i = keys.length - 1; i >= 0; i--) {
    const key = keys[i]!;
    const order = Math.floor(key / 2);
    hits += key - 2 * order;
    const next = i > 0 ? Math.floor(keys[i - 1]! / 2) : -1;
    if (next === order) continue;
    const after = next < 0 ? 0 : scoreOf(next);
    visit(scoreOf(order), keys.length - i, hits, after);
  }
}

const half = 2 ** 31;

/** Column `label` of [row, label]. */
export function column<T extends Float32Array | Uint8Array>(
  values: T,
  label: number,
  into: T,
  labels: number,
): T {
  for (let row = 0; row < into.length; row++)
    into[row] = values[row * labels + label]!;
  return into;
}

/** 1 / (1 + e^−logit), in float32 as thresholds are: what both sides of a comparison are in. */
export function probability(logit: number): number {
  return Math.fround(1 / (1 + Math.exp(-logit)));
}
