// Every head the program has, in TensorFlow.js operations: its logits and its loss
// on a padded batch. bert.ts has the encoder, and what pooled heads share.
//
// With e [B·T, H] the encoder's output, e₀ [B, H] its rows of [CLS], and dropout ∘:
//   labels, many labels, score   z = tanh(e₀ Wpᵀ + bp)∘ Wcᵀ + bc           [B, L]
//   tokens                       z = e∘ Wcᵀ + bc                           [B·T, L]
//   sentence                     z = e₀                                    [B, H]
//   words                        z = LayerNorm(act(eₛ Wtᵀ + bt)) Eᵀ + bd    [S, V]
// where eₛ are the rows asked for and E the word embeddings, shared with the input:
// their gradient is the sum of both uses. Words have no dropout of their own.
//
// Letters: B texts, T positions, H hidden, L outputs, V words, S rows asked for.

import * as tf from "@tensorflow/tfjs";
import { headNames, wordName, type Head } from "../parameters";
import { activate } from "./activation";
import { crossEntropy, encodeRows, forward } from "./bert";
import {
  type BatchTensors,
  dense,
  encode,
  norm,
  siteIn,
  type ForwardOptions,
} from "./encoder";
import type { Bert } from "./variables";
import { dropout } from "./dropout";
import { linear } from "./gemm";
import { sigmoidLoss, squaredLoss } from "./loss";
import { sites } from "../program/recorder";

export interface Goal {
  /** As the program's `Batch.labels`, of a padded batch. */
  labels: Int32Array | Float32Array;
  /** "words": rows of the padded batch that are to be guessed. */
  selected?: Int32Array;
  /** [L], null for 1. "many labels": of what is there. */
  weights: Float32Array | null;
}

/** [B, L]; of "tokens" [B·T, L], of "words" [S, V], of "sentence" [B, H]. */
export function logitsOf(
  bert: Bert,
  head: Head,
  batch: BatchTensors,
  selected: Int32Array | undefined,
  options: ForwardOptions = {},
): tf.Tensor2D {
  return tf.tidy(() => {
    if (head === "tokens") {
      // No pooler: what is dropped is the last layer's output, at every position.
      const site = siteIn(options.dropout, sites.head, batch.tokens);
      const rows = dropout(encodeRows(bert, batch, options), site);
      return dense(bert, headNames.classifier, rows);
    }
    if (head === "sentence") return encode(bert, batch, options);
    if (head !== "words") return forward(bert, batch, options).logits;
    const { transform, transformNorm, decoder } = headNames;
    const variable = (name: string) => bert.variables.get(name);
    const rows = tf.gather(
      encodeRows(bert, batch, options),
      tf.tensor1d(selected ?? [], "int32"),
    ); // [S, H]
    const transformed = activate(
      dense(bert, transform, rows),
      bert.config.hidden_act,
    );
    return linear(
      norm(bert, transformNorm, transformed, null, null),
      variable(wordName) as unknown as tf.Tensor2D,
      variable(`${decoder}.bias`) as unknown as tf.Tensor1D,
    );
  });
}

/** Mean as PyTorch takes it. */
export function lossOf(
  head: Head,
  logits: tf.Tensor2D,
  { labels, weights }: Goal,
): tf.Scalar {
  return tf.tidy(() => {
    if (head === "many labels")
      return sigmoidLoss(logits, Float32Array.from(labels), weights);
    if (head === "score") return squaredLoss(logits, Float32Array.from(labels));
    return crossEntropy(logits, Int32Array.from(labels), weights);
  });
}
