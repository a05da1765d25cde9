// What the sentences of several files are made of.

import { said, type Said } from "../said";

/** reviews.csv, row 214. */
export const place = (file: string, row: number): Said =>
  said("row of file", { file, row });

/** A share as a whole percentage; 0 and 100 only where that is exact. */
export function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`;
}
