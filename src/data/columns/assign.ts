// What other columns say about a row: which part it belongs to ("split": train,
// validation, test; "is_valid": True), and whether whoever annotated it turned it down.

import { listed, shown } from "../../said";
import { notice } from "../checks/found";
import type { Check, FileRole, Mapping, SetAside } from "../protocol";
import { roleOf } from "../roles";
import type { Table } from "../table/shape";

export interface Assigned {
  /** The part a row of the table belongs to. */
  roles: (row: number) => FileRole;
  /** Why a row is of no use whatever its text and label are; null where it is. */
  useless: (row: number) => SetAside["reason"] | null;
  checks: Check[];
}

type Part = FileRole | "unlabelled";

const SPLIT_NAMES =
  /^_?(data[ _-]?)?(split|splits|set|subset|partition|part|fold|kfold|dataset|data[ _-]?set|usage|phase|role)$/i;
const UNLABELLED = /^un(sup|labell?ed|annotated)/i;
const SHORT: [RegExp, FileRole][] = [
  [/^(tr|trn)$/i, "train"],
  [/^(va|vl|dv)$/i, "validation"],
  [/^(te|ts|tst)$/i, "test"],
];
/** "is_train", "valid", "in_test": columns of yes and no about one part. */
const FLAG = /^(?:is|in)?[ _-]?(train\w*|val\w*|dev|test\w*|hold[ _-]?out)$/i;
const YES = /^(1(\.0)?|true|t|yes|y|x)$/i;
const NO = /^(0(\.0)?|false|f|no|n|)$/i;

export function assign(table: Table, mapping: Mapping): Assigned {
  const used = new Set([
    mapping.text,
    mapping.textB,
    mapping.label,
    ...mapping.labels,
  ]);
  const checks: Check[] = [];
  const fileRole = (row: number) => table.files[table.file[row]!]!.role;
  const free = (test: RegExp) =>
    table.columns.findIndex((name) => test.test(name) && !used.has(name));

  const candidates = table.columns.flatMap((name, at) => {
    if (used.has(name)) return [];
    const says = partsSaid(
      name,
      table.rows.map((row) => row[at]!),
    );
    return says ? [{ name, at, says }] : [];
  });
  const chosen =
    candidates.find(({ name }) => SPLIT_NAMES.test(name)) ?? candidates[0];
  const partOf = (row: number): Part => {
    const role = fileRole(row);
    // A file that has a role of its own keeps it.
    if (!chosen || role !== "train") return role;
    return chosen.says.get(table.rows[row]![chosen.at]!.trim()) ?? "train";
  };
  const roles = (row: number): FileRole => {
    const part = partOf(row);
    return part === "unlabelled" ? "train" : part;
  };
  if (chosen) {
    const rows = { train: 0, validation: 0, test: 0, unlabelled: 0 };
    for (let i = 0; i < table.rows.length; i++) rows[partOf(i)]++;
    checks.push(
      notice("column says parts", { column: shown(chosen.name), ...rows }),
    );
  } else checks.push(...unread(table, free(SPLIT_NAMES)));

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
  const useless = (row: number) =>
    rejected(row)
      ? "rejected"
      : partOf(row) === "unlabelled"
        ? "no label"
        : null;
  return { roles, useless, checks };
}

/** What each value of a column says, where all of them name a part and one is to train on; else null. */
export function partsSaid(
  name: string,
  cells: string[],
): Map<string, Part> | null {
  const values = new Set(cells.map((cell) => cell.trim()));
  if (values.size > 12) return null;
  const flag = FLAG.exec(name)?.[1];
  if (flag !== undefined) {
    const both = [...values].some((v) => YES.test(v));
    if (
      both &&
      values.size > 1 &&
      [...values].every((v) => YES.test(v) || NO.test(v))
    )
      return flags(flag, values);
  }
  const says = new Map<string, Part>();
  for (const value of values) {
    if (value === "") continue;
    const short = SHORT.find(([word]) => word.test(value))?.[1];
    const part: Part | null = UNLABELLED.test(value)
      ? "unlabelled"
      : value.length > 20
        ? null
        : (short ?? roleOf(value));
    if (part === null) return null;
    says.set(value, part);
  }
  const parts = new Set(says.values());
  return parts.size > 1 && parts.has("train") ? says : null;
}

function flags(flag: string, values: Set<string>): Map<string, Part> {
  const on = roleOf(flag) ?? "test";
  // What is not to train on is best kept for the end.
  const off = on === "train" ? "test" : "train";
  return new Map([...values].map((v) => [v, YES.test(v) ? on : off]));
}

/** A column named after parts whose values name none. */
function unread(table: Table, at: number): Check[] {
  if (at === -1) return [];
  const values = [...new Set(table.rows.map((row) => row[at]!.trim()))];
  if (values.length < 2 || values.length > 10) return [];
  return [
    notice("column may say parts", {
      column: shown(table.columns[at]!),
      values: listed(values.sort()),
    }),
  ];
}
