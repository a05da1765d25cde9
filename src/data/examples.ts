// Table + mapping → examples: the usable rows, with the others set aside and counted.

import type { FileRole, Mapping, SetAside } from "../data";
import type { Table } from "./table";
import { listed, place, shown } from "./words";

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
  setAside: SetAside[];
}

/** Throws a sentence where the mapping names a column that is not there, or one twice. */
export function examplesOf(table: Table, mapping: Mapping): Examples {
  const at = (column: string) => {
    const i = table.columns.indexOf(column);
    if (i === -1)
      throw new Error(
        `There is no column ${shown(column)}. The columns are ${listed(table.columns, 8)}.`,
      );
    return i;
  };
  const [text, label] = [at(mapping.text), at(mapping.label)];
  const textB = mapping.textB === null ? -1 : at(mapping.textB);

  const empty = (): Rows => ({
    texts: [],
    textsB: textB === -1 ? null : [],
    labels: [],
    file: [],
    row: [],
  });
  const parts = { train: empty(), validation: empty(), test: empty() };
  const without = {
    "no text": { count: 0, where: [] as string[] },
    "no label": { count: 0, where: [] as string[] },
    ragged: table.ragged,
  };
  table.rows.forEach((cells, i) => {
    const file = table.file[i] as number;
    const row = table.number[i] as number;
    const report = table.files[file]!;
    const a = cells[text]!.trim();
    const b = textB === -1 ? "" : cells[textB]!.trim();
    const name = cells[label]!.trim();
    if (a === "" || name === "" || (textB !== -1 && b === "")) {
      const { where } = count(
        without[name === "" && a !== "" ? "no label" : "no text"],
      );
      if (where.length < 5) where.push(place(report.name, row));
      return;
    }
    const part = parts[report.role];
    part.texts.push(a);
    part.textsB?.push(b);
    part.labels.push(name);
    part.file.push(file);
    part.row.push(row);
  });
  return {
    parts,
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
