// Delimited text → columns and rows, in a layout that was found. Decides whether
// there is a header and sets aside the rows that do not fit. Nothing here throws
// for a messy file.

import { cleanName, columnNames, hasHeader } from "./header";
import { isKnownName, kindsOf } from "../names";
import type { Layout } from "./layout";
import { isBlank, isRemark, tokenizeAll } from "./cells";
import { listed, said, type Said, type Value } from "../../said";
import { place } from "../phrases";

const SEPARATORS: Record<string, Said> = {
  "\t": said("separators: tabs"),
  ",": said("separators: commas"),
  ";": said("separators: semicolons"),
  "|": said("separators: bars"),
};

/** What every reader of one file returns. */
export interface Parsed {
  delimiter: string;
  columns: string[];
  /** False when the names are ours ("column 1"). */
  named: boolean;
  /** Each as wide as `columns`. */
  rows: string[][];
  /** 1-based place of each row among the file's data rows. */
  numbers: number[];
  ragged: { count: number; where: number[] };
  problems: Said[];
  /** Those that must be seen. */
  warnings?: Said[];
}

/** More characters than any label or text should have: worth a word. */
const HUGE_CELL = 100_000;

/** Reads `text` in the layout found. `headed` overrides the guess about a header. */
export function parseDelimited(
  name: string,
  text: string,
  layout: Layout,
  headed?: boolean,
): Parsed {
  const problems: Said[] = [];
  const all = tokenizeAll(name, text, layout, problems);
  let start = 0;
  while (start < all.length && (isBlank(all[start]!) || isRemark(all[start]!)))
    start++;
  start = belowTitle(all, start, layout.width);
  if (start > 0 && all.slice(0, start).some((row) => !isBlank(row)))
    problems.push(said("table: lines before", { file: name, count: start }));

  const first = (all[start] ?? []).map(cleanName);
  // The header may come again where files were joined; that speaks neither way.
  const sample = all
    .slice(start, start + 200)
    .filter((row, i) => !isBlank(row) && (i === 0 || !sameCells(row, first)));
  const named =
    headed ??
    (isCounted(first, sample.slice(1)) ||
      hasHeader([first, ...sample.slice(1)]));
  const header = named ? first : [];
  const body = named ? start + 1 : start;
  const warnings: Said[] = [];
  const columns = columnNames(
    name,
    header,
    widthOf(header, layout, all, body),
    problems,
    warnings,
  );
  const rows = named ? withoutHeaders(name, all, body, header, warnings) : all;
  return {
    ...fill(name, rows, body, columns, layout.delimiter, named, problems),
    delimiter: layout.delimiter,
    columns,
    named,
    problems,
    warnings,
  };
}

/** Exports put a title above the table: a line of one cell, then a row of known names. */
function belowTitle(all: string[][], start: number, width: number): number {
  if (all[start]?.length !== 1 || width < 2) return start;
  for (let at = start + 1; at < Math.min(all.length, start + 6); at++) {
    const row = all[at]!;
    if (row.length === width && row.every(isKnownName)) return at;
    if (row.length > 1) break;
  }
  return start;
}

/** Whether cells are these names, in whatever capitals. */
const plainName = (name: string) => cleanName(name).toLowerCase();
const sameCells = (row: string[], names: string[]) =>
  row.length === names.length &&
  row.every((cell, i) => plainName(cell) === plainName(names[i]!));

/** pandas numbers columns that have no names: "0,1" or ",0,1". */
function isCounted(first: string[], body: string[][]): boolean {
  const shift = first[0] === "" ? 1 : 0;
  if (first.length - shift < 1 || first.length < 2) return false;
  if (!first.every((cell, i) => cell === (i < shift ? "" : String(i - shift))))
    return false;
  const wordy = (at: number) =>
    body.filter((row) => /\p{L}{2}/u.test(row[at] ?? "")).length;
  return first.some((_, i) => i >= shift && wordy(i) > 0.8 * body.length);
}

/**
 * Files joined end to end bring their header along. It is blanked, so that places
 * stay right; where its order is another one, the rows below follow it.
 */
function withoutHeaders(
  file: string,
  all: string[][],
  body: number,
  header: string[],
  warnings: Said[],
): string[][] {
  const plain = header.map(plainName);
  const names = new Set(plain);
  if (header.length < 2 || names.size < header.length) return all;
  const found: number[] = [];
  let order: number[] | null = null;
  let reordered = 0;
  const kinds = kindsOf(header);
  const others: Value[] = [];
  const rows = all.map((row, i) => {
    if (i < body || row.length < header.length) return row;
    if (names.has(plainName(row[0]!))) {
      const cells = row.map(plainName);
      while (cells.length > header.length && cells.at(-1) === "") cells.pop();
      if (
        cells.length === header.length &&
        new Set(cells).size === cells.length &&
        cells.every((cell) => names.has(cell))
      ) {
        found.push(i - body + 1);
        order = sameCells(cells, header)
          ? null
          : plain.map((name) => cells.indexOf(name));
        return [""];
      }
    }
    // Another export's names for the same columns.
    const its = kinds && row.length === header.length ? kindsOf(row) : null;
    if (its && [...kinds!].every((kind) => its.includes(kind))) {
      if (!isValue(all, body, row)) {
        found.push(i - body + 1);
        others.push(listed(row.map(cleanName)));
        const at = kinds!.map((kind) => its.indexOf(kind));
        order = at.every((place, column) => place === column) ? null : at;
        return [""];
      }
    }
    if (!order) return row;
    reordered++;
    return order.map((at) => row[at]!);
  });
  const [first] = found;
  if (first === undefined) return rows;
  const values = {
    place: place(file, first),
    more: found.length - 1,
    reordered,
  };
  const [words] = others;
  warnings.push(
    words === undefined
      ? said("table: header again", values)
      : said("table: header again in other words", { ...values, words }),
  );
  return rows;
}

/** Whether cells of a row stand in other rows as well: then they are no names. */
const isValue = (all: string[][], body: number, row: string[]) =>
  all.some(
    (other, i) =>
      i >= body &&
      other !== row &&
      other.some((cell, at) => cell === row[at]) &&
      !sameCells(other, row),
  );

/** The header says how many columns there are, unless most rows agree on more. */
function widthOf(
  header: string[],
  layout: Layout,
  all: string[][],
  body: number,
): number {
  if (header.length === 0) return layout.width;
  let width = header.length;
  // Trailing separators in the header alone make no column.
  while (width > layout.width && header[width - 1]?.trim() === "") width--;
  if (width >= layout.width) return width;
  const wider = all.filter(
    (row, i) =>
      i >= body &&
      row.length === layout.width &&
      row.slice(width).some((cell) => cell.trim() !== ""),
  ).length;
  // Where many rows fit the header, the others hold commas that are not quoted.
  const fitting = all.filter(
    (row, i) => i >= body && row.length === header.length,
  ).length;
  return wider > (all.length - body) / 2 && fitting < 0.1 * (all.length - body)
    ? layout.width
    : Math.max(width, 1);
}

/** Makes every row as wide as the header, and sets aside those with more to say than it has columns. */
function fill(
  file: string,
  all: string[][],
  body: number,
  columns: string[],
  delimiter: string,
  headed: boolean,
  problems: Said[],
): Pick<Parsed, "rows" | "numbers" | "ragged"> {
  const width = columns.length;
  const rows: string[][] = [];
  const numbers: number[] = [];
  const ragged = { count: 0, where: [] as number[] };
  let raggedCells = 0;
  let short = 0;
  let firstShort = 0;
  let huge: Said | null = null;
  for (let i = body; i < all.length; i++) {
    const row = all[i] as string[];
    // A line with nothing on it is no row, but it counts as a place.
    if (isBlank(row) && (width > 1 || row[0] === "")) continue;
    const number = i - body + 1;
    while (row.length > width && row[row.length - 1]?.trim() === "") row.pop();
    if (row.length > width) {
      if (ragged.count++ === 0) raggedCells = row.length;
      if (ragged.where.length < 5) ragged.where.push(number);
      continue;
    }
    if (row.length < width) {
      if (short++ === 0) firstShort = number;
      while (row.length < width) row.push("");
    }
    if (huge === null) {
      const at = row.findIndex((cell) => cell.length > HUGE_CELL);
      if (at !== -1)
        huge = said("table: huge cell", {
          place: place(file, number),
          column: columns[at]!,
          characters: row[at]!.length,
        });
    }
    rows.push(row);
    numbers.push(number);
  }
  if (ragged.count > 0) {
    const values = {
      place: place(file, ragged.where[0]!),
      cells: raggedCells,
      width,
      separators: SEPARATORS[delimiter] ?? said("separators: others"),
      more: ragged.count - 1,
    };
    problems.push(
      headed
        ? said("table: wider than the header", values)
        : said("table: wider than the others", values),
    );
  }
  if (short > 0)
    problems.push(
      said("table: a narrow row", {
        place: place(file, firstShort),
        width,
        more: short - 1,
      }),
    );
  if (huge) problems.push(huge);
  return { rows, numbers, ragged };
}
