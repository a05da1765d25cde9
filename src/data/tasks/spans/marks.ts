// What a label cell marks in its text, as annotation tools, pandas and Python write
// it: a tag for each word, or spans of characters.

import { structured, type Value } from "../labels/values";

/** A span as it was written: offsets of an unknown unit. */
export interface Marked {
  start: number;
  end: number;
  label: string;
  /** The words it covers, where they are given too. */
  surface: string | null;
  several: boolean;
}

export type Label =
  | { kind: "none" }
  | { kind: "numbers" }
  | { kind: "unreadable" }
  | { kind: "tags"; tags: string[] }
  | { kind: "spans"; spans: (Marked | null)[] };

/** What a label cell marks; `text` tells a list of no tags from one of no spans. */
export function labelOf(cell: string, text: string): Label {
  if (cell.trim() === "") return { kind: "none" };
  const value = valueIn(cell);
  if (value === undefined) return { kind: "tags", tags: parts(cell) };
  const list = Array.isArray(value) ? value : spansIn(value);
  if (!list) return { kind: "unreadable" };
  if (list.length === 0)
    return listIn(text)?.length === 0
      ? { kind: "tags", tags: [] }
      : { kind: "spans", spans: [] };
  if (list.every((item) => typeof item === "string"))
    return { kind: "tags", tags: list.map(String) };
  if (list.every((item) => typeof item === "number"))
    return { kind: "numbers" };
  return { kind: "spans", spans: list.map(markedBy) };
}

/** The list in {"entities": […]}. */
function spansIn(value: Map<string, Value>): Value[] | undefined {
  for (const key of ["entities", "spans", "label", "labels"]) {
    const inner = value.get(key);
    if (Array.isArray(inner)) return inner;
  }
  return undefined;
}

/** [0, 4, "X"], or a record with a start, an end and a label; null where it is neither. */
function markedBy(value: Value): Marked | null {
  const number = (given: Value | undefined) =>
    (typeof given === "number" ||
      (typeof given === "string" && /^\d+$/.test(given))) &&
    Number.isInteger(Number(given))
      ? Number(given)
      : null;
  const made = (
    start: number | null,
    end: number | null,
    given: Value | undefined,
    surface: Value | undefined,
  ): Marked | null => {
    const labels = (Array.isArray(given) ? given : [given]).filter(
      (each) => typeof each === "string" || typeof each === "number",
    );
    const label = String(labels[0] ?? "").trim();
    if (start === null || end === null || label === "") return null;
    return {
      start,
      end,
      label,
      surface: typeof surface === "string" ? surface : null,
      several: labels.length > 1,
    };
  };
  if (Array.isArray(value)) {
    const numbers = value.filter((item) => typeof item === "number");
    const word = value.find((item) => typeof item === "string");
    return numbers.length === 2
      ? made(number(numbers[0]), number(numbers[1]), word, undefined)
      : null;
  }
  if (!(value instanceof Map)) return null;
  const first = (...keys: string[]) =>
    keys
      .map((key) => value.get(key))
      .find((each) => each !== undefined && each !== null);
  return made(
    number(
      first("start", "start_offset", "startOffset", "begin", "start_char"),
    ),
    number(first("end", "end_offset", "endOffset", "stop", "end_char")),
    first(
      "label",
      "labels",
      "type",
      "tag",
      "entity_group",
      "entity",
      "ent_type",
    ),
    first("text", "surface", "word"),
  );
}

export const listIn = (cell: string): Value[] | undefined => {
  const value = valueIn(cell);
  return Array.isArray(value) ? value : undefined;
};

function valueIn(cell: string): Value[] | Map<string, Value> | undefined {
  if (!/^\s*[[{(]|^\w+[.\w]*\(/.test(cell)) return undefined;
  try {
    const value = mapped(JSON.parse(cell));
    return Array.isArray(value) || value instanceof Map ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return structured(cell);
    throw error;
  }
}

function mapped(value: unknown): Value {
  if (Array.isArray(value)) return value.map(mapped);
  if (value === null || value === undefined) return null;
  if (typeof value === "object")
    return new Map(
      Object.entries(value).map(([key, each]) => [key, mapped(each)]),
    );
  return typeof value === "number" || typeof value === "boolean"
    ? value
    : String(value);
}

/** Cut at ASCII white space only: a no-break space is within a word. */
export const parts = (cell: string) =>
  cell.split(/[ \t\r\n]+/).filter((part) => part !== "");
