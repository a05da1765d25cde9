// What the sentences of several files are made of: places, and lists.

import { said, type Said, type Value } from "../said";

/** reviews.csv, row 214. */
export const place = (file: string, row: number): Said =>
  said("row of file", { file, row });

/** a, b, c: a list in brackets, or a few of several, where no "and" belongs. */
export const commas = (items: readonly Value[]): Value =>
  chain(items, "item, next");
/** a; b; c: of parts that hold commas themselves. */
export const semicolons = (items: readonly Value[]): Value =>
  chain(items, "item; next");

function chain(items: readonly Value[], code: "item, next" | "item; next") {
  const [first = "", ...rest] = items;
  return rest.reduce((item, next) => said(code, { item, next }), first);
}

/** A share as a whole percentage; 0 and 100 only where that is exact. */
export function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`;
}
