// What other columns say about a row: which part it belongs to ("split": train,
// validation, test), and whether whoever annotated it turned it down.

import type { Check, FileRole, Mapping } from "../data";
import { roleOf } from "./roles";
import type { Table } from "./table";
import { many, shown } from "./words";

export interface Assigned {
  /** The part a row of the table belongs to. */
  roles: (row: number) => FileRole;
  /** Whether a row was rejected or ignored in annotation. */
  rejected: (row: number) => boolean;
  checks: Check[];
}

const SPLIT_NAMES =
  /^(data[ _-]?)?(split|splits|set|subset|partition|part|fold|dataset|data[ _-]?set|usage|phase|role)$/i;

export function assign(table: Table, mapping: Mapping): Assigned {
  const used = new Set([mapping.text, mapping.textB, mapping.label]);
  const checks: Check[] = [];
  const fileRole = (row: number) => table.files[table.file[row]!]!.role;
  const free = (test: RegExp) =>
    table.columns.findIndex((name) => test.test(name) && !used.has(name));

  const split = free(SPLIT_NAMES);
  const says = split === -1 ? null : partsOf(table, split);
  const roles = (row: number): FileRole => {
    const role = fileRole(row);
    // A file that has a role of its own keeps it.
    if (!says || role !== "train") return role;
    return says.get(table.rows[row]![split]!) ?? "train";
  };
  if (says) {
    const rows = { train: 0, validation: 0, test: 0 };
    for (let i = 0; i < table.rows.length; i++) rows[roles(i)]++;
    checks.push({
      level: "info",
      visible: true,
      message: `Column ${shown(table.columns[split]!)} says what each row is for and is used as given: ${many(rows.train, "row")} to train, ${rows.validation.toLocaleString("en")} for validation, ${rows.test.toLocaleString("en")} for the test.${rows.validation === 0 ? " None is for validation, so some of those to train are held out for it." : ""}`,
    });
  }

  const answer = free(/^answer$/i);
  const turned =
    answer !== -1 &&
    table.rows.every((row) =>
      /^(accept|reject|ignore)?$/i.test(row[answer]!.trim()),
    );
  // Prodigy also offers to leave a row out where the answer itself is the label.
  const own = /^answer$/i.test(mapping.label)
    ? table.columns.indexOf(mapping.label)
    : -1;
  const cancelled = free(/^was_cancelled$/i);
  const rejected = (row: number) => {
    const cells = table.rows[row]!;
    return (
      (turned && /^(reject|ignore)$/i.test(cells[answer]!.trim())) ||
      (own !== -1 && /^ignore$/i.test(cells[own]!.trim())) ||
      (cancelled !== -1 && /^true$/i.test(cells[cancelled]!.trim()))
    );
  };
  return { roles, rejected, checks };
}

/** What each value of a column says, where all of them name a part and one is to train on; else null. */
function partsOf(table: Table, column: number): Map<string, FileRole> | null {
  const says = new Map<string, FileRole>();
  for (const row of table.rows) {
    const cell = row[column]!;
    if (cell.trim() === "" || says.has(cell)) continue;
    const role = cell.length > 20 ? null : roleOf(cell);
    if (role === null || says.size > 10) return null;
    says.set(cell, role);
  }
  const roles = new Set(says.values());
  return roles.size > 1 && roles.has("train") ? says : null;
}
