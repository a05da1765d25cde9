// What a careful colleague would say about the data before training on it. An
// error means that training cannot start; everything else is the person's call.

import type { Check, Mapping } from "./protocol";
import { error, info, warning } from "./checks/found";
import { datesAmong, meaningChecks, spread } from "./checks/meaning";
import {
  byName,
  countLabels,
  textKey,
  type Examples,
  type Rows,
} from "./examples";
import type { Table } from "./table/shape";
import { textChecks } from "./checks/texts";
import { listed, many, percent, shown, verb } from "./words";

const MISSING_LABEL =
  /^(nan|null|\(null\)|none|n\.?\/?a\.?|<na>|undefined|missing|\\n|#n\/a|[-–—.?_*]+|tbd|todo|un-?label+ed|not[ _-](annotated|labell?ed)|no[ _-]label)$/i;

/** A softmax over more classes than this is not what anybody wants from a small model. */
const MOST_LABELS = 1000;

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
      datesAmong(counts) > 0.8
        ? `Column ${column} holds dates such as ${shown(counts[0]!.label)}, ${many(counts.length, "different one")} in ${many(rows, "row")}: nothing that texts can be sorted by. Choose another label column.`
        : `Column ${column} has ${many(counts.length, "different value")} in ${many(rows, "row")}: ${numeric > 0.9 ? "numbers to measure rather than classes" : "texts or ids rather than labels"}. ${numeric > 0.9 ? "Predicting a number (regression) is not supported yet; join the numbers into classes, or choose another label column." : "Choose another label column."}`,
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

  const missing = counts.filter(({ label }) => MISSING_LABEL.test(label));
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
        `Column ${shown(label)} has ${many(names.length, "different number")}, which look like measurements. Each is learned as a class of its own, without order: predicting a number (regression) is not supported yet.`,
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

function partChecks(
  table: Table,
  train: Rows,
  part: Rows,
  role: "validation" | "test",
): Check[] {
  const files = table.files.filter((file) => file.role === role);
  // A column may say which rows these are.
  if (files.length === 0 && part.labels.length === 0) return [];
  const name = files.map((file) => file.name).join(", ") || `The ${role} rows`;
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
        message:
          unknown.length === 1 && /^(-1|\W{1,3})$/.test(unknown[0]!.label)
            ? `${name}: every row has the label ${shown(unknown[0]!.label)}, which stands for none, so there will be no ${role} figures. Write the labels there to have them.`
            : `${name}: none of its labels (${listed(unknown.map((u) => u.label))}) occurs in the training rows. Use the same labels in all files.`,
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
        `${many(shared, "text")} of ${files.length > 0 ? name : `the ${role} rows`} ${verb(shared, "is", "are")} also in the training rows; figures on ${verb(shared, "it", "them")} flatter the model. Remove ${verb(shared, "it", "them")} from one side.`,
      ),
    );
  return found;
}

const isNumber = (label: string) =>
  /^[-+]?[$€£]?\d+([.,]\d+)?(e[-+]?\d+)?\s?[%$€£]?$/i.test(label);
