// The contrastive losses against PyTorch (fixtures/sentence/make.py) and against
// differences, and the embeddings' head against what PyTorch makes of the same
// encoder, gradient by gradient and step by step.

import { beforeAll, describe, expect, test } from "vitest";
import {
  furthest,
  headBatch,
  headCases,
  headConfig,
  headOptimizer,
} from "../fixtures/heads";
import { normalish, randomStream } from "../fixtures/random";
import json from "../fixtures/sentence/sentence.json";
import type { Classifier, Setup } from "../classifier";
import { openProgram } from "../executors/program";
import { openTensorFlow } from "../executors/tensorflow";
import type { Weights } from "../model/weights";
import { parameterShapes } from "../model/parameters";
import { useBackend } from "../oracle/backends";
import { record } from "../program";
import { createInNode } from "../program/node";
import { cosineLoss, supervisedLoss, type PairLoss } from "./pairs";

const losses: Record<string, PairLoss> = {
  cosine: cosineLoss,
  supervised: supervisedLoss(json.temperature),
};
const { labels } = json;
const [anyHead] = headCases;
const batchOf = (padded: boolean) => {
  const { labels: _, ...batch } = headBatch(anyHead!, padded);
  return batch;
};
const H = headConfig.hidden_size;

const openers: [string, (setup: Setup) => Promise<Classifier>][] = [
  ["WebAssembly", (s) => openProgram(s, (p) => createInNode(p, 1))],
  ["TensorFlow.js", (s) => Promise.resolve(openTensorFlow(s))],
];

describe.each(json.cases)("$name", ({ name, ...expected }) => {
  const loss = losses[name]!;

  test("loss and gradient are PyTorch's", () => {
    const found = loss(Float32Array.from(expected.embeddings), labels);
    expect(found.loss).toBeCloseTo(expected.loss, 6);
    expect(furthest(found.gradient, expected.dEmbeddings)).toBeLessThan(1e-6);
  });

  test("the gradient is that of differences, for more texts and labels", () => {
    const random = randomStream(3);
    const many = Float32Array.from({ length: 9 * 5 }, () => normalish(random));
    const theirs = [0, 1, 2, 0, 1, 2, 3, 0, 0];
    const { gradient } = loss(many, theirs);
    for (const at of [0, 7, 18, 31, 44]) {
      const by = 1e-2;
      const moved = (to: number) => {
        const copy = many.slice();
        copy[at]! += to;
        return loss(copy, theirs).loss;
      };
      expect(gradient[at]).toBeCloseTo((moved(by) - moved(-by)) / (2 * by), 3);
    }
  });

  test("texts without a companion, and alone, give numbers", () => {
    const one = Float32Array.of(1, 0, 0, 1);
    for (const given of [[0], [0, 1]]) {
      const found = loss(one.slice(0, 2 * given.length), given);
      expect(found.loss).toBeCloseTo(0, 12);
      found.gradient.forEach((x) => expect(Number.isFinite(x)).toBe(true));
    }
    const nothing = loss(new Float32Array(4), [0, 0]);
    nothing.gradient.forEach((x) => expect(x).toBe(0));
  });

  test.each([
    { padded: false, clsOnly: true, threads: 1 },
    { padded: false, clsOnly: false, threads: 2 },
    { padded: true, clsOnly: false, threads: 1 },
    { padded: true, clsOnly: true, threads: 2 },
  ])(
    "PyTorch's embeddings and gradients of what learns: %j",
    async ({ padded, clsOnly, threads }) => {
      const program = record(
        headConfig,
        { kind: "sentence", dropout: 0, denseEmbeddings: true, clsOnly },
        { tokens: 32, sequences: 4, length: 8, batches: 1 },
      );
      const executor = await createInNode(program, threads);
      for (const [name, { data }] of weights())
        executor.setParameter(name, data);
      const batch = batchOf(padded);
      const embeddings = executor.predict(batch).slice(0, 4 * H);
      expect(furthest(embeddings, expected.embeddings)).toBeLessThan(1e-5);
      const chosen = loss(embeddings, labels).gradient;
      executor.accumulate([{ ...batch, chosen }]);
      expect([...program.gradients.keys()].sort()).toEqual(
        expected.gradients.map(({ name }) => name).sort(),
      );
      for (const { name, values } of expected.gradients) {
        const size = Math.max(...values.map(Math.abs));
        expect(furthest(executor.gradient(name), values), name).toBeLessThan(
          1e-5 * size + 2e-6,
        );
      }
      executor.close();
    },
  );

  test.each(openers)("%s: PyTorch's ten losses", async (_, open) => {
    const classifier = await open(setup("all layers"));
    const found: number[] = [];
    for (let step = 0; step < 10; step++) {
      const embeddings = await classifier.predict(batchOf(false));
      const { loss: now, gradient } = loss(embeddings, labels);
      found.push(now);
      classifier.pull(batchOf(false), gradient, headOptimizer.learningRate);
    }
    expect(furthest(found, expected.losses)).toBeLessThan(5e-5);
    const before = weights();
    const after = await classifier.read();
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    for (const [name, { data }] of after)
      expect(furthest(data, before.get(name)!.data) === 0, name).toBe(
        name.startsWith("bert.encoder.layer.1."),
      );
    classifier.dispose();
  });
});

test("top layers are counted below the one that rests", async () => {
  const deeper = { ...headConfig, num_hidden_layers: 3 };
  const { gradients } = record(
    deeper,
    { kind: "sentence", train: 1 },
    { tokens: 32, sequences: 4, length: 8, batches: 1 },
  );
  const layers = [...gradients.keys()].map((name) => name.split(".")[3]);
  expect(new Set(layers)).toEqual(new Set(["1"]));
});

test("top layers train as the judge trains them", async () => {
  const reached = await Promise.all(
    openers.map(async ([, open]) => {
      const classifier = await open(setup("top layers"));
      for (let step = 0; step < 4; step++) {
        const embeddings = await classifier.predict(batchOf(false));
        const { gradient } = cosineLoss(embeddings, labels);
        classifier.pull(batchOf(false), gradient, 1e-2);
      }
      const after = await classifier.predict(batchOf(false));
      classifier.dispose();
      return after;
    }),
  );
  expect(furthest(reached[0]!, reached[1]!)).toBeLessThan(1e-4);
});

beforeAll(() => useBackend("cpu"));

function weights(): Weights {
  const shapes = parameterShapes(headConfig, H, "sentence");
  const start = new Map(
    anyHead!.start.map(({ name, values }) => [name, values]),
  );
  return new Map(
    [...shapes].map(([name, shape]) => [
      name,
      { shape, data: Float32Array.from(start.get(name)!) },
    ]),
  );
}

function setup(fineTune: "all layers" | "top layers"): Setup {
  return {
    config: headConfig,
    weights: weights(),
    head: "sentence",
    labelCount: H,
    capacity: { tokens: 32, sequences: 4, length: 8 },
    training: {
      fineTune,
      topLayers: 1,
      dropout: 0,
      seed: 1,
      weightDecay: headOptimizer.weightDecay,
      classWeights: null,
    },
  };
}
