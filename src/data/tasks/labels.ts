// One of several labels for each text or pair of texts.

import { baselines } from "../baseline";
import { byName } from "../rows";
import { labelChecks } from "./labels/checks";
import { readLabels } from "./labels/read";
import type { DataTask } from "./task";

export const oneLabel: DataTask<string> = {
  task: "one label",

  read({ table, mapping, roles }) {
    const at = table.columns.indexOf(mapping.label);
    const cells = new Map<string, { train: number; all: number }>();
    table.rows.forEach((row, i) => {
      const cell = row[at]!;
      const train = roles(i) === "train" ? 1 : 0;
      const known = cells.get(cell);
      if (!known) cells.set(cell, { train, all: 1 });
      else {
        known.train += train;
        known.all++;
      }
    });
    const { of, merged, checks } = readLabels(mapping.label, cells);
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
