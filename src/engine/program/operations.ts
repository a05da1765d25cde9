// The operations a program is made of, and how one is written down: 32 words,
// the first its kind (kernels/operands.ts).

import type { Region } from "./arena";
import { Form, Header, Kind } from "../kernels/operands";
import { headerAt } from "./header";

export type KindName = keyof typeof Kind;

/** A matrix, or part of one, in a region: `offset` words in. */
export interface Place {
  region: Region;
  offset: number;
}

/** A size that is only known step by step: a word of the header, and the most it can be. */
export interface Count {
  word: keyof typeof Header;
  most: number;
}
export type Size = number | Count;

export const most = (size: Size): number =>
  typeof size === "number" ? size : size.most;

/** One word: a whole number, a float, an address, or the address of a size. */
export type Word = number | { float: number } | Place | { size: Size } | null;

export interface Operation {
  kind: KindName;
  /** What it does, for people. */
  label: string;
  words: Record<number, Word>;
  reads: Region[];
  writes: Region[];
  /** Multiplications and additions, at capacity. */
  flops: number;
}

export const operationWords = 32;
export const operationBytes = operationWords * 4;

/** Writes an operation to `at` (bytes). Sizes that never change are kept in its own last words. */
export function encode(
  operation: Operation,
  at: number,
  ints: Int32Array,
  floats: Float32Array,
): void {
  const base = at / 4;
  ints.fill(0, base, base + operationWords);
  ints[base] = Kind[operation.kind];
  let own = operationWords;
  for (const [key, word] of Object.entries(operation.words)) {
    const to = base + Number(key);
    if (word === null) continue;
    if (typeof word === "number") ints[to] = word;
    else if ("float" in word) floats[to] = word.float;
    else if ("size" in word) {
      if (typeof word.size === "number") {
        own--;
        ints[base + own] = word.size;
        ints[to] = at + own * 4;
      } else ints[to] = headerAt + Header[word.size.word] * 4;
    } else ints[to] = word.region.at + word.offset * 4;
  }
}

export { Form as forms };
