// What a careful colleague would say about the data before training on it. An
// error means that training cannot start; everything else is the person's call.

import { commas, listed, said, shown, type Said } from "../said";
import type { Check, Mapping, SetAside } from "./protocol";
import { error, info, warning } from "./checks/found";
import { percent } from "./phrases";
import { datesAmong, meaningChecks, spread } from "./checks/meaning";
import { byName, countLabels, textKey, type Examples } from "./examples";
import { partChecks } from "./checks/parts";
import type { Table } from "./table/shape";
import { textChecks } from "./checks/texts";

const MISSING_LABEL =
  /^(nan|null|\(null\)|none|n\.?\/?a\.?|<na>|undefined|missing|\\n|#n\/a|[-–—.?_*]+|tbd|todo|un-?label+ed|not[ _-](annotated|labell?ed)|no[ _-]label)$/i;

/** A softmax over more classes than this is not what anybody wants from a small model. */
const MOST_LABELS = 1000;

export function checkMapping(mapping: Mapping): Check[] {
  const { text, textB, label } = mapping;
  if (text === label || textB === label)
    return [error("column is text and label", { column: shown(label) })];
  if (text === textB)
    return [error("column is both texts", { column: shown(text) })];
  return [];
}

export function checkExamples(
  table: Table,
  mapping: Mapping,
  examples: Examples,
): Check[] {
  const { train, validation, test } = examples.parts;
  const counts = countLabels(train.labels);
  const stop = spread(table, mapping) ?? fatal(mapping, examples, counts);
  if (stop) return [stop, ...examples.checks.filter(severe)];
  return [
    ...examples.checks,
    ...meaningChecks(table, mapping, train, counts),
    ...labelChecks(mapping, counts, train.labels.length),
    ...textChecks(table, train),
    ...partChecks(table, train, validation, "validation"),
    ...partChecks(table, train, test, "test"),
  ].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

const severe = ({ level, visible }: Check) => level !== "info" || visible;
const LEVELS: Check["level"][] = ["error", "warning", "info"];
type Counts = { label: string; rows: number }[];

const WITHOUT = {
  "no text": "count with no text",
  "no label": "count with no label",
  "several labels": "count with several labels",
  rejected: "count rejected",
  ragged: "count with too many columns",
} as const satisfies Record<SetAside["reason"], Said["code"]>;

function fatal(
  { label, text }: Mapping,
  examples: Examples,
  counts: Counts,
): Check | null {
  const { train, validation } = examples.parts;
  const rows = train.labels.length;
  const column = shown(label);
  if (rows === 0) {
    const columns = { text: shown(text), label: column };
    const reasons = examples.setAside.map(({ reason, count }) =>
      said(WITHOUT[reason], { count }),
    );
    return reasons.length > 0
      ? error("no usable row for reasons", {
          ...columns,
          reasons: commas(reasons),
        })
      : error("no usable row", columns);
  }
  if (counts.length === 1)
    return error("one label only", { label: shown(counts[0]!.label) });
  const numeric =
    counts.filter(({ label }) => isNumber(label)).length / counts.length;
  const all = { column, count: counts.length, rows };
  if (counts.length > 20 && counts.length > rows / 2) {
    if (datesAmong(counts) > 0.8)
      return error("labels are many dates", {
        ...all,
        example: shown(counts[0]!.label),
      });
    return error(
      numeric > 0.9 ? "labels to measure" : "labels are texts or ids",
      all,
    );
  }
  if (counts.length > MOST_LABELS)
    return error("too many labels", {
      column,
      count: counts.length,
      most: MOST_LABELS,
    });
  if (examples.validationGiven) {
    if (validation.labels.length > 0) return null;
    return error("no usable validation row");
  }
  if (counts[0]!.rows === 1) return error("a label for each row", { rows });
  const texts = new Set<string>();
  for (let i = 0; i < rows && texts.size <= counts.length; i++)
    texts.add(textKey(train, i));
  if (texts.size < 3)
    return error("too few texts", { texts: texts.size, rows });
  return null;
}

function labelChecks(
  { label }: Mapping,
  counts: Counts,
  rows: number,
): Check[] {
  const found: Check[] = [];
  const names = counts.map(({ label }) => label);
  const [most, least] = [counts[0]!, counts.at(-1)!];

  const single = counts
    .filter(({ rows }) => rows === 1)
    .map(({ label }) => label);
  if (single.length > 0)
    found.push(
      warning("labels with one row", {
        count: single.length,
        labels: listed(single),
      }),
    );
  const few = counts
    .filter(({ rows }) => rows > 1 && rows < 8)
    .map(({ label }) => label);
  if (few.length > 0)
    found.push(
      info("labels with few rows", { count: few.length, labels: listed(few) }),
    );
  if (rows < 50) found.push(info("few usable rows", { rows }));

  if (most.rows >= 10 * least.rows && least.rows > 1)
    found.push(
      warning("labels out of balance", {
        most: shown(most.label),
        mostRows: most.rows,
        least: shown(least.label),
        leastRows: least.rows,
      }),
    );
  else if (most.rows > 0.6 * rows && counts.length === 2)
    found.push(
      info("one label leads", {
        share: percent(most.rows / rows),
        label: shown(most.label),
      }),
    );

  const groups = new Map<string, string[]>();
  for (const name of names) {
    const key = name
      .normalize("NFKC")
      .toLowerCase()
      .replace(/[\s_.-]+/g, " ")
      .trim();
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  for (const variants of [...groups.values()]
    .filter((same) => same.length > 1 && !same.every(isNumber))
    .slice(0, 3))
    found.push(
      warning("labels differ in case", {
        labels: listed(variants.sort(byName)),
        count: variants.length,
      }),
    );

  const missing = counts.filter(({ label }) => MISSING_LABEL.test(label));
  for (const { label, rows } of missing)
    found.push(
      warning("label of a missing value", { rows, label: shown(label) }),
    );

  if (
    names.length > 20 &&
    names.filter((name) => isNumber(name) && /[.,]/.test(name)).length >
      names.length / 2
  )
    found.push(
      warning("labels look measured", {
        column: shown(label),
        count: names.length,
      }),
    );
  if (
    names.filter((name) => name === "O" || /^[BIES]-\S+$/.test(name)).length >
      names.length / 2 &&
    names.length > 2
  )
    found.push(warning("labels mark words", { labels: listed(names, 2) }));
  const lists = listLabels(names);
  if (lists.length > 0)
    found.push(
      warning("labels are lists", {
        count: lists.length,
        example: shown(lists[0]!),
      }),
    );
  const wordy = names.filter((name) => name.length > 60);
  if (wordy.length > names.length / 2)
    found.push(
      warning("labels are long", {
        example: shown(wordy[0]!),
        column: shown(label),
      }),
    );
  if (names.length > 100)
    found.push(info("very many labels", { count: names.length }));
  return found;
}

/** Labels such as "4,27" where "4" and "27" are labels too, or come in other lists. */
function listLabels(names: string[]): string[] {
  const partsOf = (name: string) => [
    ...new Set(name.split(/\s*[,;|]\s*/).filter(Boolean)),
  ];
  // Marks that names may have as well: only where each part is a label by itself.
  const alone = new Set(names);
  const looser = names.filter((name) => {
    const parts = name
      .split(/\s*[#/+&]\s*|\s+(?:and|und|et|y)\s+/)
      .filter(Boolean);
    return (
      parts.length > 1 &&
      parts.every((part) => alone.has(part) || alone.has(`#${part}`))
    );
  });
  const known = new Map<string, number>();
  for (const name of names) {
    const parts = partsOf(name);
    for (const part of parts)
      known.set(
        part,
        (known.get(part) ?? 0) + (parts.length === 1 ? names.length : 1),
      );
  }
  const lists = names.filter((name) => {
    const parts = partsOf(name);
    return parts.length > 1 && parts.every((part) => known.get(part)! > 1);
  });
  // Half stars, written with a comma.
  return lists.every((name) => /^\d,[05]$/.test(name)) ? looser : lists;
}

const isNumber = (label: string) =>
  /^[-+]?[$€£]?\d+([.,]\d+)?(e[-+]?\d+)?\s?[%$€£]?$/i.test(label);
