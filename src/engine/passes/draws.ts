// Which rows make a batch whose texts are compared with each other.

import { randomNumbers } from "../random";

/**
 * Draws `size` different rows at a time: labels in turn, so that each comes about as
 * often whatever its share, and as many of one batch as fit with two rows each.
 */
export function rowsDrawn(
  labels: ArrayLike<number>,
  size: number,
  seed: number,
): () => Int32Array {
  const random = randomNumbers(seed);
  const shuffled = <T>(items: T[]): T[] => {
    for (let last = items.length - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1));
      [items[last], items[other]] = [items[other]!, items[last]!];
    }
    return items;
  };
  const byLabel = new Map<number, number[]>();
  Array.from(labels, (label, row) => {
    const rows = byLabel.get(label);
    if (rows) rows.push(row);
    else byLabel.set(label, [row]);
  });
  const groups = [...byLabel.values()];
  let turn: number[][] = [];
  return () => {
    const rows: number[] = [];
    const wanted = Math.min(groups.length, Math.max(2, Math.floor(size / 2)));
    const chosen: number[][] = [];
    while (chosen.length < wanted) {
      if (turn.length === 0) turn = shuffled([...groups]);
      const next = turn.find((group) => !chosen.includes(group));
      if (!next) {
        turn = [];
        continue;
      }
      turn.splice(turn.indexOf(next), 1);
      chosen.push(next);
    }
    const orders = chosen.map((group) => shuffled([...group]));
    for (let round = 0; rows.length < size; round++) {
      const before = rows.length;
      for (const order of orders)
        if (rows.length < size && round < order.length)
          rows.push(order[round]!);
      if (rows.length === before) break;
    }
    return Int32Array.from(rows);
  };
}
