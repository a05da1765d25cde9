// Why the entities of a sentence that are not right are wrong.

import type { Entity } from "./entities";

export interface SpanErrors {
  /** Overlaps an entity of its type, with other ends. */
  boundary: number;
  /** The ends of an entity of another type. */
  type: number;
  /** Overlaps an entity, with other ends and another type. */
  both: number;
  /** Entities that nothing predicted was held against. */
  missed: number;
  /** Predictions that were held against no entity. */
  spurious: number;
}

export const noErrors: Readonly<SpanErrors> = {
  boundary: 0,
  type: 0,
  both: 0,
  missed: 0,
  spurious: 0,
};

/**
 * Every entity and every prediction is counted once: they are paired, one with
 * one, first where type and ends agree (right), then where the ends do (`type`),
 * then where they overlap and the type agrees (`boundary`), then where they
 * overlap (`both`). Within a step the pair with the most words in common comes
 * first, then the one with the earliest entity, then with the earliest prediction.
 * So entities = right + type + boundary + both + missed, and
 * predictions = right + type + boundary + both + spurious.
 */
export function errorsOf(
  gold: readonly Entity[],
  predicted: readonly Entity[],
): SpanErrors & { right: number } {
  const pairs = overlaps(gold, predicted);
  const usedGold = new Set<Entity>();
  const usedPredicted = new Set<Entity>();
  const pair = (fits: (a: Entity, b: Entity) => boolean): number => {
    let count = 0;
    for (const { a, b } of pairs) {
      if (usedGold.has(a) || usedPredicted.has(b) || !fits(a, b)) continue;
      usedGold.add(a);
      usedPredicted.add(b);
      count++;
    }
    return count;
  };
  const right = pair((a, b) => sameEnds(a, b) && a.type === b.type);
  const type = pair(sameEnds);
  const boundary = pair((a, b) => a.type === b.type);
  const both = pair(() => true);
  return {
    right,
    boundary,
    type,
    both,
    missed: gold.length - usedGold.size,
    spurious: predicted.length - usedPredicted.size,
  };
}

function sameEnds(a: Entity, b: Entity): boolean {
  return a.from === b.from && a.to === b.to;
}

/** In the order in which they are paired. Neither list overlaps itself, and both are in order. */
function overlaps(gold: readonly Entity[], predicted: readonly Entity[]) {
  const found: { a: Entity; b: Entity; words: number }[] = [];
  let first = 0;
  for (const a of gold) {
    while (first < predicted.length && predicted[first]!.to <= a.from) first++;
    for (let i = first; i < predicted.length; i++) {
      const b = predicted[i]!;
      if (b.from >= a.to) break;
      found.push({
        a,
        b,
        words: Math.min(a.to, b.to) - Math.max(a.from, b.from),
      });
    }
  }
  return found.sort((x, y) => y.words - x.words);
}
