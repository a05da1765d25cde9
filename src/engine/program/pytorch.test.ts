// The fixture: PyTorch's logits, attention, gradients and ten losses.

import { describe, expect, it } from "vitest";
import { record, type Job } from "../program";
import { createInNode } from "./node";
import { expectGradients } from "../fixtures/gradients";
import { config, fixture, fixtureBatch, loadOracle } from "../fixtures/bundled";
import { defaultOptimizer } from "./wasm";

const capacity = { tokens: 128, sequences: 4, length: 32, batches: 1 };
const open = async (job: Partial<Job> = {}, threads = 1) => {
  const program = record(config, { labels: 3, dropout: 0, ...job }, capacity);
  const executor = await createInNode(program, threads);
  loadOracle(executor);
  return executor;
};
const worst = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let i = 0; i < a.length; i++)
    most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
};
const unpad = (logits: Float32Array, rows: number, cols: number) => {
  const ld = Math.ceil(cols / 4) * 4;
  return Array.from({ length: rows }, (_, r) =>
    Array.from(logits.subarray(r * ld, r * ld + cols)),
  ).flat();
};

describe.each([
  ["packed, [CLS] only", false, true],
  ["packed, every row", false, false],
  ["padded, [CLS] only", true, true],
  ["padded, every row", true, false],
])("The program, %s,", (_, padded, clsOnly) => {
  const batch = fixtureBatch(padded);

  it("gives PyTorch's logits to 1e-4", async () => {
    const executor = await open({ clsOnly });
    const logits = unpad(executor.predict(batch), 4, 3);
    expect(worst(logits, fixture.logits)).toBeLessThan(1e-4);
    executor.close();
  });

  it("gives PyTorch's attention to 1e-5", async () => {
    const executor = await open({ clsOnly });
    const { attention } = executor.watch(batch);
    const n = batch.lengths[0]!;
    const [L, A, T] = fixture.attention.shape;
    let most = 0;
    for (let l = 0; l < L; l++)
      for (let a = 0; a < A; a++)
        for (let q = 0; q < n; q++)
          for (let k = 0; k < n; k++) {
            const ours = attention[l]![(a * (padded ? T : n) + q) * n + k]!;
            const theirs =
              fixture.attention.values[((l * A + a) * T + q) * T + k];
            most = Math.max(most, Math.abs(ours - theirs));
          }
    expect(most).toBeLessThan(1e-5);
    executor.close();
  });

  it("gives PyTorch's loss and gradients to 1e-3 of their size", async () => {
    const executor = await open({ clsOnly, denseEmbeddings: true });
    expect(executor.accumulate([batch])).toBeCloseTo(fixture.loss, 4);
    expectGradients(fixture, (name) => executor.gradient(name));
    executor.close();
  });

  it.each([true, false])(
    "gives PyTorch's ten losses to 1e-3 (dense embeddings: %s)",
    async (denseEmbeddings) => {
      const executor = await open({ clsOnly, denseEmbeddings });
      const optimizer = {
        ...defaultOptimizer,
        learningRate: fixture.adamw.learning_rate,
      };
      const losses = fixture.adamw.losses.map(
        () => executor.train([batch], optimizer).loss,
      );
      expect(worst(losses, fixture.adamw.losses)).toBeLessThan(1e-3);
      const after = unpad(executor.predict(batch), 4, 3);
      expect(worst(after, fixture.adamw.logits_after)).toBeLessThan(5e-3);
      executor.close();
    },
  );
});
