// Text → cells, by Papa Parse. What this adds is a judgement about quotation
// marks: whether they enclose cells at all in a file, and where one was left open.

import Papa from "papaparse";
import { said, type Said } from "../../said";
import { place } from "../phrases";

/** A line with nothing on it. */
export const isBlank = (row: string[]) =>
  row.length === 1 && row[0]?.trim() === "";
/** Lines that some programs put above a table. */
export const isRemark = (row: string[]) =>
  row.length === 1 && /^(#|sep=)/i.test(row[0] ?? "");

export interface Tokens {
  rows: string[][];
  /** How often quotes were not where CSV wants them. */
  errors: number;
}

export function tokenize(
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
export function tokenizeAll(
  name: string,
  text: string,
  { delimiter, width }: { delimiter: string; width: number },
  problems: Said[],
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
    problems.push(said("quotes: no cells", { file: name }));
    return plain.rows;
  }
  const { opened } = mended;
  if (opened.length > 0)
    problems.push(
      said("quotes: left open", {
        place: place(name, Math.max(1, opened[0]!)),
        more: opened.length - 1,
      }),
    );
  if (opened.length === 0)
    problems.push(
      said("quotes: not doubled", { file: name, count: quoted.errors }),
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
