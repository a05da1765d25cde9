// A cell of several labels → the labels in it. Lists say themselves where one label
// ends; for plain cells the mark between two is found out over the whole column,
// since a comma may as well belong to a name.

import { frame } from "../labels/inside";
import { labelIn, structured } from "../labels/values";
import { tidy, type Cell } from "../labels/spellings";

/** Marks that stand between labels, the surest first. */
const SEPARATORS = [";", "|", ",", "\n", "\t", "#", "/", "+", "&"] as const;

export interface Cells {
  /** The labels in each cell, in its order, each once; null where it holds something that names none. */
  labelsOf: Map<string, string[] | null>;
  /** What stands between labels; null where they come in lists, or one by one. */
  separator: string | null;
  /** A cell with several, the first of them; null where there is none. */
  example: string | null;
  /** Rows with several labels. */
  several: number;
}

/** Of the different cells of one column. */
export function readCells(cells: Map<string, Pick<Cell, "all">>): Cells {
  const framed = frame(cells.keys());
  const separator = framed ? null : separatorOf(cells);
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
  const labelsOf = new Map<string, string[] | null>();
  let example: string | null = null;
  let several = 0;
  for (const [cell, { all }] of cells) {
    const labels = labelsIn(cell);
    labelsOf.set(cell, labels);
    if ((labels?.length ?? 0) < 2) continue;
    example ??= cell;
    several += all;
  }
  return { labelsOf, separator, example, several };
}

const distinct = (labels: string[]) => [
  ...new Set(labels.map(tidy).filter((label) => label !== "")),
];

/**
 * The mark that stands between labels. What it parts must come again: in most
 * cells every part is a label elsewhere too, alone or in other company.
 */
function separatorOf(cells: Map<string, Pick<Cell, "all">>): string | null {
  for (const separator of SEPARATORS) {
    const uses = new Map<string, number>();
    const lists: [string[], number][] = [];
    for (const [cell, { all: rows }] of cells) {
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

/** The share of rows whose cells hold several labels. */
export function severalAmong(cells: Map<string, Pick<Cell, "all">>): number {
  let rows = 0;
  for (const { all } of cells.values()) rows += all;
  return rows > 0 ? readCells(cells).several / rows : 0;
}
