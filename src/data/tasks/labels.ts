// One of several labels for each text or pair of texts.

import { baselines } from "../baseline";
import { byName } from "../rows";
import { countCells } from "./cells";
import { labelChecks } from "./labels/checks";
import { readLabels } from "./labels/read";
import type { DataTask } from "./task";

export const oneLabel: DataTask<string> = {
  task: "one label",

  read(source) {
    const { table, mapping } = source;
    const at = table.columns.indexOf(mapping.label);
    const { of, merged, checks } = readLabels(
      mapping.label,
      countCells(source),
    );
    return {
      of(row) {
        const reading = of.get(table.rows[row]![at]!)!;
        return reading.label === null
          ? { unusable: reading.reason }
          : reading.label;
      },
      merged,
      checks,
    };
  },

  labelsOf: (label) => [label],
  written: (label) => label,
  strata: (labels) => labels,
  names: (train) => [...new Set(train)].sort(byName),

  pack(targets, names) {
    const index = new Map(names.map((name, i) => [name, i]));
    return {
      task: "one label",
      labels: Int32Array.from(targets, (label) => index.get(label)!),
    };
  },

  checks: labelChecks,

  baselines(names, train, validation, breathe) {
    const index = new Map(names.map((label, i) => [label, i]));
    const part = ({ texts, targets }: typeof train) => ({
      texts,
      labels: Int32Array.from(targets, (label) => index.get(label)!),
    });
    return baselines(names, part(train), part(validation), breathe);
  },
};
