// What a table seems to be about where that is not what its columns say: classes in
// columns, dates as labels, placeholders as texts. Warned of, since it would be
// trained on without a complaint.

import { commas, listed, said, shown } from "../../said";
import type { Check, Mapping } from "../protocol";
import type { Rows } from "../rows";
import { classesShown } from "../columns/onehot";
import type { Classes, Table } from "../table/shape";
import { error, notice, warning } from "./found";
import { percent } from "../phrases";

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
  return error("texts in all columns", {
    columns: listed(texts, 4),
    label: shown(names[label]!),
  });
}

export function meaningChecks(
  table: Table,
  mapping: Mapping,
  train: Rows,
  counts: Counts,
): Check[] {
  const found: Check[] = [];
  const rows = train.targets.length;
  const { classes } = table;

  if (classes) found.push(...joinedChecks(classes, mapping.label));

  if (datesAmong(counts) > 0.8)
    found.push(
      warning("labels look like dates", {
        column: shown(mapping.label),
        example: shown(counts[0]!.label),
      }),
    );

  const missing = new Map<string, number>();
  for (const text of train.texts)
    if (text.length < 60 && PLACEHOLDER.test(text))
      missing.set(text, (missing.get(text) ?? 0) + 1);
  if (missing.size > 0) {
    const all = [...missing].sort((a, b) => b[1] - a[1]);
    const total = all.reduce((sum, [, count]) => sum + count, 0);
    const texts = all
      .slice(0, 4)
      .map(([text, count]) =>
        said("text and its count", { text: shown(text), count }),
      );
    found.push(
      warning("texts missing", { count: total, texts: commas(texts) }),
    );
  }

  if (rows < FEW_ROWS) found.push(warning("hardly any usable rows", { rows }));
  const most = counts[0]!;
  if (rows >= FEW_ROWS && most.rows > 0.9 * rows)
    found.push(
      warning("one label nearly everywhere", {
        share: percent(most.rows / rows),
        label: shown(most.label),
      }),
    );

  const codes = counts.filter(({ label }) => /^0\d+$/.test(label));
  const values = new Set(counts.map(({ label }) => Number(label)));
  if (
    codes.length > 0 &&
    counts.every(({ label }) => /^\d+$/.test(label)) &&
    values.size < counts.length
  )
    found.push(
      notice("labels with leading zeros", {
        labels: listed(
          counts
            .map(({ label }) => label)
            .filter((label) => Number(label) === Number(codes[0]!.label)),
        ),
      }),
    );
  return found;
}

function joinedChecks(classes: Classes, label: string): Check[] {
  const { names, marks, joined, several } = classes;
  const columns = {
    count: names.length,
    marks,
    columns: classesShown(classes),
  };
  if (label === joined) return [notice("labels joined from columns", columns)];
  if (!names.includes(label)) return [];
  return [
    joined === null
      ? warning("rows with several label columns", {
          ...columns,
          label: shown(label),
          several,
        })
      : warning("one of several label columns", {
          ...columns,
          label: shown(label),
          joined: shown(joined),
        }),
  ];
}
