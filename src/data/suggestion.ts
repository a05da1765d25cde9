// What a mapping's columns look made for: cells with several labels, numbers that
// measure, spans of the text, or a label a row.

import type { Task } from "../task";
import type { Mapping, Suggestion } from "./protocol";
import type { Table } from "./table/shape";
import { countUp } from "./tasks/cells";
import type { Cell } from "./tasks/labels/spellings";
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
): Suggestion {
  const being = (task: Task, labels: string[] = []) => ({ task, labels });
  const ofClasses =
    classes &&
    (label === classes.joined || classes.names.includes(label)) &&
    !classes.names.some((name) => name === text || name === textB);
  if (ofClasses)
    return classes.several > ENOUGH * rows.length
      ? being("many labels", classes.names)
      : being("one label");
  if (columns.length === 1) return being("masked words");
  const at = columns.indexOf(label);
  if (at === -1) return being("one label");
  const words = columns.indexOf(text);
  const step = Math.max(1, Math.floor(rows.length / SAMPLE));
  const pairs = rows
    .filter((_, i) => i % step === 0)
    .map((row) => ({ text: row[words] ?? "", label: row[at]! }));
  if (words !== -1 && looksMarked(pairs))
    return being(
      looksAsked(columns, pairs, { label, text, textB }) ? "roles" : "spans",
    );
  const cells = new Map<string, Cell>();
  for (const row of rows) countUp(cells, row[at]!, 0, 1);
  if (!numbered(cells.keys()) && looksMeasured(rows.map((row) => row[at]!)))
    return being("score");
  return being(severalAmong(cells) > ENOUGH ? "many labels" : "one label");
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
