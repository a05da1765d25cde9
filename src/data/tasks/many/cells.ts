// A cell of several labels → the labels in it. Lists say themselves where one label
// ends; for plain cells the mark between two is found out over the whole column,
// since a comma may as well belong to a name.

import { frame } from "../labels/inside";
import { labelIn, structured } from "../labels/values";
import { tidy } from "../labels/spellings";

/** Marks that stand between labels, the surest first. */
const SEPARATORS = [";", "|", ",", "\n", "\t", "#", "/", "+", "&"] as const;

export interface Cells {
  /** The labels in a cell, in its order, each once; null where it holds something that names none. */
  labelsIn(cell: string): string[] | null;
  /** What stands between labels; null where they come in lists, or one by one. */
  separator: string | null;
  /** A cell with several, the first of them; null where there is none. */
  example: string | null;
  /** Rows with several labels. */
  several: number;
}

/** `counts`: rows by cell, of one column. */
export function readCells(counts: Map<string, number>): Cells {
  const framed = frame(counts.keys());
  const separator = framed ? null : separatorOf(counts);
  const labelsIn = (cell: string): string[] | null => {
    const value = structured(cell);
    if (value !== undefined) {
      const its = labelIn(value);
      if (its.kind === "other") return null;
      if (its.kind === "none") return [];
      return distinct(its.kind === "one" ? [its.label] : its.labels);
    }
    if (framed) return distinct(framed(cell));
    return distinct(separator === null ? [cell] : cell.split(separator));
  };
  let example: string | null = null;
  let several = 0;
  for (const [cell, rows] of counts)
    if ((labelsIn(cell)?.length ?? 0) > 1) {
      example ??= cell;
      several += rows;
    }
  return { labelsIn, separator, example, several };
}

const distinct = (labels: string[]) => [
  ...new Set(labels.map(tidy).filter((label) => label !== "")),
];

/**
 * The mark that stands between labels. What it parts must come again: in most
 * cells every part is a label elsewhere too, alone or in other company.
 */
function separatorOf(counts: Map<string, number>): string | null {
  for (const separator of SEPARATORS) {
    const uses = new Map<string, number>();
    const lists: [string[], number][] = [];
    for (const [cell, rows] of counts) {
      if (structured(cell) !== undefined) continue;
      const parts = distinct(cell.split(separator));
      for (const part of parts) uses.set(part, (uses.get(part) ?? 0) + 1);
      if (parts.length > 1) lists.push([parts, rows]);
    }
    const all = lists.reduce((sum, [, rows]) => sum + rows, 0);
    const sound = lists.reduce(
      (sum, [parts, rows]) =>
        parts.every((part) => uses.get(part)! > 1) ? sum + rows : sum,
      0,
    );
    // Half stars may be written with a comma.
    const halves =
      separator === "," &&
      lists.every(([parts]) => /^\d,[05]$/.test(parts.join(",")));
    // A sentence is no label: those fall into many words that come once.
    if (sound > 0 && sound >= 0.8 * all && !halves && uses.size <= 1000)
      return separator;
  }
  return null;
}

/** Which column looks as if its cells held several labels each: a share of rows. */
export function severalAmong(counts: Map<string, number>): number {
  const rows = [...counts.values()].reduce((sum, n) => sum + n, 0);
  return rows > 0 ? readCells(counts).several / rows : 0;
}
