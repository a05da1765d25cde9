// Matrix products as dispatches: at which tile, and which two are one because
// neither waits for the other.

import {
  type Form as FormName,
  type Tile,
  tileNamed,
  tiles,
} from "../../kernels/gemm/tiles";
import { gemmShader } from "../../kernels/gemm.wgsl";
import type { Sharing } from "../../kernels/prelude.wgsl";
import { Form, Gemm } from "../../kernels/operands";
import type { Region } from "../arena";
import { most, type Operation } from "../operations";
import {
  type Dispatch,
  dispatchOf,
  numberOf,
  sizeNumber,
  sizeOf,
} from "./dispatch";

/** What was measured of an adapter, or is to be taken as measured. Plain JSON. */
export interface Tuning {
  /** Vendor, architecture and description: of another adapter it says nothing. */
  adapter: string;
  /** Of the kernels that were measured: of others it says nothing either. */
  kernels: string;
  /** Threads that share a row, and whether products pass through shared memory. */
  sharing: Sharing;
  /** Name of the fastest tile for each class of product (`productClass`). */
  tiles: Record<string, string>;
}

const formOf = (operation: Operation): FormName =>
  Form[numberOf(operation, Gemm.form)] as FormName;

/** Classes of products of which one form's are measured apart. */
export const sizes = ["small", "few tiles", "many tiles"] as const;
export const className = (form: FormName, size: (typeof sizes)[number]) =>
  `${form}, ${size}`;

/**
 * Products of the same class run at the same tile. With few tiles of C, as of a
 * weight's gradient, large ones leave much of a GPU idle. Small products are over
 * before they can be told apart, and are not measured at all.
 */
export function productClass(operation: Operation): {
  name: string;
  measured: boolean;
} {
  const m = most(sizeOf(operation, Gemm.m));
  const n = numberOf(operation, Gemm.n);
  const size =
    operation.flops < 2 ** 21
      ? "small"
      : m * n < 2 ** 17
        ? "few tiles"
        : "many tiles";
  return {
    name: className(formOf(operation), size),
    measured: size !== "small",
  };
}

function tileOf(
  operation: Operation,
  { tiles: chosen, sharing }: Tuning,
): Tile {
  return (
    tileNamed(chosen[productClass(operation).name] ?? "") ??
    tiles.find(({ shared }) => shared === (sharing !== 1))!
  );
}

/** One product, or two of which the first is NN and the second TN. */
export function products(operations: Operation[], tuning: Tuning): Dispatch {
  operations.forEach(check);
  const used = operations.map((operation) => tileOf(operation, tuning));
  const wanted = operations.map(formOf);
  return dispatchOf(
    `${wanted.join(" and ")}, ${used.map(({ name }) => name).join(" and ")}`,
    gemmShader(wanted, used),
    operations,
    operations.map((operation, i) => ({
      tile: used[i]!,
      rows: sizeNumber(sizeOf(operation, Gemm.m)),
      columns: numberOf(operation, Gemm.n),
    })),
  );
}

export const inOrder = (pair: Operation[]): Operation[] =>
  pair.sort((a, b) => numberOf(a, Gemm.form) - numberOf(b, Gemm.form));

/** The product after `operations[at]` that can be done at the same time: one NN, the other TN. */
export function partner(
  operations: Operation[],
  at: number,
  done: Set<Operation>,
  tuning: Tuning,
): Operation | null {
  const first = operations[at]!;
  if (first.kind !== "gemm" || formOf(first) === "NT") return null;
  const tile = tileOf(first, tuning);
  for (let i = at + 1; i < Math.min(at + 4, operations.length); i++) {
    const other = operations[i]!;
    if (done.has(other) || other.kind !== "gemm") continue;
    const form = formOf(other);
    if (form === "NT" || form === formOf(first)) continue;
    const theirs = tileOf(other, tuning);
    if (
      theirs.shared !== tile.shared ||
      theirs.down * theirs.across !== tile.down * tile.across
    )
      continue;
    // It moves forward past what lies between, so must not touch any of it.
    const passed = operations.slice(at, i);
    if (passed.every((o) => independent(o, other))) return other;
  }
  return null;
}

/** Neither writes what the other reads or writes. */
function independent(a: Operation, b: Operation): boolean {
  const apart = (some: Region[], others: Region[]) =>
    some.every((x) =>
      others.every(
        (y) => x.at + 4 * x.size <= y.at || y.at + 4 * y.size <= x.at,
      ),
    );
  return (
    apart(a.writes, b.reads) &&
    apart(a.reads, b.writes) &&
    apart(a.writes, b.writes)
  );
}

/** What the shaders take for granted. */
function check(operation: Operation): void {
  const whole = (operand: number) => numberOf(operation, operand) % 4 === 0;
  if (
    !whole(Gemm.lda) ||
    !whole(Gemm.ldb) ||
    !whole(Gemm.ldc) ||
    (formOf(operation) === "NT" && most(sizeOf(operation, Gemm.k)) % 4)
  )
    throw new Error(
      `internal: ${operation.label} has rows that are not whole fours`,
    );
}
