// Our own executors as engines of the benchmark: in Node and in a browser alike.

import { Form, Gemm } from "../../src/engine/kernels/operands.ts";
import { type Program, record } from "../../src/engine/program.ts";
import {
  most,
  type Operation,
  type Size,
} from "../../src/engine/program/operations.ts";
import type { Executor } from "../../src/engine/program/executor.ts";
import { defaultOptimizer } from "../../src/engine/program/step.ts";
import {
  type Engine,
  learning,
  type Product,
  type Timing,
  type Workload,
} from "./engine.ts";
import { firstValues, randomBatch, randomFrom } from "./workloads.ts";

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

export const flopsOf = ({ m, n, k }: Product): number => 2 * m * n * k;

/** Where an engine's numbers come from besides its steps. */
export interface Place<E> {
  detail(executor: E): string;
  /** Since the last call. */
  dispatches(): number | null;
  bytes(executor: E): number;
  bytesOf: string;
  heap(): number | null;
  /** Runs one operation of the training list so often; resolves when it is done. */
  runOne(executor: E, index: number, times: number): Promise<void>;
}

/** Milliseconds of one operation: the fastest of four rounds of at least 15 ms, as PyTorch's products are timed. */
export async function timeOf(
  run: (times: number) => Promise<void>,
): Promise<number> {
  let best = Infinity;
  let times = 1;
  for (let rounds = 0; rounds < 4;) {
    const start = performance.now();
    await run(times);
    const took = performance.now() - start;
    if (took < 15 && times < 10_000)
      times = Math.ceil(times * Math.min(10, 20 / took));
    else {
      best = Math.min(best, took / times);
      rounds++;
    }
  }
  return best;
}

/** What a step needs of an executor. */
type Trains = Pick<
  Executor,
  "program" | "setParameter" | "setSeed" | "train" | "close"
>;

export function ours<E extends Trains>(
  create: (program: Program, workload: Workload) => Promise<E>,
  place: Place<E>,
): Engine {
  let executor: E;
  let workload: Workload;
  let dispatches: number | null = null;
  const random = randomFrom(2);
  return {
    async open(asked) {
      workload = asked;
      executor = await create(recordFor(workload), workload);
      setFirstValues(executor);
      executor.setSeed(5);
      return { detail: place.detail(executor), omits: "" };
    },
    async steps(count) {
      const timings: Timing[] = [];
      for (let i = 0; i < count; i++) {
        const batches = [randomBatch(workload, random)];
        place.dispatches();
        const start = performance.now();
        const later = executor.train(batches, optimizer);
        const scriptMs = performance.now() - start;
        const { loss } = await later;
        const ms = performance.now() - start;
        dispatches = place.dispatches();
        timings.push({ ms, scriptMs, loss });
      }
      return timings;
    },
    async figures() {
      return {
        dispatches,
        bytes: place.bytes(executor),
        bytesOf: place.bytesOf,
        heap: place.heap(),
      };
    },
    async product(shape) {
      const index = indexOf(executor.program, shape);
      if (index < 0) return null;
      return timeOf((times) => place.runOne(executor, index, times));
    },
    async close() {
      executor.close();
    },
  };
}
