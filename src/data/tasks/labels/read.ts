// The cells of a label column → labels. One answer comes in many shapes (a list of
// one, a record of classes) and spellings (blanks that nobody sees, 1 and 1.0, true
// and TRUE): where it is one answer it is read as one, and that is said. Works on the
// different cells of a column, so that many rows cost little.

import type { Check, MergedLabel } from "../../protocol";
import { unwrap } from "./inside";
import {
  alike,
  invisible,
  mergedBy,
  tidy,
  told,
  type Cell,
  type Spelling,
} from "./spellings";

/** What a cell was read as. */
export type Reading =
  { label: string } | { label: null; reason: "no label" | "several labels" };

export interface LabelReadings {
  /** By the cell as it stands in the table. */
  of: Map<string, Reading>;
  merged: MergedLabel[];
  checks: Check[];
}

export function readLabels(
  column: string,
  cells: Map<string, Cell>,
): LabelReadings {
  const checks: Check[] = [];
  const of = new Map<string, Reading>();
  const said = unwrap(column, cells, checks);

  // Labels without what nobody sees, and in which ways each was written.
  const tidied = new Map<string, Spelling[]>();
  for (const [cell, { train, all }] of cells) {
    const its = said.get(cell)!;
    if (its.kind !== "one") {
      const several = its.kind === "several";
      of.set(cell, {
        label: null,
        reason: several ? "several labels" : "no label",
      });
      continue;
    }
    const label = tidy(its.label);
    if (label === "") {
      of.set(cell, { label: null, reason: "no label" });
      continue;
    }
    of.set(cell, { label });
    const spellings = tidied.get(label) ?? [];
    const same = spellings.find(({ written }) => written === its.label);
    if (same) {
      same.train += train;
      same.all += all;
    } else spellings.push({ written: its.label, train, all });
    tidied.set(label, spellings);
  }

  const rows = new Map<string, Cell>();
  for (const [label, spellings] of tidied)
    rows.set(label, {
      train: sum(spellings, "train"),
      all: sum(spellings, "all"),
    });
  const same = alike(rows);
  for (const [cell, reading] of of)
    if (reading.label !== null)
      of.set(cell, {
        label: same.names.get(reading.label) ?? reading.label,
      });

  const merged = [...invisible(tidied), ...mergedBy(same, rows)];
  return { of, merged, checks: [...checks, ...told(merged)] };
}

const sum = (cells: Cell[], of: keyof Cell) =>
  cells.reduce((total, cell) => total + cell[of], 0);
