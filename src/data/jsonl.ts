// One JSON object (or array) a line, or one array of them → columns and rows.

import { columnNames, type Parsed } from "./csv";
import { many, place } from "./words";

/** Whether the text begins as JSON lines or as a JSON array of records. */
export function looksJson(text: string): boolean {
  const start = text.slice(0, 1 << 16).trimStart();
  if (/^\[\s*[[{]/.test(start)) return true;
  return /^\{\s*("|\})/.test(start);
}

type Cells = Record<string, unknown>;

export function parseJson(name: string, text: string): Parsed {
  const problems: string[] = [];
  const ragged = { count: 0, where: [] as number[] };
  const records: Cells[] = [];
  const numbers: number[] = [];
  let why = "";
  const keep = (value: unknown, number: number) => {
    if (value !== null && typeof value === "object") {
      records.push(Array.isArray(value) ? fromArray(value) : (value as Cells));
      numbers.push(number);
      return;
    }
    setAside(number, "not a JSON object");
  };
  const setAside = (number: number, reason: string) => {
    if (ragged.count++ === 0) why = reason;
    if (ragged.where.length < 5) ragged.where.push(number);
  };

  const whole = asWhole(text);
  if (whole) whole.forEach((value, i) => keep(value, i + 1));
  else {
    let number = 0;
    for (const line of lines(text)) {
      number++;
      if (line.trim() === "") continue;
      try {
        keep(JSON.parse(line), number);
      } catch {
        setAside(number, "not valid JSON");
      }
    }
  }
  if (records.length === 0)
    throw new Error(
      `${name} holds no JSON records. Put one object a line, such as {"text": "…", "label": "…"}.`,
    );
  if (ragged.count > 0)
    problems.push(
      `${place(name, ragged.where[0]!)}: ${why}. ${ragged.count > 1 ? `${many(ragged.count, "such row")} are` : "It is"} set aside.`,
    );

  const keys = new Set<string>();
  for (const record of records)
    for (const key of Object.keys(record)) keys.add(key);
  const order = [...keys];
  return {
    delimiter: "",
    columns: columnNames(name, order, order.length, problems),
    named: !records.every((record) => Object.hasOwn(record, "column 1")),
    rows: records.map((record) =>
      order.map((key) => (Object.hasOwn(record, key) ? cell(record[key]) : "")),
    ),
    numbers,
    ragged,
    problems,
  };
}

/** The records of a file that is one JSON value, pretty-printed or not; null for JSON lines. */
function asWhole(text: string): unknown[] | null {
  const start = text.trimStart();
  const firstLine = start.slice(0, Math.max(0, start.indexOf("\n"))).trim();
  if (!start.startsWith("[") && firstLine !== "{") return null;
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return [value];
    // One line such as ["text", "label"] is a record, not a list of records.
    const scalars = value.every(
      (item) => item === null || typeof item !== "object",
    );
    return scalars && !/[\r\n]/.test(text.trim()) ? [value] : value;
  } catch {
    return null;
  }
}

function* lines(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf("\n", from);
    yield text.slice(from, end === -1 ? undefined : end);
    from = end === -1 ? text.length : end + 1;
  }
}

const fromArray = (values: unknown[]): Cells =>
  Object.fromEntries(values.map((value, i) => [`column ${i + 1}`, value]));

function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value.replaceAll("\0", "");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
