// The operations a program is made of, and how one is written down: 32 operands,
// the first its kind (kernels/operands.ts).

import type { Region } from "./arena";
import { Form, Header, Kind } from "../kernels/operands";
import { headerAt } from "./header";

export type KindName = keyof typeof Kind;

/** A matrix, or part of one, in a region: `offset` numbers in. */
export interface Place {
  region: Region;
  offset: number;
}

/** A size that is only known step by step: a number of the header, and the most it can be. */
export interface Count {
  header: keyof typeof Header;
  most: number;
}
export type Size = number | Count;

export const most = (size: Size): number =>
  typeof size === "number" ? size : size.most;

/** One operand: a whole number, a float, an address, or the address of a size. */
export type Operand =
  number | { float: number } | Place | { size: Size } | null;

export interface Operation {
  kind: KindName;
  /** What it does, for people. */
  label: string;
  operands: Record<number, Operand>;
  reads: Region[];
  writes: Region[];
  /** Multiplications and additions, at capacity. */
  flops: number;
}

export const operandCount = 32;
export const operationBytes = operandCount * 4;

/** Writes an operation to `at` (bytes). Sizes that never change are kept in its own last operands. */
export function encode(
  operation: Operation,
  at: number,
  ints: Int32Array,
  floats: Float32Array,
): void {
  const base = at / 4;
  ints.fill(0, base, base + operandCount);
  ints[base] = Kind[operation.kind];
  let own = operandCount;
  for (const [key, operand] of Object.entries(operation.operands)) {
    const to = base + Number(key);
    if (operand === null) continue;
    if (typeof operand === "number") ints[to] = operand;
    else if ("float" in operand) floats[to] = operand.float;
    else if ("size" in operand) {
      if (typeof operand.size === "number") {
        own--;
        ints[base + own] = operand.size;
        ints[to] = at + own * 4;
      } else ints[to] = headerAt + Header[operand.size.header] * 4;
    } else ints[to] = operand.region.at + operand.offset * 4;
  }
}

export { Form as forms };
