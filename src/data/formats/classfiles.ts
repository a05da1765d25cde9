// One file per class: pos.txt and neg.txt, each line a text; food.csv and boat.csv
// without a label column. The file's name, without what all names share and without
// the part it is for, is the label.

import type { ReadFile } from "../file";
import { ID, LABEL, named, TEXT } from "../names";
import { roleOf } from "../roles";
import { listed, said, shown, type Said } from "../../said";

/** The files with their labels as a column, where that is what they are; null elsewhere. */
export function filesOfClasses(files: ReadFile[]): ReadFile[] | null {
  if (files.length < 2 || !files.every(hasTextsOnly)) return null;
  const [first] = files as [ReadFile];
  if (!files.every((file) => sameColumns(file, first))) return null;
  const labels = labelsOf(files.map(({ report }) => report.name));
  if (labels === null) return null;
  const columns = first.named ? first.columns : ["text"];
  files.forEach((file, i) => {
    const label = labels[i]!;
    file.columns = [...columns, "label"];
    file.named = true;
    file.rows = file.rows.map((row) => [...row, label]);
  });
  const of = [...new Set(labels)].sort();
  first.report.warnings.push(
    said("classes: one a file", {
      count: files.length,
      labels: listed(of, 6),
    }),
  );
  return files;
}

/** Lines, or columns that by their names are texts and numbers of rows. */
const hasTextsOnly = ({ columns, named: has, rows }: ReadFile) =>
  rows.length > 1 &&
  (has
    ? columns.some((name) => named(name, TEXT) >= 0.6) &&
      columns.every(
        (name) =>
          named(name, LABEL) < 0.6 &&
          (named(name, TEXT) >= 0.6 || named(name, ID) >= 0.6),
      )
    : columns.length === 1);

const sameColumns = (a: ReadFile, b: ReadFile) =>
  a.named === b.named && a.columns.join("\n") === b.columns.join("\n");

const ENDINGS = /\.(txt|text|csv|tsv|tab|jsonl|json|ndjson)$/i;
/** Pieces of one table are called so, never classes. */
const PIECES = /^(part|chunk|shard|batch|split|page|file|fold)$/i;

/** What tells the names apart, or null where that names no classes. */
function labelsOf(names: string[]): string[] | null {
  const all = names.map((name) =>
    name
      .replace(ENDINGS, "")
      .split(/[/_.\- ]+/)
      .filter((part) => part !== "" && roleOf(part) === null),
  );
  const shared = (at: number) =>
    all.every((parts) => parts.length > 0 && parts.at(at) === all[0]!.at(at));
  while (shared(0)) {
    if (PIECES.test(all[0]![0]!)) return null;
    for (const parts of all) parts.shift();
  }
  while (shared(-1)) for (const parts of all) parts.pop();
  const labels = all.map((parts) => parts.join(" "));
  const usable = labels.every(
    (label) => label.length <= 30 && /[\p{L}\p{N}]/u.test(label),
  );
  // train.pos and test.pos are one class, but there must be another.
  return usable && new Set(labels).size > 1 ? labels : null;
}

/**
 * Tables that say what labels are called, and answers that were handed in, hold
 * no texts: each with why it is left out.
 */
export function withoutTexts(files: ReadFile[]): Map<ReadFile, Said> {
  const aside = new Map<ReadFile, Said>();
  const main = files.reduce((a, b) => (b.rows.length > a.rows.length ? b : a));
  const text = longest(main);
  for (const file of files) {
    const { name } = file.report;
    if (file === main || file.chosen !== null) continue;
    if (
      file.named
        ? file.columns.some((column) => same(column, main.columns[text.at]!))
        : !isNumbered(file)
    )
      continue;
    const lookup =
      file.columns.length < 5 &&
      4 * file.rows.length <= main.rows.length &&
      2 * longest(file).length < text.length &&
      file.columns.some(
        (_, at) =>
          new Set(file.rows.map((row) => row[at])).size === file.rows.length,
      );
    const answers =
      /(^|[^a-z])submissions?(?![a-z])/i.test(name) &&
      file.columns.length < 4 &&
      2 * longest(file).length < text.length;
    if (answers)
      aside.set(file, said("classes: answers", { file: shown(name) }));
    else if (lookup)
      aside.set(
        file,
        said("classes: names", {
          file: shown(name),
          columns: listed(file.named ? file.columns : file.rows[0]!),
        }),
      );
  }
  return aside;
}

/** 0 food, 1 boat, 2 chess: a number of its own for each word. */
const isNumbered = ({ columns, rows }: ReadFile) =>
  columns.length === 2 &&
  [0, 1].some((at) => {
    const numbers = rows.map((row) => row[at]!.trim());
    return (
      numbers.every((cell) => /^\d+$/.test(cell)) &&
      new Set(numbers).size === rows.length &&
      rows.every((row) => !/^\d+$/.test(row[1 - at]!.trim()))
    );
  });

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** The column of the longest cells, and how long they are. */
function longest({ columns, rows }: ReadFile): { at: number; length: number } {
  const some = rows.slice(0, 500);
  const lengths = columns.map(
    (_, at) =>
      some.reduce((sum, row) => sum + (row[at] ?? "").trim().length, 0) /
      some.length,
  );
  const length = Math.max(...lengths);
  return { at: lengths.indexOf(length), length };
}
