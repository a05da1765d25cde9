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
  const sample = head(text);
  let best: Layout | null = null;
  let most = 0;
  for (const delimiter of DELIMITERS) {
    const rows = sampleRows(sample, delimiter);
    const width = commonWidth(rows);
    const first = rows[0] ?? [];
    const known = first.length > 1 && first.some((cell) => isKnownName(cell));
    const fit = rows.filter((row) => row.length === width).length;
    const consistency = fit / (rows.length || 1);
    const enough = delimiter === "\t" || table ? 0.5 : 0.9;
    const plausible = known || (width > 1 && consistency >= enough);
    const score = consistency + (known ? 0.3 : 0);
    if (!plausible || score <= most) continue;
    most = score;
    best = {
      delimiter,
      width: width > 1 ? width : first.length,
      consistency,
      known,
    };
  }
  return best;
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
  /** The quote that is opened and never closed: its row, and where in the text. */
  unclosed: { row: number; index: number } | null;
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
  if (newline === "\n")
    for (const row of data) {
      const last = row[row.length - 1] as string;
      if (last.endsWith("\r")) row[row.length - 1] = last.slice(0, -1);
    }
  const unclosed = errors.find((error) => error.code === "MissingQuotes");
  return {
    rows: data,
    errors: errors.filter((error) => error.type === "Quotes").length,
    unclosed:
      unclosed?.row === undefined
        ? null
        : { row: unclosed.row, index: unclosed.index ?? 0 },
  };
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
  const closed = quoted.unclosed ? closeQuotes(text, delimiter, quoted) : null;
  const rows = closed?.rows ?? quoted.rows;
  if (fitting(plain.rows) >= fitting(rows)) {
    problems.push(
      `${name}: quotation marks do not enclose cells here, so they were read as part of the text.`,
    );
    return plain.rows;
  }
  if (closed)
    problems.push(
      `${place(name, closed.first)}: a quotation mark is opened and never closed${closed.count > 1 ? ` (and in ${many(closed.count - 1, "more row")})` : ""}; it was read as part of the text. Close it or double it ("").`,
    );
  else
    problems.push(
      `${name}: ${many(quoted.errors, "quotation mark")} inside quoted cells ${verb(quoted.errors, "is", "are")} not doubled (""); look at the preview.`,
    );
  return rows;
}

/**
 * An unclosed quote swallows the rest of the file. The line it stands on is read
 * without quoting, and reading goes on after it.
 */
function closeQuotes(text: string, delimiter: string, first: Tokens) {
  const rows: string[][] = [];
  let rest = text;
  let read = first;
  let count = 0;
  const at = first.unclosed?.row ?? 0;
  // Each round reads the rest once more, so there is an end to patience.
  while (read.unclosed && count < 10) {
    count++;
    const { row, index } = read.unclosed;
    for (const good of read.rows.slice(0, row)) rows.push(good);
    const from = rest.lastIndexOf("\n", index - 1) + 1;
    const end = rest.indexOf("\n", index);
    const line = rest.slice(from, end === -1 ? undefined : end);
    rows.push(...tokenize(line, delimiter, false).rows.slice(0, 1));
    rest = end === -1 ? "" : rest.slice(end + 1);
    read = tokenize(rest, delimiter, true);
  }
  for (const good of read.rows) rows.push(good);
  return { rows, count, first: Math.max(1, at) };
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
  const wider = all.reduce(
    (sum, row, i) => sum + (i >= body && row.length === layout.width ? 1 : 0),
    0,
  );
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
