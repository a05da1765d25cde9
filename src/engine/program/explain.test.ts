// Gradients of chosen logits with respect to what goes in, against differences of
// the logits: each use of a word is its embedding's share.

import { expect, it, test } from "vitest";
import { randomStream } from "../fixtures/random";
import { tinyCapacity, tinyConfig } from "../fixtures/tiny";
import { record, type Job, wordName } from "../program";
import type { Batch } from "./batch";
import { createInNode } from "./node";
import { defaultOptimizer, type WasmExecutor } from "./wasm";

const H = tinyConfig.hidden_size;

async function open(job: Partial<Job>): Promise<WasmExecutor> {
  const asked = { labels: 3, dropout: 0.3, explains: true, ...job };
  const executor = await createInNode(
    record(tinyConfig, asked, tinyCapacity),
    1,
  );
  executor.setSeed(5);
  const random = randomStream(9);
  for (const { name, size } of executor.program.parameters.values())
    executor.setParameter(
      name,
      Float32Array.from({ length: size }, () => 1.4 * random() - 0.7),
    );
  return executor;
}

const lengths = [5, 1, 7];
/** Word 3 comes in two texts, and twice in one of them. */
const ids = [2, 3, 7, 3, 11, 4, 3, 5, 6, 7, 8, 9, 10];
const batchOf = (chosen: Float32Array, kind: Job["kind"]): Batch => ({
  size: 3,
  lengths: Int32Array.from(lengths),
  padded: 0,
  ids: Int32Array.from(ids),
  segments: Int32Array.from(ids, (_, i) => (i > 8 ? 1 : 0)),
  chosen,
  labels: new Int32Array(kind === "tokens" ? ids.length : 3),
});

/** Σ logits · chosen, from predictions. */
function value(executor: WasmExecutor, batch: Batch): number {
  const logits = executor.predict(batch);
  let sum = 0;
  batch.chosen!.forEach((weight, i) => {
    sum += weight * logits[Math.floor(i / 3) * 4 + (i % 3)]!;
  });
  return sum;
}

it.each<Partial<Job>>([
  {},
  { clsOnly: false },
  { kind: "many labels" },
  { kind: "score" },
  { kind: "tokens", clsOnly: false },
  { train: 1 },
  { train: 0 },
  { denseEmbeddings: true },
])("%j: the gradients are those of differences", async (job) => {
  const executor = await open(job);
  const rows = job.kind === "tokens" ? ids.length : 3;
  const random = randomStream(4);
  const chosen = Float32Array.from({ length: 3 * rows }, () => random() - 0.5);
  const batch = batchOf(chosen, job.kind ?? "labels");
  const { gradients, inputs, logits } = executor.explain(batch);
  const found = gradients.slice(0, ids.length * H);
  const taken = inputs.slice();
  const scores = logits.slice(0, 4 * rows);
  const again = executor.predict(batch);
  // Rows are four long, and the fourth is nobody's.
  scores.forEach((x, i) => i % 4 < 3 && expect(again[i]).toBe(x));

  const words = executor.parameter(wordName);
  for (const word of [3, 11, 4])
    for (let h = 0; h < H; h++) {
      const uses = ids.flatMap((id, row) => (id === word ? [row] : []));
      const sum = uses.reduce((sum, row) => sum + found[row * H + h]!, 0);
      const before = words[word * H + h]!;
      const by = 1e-2;
      words[word * H + h] = before + by;
      const up = value(executor, batch);
      words[word * H + h] = before - by;
      const down = value(executor, batch);
      words[word * H + h] = before;
      expect(sum).toBeCloseTo((up - down) / (2 * by), 2);
    }
  const positions = executor.parameter(
    "bert.embeddings.position_embeddings.weight",
  );
  const types = executor.parameter(
    "bert.embeddings.token_type_embeddings.weight",
  );
  expect(taken[6 * H + 2]).toBeCloseTo(
    words[3 * H + 2]! + positions[0 * H + 2]! + types[2]!,
    5,
  );
});

it("leaves training as it is: nothing of it is remembered", async () => {
  const optimizer = { ...defaultOptimizer, learningRate: 1e-2 };
  const run = async (between: boolean) => {
    const executor = await open({ explains: true });
    const batch = batchOf(Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), "labels");
    return Array.from({ length: 6 }, () => {
      if (between) executor.explain(batch);
      return executor.train([batch], optimizer).loss;
    });
  };
  expect(await run(true)).toEqual(await run(false));
});

test("whoever does not explain pays nothing for it", () => {
  const plain = record(tinyConfig, { labels: 3 }, tinyCapacity);
  expect(plain.lists.explain).toEqual([]);
  const explaining = record(
    tinyConfig,
    { labels: 3, explains: true },
    tinyCapacity,
  );
  expect(explaining.lists.train.length).toBe(plain.lists.train.length);
  // It goes back without a product for any weight.
  const products = (program: typeof plain, list: "train" | "explain") =>
    program.lists[list].filter(({ label }) => label.includes("dW")).length;
  expect(products(explaining, "train")).toBeGreaterThan(5);
  expect(products(explaining, "explain")).toBe(0);
});
