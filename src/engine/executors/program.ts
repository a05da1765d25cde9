// The classifier as a recorded program on one of its executors.

import { parameterShapes } from "../model/parameters";
import {
  type Batch,
  type Classifier,
  maxNorm,
  type Setup,
} from "../classifier";
import { type Job, type Program, record } from "../program";
import type { Executor, Later } from "../program/executor";
import { defaultOptimizer, type StepResult } from "../program/step";

export async function openProgram(
  { config, weights, head, labelCount, capacity, training }: Setup,
  execute: (program: Program) => Promise<Executor>,
): Promise<Classifier> {
  const job: Partial<Job> = {
    kind: head,
    labels: labelCount,
    train:
      head === "sentence" && !training
        ? 1
        : trained(config.num_hidden_layers, training),
    dropout: training?.dropout ?? 0,
  };
  const executor = await execute(
    record(config, job, { ...capacity, batches: 1 }),
  );
  const { program } = executor;
  for (const name of program.parameters.keys())
    executor.setParameter(name, weights.get(name)!.data);
  executor.setSeed(training?.seed ?? 0);
  executor.weigh(training?.classWeights ?? null);

  const weightDecay = training?.weightDecay ?? 0;
  /** Rows of logits as they lie: whole vectors of four. */
  const across = Math.ceil(labelCount / 4) * 4;
  let unread: Later<StepResult>[] = [];

  /** Rows without what lies between them; a copy, since the executor's own lasts until its next call. */
  function rows(padded: Float32Array, count: number): Float32Array {
    const logits = new Float32Array(count * labelCount);
    for (let row = 0; row < count; row++)
      logits.set(
        padded.subarray(row * across, row * across + labelCount),
        row * labelCount,
      );
    return logits;
  }

  function step(batch: Batch, learningRate: number): Later<StepResult> {
    const result = executor.train([batch], {
      ...defaultOptimizer,
      learningRate,
      weightDecay,
      maxNorm,
    });
    // Whoever asks for the figures hears of a lost device; nobody may ask.
    if (result instanceof Promise) result.catch(() => {});
    return result;
  }

  return {
    config,
    head,
    labelCount,
    capacity,
    get bytes() {
      return executor.bytes;
    },
    train(batch, learningRate) {
      unread.push(step(batch, learningRate));
    },
    pull(batch, gradient, learningRate) {
      void step({ ...batch, chosen: gradient }, learningRate);
    },
    figures() {
      const asked = unread;
      unread = [];
      return Promise.all(asked);
    },
    keep: () => executor.keep(),
    restore: () => executor.restore(),
    async predict(batch) {
      const count =
        head === "tokens"
          ? batch.ids.length
          : (batch.selected?.length ?? batch.size);
      return rows(await executor.predict(batch), count);
    },
    async encode(batch) {
      const features = await executor.encode(batch);
      return features.slice(0, batch.size * config.hidden_size);
    },
    async score(features) {
      const size = features.length / config.hidden_size;
      return rows(await executor.score(featureBatch(features, size)), size);
    },
    async attend(batch) {
      // A product of no rows is none that the kernels know: one piece is guessed at,
      // and nobody looks at the guess.
      const asked =
        head === "words" && !batch.selected?.length
          ? { ...batch, selected: Int32Array.of(0) }
          : batch;
      const { attention, logits } = await executor.watch(asked);
      const size = attention.reduce((sum, { length }) => sum + length, 0);
      const weights = new Float32Array(size);
      let at = 0;
      for (const layer of attention) {
        weights.set(layer, at);
        at += layer.length;
      }
      return { weights, logits: rows(logits, 1) };
    },
    async read() {
      const all = await executor.readParameters();
      return new Map(
        [...parameterShapes(config, labelCount, head)].map(([name, shape]) => {
          const { offset, size } = program.parameters.get(name)!;
          return [name, { shape, data: all.slice(offset, offset + size) }];
        }),
      );
    },
    dispose: () => executor.close(),
  };
}

function trained(layers: number, training: Setup["training"]): Job["train"] {
  if (training?.fineTune === "all layers") return "all";
  return training?.fineTune === "top layers"
    ? Math.min(layers, training.topLayers)
    : 0;
}

/** A batch that is features alone. */
const none = new Int32Array(0);
const featureBatch = (features: Float32Array, size: number) => ({
  size,
  lengths: none,
  padded: 0,
  ids: none,
  segments: none,
  features,
});
