// Table + mapping → examples: the usable rows, with the others set aside and counted.

import { Failure, listed, shown, type Said } from "../said";
import { place } from "./phrases";
import type {
  Check,
  FileRole,
  Mapping,
  MergedLabel,
  SetAside,
} from "./protocol";
import { assign } from "./columns/assign";
import { readLabels } from "./tasks/labels";
import type { Table } from "./table/shape";

/** The usable rows of all files with one role, in the order of the files. */
export interface Rows {
  texts: string[];
  textsB: string[] | null;
  labels: string[];
  file: number[];
  row: number[];
}

export interface Examples {
  parts: Record<FileRole, Rows>;
  /** Whether a file or a column says which rows are for validation. */
  validationGiven: boolean;
  setAside: SetAside[];
  merged: MergedLabel[];
  /** What was found in reading the labels and parts. */
  checks: Check[];
}

/** Fails where the mapping names a column that is not there, or one twice. */
export function examplesOf(table: Table, mapping: Mapping): Examples {
  const at = (column: string) => {
    const i = table.columns.indexOf(column);
    if (i === -1)
      throw new Failure("no such column", {
        column: shown(column),
        columns: listed(table.columns, 8),
      });
    return i;
  };
  const [text, label] = [at(mapping.text), at(mapping.label)];
  const textB = mapping.textB === null ? -1 : at(mapping.textB);
  const { roles, useless, checks } = assign(table, mapping);

  const cells = new Map<string, { train: number; all: number }>();
  table.rows.forEach((row, i) => {
    const cell = row[label]!;
    const train = roles(i) === "train" ? 1 : 0;
    const known = cells.get(cell);
    if (!known) cells.set(cell, { train, all: 1 });
    else {
      known.train += train;
      known.all++;
    }
  });
  const readings = readLabels(mapping.label, cells);

  const empty = (): Rows => ({
    texts: [],
    textsB: textB === -1 ? null : [],
    labels: [],
    file: [],
    row: [],
  });
  const parts = { train: empty(), validation: empty(), test: empty() };
  const without: Record<SetAside["reason"], { count: number; where: Said[] }> =
    {
      "no text": { count: 0, where: [] },
      "no label": { count: 0, where: [] },
      "several labels": { count: 0, where: [] },
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
    const reading = readings.of.get(row[label]!)!;
    const reason =
      a === ""
        ? "no text"
        : (useless(i) ??
          (reading.label === null
            ? reading.reason
            : textB !== -1 && b === ""
              ? "no text"
              : null));
    if (reason !== null || reading.label === null) {
      const { where } = count(without[reason ?? "no label"]);
      if (where.length < 5) where.push(place(table.files[file]!.name, number));
      return;
    }
    const part = parts[role];
    part.texts.push(a);
    part.textsB?.push(b);
    part.labels.push(reading.label);
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

function count<T extends { count: number }>(found: T): T {
  found.count++;
  return found;
}

/** Rows per label, most frequent first, then by name. */
export function countLabels(
  labels: string[],
): { label: string; rows: number }[] {
  const rows = new Map<string, number>();
  for (const label of labels) rows.set(label, (rows.get(label) ?? 0) + 1);
  return [...rows]
    .map(([label, rows]) => ({ label, rows }))
    .sort((a, b) => b.rows - a.rows || byName(a.label, b.label));
}

/** Numbers as numbers and before words; words by code unit, so that every machine agrees. */
export function byName(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  const [numberA, numberB] = [
    a !== "" && Number.isFinite(x),
    b !== "" && Number.isFinite(y),
  ];
  if (numberA !== numberB) return numberA ? -1 : 1;
  if (numberA && x !== y) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What makes two rows the same text: case and spacing aside, as an uncased model reads them. */
export function textKey({ texts, textsB }: Rows, i: number): string {
  const plain = (text: string) => text.replace(/\s+/g, " ").toLowerCase();
  const key = plain(texts[i] as string);
  return textsB ? `${key}\n${plain(textsB[i] as string)}` : key;
}
