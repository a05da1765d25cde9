// What there is to say of labels: too many, too few of a kind, no labels at all.

import { listed, shown } from "../../../said";
import { error, info, warning } from "../../checks/found";
import { fewRows, rareLabels } from "../../checks/few";
import { datesAmong, meaningChecks, spread } from "../../checks/meaning";
import { noUsableRow, nothingToJudgeBy } from "../../checks/none";
import { percent } from "../../phrases";
import type { Check, Mapping } from "../../protocol";
import { byName, countLabels, type Examples } from "../../rows";
import type { Table } from "../../table/shape";

const MISSING_LABEL =
  /^(nan|null|\(null\)|none|n\.?\/?a\.?|<na>|undefined|missing|\\n|#n\/a|[-–—.?_*]+|tbd|todo|un-?label+ed|not[ _-](annotated|labell?ed)|no[ _-]label)$/i;

/** A softmax over more classes than this is not what anybody wants from a small model. */
const MOST_LABELS = 1000;

type Counts = { label: string; rows: number }[];

export function labelChecks(
  table: Table,
  mapping: Mapping,
  examples: Examples,
): Check[] {
  const { train } = examples.parts;
  const counts = countLabels(train.targets);
  const stop = spread(table, mapping) ?? fatal(mapping, examples, counts);
  if (stop) return [stop];
  return [
    ...meaningChecks(table, mapping, train, counts),
    ...balanceChecks(mapping, counts, train.targets.length),
  ];
}

function fatal(
  mapping: Mapping,
  examples: Examples,
  counts: Counts,
): Check | null {
  const none = noUsableRow(mapping, examples);
  if (none) return none;
  const rows = examples.parts.train.targets.length;
  const column = shown(mapping.label);
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
  if (!examples.validationGiven && counts[0]!.rows === 1)
    return error("a label for each row", { rows });
  return nothingToJudgeBy(examples, counts.length);
}

function balanceChecks(
  { label }: Mapping,
  counts: Counts,
  rows: number,
): Check[] {
  const found: Check[] = [...rareLabels(counts), ...fewRows(rows)];
  const names = counts.map(({ label }) => label);
  const [most, least] = [counts[0]!, counts.at(-1)!];

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
