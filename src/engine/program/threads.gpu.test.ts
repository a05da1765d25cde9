// The CPU executor as the product runs it: in a worker, with helping threads.

import { expect, it } from "vitest";
import { record } from "../program";
import { hasRelaxedSimd } from "./relaxed";
import { defaultOptimizer } from "./step";
import type { Trial, TrialResult } from "../fixtures/trial";

const run = (trial: Trial): Promise<TrialResult> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(
      new URL("../fixtures/trial.ts", import.meta.url),
      {
        type: "module",
      },
    );
    worker.onmessage = ({ data }: MessageEvent<TrialResult>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(trial);
  });

/** 2 layers of 128, 16 texts of 64 tokens. */
function tiny(threads: number, steps: number): Trial {
  const config = {
    vocab_size: 8192,
    hidden_size: 128,
    num_hidden_layers: 2,
    num_attention_heads: 2,
    intermediate_size: 512,
    hidden_act: "gelu" as const,
    max_position_embeddings: 512,
    type_vocab_size: 2,
    layer_norm_eps: 1e-12,
  };
  const capacity = { tokens: 1024, sequences: 16, length: 64, batches: 1 };
  const job = { labels: 6 };
  const parameters = new Map<string, Float32Array>();
  let seed = 1;
  for (const { name, size } of record(
    config,
    job,
    capacity,
  ).parameters.values())
    parameters.set(
      name,
      Float32Array.from({ length: size }, () => {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        if (name.endsWith("LayerNorm.weight")) return 1;
        return name.endsWith("bias") ? 0 : 0.07 * (seed / 2 ** 32 - 0.5);
      }),
    );
  return {
    config,
    job,
    capacity,
    parameters,
    batch: {
      size: 16,
      lengths: new Int32Array(16).fill(64),
      padded: 0,
      ids: Int32Array.from({ length: 1024 }, (_, i) => (i * 7919) % 8192),
      segments: new Int32Array(1024),
      labels: Int32Array.from({ length: 16 }, (_, i) => i % 6),
    },
    optimizer: { ...defaultOptimizer, learningRate: 1e-3 },
    threads,
    steps,
  };
}

it("One, two and three threads in a worker give the same bits", async () => {
  const one = await run(tiny(1, 16));
  expect(one.losses.at(-1)!).toBeLessThan(0.8 * one.losses[0]!);
  const median = (ms: number[]) =>
    [...ms].sort((a, b) => a - b)[ms.length >> 1]!;
  const times = [
    `1: ${median(one.ms).toFixed(1)} ms, best ${Math.min(...one.ms).toFixed(1)}`,
  ];
  for (const threads of [2, 3]) {
    const several = await run(tiny(threads, 16));
    expect(several.losses).toEqual(one.losses);
    const same = several.parameters.every((x, i) => x === one.parameters[i]);
    expect(same).toBe(true);
    times.push(
      `${threads}: ${median(several.ms).toFixed(1)} ms, best ${Math.min(...several.ms).toFixed(1)}`,
    );
  }
  console.log(`tiny 16×64, threads: median per step\n${times.join("\n")}`);
});

it("Rounding once or twice gives the same losses, and this browser rounds once", async () => {
  expect(hasRelaxedSimd()).toBe(true);
  const once = await run({ ...tiny(1, 10), relaxed: true });
  const twice = await run({ ...tiny(1, 10), relaxed: false });
  once.losses.forEach((loss, i) =>
    expect(loss).toBeCloseTo(twice.losses[i]!, 4),
  );
});
