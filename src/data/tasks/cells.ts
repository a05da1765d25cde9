// The different cells of a column: reading them once each costs little, however many
// rows there are.

import type { Cell } from "./labels/spellings";
import type { Source } from "./task";

/** Rows by cell, in the order of the table. */
export function countCells({
  table,
  mapping,
  roles,
}: Source): Map<string, Cell> {
  const at = table.columns.indexOf(mapping.label);
  const cells = new Map<string, Cell>();
  table.rows.forEach((row, i) =>
    countUp(cells, row[at]!, roles(i) === "train" ? 1 : 0, 1),
  );
  return cells;
}

export function countUp(
  counts: Map<string, Cell>,
  key: string,
  train: number,
  all: number,
): void {
  const known = counts.get(key);
  if (!known) counts.set(key, { train, all });
  else {
    known.train += train;
    known.all += all;
  }
}
