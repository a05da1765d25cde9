// The cells of a label column → labels. One answer comes in many shapes (a list of
// one, a record of classes) and spellings (blanks that nobody sees, 1 and 1.0, true
// and TRUE): where it is one answer it is read as one, and that is said. Works on the
// different cells of a column, so that many rows cost little.

import type { Check, MergedLabel } from "../data";
import { labelIn, structured, type Said } from "./values";
import { many, shown, verb } from "./words";

/** What a cell was read as. */
export type Reading =
  { label: string } | { label: null; reason: "no label" | "several labels" };

export interface LabelReadings {
  /** By the cell as it stands in the table. */
  of: Map<string, Reading>;
  merged: MergedLabel[];
  checks: Check[];
}

interface Cell {
  /** Rows to train on, and rows altogether. */
  train: number;
  all: number;
}

export function readLabels(
  column: string,
  cells: Map<string, Cell>,
): LabelReadings {
  const checks: Check[] = [];
  const of = new Map<string, Reading>();
  const said = unwrap(column, cells, checks);

  // Labels without what nobody sees, and in which ways each was written.
  const tidied = new Map<string, Spelling[]>();
  for (const [cell, { train, all }] of cells) {
    const its = said.get(cell)!;
    if (its.kind !== "one") {
      const several = its.kind === "several";
      of.set(cell, {
        label: null,
        reason: several ? "several labels" : "no label",
      });
      continue;
    }
    const label = tidy(its.label);
    if (label === "") {
      of.set(cell, { label: null, reason: "no label" });
      continue;
    }
    of.set(cell, { label });
    const spellings = tidied.get(label) ?? [];
    const same = spellings.find(({ written }) => written === its.label);
    if (same) {
      same.train += train;
      same.all += all;
    } else spellings.push({ written: its.label, train, all });
    tidied.set(label, spellings);
  }

  const rows = new Map<string, Cell>();
  for (const [label, spellings] of tidied)
    rows.set(label, {
      train: sum(spellings, "train"),
      all: sum(spellings, "all"),
    });
  const { names, why } = alike(rows);
  for (const [cell, reading] of of)
    if (reading.label !== null)
      of.set(cell, { label: names.get(reading.label) ?? reading.label });

  const merged = [
    ...invisible(tidied),
    ...[...groupBy(names.keys(), (label) => names.get(label)!)]
      .filter(([, from]) => from.length > 1)
      .map(([label, from]): MergedLabel => ({
        label,
        why,
        spellings: from
          .map((written) => ({ written, rows: rows.get(written)!.all }))
          .sort((a, b) => b.rows - a.rows),
      })),
  ];
  return { of, merged, checks: [...checks, ...told(merged)] };
}

type Spelling = Cell & { written: string };
const sum = (cells: Cell[], of: keyof Cell) =>
  cells.reduce((total, cell) => total + cell[of], 0);

/** Lists and records → the label in them. */
function unwrap(
  column: string,
  cells: Map<string, Cell>,
  checks: Check[],
): Map<string, Said> {
  const said = new Map<string, Said>();
  const rows = { one: 0, none: 0, several: 0, other: 0 };
  const first = new Map<Said["kind"], string>();
  const places = positions(cells);
  for (const [cell, { all }] of cells) {
    const value = structured(cell);
    if (value === undefined) {
      said.set(cell, { kind: "one", label: cell });
      continue;
    }
    const its: Said = places?.get(cell) ?? labelIn(value);
    rows[its.kind] += all;
    // A record that says nothing is its own label, as any text would be.
    said.set(cell, its.kind === "other" ? { kind: "one", label: cell } : its);
    if (!first.has(its.kind)) first.set(its.kind, cell);
  }
  const { one, none, several, other } = rows;
  const example = (kind: Said["kind"]) => shown(first.get(kind)!);
  if (one > 0)
    checks.push({
      level: "info",
      visible: true,
      message: `Column ${shown(column)} holds lists or records such as ${example("one")}: ${many(one, "row")} with one label${places ? " (the place of the 1)" : ""} ${verb(one, "is", "are")} read as that label${none > 0 ? `, ${none.toLocaleString("en")} without any ${verb(none, "has", "have")} not been annotated and ${verb(none, "is", "are")} set aside` : ""}.`,
    });
  if (several > 0)
    checks.push({
      level: "warning",
      message: `${many(several, "row")} ${verb(several, "has", "have")} several labels in ${shown(column)}, such as ${example("several")}, and ${verb(several, "is", "are")} set aside: only one label a row can be learned so far. Keep one label in each row to use ${verb(several, "it", "them")}.`,
    });
  if (other > 0)
    checks.push({
      level: other > one ? "error" : "warning",
      message: `${many(other, "row")} of column ${shown(column)} ${verb(other, "holds", "hold")} a list or record that no single label can be read from, such as ${example("other")}. Choose another label column, or write one label in each row.`,
    });
  return said;
}

/** Where every cell is a list of noughts with one 1, the place of the 1; null elsewhere. */
function positions(cells: Map<string, Cell>): Map<string, Said> | null {
  const places = new Map<string, Said>();
  let width = -1;
  for (const cell of cells.keys()) {
    if (cell.trim() === "") continue;
    const value = structured(cell);
    if (!Array.isArray(value) || value.length < 2) return null;
    if (width !== -1 && value.length !== width) return null;
    width = value.length;
    if (!value.every((item) => item === 0 || item === 1)) return null;
    const ones = value.flatMap((item, i) => (item === 1 ? [String(i)] : []));
    places.set(
      cell,
      ones.length === 1
        ? { kind: "one", label: ones[0]! }
        : ones.length === 0
          ? { kind: "none" }
          : { kind: "several", labels: ones },
    );
  }
  return places.size > 1 ? places : null;
}

/** Marks of no width. Joiners stay inside a word, where scripts and emoji need them. */
const NO_WIDTH =
  /[\u200b\u2060\ufeff\u00ad\u200e\u200f\u061c\u180e\u202a-\u202e\u2066-\u2069]|^[\u200c\u200d]+|[\u200c\u200d]+$/g;
// Most labels are settled by this one look.
const UNTIDY = /[^\x21-\x7e ]|^ | $| {2}/;

/** A label without what nobody sees. */
export function tidy(label: string): string {
  if (!UNTIDY.test(label)) return label;
  return label
    .replace(NO_WIDTH, "")
    .replace(/\s+/g, " ")
    .trim()
    .normalize("NFC");
}

function invisible(tidied: Map<string, Spelling[]>): MergedLabel[] {
  return [...tidied].flatMap(([label, spellings]): MergedLabel[] =>
    spellings.length < 2
      ? []
      : [
          {
            label,
            why: "invisible",
            spellings: spellings
              .map(({ written, all }) => ({ written, rows: all }))
              .sort((a, b) => b.rows - a.rows),
          },
        ],
  );
}

const NUMBER = /^[-+]?\d+([.,]\d+)?$/;
const YES = new Set(["true", "t", "yes", "y", "1", "1.0"]);
const NO = new Set(["false", "f", "no", "n", "0", "0.0"]);

/** Which labels are another's spelling, and why. Labels that stand for themselves are in `names` as well. */
function alike(rows: Map<string, Cell>): {
  names: Map<string, string>;
  why: MergedLabel["why"];
} {
  const labels = [...rows.keys()];
  const lower = labels.map((label) => label.toLowerCase());
  const unlike = { names: new Map<string, string>(), why: "case" as const };
  if (labels.length < 2) return unlike;

  if (labels.every((label) => NUMBER.test(label))) {
    // 007 and 7 are codes, not two ways to write a number.
    const zeros = labels.some((label) => /^[-+]?0\d/.test(label));
    return zeros
      ? unlike
      : { names: grouped(rows, numberKey, shortest), why: "number" };
  }
  const words = lower.filter((label) => /^(true|false|yes|no)$/.test(label));
  const known = lower.every((label) => YES.has(label) || NO.has(label));
  const both = lower.some((l) => YES.has(l)) && lower.some((l) => NO.has(l));
  if (known && both && words.length > 0 && labels.length > 2)
    return {
      names: grouped(
        rows,
        (label) => (YES.has(label.toLowerCase()) ? "yes" : "no"),
        wordFirst,
      ),
      why: "boolean",
    };
  const names = grouped(rows, caseKey, most);
  const low = groupBy(labels, (label) => label.toLowerCase());
  for (const [label, { train }] of rows) {
    if (train > 0 || names.get(label) !== label) continue;
    // In another file, where it would be of no use as it is.
    const known = low
      .get(label.toLowerCase())!
      .filter((other) => rows.get(other)!.train > 0);
    if (known.length === 1) names.set(label, names.get(known[0]!)!);
  }
  return { names, why: "case" };
}

/** "1.0" and "1", "4,50" and "4.5". */
function numberKey(label: string): string {
  const plain = label.replace(",", ".").replace(/^\+/, "");
  const short = plain.includes(".") ? plain.replace(/\.?0+$/, "") : plain;
  return short === "-0" ? "0" : short;
}

/** Words only, written in one of the usual ways: "US" is not "us", and "iOS" not "IOS". */
function caseKey(label: string): string {
  const letters = label.match(/\p{L}/gu)?.length ?? 0;
  const low = label.toLowerCase();
  const usual =
    label === low ||
    label === label.toUpperCase() ||
    label === low.replace(/^./u, (first) => first.toUpperCase()) ||
    label ===
      low.replace(/(^|[\s_-])(\p{L})/gu, (start) => start.toUpperCase());
  return letters >= 4 && usual ? `like ${low}` : `only ${label}`;
}

function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K) {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

type Choice = (labels: string[], rows: Map<string, Cell>) => string;
const most: Choice = (labels, rows) =>
  labels.reduce((best, label) => {
    const [a, b] = [rows.get(best)!, rows.get(label)!];
    return b.train > a.train || (b.train === a.train && b.all > a.all)
      ? label
      : best;
  });
const shortest: Choice = (labels) =>
  labels.reduce((best, label) =>
    label.replace("+", "").length < best.replace("+", "").length ? label : best,
  );
const wordFirst: Choice = (labels, rows) => {
  const words = labels.filter((label) => /\p{L}/u.test(label));
  return most(words.length > 0 ? words : labels, rows);
};

function grouped(
  rows: Map<string, Cell>,
  key: (label: string) => string,
  choose: Choice,
): Map<string, string> {
  const names = new Map<string, string>();
  for (const labels of groupBy(rows.keys(), key).values())
    for (const label of labels) names.set(label, choose(labels, rows));
  return names;
}

const WHY: Record<MergedLabel["why"], string> = {
  invisible: "differ only in what cannot be seen (blanks, marks of no width)",
  number: "are the same number",
  boolean: "are the same answer",
  case: "differ only in capitals",
};

function told(merged: MergedLabel[]): Check[] {
  return [...groupBy(merged, ({ why }) => why)].map(([why, all]) => {
    const each = all.slice(0, 3).map(({ label, spellings }) => {
      const ways =
        why === "invisible"
          ? `${many(spellings.length, "spelling")} (${spellings.map(({ rows }) => rows.toLocaleString("en")).join(" + ")} rows)`
          : spellings
              .map(
                ({ written, rows }) =>
                  `${shown(written)} (${many(rows, "row")})`,
              )
              .join(", ");
      return why === "invisible"
        ? `${shown(label)} in ${ways}`
        : `${ways} as ${shown(label)}`;
    });
    const more =
      all.length > 3 ? `; and ${many(all.length - 3, "more label")}` : "";
    // Blanks at an end are nobody's question.
    const dull =
      why === "invisible" &&
      all.every(({ spellings }) =>
        spellings.every(({ written }) => /^[\x20-\x7e]*$/.test(written)),
      );
    return {
      level: why === "boolean" || why === "case" ? "warning" : "info",
      ...(dull ? {} : { visible: true }),
      message: `Labels that ${WHY[why]} are read as one: ${each.join("; ")}${more}.`,
    };
  });
}

/** For a guess by looks: the one label a cell holds, or "" where it is a list or record of anything else. */
export function plainLabel(cell: string): string {
  const value = structured(cell);
  if (value === undefined) return cell;
  const its = labelIn(value);
  return its.kind === "one" ? its.label : its.kind === "several" ? cell : "";
}
