// The program and its judge behind the same face, over every way of training.

import { beforeAll, describe, expect, test } from "vitest";
import { useBackend } from "./backends";
import { readConfig } from "./bert/config";
import { startingWeights } from "./bert/parameters";
import type { Batch, Classifier, Setup, Training } from "./classifier";
import { openProgram } from "./classifier/program";
import { openTensorFlow } from "./classifier/tensorflow";
import { createInNode } from "./program/node";
import type { Weights } from "./weights";

const config = readConfig(
  JSON.stringify({
    model_type: "bert",
    vocab_size: 60,
    hidden_size: 16,
    num_hidden_layers: 3,
    num_attention_heads: 2,
    intermediate_size: 28,
    max_position_embeddings: 20,
    initializer_range: 0.2,
  }),
);
const labelCount = 3;
const weights = startingWeights(config, new Map(), labelCount, {
  seed: 4,
  randomWeights: true,
});

const batchOf = (lengths: number[], salt: number): Batch => {
  const total = lengths.reduce((sum, n) => sum + n);
  return {
    size: lengths.length,
    lengths: Int32Array.from(lengths),
    padded: 0,
    ids: Int32Array.from({ length: total }, (_, i) => (i * i + salt) % 60),
    segments: Int32Array.from({ length: total }, (_, i) => i % 2),
    labels: Int32Array.from(lengths, (n) => (n + salt) % labelCount),
  };
};
const batches = [0, 1, 2, 3].map((i) => batchOf([5, 17, 1, 2 + i, 9], i));

const training: Training = {
  fineTune: "all layers",
  topLayers: 1,
  // The two draw other masks.
  dropout: 0,
  seed: 1,
  weightDecay: 0.1,
  classWeights: Float32Array.of(1, 3, 0.5),
};
const setup = (given: Partial<Training> | null): Setup => ({
  config,
  weights,
  labelCount,
  capacity: { sequences: 5, tokens: 40, length: 17 },
  training: given && { ...training, ...given },
});
const both = async (given: Partial<Training> | null) => [
  await openProgram(setup(given), (program) => createInNode(program, 2)),
  openTensorFlow(setup(given)),
];

/** The largest difference. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let i = 0; i < a.length; i++)
    most = Math.max(most, Math.abs(a[i]! - b[i]!));
  return most;
}
function weightsApart(a: Weights, b: Weights): number {
  expect([...a.keys()]).toEqual([...b.keys()]);
  return Math.max(
    ...[...a].map(([name, { shape, data }]) => {
      expect(shape).toEqual(b.get(name)!.shape);
      // Softmax does not see a key's bias: its gradient is rounding alone, which
      // Adam turns into full steps of either sign.
      if (name.endsWith("key.bias")) return 0;
      return apart(data, b.get(name)!.data);
    }),
  );
}

async function trainOn(classifier: Classifier, headOnly: boolean) {
  for (let step = 0; step < 8; step++) {
    const batch = batches[step % batches.length]!;
    classifier.train(
      headOnly ? { ...batch, features: await classifier.encode(batch) } : batch,
      5e-3,
    );
  }
  return await classifier.figures();
}

beforeAll(() => useBackend("cpu"));

describe.each(["all layers", "top layers", "head only"] as const)(
  "Training of %s",
  (fineTune) => {
    test("gives the oracle's losses, norms, logits, attention and weights", async () => {
      const [ours, oracle] = (await both({ fineTune })) as [
        Classifier,
        Classifier,
      ];
      const headOnly = fineTune === "head only";
      const [our, theirs] = [
        await trainOn(ours, headOnly),
        await trainOn(oracle, headOnly),
      ];
      expect(our.length).toBe(8);
      const losses = theirs.map(({ loss }) => loss);
      expect(Math.max(...losses) - Math.min(...losses)).toBeGreaterThan(0.1);
      expect(
        apart(
          our.map(({ loss }) => loss),
          losses,
        ),
      ).toBeLessThan(1e-4);
      expect(
        apart(
          our.map(({ norm }) => norm),
          theirs.map(({ norm }) => norm),
        ),
      ).toBeLessThan(2e-3);
      for (const batch of batches)
        expect(
          apart(await ours.predict(batch), await oracle.predict(batch)),
        ).toBeLessThan(1e-3);
      const watched = batchOf([11], 5);
      const [a, b] = [await ours.attend(watched), await oracle.attend(watched)];
      expect(a.weights.length).toBe(3 * 2 * 11 * 11);
      expect(apart(a.weights, b.weights)).toBeLessThan(1e-4);
      expect(apart(a.logits, b.logits)).toBeLessThan(1e-3);
      expect(weightsApart(await ours.read(), await oracle.read())).toBeLessThan(
        1e-3,
      );
      ours.dispose();
      oracle.dispose();
    });
  },
);

test("Features scored by the head are what the whole model predicts", async () => {
  for (const classifier of await both({ fineTune: "head only" })) {
    const batch = batches[0]!;
    const features = await classifier.encode(batch);
    expect(features.length).toBe(5 * 16);
    expect(
      apart(await classifier.score(features), await classifier.predict(batch)),
    ).toBeLessThan(1e-5);
    classifier.dispose();
  }
});

test("What was kept comes back", async () => {
  for (const classifier of await both({})) {
    await trainOn(classifier, false);
    classifier.keep();
    const kept = await classifier.read();
    await trainOn(classifier, false);
    expect(weightsApart(await classifier.read(), kept)).toBeGreaterThan(1e-3);
    classifier.restore();
    expect(weightsApart(await classifier.read(), kept)).toBe(0);
    classifier.dispose();
  }
});

test("One that was opened for reading returns the weights it was given", async () => {
  for (const classifier of await both(null)) {
    expect(weightsApart(await classifier.read(), weights)).toBe(0);
    expect((await classifier.predict(batches[0]!)).length).toBe(5 * labelCount);
    expect(classifier.bytes).toBeGreaterThan(0);
    classifier.dispose();
  }
});

test("A model whose heads are no multiple of four is refused with what to do", async () => {
  const odd = { ...config, hidden_size: 12 };
  await expect(
    openProgram(
      {
        ...setup(null),
        config: odd,
        weights: startingWeights(odd, new Map(), labelCount, {
          seed: 1,
          randomWeights: true,
        }),
      },
      (program) => createInNode(program),
    ),
  ).rejects.toThrow(
    'The model\'s head size is 6; the engine computes in multiples of 4. Choose "cpu" under "Run on", or another model.',
  );
});
