// What a step is on any executor: the mean its loss divides by, and the few
// numbers AdamW needs of it.

import { learnsNumbers } from "../parameters";
import { lasting, type Program } from "./shape";
import type { Batch } from "./batch";

export interface Optimizer {
  learningRate: number;
  weightDecay: number;
  /** Gradients are clipped to this global norm; 0 for no clipping. */
  maxNorm: number;
  beta1: number;
  beta2: number;
  epsilon: number;
}

export const defaultOptimizer: Optimizer = {
  learningRate: 5e-5,
  weightDecay: 0.01,
  maxNorm: 1,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
};

export interface StepResult {
  loss: number;
  /** Of the gradient, before clipping. */
  norm: number;
}

/** One over what the mean of the loss divides by: labels, or their weights; where numbers are learned, all of them, whatever the weights. */
export function lossScale(
  { job, config }: Program,
  batches: Batch[],
  classWeights: Float32Array | null,
): number {
  // Its gradient comes as it is to be followed.
  if (job.kind === "sentence") return 1;
  const classes = job.kind === "words" ? config.vocab_size : job.labels;
  let total = 0;
  for (const { labels, size } of batches) {
    if (!labels) throw new Error("internal: a batch without labels");
    if (learnsNumbers(job.kind)) {
      checkNumbers(labels, size * job.labels);
      total += labels.length;
      continue;
    }
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i]!;
      if (label >= classes)
        throw new Error(`internal: label ${label} where there are ${classes}`);
      if (label >= 0) total += classWeights?.[label] ?? 1;
    }
  }
  return total > 0 ? 1 / total : 0;
}

/** What is missing would be read from the batch before. */
function checkNumbers(numbers: ArrayLike<number>, wanted: number): void {
  if (numbers.length !== wanted)
    throw new Error(
      `internal: ${numbers.length} numbers to learn where there are ${wanted} outputs`,
    );
  for (let i = 0; i < wanted; i++)
    if (!Number.isFinite(numbers[i]))
      throw new Error(`internal: ${numbers[i]} as a number to learn`);
}

/** A state of another program would be read as this one's numbers: sizes tell. */
export function checkState(
  { regions }: Program,
  state: { regions: Map<string, { length: number }> },
): void {
  for (const name of lasting) {
    const here = regions.get(name)?.size;
    const there = state.regions.get(name)?.length;
    if (here !== there)
      throw new Error(
        `internal: a state with ${there} words of ${name} where there are ${here}`,
      );
  }
}

/** What `watch` leaves, as one [head, query, key] per layer. Rows of padding ask too, as everywhere. */
export function attentionByLayer(
  { config, capacity }: Program,
  { padded, lengths }: Batch,
  all: Float32Array,
): Float32Array[] {
  const heads = config.num_attention_heads;
  const room = heads * capacity.length ** 2;
  const used = heads * (padded || lengths[0]!) * lengths[0]!;
  return Array.from({ length: config.num_hidden_layers }, (_, i) =>
    all.subarray(i * room, i * room + used),
  );
}

/** The figures of one step, as they are kept for rows that owe it. */
export function stepFigures(
  step: number,
  { learningRate, beta1, beta2, weightDecay }: Optimizer,
) {
  return {
    stepSize: learningRate / (1 - beta1 ** step),
    inverseRoot: 1 / Math.sqrt(1 - beta2 ** step),
    keep: 1 - learningRate * weightDecay,
  };
}
