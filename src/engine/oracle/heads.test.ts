// The oracle's heads against PyTorch; and the program against the oracle, dropout on.

import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import {
  expectAllGradients,
  furthest,
  headBatch,
  headCases,
  headConfig,
  headOptimizer,
  headProgram,
  headWeights,
  listedRows,
  type HeadCase,
} from "../fixtures/heads";
import { createInNode } from "../program/node";
import { AdamW } from "./adamw";
import type { Dropout } from "./encoder";
import { createBert, gradients, type Bert } from "./variables";
import { logitsOf, lossOf } from "./heads";

beforeAll(() => tf.setBackend("cpu"));

const open = (one: HeadCase): Bert =>
  createBert(headConfig, headWeights(one), one.outputs, {
    seed: 1,
    randomWeights: false,
    head: one.head,
  });

/** What the oracle makes of the fixture's padded batch. */
function asked(one: HeadCase, bert: Bert) {
  const batch = headBatch(one, true);
  const tensors = { ...batch, tokens: batch.padded };
  const names = [...bert.variables.keys()];
  const logits = (dropout?: Dropout) =>
    logitsOf(bert, one.head, tensors, batch.selected, dropout && { dropout });
  const slopes = (dropout?: Dropout) =>
    gradients(bert, names, () =>
      lossOf(one.head, logits(dropout), {
        labels: batch.labels,
        weights: one.weights,
      }),
    );
  return { batch, names, logits, slopes };
}

async function tenLosses(one: HeadCase, dropout?: Omit<Dropout, "step">) {
  const bert = open(one);
  const { names, slopes } = asked(one, bert);
  const { weightDecay, learningRate, maxNorm } = headOptimizer;
  const optimizer = new AdamW(bert.variables, names, { weightDecay });
  const losses: number[] = [];
  for (let step = 1; step <= 10; step++) {
    const { loss, gradients } = slopes(dropout && { ...dropout, step });
    const norm = optimizer.step(gradients, learningRate, maxNorm);
    losses.push((await loss.data())[0]!);
    tf.dispose([loss, norm]);
  }
  optimizer.dispose();
  bert.dispose();
  return losses;
}

const byName = headCases.map((one) => [one.name, one] as const);

test.each(byName)(
  "%s: PyTorch's logits, gradients and ten losses",
  async (_, one) => {
    const bert = open(one);
    const { batch, logits, slopes } = asked(one, bert);
    const rows = tf.tidy(() =>
      tf.gather(logits(), tf.tensor1d(listedRows(one, batch), "int32")),
    );
    expect(furthest(await rows.data(), one.logits)).toBeLessThan(1e-5);
    const { loss, gradients } = slopes();
    expect(Math.abs((await loss.data())[0]! - one.loss)).toBeLessThan(1e-5);
    expect([...gradients.keys()].sort()).toEqual(
      one.gradients.map(({ name }) => name).sort(),
    );
    const read = new Map<string, Float32Array>();
    for (const [name, slope] of gradients)
      read.set(name, await slope.data<"float32">());
    expectAllGradients(one, (name) => read.get(name)!);
    tf.dispose([rows, loss, ...gradients.values()]);
    bert.dispose();
    expect(furthest(await tenLosses(one), one.losses)).toBeLessThan(5e-5);
    expect(tf.memory().numTensors).toBe(0);
  },
);

test.each(byName)(
  "%s: ten steps of the program with dropout lose what the oracle loses",
  async (_, one) => {
    const theirs = await tenLosses(one, { rate: 0.1, seed: 7 });
    for (const padded of [false, true]) {
      const executor = await createInNode(headProgram(one, { dropout: 0.1 }));
      for (const [name, { data }] of headWeights(one))
        executor.setParameter(name, data);
      executor.setSeed(7);
      executor.weigh(one.weights);
      const batch = headBatch(one, padded);
      const ours = theirs.map(() => executor.train([batch], headOptimizer));
      expect(
        furthest(
          ours.map(({ loss }) => loss),
          theirs,
        ),
      ).toBeLessThan(1e-4);
      executor.close();
    }
    // Other masks would have shown.
    expect(furthest(one.losses, theirs)).toBeGreaterThan(5e-3);
  },
);
