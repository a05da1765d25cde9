// A number for each text or pair of texts.

import { shown } from "../../said";
import { scoreBaselines } from "./score/baselines";
import { fewRows } from "../checks/few";
import { error, notice, warning } from "../checks/found";
import { noUsableRow, nothingToJudgeBy } from "../checks/none";
import type { Check } from "../protocol";
import { numberIn } from "./score/numbers";
import type { DataTask } from "./task";

/** Rows are dealt out by so many groups of equal size, from the lowest score to the highest. */
const GROUPS = 10;

export const score: DataTask<number> = {
  task: "score",

  read({ table, mapping }) {
    const at = table.columns.indexOf(mapping.label);
    const unread = new Map<string, number>();
    const numbers = table.rows.map((row) => {
      const cell = row[at]!.trim();
      const value = numberIn(cell);
      if (value === null && cell !== "")
        unread.set(cell, (unread.get(cell) ?? 0) + 1);
      return value;
    });
    const checks: Check[] = [];
    if (unread.size > 0) {
      const [example] = [...unread].sort((a, b) => b[1] - a[1])[0]!;
      checks.push(
        warning("scores that are no numbers", {
          column: shown(mapping.label),
          count: [...unread.values()].reduce((sum, n) => sum + n, 0),
          example: shown(example),
        }),
      );
    }
    return {
      of(row) {
        const value = numbers[row] ?? null;
        if (value !== null) return value;
        return {
          unusable:
            table.rows[row]![at]!.trim() === "" ? "no label" : "no number",
        };
      },
      merged: [],
      checks,
    };
  },

  labelsOf: () => [],
  written: (value) => String(value),

  spread(values) {
    const least = values.reduce((a, b) => Math.min(a, b));
    const most = values.reduce((a, b) => Math.max(a, b));
    const counts = new Array<number>(GROUPS).fill(0);
    const width = (most - least) / GROUPS || 1;
    for (const value of values)
      counts[Math.min(GROUPS - 1, Math.floor((value - least) / width))]!++;
    const mean = values.reduce((a, b) => a + b) / values.length;
    return { least, most, mean, counts };
  },

  strata(values) {
    const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
    const strata = new Array<string>(values.length);
    order.forEach((row, rank) => {
      strata[row] = String(Math.floor((rank * GROUPS) / order.length));
    });
    return strata;
  },

  names: (_, { label }) => [label],
  pack: (values) => ({ task: "score", scores: Float32Array.from(values) }),

  checks(_, mapping, examples) {
    const { targets } = examples.parts.train;
    const column = shown(mapping.label);
    const values = new Set(targets);
    const stop =
      noUsableRow(mapping, examples) ??
      (values.size < 2
        ? error("scores all the same", { column, value: String(targets[0]) })
        : nothingToJudgeBy(examples, 2));
    if (stop) return [stop];
    return [
      notice("scores in a column", { column, rows: targets.length }),
      ...fewRows(targets.length),
    ];
  },

  baselines: (_, train, validation, breathe) =>
    scoreBaselines(train, validation, breathe),
};
