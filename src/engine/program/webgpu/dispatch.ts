// One dispatch: which shader, which words, how many workgroups. Sizes that are only
// known batch by batch stay names of what the host keeps.

import type { Tile } from "../../kernels/gemm/tiles";
import { header, headerAt } from "../header";
import { type Operation, operationWords, type Size } from "../operations";

/** A number the host keeps: an index into its copy of the arena's start, or the number itself. */
export type Number = { at: number } | { value: number };

/** Groups of this dispatch: Σ ⌈number · times / by⌉, or tiles of C. */
export type Count =
  | { number: Number; times: number; by: number }
  | { tile: Tile; rows: Number; columns: number };

export interface Dispatch {
  name: string;
  code: string;
  /** Of both operations, as they stay; sizes are written for each batch. */
  words: Int32Array;
  sizes: { word: number; number: Number }[];
  counts: Count[];
  /** Groups = ⌈counts / this⌉ · heads. */
  together: number;
  heads: number;
}

export const headerNumber = (name: keyof typeof header): Number => ({
  at: headerAt / 4 + header[name],
});

export const sizeNumber = (size: Size): Number =>
  typeof size === "number" ? { value: size } : headerNumber(size.word);

/** The size that a word of an operation is. */
export function sizeOf({ words, label }: Operation, word: number): Size {
  const value = words[word] ?? null;
  if (typeof value === "number") return value;
  if (value && "size" in value) return value.size;
  throw new Error(`internal: word ${word} of ${label} is no size`);
}

/** The whole number that a word of an operation is; 0 where it has none. */
export function numberOf({ words, label }: Operation, word: number): number {
  const value = words[word] ?? 0;
  if (typeof value === "number") return value;
  throw new Error(`internal: word ${word} of ${label} is no number`);
}

export const count = (number: Number, times = 1, by = 1): Count => ({
  number,
  times,
  by,
});

/** A dispatch of these operations' words. */
export function dispatchOf(
  name: string,
  code: string,
  operations: Operation[],
  counts: Count[],
  together = 1,
  heads = 1,
): Dispatch {
  const words = new Int32Array(2 * operationWords);
  const floats = new Float32Array(words.buffer);
  const sizes: Dispatch["sizes"] = [];
  operations.forEach((operation, i) => {
    for (const [key, word] of Object.entries(operation.words)) {
      const to = i * operationWords + Number(key);
      if (word === null) continue;
      if (typeof word === "number") words[to] = word;
      else if ("float" in word) floats[to] = word.float;
      else if ("size" in word)
        sizes.push({ word: to, number: sizeNumber(word.size) });
      else words[to] = word.region.at + word.offset * 4;
    }
  });
  return { name, code, words, sizes, counts, together, heads };
}
