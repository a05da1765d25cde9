// Where something stands in a file, and names after each other, as sentences have them.

import { said, type Said, type Value } from "../said";

/** reviews.csv, row 214. */
export const place = (file: string, row: number): Said =>
  said("place: row", { file, row });

/** a, b, c: a few of several, so without an "and". */
export const few = ([first = "", ...others]: readonly Value[]): Value =>
  others.reduce(
    (before, next) => said("list: one more", { before, next }),
    first,
  );
