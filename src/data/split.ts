// Which rows are trained on and which judge the model: seeded, stratified, and
// with all rows of one text on one side, so that nothing is judged by what was
// learned by heart.

import { Failure } from "../said";
import type { SplitOptions } from "./protocol";
import { countLabels, textKey, type Rows } from "./rows";

export interface Split {
  /** Row indices, ascending. */
  train: Uint32Array;
  validation: Uint32Array;
}

/** `strataOf`: by what the rows are dealt out evenly, for each row. */
export function split(
  rows: Pick<Rows, "texts" | "textsB">,
  strataOf: string[],
  { validationShare, seed }: SplitOptions,
): Split {
  if (!(validationShare >= 0.05 && validationShare <= 0.5))
    throw new Failure("validation share out of range", {
      share: String(validationShare),
    });
  const strata = new Map<string, number[][]>();
  for (const group of groups(rows)) {
    const label = mainStratum(strataOf, group);
    const stratum = strata.get(label);
    if (stratum) stratum.push(group);
    else strata.set(label, [group]);
  }

  const sizes = countLabels(
    [...strata].flatMap(([label, all]) => all.flat().map(() => label)),
  );
  const quotas = shareOut(
    sizes.map(({ rows }) => rows),
    Math.max(1, Math.round(rows.texts.length * validationShare)),
  );
  const held = new Uint8Array(rows.texts.length);
  sizes.forEach(({ label }, i) => {
    const stratum = strata.get(label)!;
    shuffle(stratum, random(seed, label));
    const chosen: number[][] = [];
    let left = quotas[i]!;
    for (const group of stratum) {
      // One text at least stays to learn from.
      if (left <= 0 || chosen.length === stratum.length - 1) break;
      if (group.length > left) continue;
      chosen.push(group);
      left -= group.length;
    }
    if (chosen.length === 0 && stratum.length > 1)
      chosen.push(stratum.reduce((a, b) => (b.length < a.length ? b : a)));
    for (const row of chosen.flat()) held[row] = 1;
  });
  return {
    train: rowsWhere(held, 0),
    validation: rowsWhere(held, 1),
  };
}

/** Rows with the same text, in the order of their first. */
function groups(rows: Pick<Rows, "texts" | "textsB">): number[][] {
  const byText = new Map<string, number[]>();
  for (let i = 0; i < rows.texts.length; i++) {
    const key = textKey(rows, i);
    const group = byText.get(key);
    if (group) group.push(i);
    else byText.set(key, [i]);
  }
  return [...byText.values()];
}

function mainStratum(strataOf: string[], group: number[]): string {
  if (group.length === 1) return strataOf[group[0]!]!;
  return countLabels(group.map((row) => strataOf[row]!))[0]!.label;
}

/** Shares `total` out in proportion to `sizes`, by largest remainder. */
function shareOut(sizes: number[], total: number): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (size * total) / all);
  const quotas = exact.map(Math.floor);
  const missing = total - quotas.reduce((sum, quota) => sum + quota, 0);
  exact
    .map((value, i) => ({ i, rest: value % 1 }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i)
    .slice(0, missing)
    .forEach(({ i }) => quotas[i]!++);
  return quotas;
}

function rowsWhere(held: Uint8Array, side: 0 | 1): Uint32Array {
  const rows = new Uint32Array(held.length);
  let count = 0;
  for (let i = 0; i < held.length; i++) if (held[i] === side) rows[count++] = i;
  return rows.slice(0, count);
}

/** Uniform numbers in [0, 1) from a seed; each label has its own, so that one label's rows do not stir another's. */
export function random(seed: number, label = ""): () => number {
  let state = (seed ^ 0x9e3779b9) >>> 0;
  for (let i = 0; i < label.length; i++)
    state = Math.imul(state ^ label.charCodeAt(i), 0x01000193) >>> 0;
  return () => {
    // splitmix32
    state = (state + 0x9e3779b9) >>> 0;
    let z = state;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
}

export function shuffle<T>(items: T[], next: () => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
}
