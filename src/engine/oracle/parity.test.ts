// The oracle against PyTorch; and the program against the oracle, dropout on: both
// draw the same masks.

import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { maxNorm, type Batch } from "../classifier";
import { openTensorFlow } from "../executors/tensorflow";
import { expectParity, fixtureBert, measureParity } from "../fixtures/parity";
import {
  smallBatch,
  smallConfig,
  smallLabels,
  smallTraining,
  tenLosses,
} from "../fixtures/small";
import { readConfig } from "../model/config";
import { startingWeights } from "../model/parameters";
import { readSafetensors } from "../model/weights";
import { record } from "../program";
import { createInNode } from "../program/node";
import { defaultOptimizer } from "../program/wasm";

const folder = "public/models/attune-tiny-en/";

test("agrees with PyTorch on the cpu backend", async () => {
  await tf.setBackend("cpu");
  const bert = fixtureBert(
    readFileSync(folder + "config.json", "utf8"),
    readSafetensors(readFileSync(folder + "model.safetensors"), "model"),
  );
  const parity = await measureParity(bert);
  bert.dispose();
  expectParity(parity);
  expect(tf.memory().numTensors).toBe(0);
});

const labels = 3;
const capacity = { tokens: 48, sequences: 4, length: 16 };
const config = readConfig(JSON.stringify(smallConfig));
const weights = startingWeights(config, new Map(), labels, {
  seed: 3,
  randomWeights: true,
});

interface Trained {
  dropout: number;
  seed: number;
  classWeights: Float32Array | null;
  weightDecay: number;
  learningRate: number;
}
const usual: Trained = {
  dropout: 0.1,
  seed: 7,
  classWeights: null,
  weightDecay: 0.01,
  learningRate: 5e-3,
};

/** A loss for each batch, of the recorded program in WebAssembly. */
async function programLosses(
  batches: Batch[],
  clsOnly: boolean,
  given: Trained = usual,
): Promise<number[]> {
  const job = { labels, clsOnly, dropout: given.dropout };
  const executor = await createInNode(
    record(config, job, { ...capacity, batches: 1 }),
  );
  for (const [name, { data }] of weights) executor.setParameter(name, data);
  executor.setSeed(given.seed);
  executor.weigh(given.classWeights);
  const { learningRate, weightDecay } = given;
  const losses = batches.map(
    (batch) =>
      executor.train([batch], {
        ...defaultOptimizer,
        learningRate,
        weightDecay,
        maxNorm,
      }).loss,
  );
  executor.close();
  return losses;
}

/** The same of the oracle. */
async function oracleLosses(
  batches: Batch[],
  given: Partial<Trained> = {},
): Promise<number[]> {
  const training = { ...usual, ...given };
  const judge = openTensorFlow({
    config,
    weights,
    head: "labels",
    labelCount: labels,
    capacity,
    training: { fineTune: "all layers", topLayers: 1, ...training },
  });
  for (const batch of batches) judge.train(batch, training.learningRate);
  const figures = await judge.figures();
  judge.dispose();
  return figures.map(({ loss }) => loss);
}

/** Ten batches of unequal lengths; of pairs, the second text is segment 1. */
const tenBatches = (pairs: boolean): Batch[] =>
  Array.from({ length: 10 }, (_, i) => {
    const lengths = Int32Array.of(16, 1 + i, 5, 13 - i);
    const ids = [...lengths].flatMap((n, b) =>
      Array.from({ length: n }, (_, t) => (7 * t * t + 5 * b + i) % 31),
    );
    const segments = [...lengths].flatMap((n) =>
      Array.from({ length: n }, (_, t) => +(pairs && 2 * t > n)),
    );
    return {
      size: 4,
      lengths,
      padded: 0,
      ids: Int32Array.from(ids),
      segments: Int32Array.from(segments),
      labels: Int32Array.of(i % 3, 1, 2, (2 * i) % 3),
    };
  });

const apart = (a: number[], b: number[]): number => {
  expect(a).toHaveLength(b.length);
  return Math.max(...a.map((x, i) => Math.abs(x - b[i]!)));
};

describe.each([
  ["texts", false],
  ["pairs", true],
])("Ten steps on %s with dropout 0.1", (_, pairs) => {
  const batches = tenBatches(pairs);

  test("lose what the oracle loses, by [CLS] only and by every row", async () => {
    await tf.setBackend("cpu");
    const expected = await oracleLosses(batches);
    for (const clsOnly of [true, false])
      expect(
        apart(await programLosses(batches, clsOnly), expected),
        clsOnly ? "[CLS] only" : "every row",
      ).toBeLessThan(1e-4);
    // Other masks would have shown.
    for (const other of [{ seed: 8 }, { dropout: 0 }])
      expect(
        apart(await oracleLosses(batches, other), expected),
      ).toBeGreaterThan(1e-2);
  });
});

test("The program repeats the ten losses that every backend repeats", async () => {
  const { size, tokens, ids, segments, lengths } = smallBatch;
  const batch: Batch = {
    ...{ size, ids, segments, lengths, padded: tokens },
    labels: smallLabels,
  };
  const { dropout, ...rest } = smallTraining;
  const losses = await programLosses(Array<Batch>(10).fill(batch), true, {
    ...rest,
    dropout: dropout.rate,
    seed: dropout.seed,
  });
  expect(apart(losses, tenLosses)).toBeLessThan(1e-4);
});
