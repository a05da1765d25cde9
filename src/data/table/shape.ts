// A table as the worker holds it.

import type { Said } from "../../said";
import type { FileReport } from "../protocol";

export interface Table {
  files: FileReport[];
  columns: string[];
  rows: string[][];
  /** Per row: index into `files`, and 1-based place among that file's data rows. */
  file: Uint16Array;
  number: Uint32Array;
  /** Rows that did not fit the columns: how many, and the first few places. */
  ragged: { count: number; where: Said[] };
  /** Columns of noughts and ones, one for each class, where there are such. */
  classes?: Classes;
}

/** The columns of noughts and ones that are classes, and the column made of them. */
export interface Classes {
  names: string[];
  /** null where too many rows have none or several. */
  joined: string | null;
  /** As they are spoken of: "0 and 1". */
  marks: Said;
  /** Rows with several, over all rows. */
  several: number;
}
