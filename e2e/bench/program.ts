// What the benchmark takes from our recorded program: the step, its plan and its products.

import { Form, Gemm } from "../../src/engine/kernels/operands.ts";
import { type Program, record } from "../../src/engine/program.ts";
import {
  most,
  type Operation,
  type Size,
} from "../../src/engine/program/operations.ts";
import type { Executor } from "../../src/engine/program/executor.ts";
import { defaultOptimizer } from "../../src/engine/program/step.ts";
import { learning, type Product, type Workload } from "./engine.ts";
import { firstValues, randomFrom } from "./workloads.ts";

export const optimizer = {
  ...defaultOptimizer,
  learningRate: learning.rate,
  weightDecay: learning.weightDecay,
  maxNorm: learning.maxNorm,
};

export const recordFor = ({ config, labels, size, length }: Workload) =>
  record(
    config,
    { labels, dropout: learning.dropout },
    { tokens: size * length, sequences: size, length, batches: 1 },
  );

/** What a step needs of an executor. */
export type Trains = Pick<
  Executor,
  "program" | "setParameter" | "setSeed" | "train" | "close"
>;

export function setFirstValues(executor: Trains): void {
  const random = randomFrom(1);
  for (const { name, size } of executor.program.parameters.values())
    executor.setParameter(name, firstValues(name, size, random));
}

const sizeOf = (operand: Operation["operands"][number] | undefined): number =>
  typeof operand === "number"
    ? operand
    : operand && "size" in operand
      ? most(operand.size as Size)
      : 0;

/** The products of a step, and how often each is made. */
export function productsOf(program: Program): (Product & { times: number })[] {
  const found = new Map<string, Product & { times: number }>();
  for (const operation of program.lists.train) {
    if (operation.kind !== "gemm") continue;
    const product = productOf(operation);
    const key = JSON.stringify(product);
    const known = found.get(key) ?? { ...product, times: 0 };
    known.times++;
    found.set(key, known);
  }
  return [...found.values()];
}

function productOf({ operands }: Operation): Product {
  const size = (operand: Gemm) => sizeOf(operands[operand]);
  return {
    form: Form[operands[Gemm.form] as Form] as Product["form"],
    m: size(Gemm.m),
    n: size(Gemm.n),
    k: size(Gemm.k),
  };
}

/** The operation of the training list that makes this product; -1 where none does. */
export const indexOf = (program: Program, product: Product): number =>
  program.lists.train.findIndex(
    (operation) =>
      operation.kind === "gemm" &&
      JSON.stringify(productOf(operation)) === JSON.stringify(product),
  );

export function planOf(program: Program): {
  parameters: number;
  plannedBytes: number;
} {
  const all = [...program.parameters.values()];
  const parameters = all.reduce((sum, { size }) => sum + size, 0);
  const fixed = Math.max(
    ...[...program.regions.values()].map(({ at, size }) => at + 4 * size),
  );
  return { parameters, plannedBytes: 16 * parameters + (program.end - fixed) };
}
