// Which labels are another's spelling: blanks that nobody sees, 1 and 1.0, true and
// TRUE, in the training rows and in other files.

import { commas, semicolons, said, shown, type Said } from "../../../said";
import type { Check, MergedLabel } from "../../protocol";

export interface Cell {
  /** Rows to train on, and rows altogether. */
  train: number;
  all: number;
}

export type Spelling = Cell & { written: string };

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

export function invisible(tidied: Map<string, Spelling[]>): MergedLabel[] {
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
export function alike(rows: Map<string, Cell>): {
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
  const loose = (label: string) =>
    label
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[\s_.-]+/g, " ")
      .trim();
  const low = groupBy(labels, loose);
  for (const [label, { train }] of rows) {
    if (train > 0 || names.get(label) !== label) continue;
    // In another file, where it would be of no use as it is.
    const known = low
      .get(loose(label))!
      .filter((other) => rows.get(other)!.train > 0);
    if (known.length === 1) names.set(label, names.get(known[0]!)!);
  }
  return { names, why: "case" };
}

/** The labels of `alike` that are read as one, with what each was written as. */
export const mergedBy = (
  { names, why }: ReturnType<typeof alike>,
  rows: Map<string, Cell>,
): MergedLabel[] =>
  [...groupBy(names.keys(), (label) => names.get(label)!)]
    .filter(([, from]) => from.length > 1)
    .map(([label, from]) => ({
      label,
      why,
      spellings: from
        .map((written) => ({ written, rows: rows.get(written)!.all }))
        .sort((a, b) => b.rows - a.rows),
    }));

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

export function groupBy<T, K>(items: Iterable<T>, key: (item: T) => K) {
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

const CODES = {
  invisible: "labels alike but for blanks",
  number: "labels that are one number",
  boolean: "labels that are one answer",
  case: "labels alike but for case",
} as const satisfies Record<MergedLabel["why"], Said["code"]>;

export function told(merged: MergedLabel[]): Check[] {
  return [...groupBy(merged, ({ why }) => why)].map(([why, all]) => {
    const each = all
      .slice(0, 3)
      .map(why === "invisible" ? inSpellings : asOneLabel);
    if (all.length > 3)
      each.push(said("and more labels", { count: all.length - 3 }));
    // Blanks at an end are nobody's question.
    const dull =
      why === "invisible" &&
      all.every(({ spellings }) =>
        spellings.every(({ written }) => /^[\x20-\x7e]*$/.test(written)),
      );
    return {
      level: why === "boolean" || why === "case" ? "warning" : "info",
      ...(dull ? {} : { visible: true }),
      message: said(CODES[why], { labels: semicolons(each) }),
    };
  });
}

const inSpellings = ({ label, spellings }: MergedLabel): Said =>
  said("label in spellings", {
    label: shown(label),
    count: spellings.length,
    rows: spellings.map(({ rows }) => rows.toLocaleString("en")).join(" + "),
  });

const asOneLabel = ({ label, spellings }: MergedLabel): Said =>
  said("spellings of label", {
    label: shown(label),
    spellings: commas(
      spellings.map(({ written, rows }) =>
        said("spelling in rows", { written: shown(written), rows }),
      ),
    ),
  });
