// What a mapping's columns look made for: cells with several labels, numbers that
// measure, spans of the text, or a label a row.

import type { LabelOverview, Mapping } from "./protocol";
import type { Table } from "./table/shape";
import { severalAmong } from "./tasks/many/cells";
import { looksMeasured } from "./tasks/score/numbers";
import { looksAsked } from "./tasks/roles/looks";
import { looksMarked } from "./tasks/spans/looks";

/** Rows that are looked at for spans. */
const SAMPLE = 500;

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
  const words = columns.indexOf(text);
  const step = Math.max(1, Math.floor(rows.length / SAMPLE));
  const sample = rows.filter((_, i) => i % step === 0);
  const pairs = sample.map((row) => ({
    text: row[words] ?? "",
    label: row[at]!,
  }));
  if (words !== -1 && looksMarked(pairs))
    return {
      task: looksAsked(columns, pairs, { label, text, textB })
        ? "roles"
        : "spans",
      labels: [],
    };
  const cells = new Map<string, number>();
  for (const row of rows) cells.set(row[at]!, (cells.get(row[at]!) ?? 0) + 1);
  if (!numbered(cells.keys()) && looksMeasured(rows.map((row) => row[at]!)))
    return { task: "score", labels: [] };
  if (severalAmong(cells) > ENOUGH) return { task: "many labels", labels: [] };
  return { ...one, labels: [] };
}

/**
 * "4,27" may be two labels by number, or a number with a comma. Lists come sorted and
 * may have three; of fractions some are smaller than what stands before the comma.
 */
function numbered(cells: Iterable<string>): boolean {
  let pairs = 0;
  for (const cell of cells) {
    const parts = cell.split(",").map((part) => part.trim());
    if (parts.length < 2) continue;
    if (!parts.every((part) => /^\d+$/.test(part))) return false;
    if (parts.some((part, i) => i > 0 && Number(part) <= Number(parts[i - 1])))
      return false;
    pairs++;
  }
  return pairs >= 5;
}
