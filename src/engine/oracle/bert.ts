// BERT for sequence classification, written in TensorFlow.js operations: forward
// pass and loss, on the variables of variables.ts and the encoder of encoder.ts.
// Other heads: heads.ts. Not here: batches, schedules, optimiser.
//
// Letters: B texts, T positions, H hidden, A heads, L labels.

import * as tf from "@tensorflow/tfjs";
import { sites } from "../program/recorder";
import { dropout } from "./dropout";
import {
  dense,
  encode,
  siteIn,
  type BatchTensors,
  type Dropout,
  type ForwardOptions,
} from "./encoder";
import { softmaxLoss } from "./loss";
import type { Bert } from "./variables";

export interface Output {
  /** [B, L] */
  logits: tf.Tensor2D;
  /** One [B, A, T, T] per layer. */
  attention?: tf.Tensor4D[];
}

export function forward(
  bert: Bert,
  batch: BatchTensors,
  options: ForwardOptions = {},
): Output {
  return tf.tidy(() => {
    const attention = options.attention ? ([] as tf.Tensor4D[]) : undefined;
    const first = encode(bert, batch, options, attention);
    // Heads of single tokens (heads.ts) have no pooler and say nothing of a text.
    const logits = bert.variables.has("bert.pooler.dense.weight")
      ? classify(bert, first, options.dropout)
      : tf.zeros<tf.Rank.R2>([batch.size, 1]);
    return attention ? { logits, attention } : { logits };
  });
}

/** What the head reads: the last layer's output at [CLS], [B, H]. For head-only training: encode once, then `classify`. */
export function encodeFeatures(bert: Bert, batch: BatchTensors): tf.Tensor2D {
  return tf.tidy(() => encode(bert, batch, {}));
}

/** The last layer's output at every position, [B·T, H]. */
export const encodeRows = (
  bert: Bert,
  batch: BatchTensors,
  options: ForwardOptions = {},
): tf.Tensor2D => tf.tidy(() => encode(bert, batch, options, undefined, true));

/** The head on features [B, H]: tanh pooler, dropout, classifier: logits [B, L]. */
export function classify(
  bert: Bert,
  features: tf.Tensor2D,
  dropoutOptions?: Dropout,
): tf.Tensor2D {
  return tf.tidy(() => {
    const pooled = tf.tanh(dense(bert, "bert.pooler.dense", features));
    const site = siteIn(dropoutOptions, sites.head, 1);
    return dense(bert, "classifier", dropout(pooled, site));
  });
}

/** Mean over the batch; with class weights, weighted by them, as PyTorch does. Negative labels count for nothing. */
export function crossEntropy(
  logits: tf.Tensor2D,
  labels: Int32Array,
  classWeights: Float32Array | null,
): tf.Scalar {
  const shares = Float32Array.from(labels, (l) =>
    l < 0 ? 0 : (classWeights?.[l] ?? 1),
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  return tf.tidy(() =>
    softmaxLoss(
      logits,
      labels,
      shares.map((share) => share / total),
    ),
  );
}
