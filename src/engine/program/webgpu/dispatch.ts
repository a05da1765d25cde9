// One dispatch: which shader, which operands, how many workgroups. Sizes that are only
// known batch by batch stay names of what the host keeps.

import type { Tile } from "../../kernels/gemm/tiles";
import { header, headerAt } from "../header";
import { type Operation, operandCount, type Size } from "../operations";

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
  operands: Int32Array;
  sizes: { operand: number; number: Number }[];
  counts: Count[];
  /** Groups = ⌈counts / this⌉ · heads. */
  together: number;
  heads: number;
}

export const headerNumber = (name: keyof typeof header): Number => ({
  at: headerAt / 4 + header[name],
});

export const sizeNumber = (size: Size): Number =>
  typeof size === "number" ? { value: size } : headerNumber(size.header);

/** The size that an operand is. */
export function sizeOf({ operands, label }: Operation, operand: number): Size {
  const value = operands[operand] ?? null;
  if (typeof value === "number") return value;
  if (value && "size" in value) return value.size;
  throw new Error(`internal: operand ${operand} of ${label} is no size`);
}

/** The whole number that an operand is; 0 where it has none. */
export function numberOf(
  { operands, label }: Operation,
  operand: number,
): number {
  const value = operands[operand] ?? 0;
  if (typeof value === "number") return value;
  throw new Error(`internal: operand ${operand} of ${label} is no number`);
}

export const count = (number: Number, times = 1, by = 1): Count => ({
  number,
  times,
  by,
});

/** A dispatch of these operations, with their operands. */
export function dispatchOf(
  name: string,
  code: string,
  operations: Operation[],
  counts: Count[],
  together = 1,
  heads = 1,
): Dispatch {
  const operands = new Int32Array(2 * operandCount);
  const floats = new Float32Array(operands.buffer);
  const sizes: Dispatch["sizes"] = [];
  operations.forEach((operation, i) => {
    for (const [key, operand] of Object.entries(operation.operands)) {
      const to = i * operandCount + Number(key);
      if (operand === null) continue;
      if (typeof operand === "number") operands[to] = operand;
      else if ("float" in operand) floats[to] = operand.float;
      else if ("size" in operand)
        sizes.push({ operand: to, number: sizeNumber(operand.size) });
      else operands[to] = operand.region.at + operand.offset * 4;
    }
  });
  return { name, code, operands: operands, sizes, counts, together, heads };
}
