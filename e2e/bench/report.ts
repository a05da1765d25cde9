// What one run measured, which --json writes, and the arithmetic on it. Pure: no
// engine, no file, no clock.

import type { Figures, Product, Timing, Workload } from "./engine.ts";
import type { Machine } from "./machine.ts";

export interface Result {
  engine: string;
  detail: string;
  omits: string;
  /** Milliseconds of each step after warm-up, their median and minimum. */
  ms: number[];
  median: number;
  minimum: number;
  tokensPerSecond: number;
  loss: number;
  figures: Figures | null;
  /** Why there are no numbers. */
  failure: string | null;
}

export interface Measured {
  workload: Workload;
  batch: string;
  parameters: number;
  /** Parameters · 16 bytes, and the activations as the program lays them. */
  plannedBytes: number;
  results: Result[];
}

export interface Dispatched {
  model: string;
  layers: number;
  dispatches: number;
  /** Microseconds of JavaScript for each, the median of the steps. */
  scriptMicroseconds: number;
}

export interface ProductSpeed extends Product {
  model: string;
  /** How often a step makes it; 0 for those that only show what is possible. */
  times: number;
  /** GFLOP/s by engine. */
  speed: Record<string, number>;
}

/** The same batches of real texts, packed and padded. */
export interface Mix {
  texts: number;
  /** Mean tokens of a text. */
  mean: number;
  /** Tokens of text a second, medians of the steps. */
  packed: number;
  padded: number;
  ratio: number;
  /** Largest difference of the losses, step by step. */
  difference: number;
}

export interface MixResult extends Mix {
  set: string;
  what: string;
}

export interface Report {
  date: string;
  machine: Machine;
  adapter: string;
  software: boolean;
  workloads: Measured[];
  dispatched: Dispatched[];
  products: ProductSpeed[];
  lengths: MixResult[];
}

/** NaN for no numbers. */
export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2
    ? sorted[half]!
    : (sorted[half - 1]! + sorted[half]!) / 2;
}

export const tokensPerSecond = (
  { size, length }: Pick<Workload, "size" | "length">,
  ms: number,
): number => (1000 * size * length) / ms;

/** What the timed steps of one engine say together. */
export function summaryOf(
  workload: Pick<Workload, "size" | "length">,
  timings: Timing[],
): Pick<Result, "ms" | "median" | "minimum" | "tokensPerSecond" | "loss"> {
  const ms = timings.map((timing) => timing.ms);
  const middle = median(ms);
  return {
    ms,
    median: middle,
    minimum: Math.min(...ms),
    tokensPerSecond: tokensPerSecond(workload, middle),
    loss: timings.at(-1)!.loss,
  };
}

export const find = (
  report: Report,
  model: string,
  batch: string,
  engine: string,
): Result | undefined =>
  report.workloads
    .find((one) => one.workload.model === model && one.batch === batch)
    ?.results.find((one) => one.engine === engine && !one.failure);

/** Ours over theirs, by the medians; null where one is missing or theirs is hobbled. */
export function ratio(
  report: Report,
  model: string,
  batch: string,
  ours: string,
  theirs: string,
): number | null {
  const [a, b] = [ours, theirs].map((name) => find(report, model, batch, name));
  // PyTorch without a real BLAS is no measure of anything.
  if (!a || !b || /reference BLAS/.test(b.detail)) return null;
  return a.median / b.median;
}

/** Bytes an engine held at most, JavaScript's included, as a share of what the program plans. */
export const memoryShare = (
  { plannedBytes }: Pick<Measured, "plannedBytes">,
  { figures }: Pick<Result, "figures">,
): number | null =>
  figures && (figures.bytes + (figures.heap ?? 0)) / plannedBytes;

/** Multiplications and additions. */
export const flopsOf = ({ m, n, k }: Pick<Product, "m" | "n" | "k">): number =>
  2 * m * n * k;

/** GFLOP/s of the fastest product of any of these engines. */
export const best = (speeds: ProductSpeed[], engines: string[]): number =>
  Math.max(
    ...speeds.flatMap(({ speed }) => engines.map((name) => speed[name] ?? 0)),
  );

/** GFLOP/s of all products of a model's step: their arithmetic over their time. NaN for none. */
export function together(
  speeds: ProductSpeed[],
  model: string,
  engine: string,
): number {
  let flops = 0;
  let ms = 0;
  for (const product of speeds) {
    const speed = product.speed[engine];
    if (product.model !== model || !product.times || !speed) continue;
    flops += product.times * flopsOf(product);
    ms += (product.times * flopsOf(product)) / speed / 1e6;
  }
  return ms > 0 ? flops / ms / 1e6 : NaN;
}

/** One batch, trained both ways. */
export interface BothWays {
  /** Of text, without padding. */
  tokens: number;
  packed: { ms: number; loss: number };
  padded: { ms: number; loss: number };
}

/** The first `warm` steps count for tokens and losses, not for speed. */
export function mixOf(steps: BothWays[], texts: number, warm: number): Mix {
  const speed = (way: "packed" | "padded") =>
    median(
      steps.slice(warm).map((step) => (1000 * step.tokens) / step[way].ms),
    );
  const [packed, padded] = [speed("packed"), speed("padded")];
  return {
    texts,
    mean: steps.reduce((sum, { tokens }) => sum + tokens, 0) / texts,
    packed,
    padded,
    ratio: packed / padded,
    difference: Math.max(
      ...steps.map((step) => Math.abs(step.packed.loss - step.padded.loss)),
    ),
  };
}
