// What a table seems to be about where that is not what its columns say: classes in
// columns, dates as labels, placeholders as texts. Warned of, since it would be
// trained on without a complaint.

import type { Check, Mapping } from "../protocol";
import type { Rows } from "../examples";
import { classesShown } from "../columns/onehot";
import type { Table } from "../table/shape";
import { listed, many, percent, shown, verb } from "../words";

type Counts = { label: string; rows: number }[];

/** What pandas, SQL and spreadsheets write for a missing text. */
const PLACEHOLDER =
  /^(nan|\(?null\)?|none|n\.?\/?a\.?|<na>|nat|undefined|missing|tbd|\[(removed|deleted)( by \w+)?\]|\[\]|\{\}|[-–—_.?*]+|lorem ipsum.*|\\n|#(n\/a|name\?|value!|ref!|div\/0!|null!|num!))$/i;
const DATE =
  /^(\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})([T ]\d{1,2}:\d{2}.*)?$/;
const WORDED_DATE =
  /^(\w{3,9},? )?((jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}|\d{1,2}\.? (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\b.*\d{4}/i;
/** Fewer rows than this leave one or two texts to judge by. */
const FEW_ROWS = 20;

const isDate = (label: string) => DATE.test(label) || WORDED_DATE.test(label);
const isYear = (label: string) => /^(19|20)\d\d$/.test(label);

/** The share of labels that are dates. Years are, where there are many. */
export const datesAmong = (counts: Counts) =>
  counts.filter(
    ({ label }) => isDate(label) || (counts.length > 4 && isYear(label)),
  ).length / counts.length;

/** Stops training where each class has a column of texts: none of them holds labels. */
export function spread(table: Table, mapping: Mapping): Check | null {
  const names = table.columns;
  const label = names.indexOf(mapping.label);
  const dates = table.rows.slice(0, 100).filter((row) => isDate(row[label]!));
  if (dates.length > 0.8 * Math.min(100, table.rows.length)) return null;
  if (names.length < 2 || names.length > 50 || table.rows.length < 5)
    return null;
  const step = Math.max(1, Math.floor(table.rows.length / 500));
  const sample = table.rows.filter((_, i) => i % step === 0);
  const texts: string[] = [];
  for (const [i, name] of names.entries()) {
    const cells = sample.map((row) => row[i]!.trim()).filter(Boolean);
    // Something that comes again and again may be a label.
    if (new Set(cells).size <= 0.5 * cells.length) return null;
    const wordy = cells.filter((cell) => cell.split(/\s+/).length >= 3);
    if (wordy.length > 0.8 * cells.length) texts.push(name);
    // The others must be ids.
    else if (cells.some((cell) => /\s/.test(cell))) return null;
  }
  if (texts.length < 2 || !texts.includes(names[label]!)) return null;
  return {
    level: "error",
    message: `The columns ${listed(texts, 4)} all hold texts, so ${shown(names[label]!)} is no label. If the column names are the labels, write one row for each text: the text in one column, the name of its column as its label in another.`,
  };
}

export function meaningChecks(
  table: Table,
  mapping: Mapping,
  train: Rows,
  counts: Counts,
): Check[] {
  const found: Check[] = [];
  const warn = (message: string) => found.push({ level: "warning", message });
  const rows = train.labels.length;
  const { classes } = table;

  if (classes && mapping.label === classes.joined)
    found.push({
      level: "info",
      visible: true,
      message: `The labels lie in ${many(classes.names.length, "column")} of ${classes.marks} (${classesShown(classes)}); the name of the one column that says so is read as a row’s label.`,
    });
  else if (classes?.names.includes(mapping.label))
    warn(
      `The labels seem to lie in ${many(classes.names.length, "column")} of ${classes.marks} (${classesShown(classes)}), of which only ${shown(mapping.label)} is learned. ${classes.joined ? `Choose ${shown(classes.joined)} to learn them together.` : `${many(classes.several, "row")} ${verb(classes.several, "has", "have")} several; many labels a row cannot be learned so far.`}`,
    );

  if (datesAmong(counts) > 0.8)
    warn(
      `The labels of ${shown(mapping.label)} look like dates (${shown(counts[0]!.label)}). Is another column the label?`,
    );

  const missing = new Map<string, number>();
  for (const text of train.texts)
    if (text.length < 60 && PLACEHOLDER.test(text))
      missing.set(text, (missing.get(text) ?? 0) + 1);
  if (missing.size > 0) {
    const all = [...missing].sort((a, b) => b[1] - a[1]);
    const total = all.reduce((sum, [, count]) => sum + count, 0);
    warn(
      `${many(total, "text")} ${verb(total, "is", "are")} ${all
        .slice(0, 4)
        .map(
          ([text, count]) => `${shown(text)} (${count.toLocaleString("en")})`,
        )
        .join(
          ", ",
        )}, which ${verb(total, "looks", "look")} like a missing text and would be learned as a word. Leave such cells empty to set the rows aside.`,
    );
  }

  if (rows < FEW_ROWS)
    warn(
      `With ${many(rows, "usable row")} figures mean nothing: they come from a text or two. A few dozen rows for each label is a start.`,
    );
  const most = counts[0]!;
  if (rows >= FEW_ROWS && most.rows > 0.9 * rows)
    warn(
      `${percent(most.rows / rows)} of the rows have the label ${shown(most.label)}, so always answering that is right as often: an accuracy near it is the majority’s score and nothing learned.`,
    );

  const codes = counts.filter(({ label }) => /^0\d+$/.test(label));
  const values = new Set(counts.map(({ label }) => Number(label)));
  if (
    codes.length > 0 &&
    counts.every(({ label }) => /^\d+$/.test(label)) &&
    values.size < counts.length
  )
    found.push({
      level: "info",
      visible: true,
      message: `Some labels are the same number with other leading zeros, such as ${listed(counts.map(({ label }) => label).filter((label) => Number(label) === Number(codes[0]!.label)))}. They stay different labels, as written.`,
    });
  return found;
}
