// One JSON value → rows. Programs write a table in many shapes (records, columns,
// lists under a name, a part for training and one for tests): each is told by
// what it is made of, and one that is none of them is named.

import { isKnownName } from "../../names";
import { roleOf } from "../../roles";
import { commas, Failure, listed, said, shown, type Said } from "../../../said";

export type Cells = Record<string, unknown>;

export interface Shaped {
  records: Cells[];
  /** Sentences about how the file was understood. */
  remarks: Said[];
  /** Where within a larger value the rows are, and what lies beside them. */
  inside?: { path: string[]; others: string[] };
}

/** JSON that holds no rows. */
export class NoTable extends Failure {}

const WRAPPERS =
  /^(data|rows?|records?|items?|examples?|documents?|entries|samples?|results?|list|dataset|sentences|common_examples|rasa_nlu_data|nlu|intents)$/i;

export const isCells = (value: unknown): value is Cells =>
  value !== null && typeof value === "object" && !Array.isArray(value);
/** Narrower than for headers of tables: keys may be texts, and those may begin with “text”. */
const isName = (key: string) =>
  isKnownName(key) && key.trim().split(/\s+/).length <= 2;
const isScalar = (value: unknown) =>
  value === null || typeof value !== "object";
const isLine = (value: unknown): value is unknown[] => Array.isArray(value);

/** Rows of one whole JSON value; null where it is none of the shapes known. */
export function shapeOf(value: unknown, name: string): Shaped | null {
  if (Array.isArray(value)) return list(value);
  if (!isCells(value)) return null;
  return (
    split(value) ??
    parts(value) ??
    columns(value, name) ??
    objects(value) ??
    told(wrapped(value, name), name) ??
    single(value)
  );
}

function told(shaped: Shaped | null, name: string): Shaped | null {
  if (!shaped?.inside) return shaped;
  const { path, others } = shaped.inside;
  const values = { file: name, path: shown(path.join(".")) };
  return {
    records: shaped.records,
    remarks: [
      ...shaped.remarks,
      others.length === 0
        ? said("JSON: rows from a list", values)
        : said("JSON: rows from one list", {
            ...values,
            others: listed(others),
          }),
    ],
  };
}

/** Says what an object is, where it is no table. */
export function noTable(value: Cells, name: string): NoTable {
  const keys = Object.keys(value);
  return new NoTable("JSON: an object", {
    file: name,
    count: keys.length,
    keys: listed(keys),
  });
}

function list(values: unknown[]): Shaped | null {
  if (values.length === 0) return null;
  if (values.every(isLine)) return lines(values);
  if (values.some(isCells))
    return { records: values.filter(isCells), remarks: [] };
  return null;
}

/** Arrays as rows; the first one may name the columns. */
export function lines(rows: unknown[][], given?: string[]): Shaped {
  const [first = []] = rows;
  const titles =
    given ??
    (rows.length > 1 &&
    first.length > 1 &&
    first.every((cell) => typeof cell === "string" && cell.length <= 40) &&
    first.some((cell) => isName(cell as string)) &&
    !rows.slice(1).some((row) => row.some((cell, i) => cell === first[i]))
      ? (first as string[])
      : null);
  const body = titles && !given ? rows.slice(1) : rows;
  return {
    records: body.map((row) =>
      Object.fromEntries(
        row.map((cell, i) => [titles?.[i] ?? `column ${i + 1}`, cell]),
      ),
    ),
    remarks: [],
  };
}

/** pandas "split": names and rows apart. */
function split(value: Cells): Shaped | null {
  const titles = value["columns"] ?? value["header"] ?? value["headers"];
  const rows = value["data"] ?? value["rows"] ?? value["values"];
  if (!Array.isArray(titles) || !Array.isArray(rows)) return null;
  if (!titles.every(isScalar) || !rows.every(isLine)) return null;
  return lines(rows, titles.map(String));
}

/** {"train": […], "test": […]}: each part's rows say which part they are of. */
function parts(value: Cells): Shaped | null {
  const found = Object.entries(value).filter(
    ([key, inner]) =>
      roleOf(key) !== null && inner !== null && typeof inner === "object",
  );
  if (found.length < 2 || found.length < Object.keys(value).length / 2)
    return null;
  const records: Cells[] = [];
  for (const [key, inner] of found) {
    const shaped = shapeOf(inner, key);
    if (!shaped) return null;
    for (const record of shaped.records)
      records.push({ ...record, split: key });
  }
  return { records, remarks: [] };
}

/** {"text": […], "label": […]}, or texts under the names of their labels. */
function columns(value: Cells, name: string): Shaped | null {
  const entries = Object.entries(value).filter(
    (entry): entry is [string, unknown[]] => isLine(entry[1]),
  );
  if (entries.length < 2) return null;
  const known = entries.filter(([key]) => isName(key)).length;
  const texts = entries.every(([, inner]) =>
    inner.every((item) => typeof item === "string"),
  );
  const lengths = entries.map(([, inner]) => inner.length);
  const rows = Math.max(...lengths);
  const longest = entries.filter(([, inner]) => inner.length === rows);
  const uneven = longest.length < entries.length;
  if (
    texts &&
    entries.length === Object.keys(value).length &&
    (known === 0 ||
      (known < entries.length &&
        (uneven || entries.every(([, inner]) => wordy(inner)))))
  )
    return {
      records: entries.flatMap(([label, inner]) =>
        inner.map((text) => ({ text, label })),
      ),
      remarks: [
        said("JSON: lists of texts", { file: name, count: entries.length }),
      ],
    };
  const nested = entries.some(([, inner]) => inner.some(isCells));
  if (nested && (uneven || known === 0)) return null;
  if (uneven) {
    // One record may well hold lists of its own.
    if (Object.values(value).some((inner) => typeof inner === "string"))
      return null;
    if (known === 0) return null;
    throw new Failure("JSON: columns differ", {
      file: name,
      columns: commas(
        entries.slice(0, 4).map(([key, inner]) =>
          said("JSON: length of a column", {
            column: shown(key),
            rows: inner.length,
          }),
        ),
      ),
    });
  }
  if (rows < 2 && longest.length < Object.keys(value).length) return null;
  const aside = Object.keys(value).filter((key) => !isLine(value[key]));
  return {
    records: Array.from({ length: rows }, (_, i) =>
      Object.fromEntries(entries.map(([key, inner]) => [key, inner[i]])),
    ),
    remarks:
      aside.length > 0
        ? [
            said("JSON: beside the columns", {
              file: name,
              keys: listed(aside),
            }),
          ]
        : [],
  };
}

const wordy = (texts: unknown[]) =>
  texts.reduce<number>((sum, text) => sum + String(text).split(" ").length, 0) >
  3 * texts.length;

/** pandas "columns" and "index", and records under their ids: objects of objects. */
function objects(value: Cells): Shaped | null {
  const outer = Object.keys(value);
  const inner = Object.values(value);
  if (outer.length < 2 || !inner.every(isCells)) return null;
  const inside = new Set(inner.flatMap((each) => Object.keys(each)));
  const shared = inner.reduce((sum, each) => sum + Object.keys(each).length, 0);
  // Objects of one kind have nearly the same keys.
  if (shared < 0.5 * inside.size * outer.length) return null;
  const numbered = [...inside].every((key) => /^\d+$/.test(key));
  const names = (keys: Iterable<string>) =>
    [...keys].filter((key) => isName(key)).length;
  const byColumn =
    numbered || names(outer) > 0
      ? numbered || names(outer) >= names(inside)
      : outer.length < inside.size && names(inside) === 0;
  if (byColumn)
    return {
      records: [...inside].map((row) =>
        Object.fromEntries(
          outer.map((key, i) => [key, (inner[i] as Cells)[row]]),
        ),
      ),
      remarks: [],
    };
  const counted = outer.every((key) => /^\d+$/.test(key));
  return {
    records: outer.map((key, i) => ({
      ...(counted || inside.has("key") ? {} : { key }),
      ...(inner[i] as Cells),
    })),
    remarks: [],
  };
}

interface Found {
  key: string;
  rows: Shaped;
  weight: number;
}

/** A list of records under a name, however deep; where there are several, the likeliest. */
function wrapped(value: Cells, name: string): Shaped | null {
  const found: Found[] = [];
  for (const [key, inner] of Object.entries(value)) {
    const table =
      Array.isArray(inner) && inner.some((item) => !isScalar(item))
        ? list(inner)
        : isCells(inner)
          ? (split(inner) ?? columns(inner, name) ?? wrapped(inner, name))
          : null;
    if (!table) continue;
    found.push({
      key,
      rows: table,
      weight: table.records.length * (WRAPPERS.test(key) ? 1e6 : 1),
    });
  }
  // A record that has a text of its own is no wrapping.
  const own = Object.entries(value).some(
    ([key, inner]) =>
      typeof inner === "string" &&
      /^(text|sentence|tweet|review)s?$/i.test(key),
  );
  if (found.length === 0 || own) return null;
  found.sort((a, b) => b.weight - a.weight);
  const [{ key, rows }, ...others] = found as [Found, ...Found[]];
  return {
    ...rows,
    inside: {
      path: [key, ...(rows.inside?.path ?? [])],
      others: [
        ...others.map((other) => other.key),
        ...(rows.inside?.others ?? []),
      ],
    },
  };
}

/** One record, or texts as keys with their labels as values. */
function single(value: Cells): Shaped | null {
  const entries = Object.entries(value);
  if (entries.length === 0) return null;
  if (entries.some(([key]) => isName(key)))
    return { records: [value], remarks: [] };
  if (entries.length < 4 || !entries.every(([, inner]) => isScalar(inner)))
    return null;
  return {
    records: entries.map(([text, label]) => ({ text, label })),
    remarks: [],
  };
}
