// What the benchmark asks of every engine, wherever it runs. Everything here can
// cross a thread or a process, because most engines are behind one.

import type { Config } from "../../src/engine/program.ts";

/** One shape of model and batch; every engine trains all of it unless it says otherwise. */
export interface Workload {
  model: string;
  config: Config;
  /** Sequences in a batch, and tokens in each. */
  size: number;
  length: number;
  labels: number;
  /** Threads an engine on the processor may use. */
  threads: number;
}

export interface Opened {
  /** Device, threads, library: what the numbers depend on. */
  detail: string;
  /** What this engine leaves out of the step; empty when nothing. */
  omits: string;
}

export interface Timing {
  /** From having the batch to having the loss. */
  ms: number;
  /** Of that, until JavaScript had nothing left to do; null where it is not JavaScript that drives. */
  scriptMs: number | null;
  loss: number;
}

export interface Figures {
  /** Dispatches of one step; null where nothing is dispatched. */
  dispatches: number | null;
  /** Most bytes held at once: WebAssembly memory, GPU buffers, or a process. */
  bytes: number;
  /** Of the same, for people: "WebAssembly memory". */
  bytesOf: string;
  /** JavaScript heap beside it; null where it cannot be known. */
  heap: number | null;
}

/** C[m, n] = A · B over k. Which of the two lies transposed: NT as in x·Wᵀ, TN as in dyᵀ·x. */
export interface Product {
  form: "NT" | "NN" | "TN";
  m: number;
  n: number;
  k: number;
}

export interface Engine {
  open(workload: Workload): Promise<Opened>;
  /** So many steps, one after the other, each on another batch. */
  steps(count: number): Promise<Timing[]>;
  figures(): Promise<Figures>;
  /** Milliseconds of one product; null where it cannot be run by itself. */
  product(shape: Product): Promise<number | null>;
  close(): Promise<void>;
}

export const learning = {
  rate: 5e-5,
  weightDecay: 0.01,
  maxNorm: 1,
  dropout: 0.1,
};

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
