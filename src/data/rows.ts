// The usable rows of a table, under a mapping: a leaf for all that looks at them.

import type { Check, FileRole, MergedLabel, SetAside } from "./protocol";

/** The usable rows of all files with one role, in the order of the files. `T`: what a row is to be answered with. */
export interface Rows<T = string> {
  texts: string[];
  textsB: string[] | null;
  targets: T[];
  file: number[];
  row: number[];
}

export interface Examples<T = string> {
  parts: Record<FileRole, Rows<T>>;
  /** Whether a file or a column says which rows are for validation. */
  validationGiven: boolean;
  setAside: SetAside[];
  merged: MergedLabel[];
  /** What was found in reading the targets and parts. */
  checks: Check[];
}

/** Rows per label, most frequent first, then by name. */
export function countLabels(
  labels: Iterable<string>,
): { label: string; rows: number }[] {
  const rows = new Map<string, number>();
  for (const label of labels) rows.set(label, (rows.get(label) ?? 0) + 1);
  return [...rows]
    .map(([label, rows]) => ({ label, rows }))
    .sort((a, b) => b.rows - a.rows || byName(a.label, b.label));
}

/** Of each row's labels the rarest of all, "" where it has none: what is rare must come to both sides of a split. */
export function rarestOf(rowsOfLabels: string[][]): string[] {
  const rows = new Map(
    countLabels(rowsOfLabels.flat()).map(({ label, rows }) => [label, rows]),
  );
  return rowsOfLabels.map((labels) =>
    labels.reduce(
      (best, label) =>
        best === "" || rows.get(label)! < rows.get(best)! ? label : best,
      "",
    ),
  );
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
export function textKey(
  { texts, textsB }: Pick<Rows, "texts" | "textsB">,
  i: number,
): string {
  const plain = (text: string) => text.replace(/\s+/g, " ").toLowerCase();
  const key = plain(texts[i] as string);
  return textsB ? `${key}\n${plain(textsB[i] as string)}` : key;
}

/** Both texts of a pair as one, for what knows only one. */
export const joinedText = (
  { texts, textsB }: Pick<Rows, "texts" | "textsB">,
  i: number,
): string => (textsB ? `${texts[i]} ${textsB[i]}` : texts[i]!);

/** Rows of `a`, then of `b`. */
export const joinedRows = <T>(a: Rows<T>, b: Rows<T>): Rows<T> => ({
  texts: [...a.texts, ...b.texts],
  textsB: a.textsB && b.textsB && [...a.textsB, ...b.textsB],
  targets: [...a.targets, ...b.targets],
  file: [...a.file, ...b.file],
  row: [...a.row, ...b.row],
});
