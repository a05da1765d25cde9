// Delimited text → columns and rows. Papa Parse does the parsing; this finds the
// delimiter, whether quotes mean anything, and whether there is a header, and
// sets aside the rows that do not fit. Nothing here throws for a messy file.

import Papa from "papaparse";
import { hasHeader, isKnownName } from "./columns";
import { many, place, verb } from "./words";

const DELIMITERS = ["\t", ",", ";", "|"];
const SEPARATORS: Record<string, string> = {
  "\t": "tabs",
  ",": "commas",
  ";": "semicolons",
  "|": "bars (|)",
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
  problems: string[];
}

interface Layout {
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

const isBlank = (row: string[]) => row.length === 1 && row[0]?.trim() === "";
/** Lines that some programs put above a table. */
const isRemark = (row: string[]) =>
  row.length === 1 && /^(#|sep=)/i.test(row[0] ?? "");

interface Tokens {
  rows: string[][];
  /** How often quotes were not where CSV wants them. */
  errors: number;
}

function tokenize(
  text: string,
  delimiter: string,
  quotes: boolean,
  most = 0,
): Tokens {
  // Papa takes one kind of line end; files mix them. With "\n" it also closes
  // quotes before "\r\n", so only the "\r" after unquoted cells is left to remove.
  const newline = text.includes("\n") ? "\n" : "\r";
  const { data, errors } = Papa.parse<string[]>(text, {
    delimiter,
    newline,
    fastMode: quotes ? undefined : true,
    preview: most,
  });
  for (const row of data) withoutReturn(row, newline);
  return {
    rows: data,
    errors: errors.filter((error) => error.type === "Quotes").length,
  };
}

function withoutReturn(row: string[], newline: string): string[] {
  const last = row[row.length - 1];
  if (newline === "\n" && last?.endsWith("\r"))
    row[row.length - 1] = last.slice(0, -1);
  return row;
}

/** Quotes are taken at their word unless that fits fewer rows than ignoring them. */
function tokenizeAll(
  name: string,
  text: string,
  { delimiter, width }: Layout,
  problems: string[],
): string[][] {
  const quoted = tokenize(text, delimiter, true);
  if (quoted.errors === 0) return quoted.rows;
  const fitting = (rows: string[][]) =>
    rows.reduce(
      (sum, row) => sum + (row.length === width ? 1 : isBlank(row) ? 0 : -1),
      0,
    );
  const plain = tokenize(text, delimiter, false);
  const mended = mend(text, delimiter, width);
  if (fitting(plain.rows) >= fitting(mended.rows)) {
    problems.push(
      `${name}: quotation marks do not enclose cells here, so they were read as part of the text.`,
    );
    return plain.rows;
  }
  const { opened } = mended;
  if (opened.length > 0)
    problems.push(
      `${place(name, Math.max(1, opened[0]!))}: a quotation mark is opened and never closed${opened.length > 1 ? ` (and in ${many(opened.length - 1, "more row")})` : ""}; it was read as part of the text. Close it or double it ("").`,
    );
  const others = quoted.errors - opened.length;
  if (opened.length === 0)
    problems.push(
      `${name}: ${many(others, "quotation mark")} inside quoted cells ${verb(others, "is", "are")} not doubled (""); look at the preview.`,
    );
  return mended.rows;
}

/**
 * An unclosed quote swallows what follows, up to the next quote that can pass for
 * its end. Where the line it stands on makes a row when read without quoting, it
 * is read so, and reading goes on with the next line.
 */
function mend(text: string, delimiter: string, width: number) {
  const rows: string[][] = [];
  const opened: number[] = [];
  // One that is open to the very end means reading all the rest in vain.
  let patience = 200;
  const newline = text.includes("\n") ? "\n" : "\r";
  const read = (from: number) => {
    let again: number | null = null;
    let start = from;
    Papa.parse<string[]>(text.slice(from), {
      delimiter,
      newline,
      step({ data, errors, meta }, parser) {
        const row = withoutReturn(data, newline);
        const end = from + meta.cursor;
        const swallowed =
          errors.some((error) => error.type === "Quotes") &&
          row.some((cell) => cell.includes(newline));
        const line = swallowed ? firstLine(text, start, newline) : "";
        const [alone] = line ? tokenize(line, delimiter, false).rows : [];
        if (alone?.length === width && patience-- > 0) {
          opened.push(rows.length);
          rows.push(alone);
          again = start + line.length + newline.length;
          parser.abort();
          return;
        }
        rows.push(row);
        start = end;
      },
    });
    return again;
  };
  for (let from: number | null = 0; from !== null;) from = read(from);
  return { rows, opened };
}

function firstLine(text: string, from: number, newline: string): string {
  const end = text.indexOf(newline, from);
  return text.slice(from, end === -1 ? undefined : end);
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
  const problems: string[] = [];
  const all = tokenizeAll(name, text, layout, problems);
  let start = 0;
  while (start < all.length && (isBlank(all[start]!) || isRemark(all[start]!)))
    start++;
  if (start > 0 && all.slice(0, start).some(isRemark))
    problems.push(`${name}: ${many(start, "line")} before the table skipped.`);

  const sample = all.slice(start, start + 200).filter((row) => !isBlank(row));
  const named = headed ?? hasHeader(sample);
  const header = named ? (all[start] ?? []) : [];
  const body = named ? start + 1 : start;
  const columns = columnNames(
    name,
    header,
    widthOf(header, layout, all, body),
    problems,
  );
  return {
    ...fill(name, all, body, columns, layout.delimiter, named, problems),
    delimiter: layout.delimiter,
    columns,
    named,
    problems,
  };
}

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
  return wider > (all.length - body) / 2 ? layout.width : Math.max(width, 1);
}

function columnNames(
  file: string,
  header: string[],
  width: number,
  problems: string[],
): string[] {
  const names: string[] = [];
  const taken = new Set<string>();
  const renamed: string[] = [];
  for (let i = 0; i < width; i++) {
    const given = (header[i] ?? "").trim() || `column ${i + 1}`;
    let unique = given;
    for (let n = 2; taken.has(unique); n++) unique = `${given} (${n})`;
    if (unique !== given) renamed.push(unique);
    taken.add(unique);
    names.push(unique);
  }
  if (header.length === 0) return names;
  const blank = names.filter((_, i) => !header[i]?.trim()).length;
  if (blank > 0)
    problems.push(
      `${file}: ${many(blank, "column")} without a name; called after ${verb(blank, "its place", "their places")}.`,
    );
  if (renamed.length > 0)
    problems.push(
      `${file}: ${many(renamed.length, "column name")} used twice; the later ${verb(renamed.length, "one is", "ones are")} called ${renamed
        .slice(0, 3)
        .map((n) => `“${n}”`)
        .join(", ")}${renamed.length > 3 ? ", …" : ""}.`,
    );
  return names;
}

/** Makes every row as wide as the header, and sets aside those with more to say than it has columns. */
function fill(
  file: string,
  all: string[][],
  body: number,
  columns: string[],
  delimiter: string,
  headed: boolean,
  problems: string[],
): Pick<Parsed, "rows" | "numbers" | "ragged"> {
  const width = columns.length;
  const rows: string[][] = [];
  const numbers: number[] = [];
  const ragged = { count: 0, where: [] as number[] };
  let raggedCells = 0;
  let short = 0;
  let firstShort = 0;
  let huge: string | null = null;
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
        huge = `${place(file, number)}, column “${columns[at]}”: a cell of ${many(row[at]!.length, "character")}. It is kept, but a model reads only its beginning; check that a quotation mark is not missing.`;
    }
    rows.push(row);
    numbers.push(number);
  }
  if (ragged.count > 0) {
    const others = ragged.count - 1;
    problems.push(
      `${place(file, ragged.where[0]!)}: ${many(raggedCells, "column")} where the ${headed ? "header has" : "others have"} ${width}. Quote text that contains ${SEPARATORS[delimiter] ?? "the separator"}.` +
        (others > 0
          ? ` ${many(others, "more row")} like it; all are set aside.`
          : " It is set aside."),
    );
  }
  if (short > 0)
    problems.push(
      `${place(file, firstShort)}: fewer than ${many(width, "column")}; what is missing is taken as empty.` +
        (short > 1 ? ` ${many(short - 1, "more row")} like it.` : ""),
    );
  if (huge) problems.push(huge);
  return { rows, numbers, ragged };
}
