// What is trained on: whole texts through the encoder, or, for "head only",
// features that were encoded once. The training loop knows only this face.

import * as tf from "@tensorflow/tfjs";
import type { TrainingOptions } from "./protocol";
import { collate, epochBatches, lengthOf, type TokenizedPart } from "./batches";
import {
  classify,
  crossEntropy,
  forward,
  trainableNames,
  type Bert,
} from "./bert";
import type { Control } from "./control";
import { encodePart, scoreFeatures, scorePart } from "./passes";
import type { Progress } from "./protocol";

export type PartName = "train" | "validation" | "test";
export type TokenizedParts = Record<PartName, TokenizedPart | null>;

export interface Learner {
  /** The parameters that get gradients. */
  names: string[];
  /** False where attention cannot change. */
  encoderLearns: boolean;
  batches(epoch: number): Int32Array[];
  loss(rows: Int32Array, step: number): tf.Scalar;
  /** Real tokens in these rows. */
  tokens(rows: Int32Array): number;
  /** Logits of a part; null when stopped. */
  score(part: PartName): AsyncGenerator<Progress, Float32Array | null>;
}

interface Inputs {
  bert: Bert;
  parts: TokenizedParts & { train: TokenizedPart };
  padId: number;
  options: TrainingOptions;
  classWeights: Float32Array | null;
  control: Control;
}

function tokensOf(part: TokenizedPart, rows: Int32Array): number {
  return rows.reduce((sum, row) => sum + lengthOf(part, row), 0);
}

export function encoderLearner(inputs: Inputs): Learner {
  const { bert, parts, padId, options, classWeights, control } = inputs;
  const { fineTune, topLayers, maxTokens, dropout, seed } = options;
  const frozenLayers =
    fineTune === "top layers"
      ? Math.max(0, bert.config.num_hidden_layers - topLayers)
      : 0;
  return {
    names: trainableNames(bert, fineTune, topLayers),
    encoderLearns: true,
    batches: (epoch) =>
      epochBatches(parts.train, options.batchSize, seed, epoch),
    loss(rows, step) {
      const batch = collate(parts.train, rows, padId, maxTokens);
      const { logits } = forward(bert, batch, {
        dropout: { rate: dropout, seed, step },
        frozenLayers,
      });
      return crossEntropy(logits, batch.labels, classWeights);
    },
    tokens: (rows) => tokensOf(parts.train, rows),
    score: (part) => scorePart(bert, parts[part]!, padId, maxTokens, control),
  };
}

/** Encodes every part first; null when stopped meanwhile. */
export async function* headLearner(
  inputs: Inputs,
): AsyncGenerator<Progress, Learner | null> {
  const { bert, parts, padId, options, classWeights, control } = inputs;
  const { maxTokens, dropout, seed } = options;
  const features = new Map<PartName, Float32Array>();
  for (const name of ["train", "validation", "test"] as const) {
    const part = parts[name];
    if (part === null) continue;
    const encoded = yield* encodePart(bert, part, padId, maxTokens, control);
    if (encoded === null) return null;
    features.set(name, encoded);
  }
  const width = bert.config.hidden_size;
  const trained = features.get("train")!;
  return {
    names: trainableNames(bert, "head only", 0),
    encoderLearns: false,
    batches: (epoch) =>
      epochBatches(parts.train, options.batchSize, seed, epoch),
    loss(rows, step) {
      const values = new Float32Array(rows.length * width);
      rows.forEach((row, i) =>
        values.set(trained.subarray(row * width, (row + 1) * width), i * width),
      );
      const labels = rows.map((row) => parts.train.labels[row]!);
      const logits = classify(bert, tf.tensor2d(values, [rows.length, width]), {
        rate: dropout,
        seed,
        step,
      });
      return crossEntropy(logits, labels, classWeights);
    },
    tokens: (rows) => tokensOf(parts.train, rows),
    async *score(part) {
      return await scoreFeatures(bert, features.get(part)!, control);
    },
  };
}
