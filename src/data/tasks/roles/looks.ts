// Whether what a column marks in texts are roles of a predicate: a tag V in each
// row, or a column that says which word it is.

import { PREDICATE } from "../../../figures";
import { labelOf } from "../spans/marks";
import { predicateColumn } from "./predicate";

/** Rows with one V are this share of those that mark anything. */
const ENOUGH = 0.9;

export function looksAsked(
  columns: readonly string[],
  cells: readonly { text: string; label: string }[],
  mapping: { text: string; label: string; textB: string | null },
): boolean {
  if (predicateColumn(columns, { ...mapping, textB: null }) !== -1) return true;
  const tagged = cells.flatMap(({ text, label }) => {
    const read = labelOf(label, text);
    return read.kind === "tags" ? [read.tags] : [];
  });
  const begins = new RegExp(`^[BSU][-_]${PREDICATE}$`);
  const asked = tagged.filter(
    (tags) => tags.filter((tag) => begins.test(tag)).length === 1,
  );
  return asked.length > 0 && asked.length >= ENOUGH * tagged.length;
}
