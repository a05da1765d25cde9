// What a careful colleague would say about the data before training on it. An
// error means that training cannot start; everything else is the person's call.

import type { Check, Mapping } from "../data";
import { meaningChecks, spread } from "./meaning";
import {
  byName,
  countLabels,
  textKey,
  type Examples,
  type Rows,
} from "./examples";
import type { Table } from "./table";
import { listed, many, percent, place, shown, verb } from "./words";

/** A softmax over more classes than this is not what anybody wants from a small model. */
const MOST_LABELS = 1000;
const LONG_TEXT = 2000;

export function checkMapping(mapping: Mapping): Check[] {
  const { text, textB, label } = mapping;
  if (text === label || textB === label)
    return [
      error(
        `Column ${shown(label)} is chosen as text and as label. Choose another column for one of them.`,
      ),
    ];
  if (text === textB)
    return [
      error(
        `Column ${shown(text)} is chosen as both texts of the pair. Choose another second text column, or none.`,
      ),
    ];
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

function fatal(
  { label, text }: Mapping,
  examples: Examples,
  counts: Counts,
): Check | null {
  const { train, validation } = examples.parts;
  const rows = train.labels.length;
  const column = shown(label);
  if (rows === 0) {
    const reasons = examples.setAside
      .map(
        ({ reason, count }) =>
          `${count.toLocaleString("en")} ${reason === "ragged" ? "with too many columns" : reason === "rejected" ? "rejected in annotation" : `with ${reason}`}`,
      )
      .join(", ");
    return error(
      `No row has both a text in ${shown(text)} and a label in ${column}${reasons ? ` (${reasons})` : ""}. Choose other columns.`,
    );
  }
  if (counts.length === 1)
    return error(
      `Every row has the label ${shown(counts[0]!.label)}. Two different labels are needed at least; choose another label column or add rows.`,
    );
  const numeric =
    counts.filter(({ label }) => isNumber(label)).length / counts.length;
  if (counts.length > 20 && counts.length > rows / 2)
    return error(
      `Column ${column} has ${many(counts.length, "different value")} in ${many(rows, "row")}: ${numeric > 0.9 ? "numbers to measure rather than classes" : "texts or ids rather than labels"}. Choose another label column.`,
    );
  if (counts.length > MOST_LABELS)
    return error(
      `Column ${column} has ${many(counts.length, "different label")}; at most ${MOST_LABELS.toLocaleString("en")} can be learned. Join rare ones, or choose another column.`,
    );
  if (examples.validationGiven) {
    if (validation.labels.length > 0) return null;
    return error(
      `The validation file has no row with both a text and a label. Correct it, or read it without that role.`,
    );
  }
  if (counts[0]!.rows === 1)
    return error(
      `Each of the ${many(rows, "row")} has a label of its own, so none can be held out for validation. Add rows for each label.`,
    );
  const texts = new Set<string>();
  for (let i = 0; i < rows && texts.size <= counts.length; i++)
    texts.add(textKey(train, i));
  if (texts.size < 3)
    return error(
      `There ${verb(texts.size, "is", "are")} only ${many(texts.size, "different text")} in ${many(rows, "row")}. Add rows: a few dozen for each label is a start.`,
    );
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
      warning(
        `${many(single.length, "label")} ${verb(single.length, "has", "have")} 1 row: ${listed(single)}. ${verb(single.length, "It is", "They are")} trained on but never validated; add rows, or join ${verb(single.length, "it", "them")} with another label.`,
      ),
    );
  const few = counts
    .filter(({ rows }) => rows > 1 && rows < 8)
    .map(({ label }) => label);
  if (few.length > 0)
    found.push(
      info(
        `${many(few.length, "label")} ${verb(few.length, "has", "have")} fewer than 8 rows: ${listed(few)}. ${verb(few.length, "Its figures", "Their figures")} will be rough.`,
      ),
    );
  if (rows < 50)
    found.push(
      info(
        `There are only ${many(rows, "usable row")}. A few dozen for each label is a start.`,
      ),
    );

  if (most.rows >= 10 * least.rows && least.rows > 1)
    found.push(
      warning(
        `${shown(most.label)} has ${many(most.rows, "row")} and ${shown(least.label)} ${least.rows.toLocaleString("en")}. Set class weights to “balanced”, and read macro-F1 rather than accuracy.`,
      ),
    );
  else if (most.rows > 0.6 * rows && counts.length === 2)
    found.push(
      info(
        `${percent(most.rows / rows)} of the rows have the label ${shown(most.label)}: always answering that is right as often. Compare accuracy with it.`,
      ),
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
      warning(
        `The labels ${listed(variants.sort(byName))} differ only in case or spacing and count as ${variants.length === 2 ? "two" : variants.length}. Write them alike if they mean the same.`,
      ),
    );

  const missing = counts.filter(({ label }) =>
    /^(nan|null|none|n\/?a|undefined|\\n|-|\?|#n\/a)$/i.test(label),
  );
  for (const { label, rows } of missing)
    found.push(
      warning(
        `${many(rows, "row")} ${verb(rows, "has", "have")} the label ${shown(label)}, which looks like a missing value. Leave the cell empty to set ${verb(rows, "it", "them")} aside.`,
      ),
    );

  if (
    names.length > 20 &&
    names.filter((name) => isNumber(name) && /[.,]/.test(name)).length >
      names.length / 2
  )
    found.push(
      warning(
        `Column ${shown(label)} has ${many(names.length, "different number")}, which look like measurements. Each is learned as a class of its own, without order.`,
      ),
    );
  if (
    names.filter((name) => name === "O" || /^[BIES]-\S+$/.test(name)).length >
      names.length / 2 &&
    names.length > 2
  )
    found.push(
      warning(
        `The labels look like marks on single words (${listed(names, 2)}). Attune classifies whole texts.`,
      ),
    );
  const lists = listLabels(names);
  if (lists.length > 0)
    found.push(
      warning(
        `${many(lists.length, "label")} ${verb(lists.length, "looks like a list", "look like lists")} of others, such as ${shown(lists[0]!)}. Each combination is learned as a label of its own.`,
      ),
    );
  const wordy = names.filter((name) => name.length > 60);
  if (wordy.length > names.length / 2)
    found.push(
      warning(
        `The labels are long (${shown(wordy[0]!)}). Is ${shown(label)} the label column?`,
      ),
    );
  if (names.length > 100)
    found.push(
      info(
        `There are ${many(names.length, "label")}; that many need many rows each.`,
      ),
    );
  return found;
}

/** Labels such as "4,27" where "4" and "27" are labels too. */
function listLabels(names: string[]): string[] {
  const known = new Set(names);
  return names.filter((name) => {
    const parts = name.split(/\s*[,;|]\s*/);
    return parts.length > 1 && parts.every((part) => known.has(part));
  });
}

function textChecks(table: Table, rows: Rows): Check[] {
  const found: Check[] = [];
  const first = new Map<string, number>();
  let again = 0;
  let against = 0;
  let example = -1;
  let long = 0;
  let longest = 0;
  let damaged = 0;
  let foreign = 0;
  const scripts = new Map<string, number>();
  const at = (row: number) =>
    place(table.files[rows.file[row]!]!.name, rows.row[row]!);
  rows.texts.forEach((text, i) => {
    const key = textKey(rows, i);
    const same = first.get(key);
    if (same === undefined) first.set(key, i);
    else if (rows.labels[same] === rows.labels[i]) again++;
    else if (against++ === 0) example = i;
    if (text.length > LONG_TEXT) long++;
    if (text.length > rows.texts[longest]!.length) longest = i;
    if (text.includes("�")) damaged++;
    const script = foreignScript(text);
    if (script) {
      foreign++;
      scripts.set(script, (scripts.get(script) ?? 0) + 1);
    }
  });
  if (against > 0)
    found.push(
      warning(
        `${many(against, "row")} ${verb(against, "repeats", "repeat")} a text under another label, such as ${at(example)}: ${shown(rows.texts[example]!)} is ${listed([rows.labels[first.get(textKey(rows, example))!]!, rows.labels[example]!])}. Decide for one.`,
      ),
    );
  if (again > 0)
    found.push(
      info(
        `${many(again, "row")} ${verb(again, "repeats", "repeat")} an earlier text with the same label. Repeats stay on one side of the split.`,
      ),
    );
  if (long > 0)
    found.push(
      info(
        `${many(long, "text")} ${verb(long, "is", "are")} longer than ${LONG_TEXT.toLocaleString("en")} characters (longest: ${rows.texts[longest]!.length.toLocaleString("en")}, ${at(longest)}). What goes beyond max tokens is not read.`,
      ),
    );
  if (damaged > 0)
    found.push(
      warning(
        `${many(damaged, "text")} ${verb(damaged, "contains", "contain")} �, the mark of a wrong encoding. Save the file as UTF-8 from its source.`,
      ),
    );
  if (foreign > 0.2 * rows.texts.length) {
    const [script] = [...scripts].sort((a, b) => b[1] - a[1])[0]!;
    found.push(
      // What it means depends on the model: the studio warns when it cannot read them.
      info(
        `${percent(foreign / rows.texts.length)} of the texts are mostly ${script}: they want a model made for their language.`,
      ),
    );
  }
  return found;
}

const SCRIPTS: [string, RegExp][] = [
  ["Chinese, Japanese or Korean", /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g],
  ["Cyrillic", /[\u0400-\u052f]/g],
  ["Arabic", /[\u0600-\u06ff\u0750-\u077f]/g],
  ["Greek", /[\u0370-\u03ff]/g],
  ["in an Indian script", /[\u0900-\u0dff]/g],
  ["Hebrew", /[\u0590-\u05ff]/g],
  ["Thai", /[\u0e00-\u0e7f]/g],
];
const BEYOND_LATIN = /[\u0370-\u1fff\u3040-\ud7af]/;

/** The script most of a text's letters are in, unless that is Latin. */
function foreignScript(text: string): string | null {
  // Most texts are settled by this one look.
  if (!BEYOND_LATIN.test(text)) return null;
  const start = text.slice(0, 300);
  const latin = start.match(/[a-z\u00c0-\u024f]/gi)?.length ?? 0;
  for (const [script, letters] of SCRIPTS)
    if ((start.match(letters)?.length ?? 0) > latin) return script;
  return null;
}

function partChecks(
  table: Table,
  train: Rows,
  part: Rows,
  role: "validation" | "test",
): Check[] {
  const files = table.files.filter((file) => file.role === role);
  if (files.length === 0) return [];
  const name = files.map((file) => file.name).join(", ");
  if (part.labels.length === 0)
    return [
      warning(
        `${name} has no row with both a text and a label, so there will be no ${role} figures. Labels are needed there too.`,
      ),
    ];
  const found: Check[] = [];
  const labels = new Set(train.labels);
  const unknown = countLabels(
    part.labels.filter((label) => !labels.has(label)),
  );
  const rows = unknown.reduce((sum, { rows }) => sum + rows, 0);
  if (rows === part.labels.length)
    return [
      {
        level: role === "validation" ? "error" : "warning",
        message: `${name}: none of its labels (${listed(unknown.map((u) => u.label))}) occurs in the training rows. Use the same labels in all files.`,
      },
    ];
  if (rows > 0)
    found.push(
      warning(
        `${name}: ${many(rows, "row")} with a label that no training row has (${listed(unknown.map((u) => u.label))}) ${verb(rows, "is", "are")} left out. Use the same labels in all files.`,
      ),
    );
  const known = new Set<string>();
  for (let i = 0; i < train.texts.length; i++) known.add(textKey(train, i));
  let shared = 0;
  for (let i = 0; i < part.texts.length; i++)
    if (known.has(textKey(part, i))) shared++;
  if (shared > 0)
    found.push(
      warning(
        `${many(shared, "text")} of ${name} ${verb(shared, "is", "are")} also in the training rows; figures on ${verb(shared, "it", "them")} flatter the model. Remove ${verb(shared, "it", "them")} from one side.`,
      ),
    );
  return found;
}

const isNumber = (label: string) => /^[-+]?\d+([.,]\d+)?$/.test(label);
const error = (message: string): Check => ({ level: "error", message });
const warning = (message: string): Check => ({ level: "warning", message });
const info = (message: string): Check => ({ level: "info", message });
