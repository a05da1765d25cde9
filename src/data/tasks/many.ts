// Any of several labels for each text: from one column with several in a cell, or
// from one column of noughts and ones for each label.

import { listed, said, shown, type Said } from "../../said";
import { manyBaselines } from "./many/baselines";
import { notice, warning } from "../checks/found";
import { noUsableRow, nothingToJudgeBy } from "../checks/none";
import { isOn, prefixOf } from "../columns/onehot";
import type { Check } from "../protocol";
import { byName, rarestOf } from "../rows";
import { countCells, countUp } from "./cells";
import { alike, mergedBy, told, type Cell } from "./labels/spellings";
import { manyChecks } from "./many/checks";
import { readCells } from "./many/cells";
import { marksOf } from "./many/marks";
import type { DataTask, Readings, Source } from "./task";

export const manyLabels: DataTask<string[]> = {
  task: "many labels",
  read: (source) =>
    source.mapping.labels.length > 0 ? fromColumns(source) : fromCells(source),
  labelsOf: (labels) => labels,
  written: (labels) => JSON.stringify(labels),
  strata: rarestOf,
  names: (train) => [...new Set(train.flat())].sort(byName),

  pack: (targets, names) => ({
    task: "many labels",
    marks: marksOf(targets, names),
  }),

  checks(_, mapping, examples) {
    const stop =
      noUsableRow(mapping, examples) ??
      manyChecks.fatal(mapping, examples) ??
      nothingToJudgeBy(examples, 2);
    return stop ? [stop] : manyChecks.findings(examples);
  },

  baselines: manyBaselines,
};

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

function fromCells(source: Source): Readings<string[]> {
  const { table, mapping } = source;
  const at = table.columns.indexOf(mapping.label);
  const cells = countCells(source);
  const { labelsOf, separator, example, several } = readCells(cells);

  // One label in different spellings is one label, as where there is one a row.
  const rows = new Map<string, Cell>();
  for (const [cell, { train, all }] of cells)
    for (const label of labelsOf.get(cell) ?? [])
      countUp(rows, label, train, all);
  const same = alike(rows);
  const merged = mergedBy(same, rows);

  const readings = new Map<string, string[] | null>();
  for (const [cell, labels] of labelsOf)
    readings.set(
      cell,
      labels &&
        [
          ...new Set(labels.map((label) => same.names.get(label) ?? label)),
        ].sort(byName),
    );
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
