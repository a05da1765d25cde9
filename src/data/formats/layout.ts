// Which character separates the columns, and how many columns there are: judged
// by how well the rows of the beginning agree.

import { isKnownName } from "../names";
import { isBlank, isRemark, tokenize } from "./cells";

const DELIMITERS = ["\t", ",", ";", "|"];

export interface Layout {
  delimiter: string;
  /** Cells per row in most rows. */
  width: number;
  /** Share of rows of that width. */
  consistency: number;
  /** The first row names columns that are known. */
  known: boolean;
}

/** The delimiter whose rows agree best, or null where none makes a table. `table`: the file name promises one. */
export function findLayout(text: string, table: boolean): Layout | null {
  let best: Layout | null = null;
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const layout = layoutBy(text, delimiter);
    if (!layout) continue;
    const enough = delimiter === "\t" || table ? 0.5 : 0.9;
    const score = layout.consistency + (layout.known ? 0.3 : 0);
    if ((!layout.known && layout.consistency < enough) || score <= most)
      continue;
    most = score;
    best = layout;
  }
  return best;
}

/** How `delimiter` would divide the text; null where it divides nothing. */
export function layoutBy(text: string, delimiter: string): Layout | null {
  const rows = sampleRows(head(text), delimiter);
  const width = commonWidth(rows);
  const first = rows[0] ?? [];
  const known = first.length > 1 && first.some((cell) => isKnownName(cell));
  if (width < 2 && !known) return null;
  const fit = rows.filter((row) => row.length === width).length;
  return {
    delimiter,
    width: Math.max(width, 2),
    consistency: fit / rows.length,
    known,
  };
}

/** Enough of the beginning to judge by: whole lines, up to about 256 kB. */
function head(text: string): string {
  for (let length = 1 << 18; length < text.length; length *= 8) {
    const part = text.slice(0, length);
    const end = Math.max(part.lastIndexOf("\n"), part.lastIndexOf("\r"));
    if (end > 0 && part.slice(0, end).search(/[\r\n]/) !== -1)
      return part.slice(0, end);
  }
  return text;
}

function sampleRows(sample: string, delimiter: string): string[][] {
  const quoted = tokenize(sample, delimiter, true, 400);
  const tidy = (rows: string[][]) =>
    rows.filter((row) => !isBlank(row) && !isRemark(row));
  if (quoted.errors === 0) return tidy(quoted.rows);
  const plain = tidy(tokenize(sample, delimiter, false, 400).rows);
  const with_ = tidy(quoted.rows);
  return agreement(plain) > agreement(with_) ? plain : with_;
}

const agreement = (rows: string[][]) => {
  const width = commonWidth(rows);
  return width > 1 ? rows.filter((row) => row.length === width).length : 0;
};

function commonWidth(rows: string[][]): number {
  const widths = new Map<number, number>();
  let common = 0;
  for (const { length } of rows) {
    const seen = (widths.get(length) ?? 0) + 1;
    widths.set(length, seen);
    if (seen > (widths.get(common) ?? 0)) common = length;
  }
  return common;
}
