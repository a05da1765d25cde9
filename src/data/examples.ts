// Table + mapping → examples: the usable rows, with the others set aside and counted.

import { Failure, listed, shown, type Said } from "../said";
import { assign } from "./columns/assign";
import { place } from "./phrases";
import type { Mapping, SetAside } from "./protocol";
import type { Examples, Rows } from "./rows";
import type { Table } from "./table/shape";
import type { DataTask, Target, Unusable } from "./tasks/task";

/** Fails where the mapping names a column that is not there. */
export function examplesOf<T extends Target>(
  table: Table,
  mapping: Mapping,
  {
    read,
    textOf,
    pairOf,
    unlabelled = false,
  }: Pick<DataTask<T>, "read" | "textOf" | "pairOf" | "unlabelled">,
): Examples<T> {
  const at = (column: string) => {
    const i = table.columns.indexOf(column);
    if (i === -1)
      throw new Failure("no such column", {
        column: shown(column),
        columns: listed(table.columns, 8),
      });
    return i;
  };
  const text = at(mapping.text);
  if (!unlabelled)
    for (const label of mapping.labels.length
      ? mapping.labels
      : [mapping.label])
      at(label);
  const textB = mapping.textB === null ? -1 : at(mapping.textB);
  const { roles, useless: given, checks } = assign(table, mapping);
  const useless: typeof given = (row) => {
    const why = given(row);
    return unlabelled && why === "no label" ? null : why;
  };
  const readings = read({ table, mapping, roles });

  const empty = (): Rows<T> => ({
    texts: [],
    textsB: textB === -1 && !pairOf ? null : [],
    targets: [],
    file: [],
    row: [],
  });
  const parts = { train: empty(), validation: empty(), test: empty() };
  const without: Record<SetAside["reason"], { count: number; where: Said[] }> =
    {
      "no text": { count: 0, where: [] },
      "no label": { count: 0, where: [] },
      "several labels": { count: 0, where: [] },
      "no number": { count: 0, where: [] },
      "no tags": { count: 0, where: [] },
      "no predicate": { count: 0, where: [] },
      rejected: { count: 0, where: [] },
      ragged: table.ragged,
    };
  let validationGiven = table.files.some(({ role }) => role === "validation");
  table.rows.forEach((row, i) => {
    const file = table.file[i] as number;
    const number = table.number[i] as number;
    const role = roles(i);
    validationGiven ||= role === "validation";
    const a = row[text]!.trim();
    const b = textB === -1 ? "" : row[textB]!.trim();
    const target = readings.of(i);
    const reason =
      a === ""
        ? "no text"
        : (useless(i) ??
          (isUnusable(target)
            ? target.unusable
            : textB !== -1 && b === ""
              ? "no text"
              : null));
    if (reason !== null || isUnusable(target)) {
      const { where } = count(without[reason ?? "no label"]);
      if (where.length < 5) where.push(place(table.files[file]!.name, number));
      return;
    }
    const part = parts[role];
    part.texts.push(textOf?.(target) ?? a);
    part.textsB?.push(pairOf?.(target) ?? b);
    part.targets.push(target);
    part.file.push(file);
    part.row.push(number);
  });
  return {
    parts,
    validationGiven,
    merged: readings.merged,
    checks: [...checks, ...readings.checks],
    setAside: Object.entries(without)
      .filter(([, { count }]) => count > 0)
      .map(([reason, found]) => ({
        reason: reason as SetAside["reason"],
        ...found,
      })),
  };
}

const isUnusable = (target: Target | Unusable): target is Unusable =>
  typeof target === "object" && "unusable" in target;

function count<T extends { count: number }>(found: T): T {
  found.count++;
  return found;
}
