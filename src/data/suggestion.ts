// What a mapping's columns look made for: cells with several labels, numbers that
// measure, or a label a row.

import type { LabelOverview, Mapping } from "./protocol";
import type { Table } from "./table/shape";
import { severalAmong } from "./tasks/many/cells";
import { looksMeasured } from "./tasks/score/numbers";

/** So many rows with several labels are no slip of the pen. */
const ENOUGH = 0.03;

export function suggestion(
  { columns, rows, classes }: Table,
  { label, text, textB }: Mapping,
): LabelOverview["suggests"] {
  const one = { task: "one label", labels: [] } as const;
  const ofClasses =
    classes &&
    (label === classes.joined || classes.names.includes(label)) &&
    !classes.names.some((name) => name === text || name === textB);
  if (ofClasses)
    return classes.several > ENOUGH * rows.length
      ? { task: "many labels", labels: classes.names }
      : { ...one, labels: [] };
  if (columns.length === 1) return { task: "masked words", labels: [] };
  const at = columns.indexOf(label);
  if (at === -1) return { ...one, labels: [] };
  const cells = new Map<string, number>();
  for (const row of rows) cells.set(row[at]!, (cells.get(row[at]!) ?? 0) + 1);
  if (looksMeasured(rows.map((row) => row[at]!)))
    return { task: "score", labels: [] };
  if (severalAmong(cells) > ENOUGH) return { task: "many labels", labels: [] };
  return { ...one, labels: [] };
}
