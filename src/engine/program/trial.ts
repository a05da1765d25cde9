// A worker for tests: trains as told on the CPU executor, threads and all, which
// a page itself may not do (it must not wait).

import { type Capacity, type Config, record, type Task } from "../program";
import type { Batch } from "./batch";
import { createInBrowser } from "./browser";
import type { Optimizer } from "./step";

export interface Trial {
  config: Config;
  task: Partial<Task>;
  capacity: Capacity;
  parameters: Map<string, Float32Array>;
  batch: Batch;
  optimizer: Optimizer;
  threads: number;
  /** Whether to multiply and add in one go; as the engine can, unless given. */
  relaxed?: boolean;
  steps: number;
}
export interface TrialResult {
  losses: number[];
  /** Of each step. */
  ms: number[];
  parameters: Float32Array;
}

self.onmessage = async ({ data }: MessageEvent<Trial>) => {
  const { config, task, capacity, batch, threads, steps } = data;
  const program = record(config, task, capacity);
  const executor = await createInBrowser(program, threads, data.relaxed);
  for (const [name, values] of data.parameters)
    executor.parameter(name).set(values);
  executor.setSeed(5);
  const result: TrialResult = {
    losses: [],
    ms: [],
    parameters: new Float32Array(),
  };
  for (let i = 0; i < steps; i++) {
    const start = performance.now();
    result.losses.push(executor.train([batch], data.optimizer).loss);
    result.ms.push(performance.now() - start);
  }
  executor.flush();
  result.parameters = executor.region("parameters").slice();
  executor.close();
  self.postMessage(result);
};
