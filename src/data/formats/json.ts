// JSON of any kind → columns and rows: one value a line, one whole value in one of
// many shapes, records one after the other, or what is only nearly JSON.

import { unwrapped } from "./json/annotated";
import type { Parsed } from "./csv";
import { columnNames } from "./header";
import { valueAt } from "./json/loose";
import {
  isCells,
  lines,
  noTable,
  NoTable,
  shapeOf,
  type Cells,
} from "./json/shapes";
import { said, type Said } from "../../said";
import { place } from "../phrases";

/** Whether the text begins as JSON (or nearly), rather than as a table. */
export function looksJson(text: string): boolean {
  const start = text.slice(0, 1 << 16).trimStart();
  if (/^\[\s*[[{(]/.test(start)) return true;
  return /^\{\s*("|'|\})/.test(start);
}

export function parseJson(name: string, text: string): Parsed {
  const problems: Said[] = [];
  const warnings: Said[] = [];
  const found = valuesOf(text);
  const records: Cells[] = [];
  const numbers: number[] = [];
  const ragged = { count: 0, where: [] as number[] };
  let why = "broken" as Why;
  let first = Infinity;
  const setAside = (number: number, reason: Why) => {
    if (number < first) [why, first] = [reason, number];
    ragged.count++;
    ragged.where.push(number);
  };

  const whole =
    found.values.length === 1 && !isRecordLine(found.values[0]!, text)
      ? found.values[0]!.value
      : undefined;
  const shaped = whole === undefined ? null : shapeOf(whole, name);
  if (shaped) {
    problems.push(...shaped.remarks);
    records.push(...unwrapped(shaped.records));
    records.forEach((_, i) => numbers.push(i + 1));
    if (Array.isArray(whole) && !whole.every(Array.isArray))
      whole.forEach((item, i) => {
        if (!isCells(item)) setAside(i + 1, "no object");
      });
  } else if (isCells(whole)) {
    throw noTable(whole, name);
  } else if (whole === undefined) {
    const good = found.values.filter(
      ({ value }) => value !== null && typeof value === "object",
    );
    const rows = good.map(({ value }) => value);
    const cells = rows.every(Array.isArray)
      ? lines(rows as unknown[][]).records
      : rows.map((row) =>
          Array.isArray(row) ? lines([row]).records[0]! : (row as Cells),
        );
    const opened = unwrapped(cells);
    records.push(...opened);
    const skipped = good.length - opened.length;
    opened.forEach((_, i) =>
      numbers.push(skipped < 0 ? i + 1 : good[i + skipped]!.number),
    );
    for (const { value, number } of found.values)
      if (value === null || typeof value !== "object")
        setAside(number, "no object");
  }
  for (const number of found.broken) setAside(number, "broken");
  if (records.length === 0)
    throw new NoTable("JSON: no records", { file: name });
  ragged.where = ragged.where.sort((a, b) => a - b).slice(0, 5);
  if (found.python) problems.push(said("JSON: Python", { file: name }));
  if (ragged.count > 0) {
    const values = {
      place: place(name, ragged.where[0]!),
      count: ragged.count,
    };
    problems.push(
      why === "no object"
        ? said("JSON: rows are no objects", values)
        : said("JSON: rows are broken", values),
    );
  }

  const keys = new Set<string>();
  for (const record of records)
    for (const key of Object.keys(record)) keys.add(key);
  const order = [...keys];
  return {
    delimiter: "",
    columns: columnNames(name, order, order.length, problems, warnings),
    named: !records.every((record) => Object.hasOwn(record, "column 1")),
    rows: records.map((record) =>
      order.map((key) => (Object.hasOwn(record, key) ? cell(record[key]) : "")),
    ),
    numbers,
    ragged,
    problems,
    warnings,
  };
}

/** Why a row is set aside. */
type Why = "no object" | "broken";

interface Value {
  value: unknown;
  number: number;
}

/** One line such as ["text", "label"] is a record, not a list of records. */
function isRecordLine({ value }: Value, text: string): boolean {
  return (
    Array.isArray(value) &&
    value.every((item) => item === null || typeof item !== "object") &&
    !/[\r\n]/.test(text.trim())
  );
}

/** All values of a text, each with the line (or, over several lines, the place) it has. */
function valuesOf(text: string) {
  const values: Value[] = [];
  const broken: number[] = [];
  let python = false;
  const begin = text.trimStart();
  // What is one value over many lines: its lines are no values.
  if (
    begin.startsWith("[") ||
    !parsed(begin.slice(0, endOfLine(begin, 0)).trim().replace(/,$/, ""))
  )
    try {
      return {
        values: [{ value: JSON.parse(text) as unknown, number: 1 }],
        broken,
        python,
      };
    } catch {
      // Not strict JSON as a whole: value by value below.
    }
  let number = 0;
  for (let at = 0; at < text.length;) {
    number++;
    const end = endOfLine(text, at);
    const line = text.slice(at, end).trim().replace(/,$/, "");
    if (line === "" || line === "]" || line === "[") {
      if (line !== "") number--;
      at = end + 1;
      continue;
    }
    const strict = parsed(line);
    if (strict) {
      values.push({ value: strict.value, number });
      at = end + 1;
      continue;
    }
    let from = at;
    // Several values may stand on the line, and one may go on over many.
    for (let first = true; ; first = false) {
      from += /^[\s,]*/.exec(text.slice(from, from + 1000))![0].length;
      if (!first && from >= endOfLine(text, at)) break;
      const next = valueAt(text, from);
      if (!next && /^\[\s*[{[(]/.test(text.slice(from, from + 100))) {
        // A list that was cut off or is broken somewhere: its items one by one.
        from++;
        continue;
      }
      if (!next) {
        if (!/^[\]\s]*$/.test(text.slice(from, endOfLine(text, from))))
          broken.push(number);
        from = endOfLine(text, from) + 1;
        break;
      }
      if (!first) number++;
      values.push({ value: next.value, number });
      python ||= next.python;
      at = Math.max(at, next.end - 1);
      from = next.end;
    }
    at = text[from] === "\n" ? from + 1 : from;
  }
  return { values, broken, python };
}

function parsed(line: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(line) as unknown };
  } catch {
    return null;
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value.replaceAll("\0", "");
  if (typeof value !== "object") return String(value);
  // Label Studio writes several choices as an object around their list.
  if (isCells(value) && Array.isArray(value["choices"]))
    return JSON.stringify(value["choices"]);
  return JSON.stringify(value);
}
