// The operations a program is made of, and how one is written down: 32 words,
// the first its kind. The words are those the kernels read (assembly/*.ts).

import type { Region } from "./arena";
import { header, headerAt } from "./header";

export const kinds = {
  gemm: 1,
  attention: 2,
  attentionBackward: 3,
  norm: 4,
  normBackward: 5,
  embed: 6,
  embedBackward: 7,
  gather: 8,
  scatter: 9,
  clear: 10,
  loss: 11,
  gradientNorm: 12,
  adamw: 13,
  catchUp: 15,
} as const;
export type Kind = keyof typeof kinds;

/** A matrix, or part of one, in a region: `offset` words in. */
export interface Place {
  region: Region;
  offset: number;
}

/** A size that is only known step by step: a word of the header, and the most it can be. */
export interface Count {
  word: keyof typeof header;
  most: number;
}
export type Size = number | Count;

export const most = (size: Size): number =>
  typeof size === "number" ? size : size.most;

/** One word: a whole number, a float, an address, or the address of a size. */
export type Word = number | { float: number } | Place | { size: Size } | null;

export interface Operation {
  kind: Kind;
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

/** GEMM: what is done to C while it is in the cache. */
export const epilogues = {
  none: 0,
  bias: 1,
  activation: 2,
  residual: 3,
  multiply: 4,
  add: 5,
  tanh: 6,
  tanhBackward: 7,
  dropout: 8,
} as const;
export const forms = { NT: 0, NN: 1, TN: 2 } as const;

/** Writes an operation to `at` (bytes). Sizes that never change are kept in its own last words. */
export function encode(
  operation: Operation,
  at: number,
  ints: Int32Array,
  floats: Float32Array,
): void {
  const base = at / 4;
  ints.fill(0, base, base + operationWords);
  ints[base] = kinds[operation.kind];
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
      } else ints[to] = headerAt + header[word.size.word] * 4;
    } else ints[to] = word.region.at + word.offset * 4;
  }
}
