// A run that was stopped and taken up elsewhere is, to the bit, the run that never stopped.

import { describe, expect, it, test } from "vitest";
import { randomStream } from "../fixtures/random";
import { tinyCapacity, tinyConfig } from "../fixtures/tiny";
import { record, type Job } from "../program";
import type { Batch } from "./batch";
import { createInNode } from "./node";
import { defaultOptimizer, type WasmExecutor } from "./wasm";

async function open(job: Partial<Job>, labels = 3): Promise<WasmExecutor> {
  const program = record(
    tinyConfig,
    { labels, dropout: 0.1, ...job },
    tinyCapacity,
  );
  const executor = await createInNode(program, 1);
  executor.setSeed(5);
  return executor;
}

function initialise(executor: WasmExecutor): void {
  const random = randomStream(3);
  for (const { name, size } of executor.program.parameters.values())
    executor.setParameter(
      name,
      Float32Array.from({ length: size }, () => random() - 0.5),
    );
}

/** Different words in each, so that rows of the embeddings owe many steps. */
function batch(step: number): Batch {
  const random = randomStream(100 + step);
  const lengths = Int32Array.of(3 + (step % 7), 5, 1);
  const rows = lengths.reduce((sum, n) => sum + n, 0);
  return {
    size: 3,
    lengths,
    padded: 0,
    ids: Int32Array.from({ length: rows }, () => Math.floor(random() * 61)),
    segments: Int32Array.from({ length: rows }, () => Math.round(random())),
    labels: Int32Array.of(step % 3, 1, 2),
  };
}

const weights = Float32Array.of(1, 2, 0.5);
function steps(executor: WasmExecutor, from: number, to: number): number[] {
  const losses: number[] = [];
  for (let step = from; step < to; step++) {
    const learningRate = 1e-2 / (1 + step);
    const optimizer = { ...defaultOptimizer, learningRate };
    losses.push(executor.train([batch(step)], optimizer).loss);
  }
  return losses;
}

describe.each<[string, Partial<Job>]>([
  ["all layers, owed updates", {}],
  ["all layers, dense", { denseEmbeddings: true }],
  ["the top layer", { train: 1 }],
])("%s", (_, job) => {
  it("goes on to the bit as if it had never stopped", async () => {
    const whole = await open(job);
    initialise(whole);
    whole.weigh(weights);
    steps(whole, 0, 3);
    whole.keep();
    steps(whole, 3, 9);
    const state = structuredClone(whole.save());
    const losses = steps(whole, 9, 20);

    const other = await open(job);
    other.resume(state);
    other.setSeed(5);
    other.weigh(weights);
    expect(other.step).toBe(9);
    expect(steps(other, 9, 20)).toEqual(losses);
    expect(other.readParameters()).toEqual(whole.readParameters());
    whole.restore();
    other.restore();
    expect(other.readParameters()).toEqual(whole.readParameters());
  });
});

it("can be saved without anything changing", async () => {
  const saved = await open({});
  const plain = await open({});
  for (const executor of [saved, plain]) {
    initialise(executor);
    steps(executor, 0, 4);
  }
  const first = saved.save();
  expect(saved.save()).toEqual(first);
  expect(steps(saved, 4, 8)).toEqual(steps(plain, 4, 8));
  expect(saved.save()).not.toEqual(first);
});

it("needs the moments: parameters alone go elsewhere", async () => {
  const whole = await open({});
  initialise(whole);
  steps(whole, 0, 5);
  const state = whole.save();
  for (const name of ["moments1", "moments2"]) state.regions.get(name)!.fill(0);
  const other = await open({});
  other.resume(state);
  expect(steps(other, 5, 9)).not.toEqual(steps(whole, 5, 9));
});

test("a state of another program is refused", async () => {
  const state = (await open({})).save();
  const other = await open({}, 40);
  expect(() => other.resume(state)).toThrow(
    /^internal: a state with \d+ words of parameters where there are \d+$/,
  );
});
