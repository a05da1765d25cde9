// What is trained on: whole texts through the encoder, or, for "head only",
// features that were encoded once. The training loop knows only this face.

import { epochBatches, packBatch, type TokenizedPart } from "../passes/batches";
import type { Batch, Classifier } from "../classifier";
import type { Control } from "../passes/control";
import { scoreFeatures, scorePart } from "../passes";
import type { Progress, TrainingOptions } from "../protocol";
import type { Figures, Scored } from "../tasks";

export type PartName = "train" | "validation" | "test";
export type TokenizedParts = Record<PartName, TokenizedPart | null>;

export interface Learner {
  /** False where attention cannot change. */
  encoderLearns: boolean;
  /** Rows of an epoch. */
  rows: number;
  /** Rows of each batch of an epoch. */
  batches(epoch: number): Int32Array[];
  /** What the classifier trains on, for these rows. */
  batch(rows: Int32Array): Batch;
  /** Logits of a part; null when stopped. */
  score(part: PartName): AsyncGenerator<Progress, Float32Array | null>;
  /** Judges a part itself where its logits are too many to keep; null when stopped. */
  figures?(
    part: PartName,
  ): AsyncGenerator<Progress, { figures: Figures; scored?: Scored } | null>;
}

export interface LearnerInputs {
  classifier: Classifier;
  parts: TokenizedParts & { train: TokenizedPart };
  options: TrainingOptions;
  control: Control;
}

export function encoderLearner(inputs: LearnerInputs): Learner {
  const { classifier, parts, options, control } = inputs;
  return {
    // A head that reads every token goes through the encoder, too.
    encoderLearns: options.fineTune !== "head only",
    rows: parts.train.count,
    batches: (epoch) =>
      epochBatches(parts.train, options.batchSize, options.seed, epoch),
    batch: (rows) => packBatch(parts.train, rows),
    score: (part) => scorePart(classifier, parts[part]!, control),
  };
}

/** `read`: what the head reads of every part, [count, hidden]. */
export function headLearner(
  inputs: LearnerInputs,
  read: Map<PartName, Float32Array>,
): Learner {
  const { classifier, parts, options, control } = inputs;
  const width = classifier.config.hidden_size;
  const trained = read.get("train")!;
  return {
    encoderLearns: false,
    rows: parts.train.count,
    batches: (epoch) =>
      epochBatches(parts.train, options.batchSize, options.seed, epoch),
    batch(rows) {
      const values = new Float32Array(rows.length * width);
      rows.forEach((row, i) =>
        values.set(trained.subarray(row * width, (row + 1) * width), i * width),
      );
      return { ...packBatch(parts.train, rows), features: values };
    },
    async *score(part) {
      return await scoreFeatures(classifier, read.get(part)!, control);
    },
  };
}
