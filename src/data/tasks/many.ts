// Any of several labels for each text: from one column with several in a cell, or
// from one column of noughts and ones for each label.

import { listed, said, shown, type Said } from "../../said";
import { manyBaselines } from "./many/baselines";
import { notice, warning } from "../checks/found";
import { noUsableRow, nothingToJudgeBy } from "../checks/none";
import { isOn, prefixOf } from "../columns/onehot";
import type { Check, MergedLabel } from "../protocol";
import { byName, countLabels } from "../rows";
import { alike, groupBy, told } from "./labels/spellings";
import { manyChecks } from "./many/checks";
import { readCells } from "./many/cells";
import type { DataTask, Readings, Source } from "./task";

export const manyLabels: DataTask<string[]> = {
  task: "many labels",
  read: (source) =>
    source.mapping.labels.length > 0 ? fromColumns(source) : fromCells(source),
  labelsOf: (labels) => labels,
  written: (labels) => JSON.stringify(labels),
  strata: rarest,
  names: (train) => [...new Set(train.flat())].sort(byName),

  pack(targets, names) {
    const index = new Map(names.map((name, i) => [name, i]));
    const marks = new Uint8Array(targets.length * names.length);
    targets.forEach((labels, row) => {
      for (const label of labels)
        marks[row * names.length + index.get(label)!] = 1;
    });
    return { task: "many labels", marks };
  },

  checks(_, mapping, examples) {
    const stop =
      noUsableRow(mapping, examples) ??
      manyChecks.fatal(mapping, examples) ??
      nothingToJudgeBy(examples, 2);
    return stop ? [stop] : manyChecks.findings(examples);
  },

  baselines: manyBaselines,
};

/** The rarest of a row's labels: what is rare must come to both sides. */
function rarest(targets: string[][]): string[] {
  const rows = new Map(
    countLabels(targets.flat()).map(({ label, rows }) => [label, rows]),
  );
  return targets.map((labels) =>
    labels.reduce(
      (best, label) =>
        best === "" || rows.get(label)! < rows.get(best)! ? label : best,
      "",
    ),
  );
}

function fromColumns({ table, mapping }: Source): Readings<string[]> {
  const at = mapping.labels.map((name) => table.columns.indexOf(name));
  const prefix = prefixOf(mapping.labels);
  const names = mapping.labels.map((name) => name.slice(prefix));
  return {
    of: (row) =>
      names.filter((_, i) => isOn(table.rows[row]![at[i]!]!)).sort(byName),
    merged: [],
    checks: [
      notice("labels of columns", {
        count: names.length,
        columns: listed(mapping.labels, 4),
      }),
    ],
  };
}

function fromCells({ table, mapping, roles }: Source): Readings<string[]> {
  const at = table.columns.indexOf(mapping.label);
  const counts = new Map<string, number>();
  for (const row of table.rows)
    counts.set(row[at]!, (counts.get(row[at]!) ?? 0) + 1);
  const { labelsIn, separator, example, several } = readCells(counts);

  // One label in different spellings is one label, as where there is one a row.
  const rows = new Map<string, { train: number; all: number }>();
  table.rows.forEach((row, i) => {
    const train = roles(i) === "train" ? 1 : 0;
    for (const label of labelsIn(row[at]!) ?? []) {
      const known = rows.get(label) ?? { train: 0, all: 0 };
      rows.set(label, { train: known.train + train, all: known.all + 1 });
    }
  });
  const { names, why } = alike(rows);
  const nameOf = (label: string) => names.get(label) ?? label;
  const merged = [...groupBy(names.keys(), nameOf)]
    .filter(([, from]) => from.length > 1)
    .map(([label, from]): MergedLabel => ({
      label,
      why,
      spellings: from
        .map((written) => ({ written, rows: rows.get(written)!.all }))
        .sort((a, b) => b.rows - a.rows),
    }));

  const readings = new Map<string, string[] | null>();
  for (const cell of counts.keys()) {
    const labels = labelsIn(cell);
    readings.set(cell, labels && [...new Set(labels.map(nameOf))].sort(byName));
  }
  return {
    of: (row) =>
      readings.get(table.rows[row]![at]!) ?? { unusable: "no label" },
    merged,
    checks: [
      ...found(mapping.label, separator, example, several),
      ...told(merged),
    ],
  };
}

function found(
  column: string,
  separator: string | null,
  example: string | null,
  several: number,
): Check[] {
  if (example === null)
    return [
      warning("many labels: one in each cell", { column: shown(column) }),
    ];
  const such = {
    column: shown(column),
    rows: several,
    example: shown(example),
  };
  return separator === null
    ? [notice("many labels in lists", such)]
    : [
        notice("many labels in cells", {
          ...such,
          separator: separatorSaid(separator),
        }),
      ];
}

const separatorSaid = (separator: string): Said | string =>
  separator === "\t"
    ? said("separator tab")
    : separator === "\n"
      ? said("separator line break")
      : shown(separator);
