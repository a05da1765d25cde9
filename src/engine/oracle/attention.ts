// Scaled dot-product attention with A heads of d = H / A, over B texts whose
// first lengths[b] of T positions are real:
//   S = Q Kᵀ / √d, keys beyond the length left out;  P = softmax(S) over keys
//   P̃ = P ∘ mask / (1 − rate) (dropout),  O = P̃ V
// Backward:
//   dV = P̃ᵀ dO,  dP = (dO Vᵀ) ∘ mask / (1 − rate)
//   dS = P ∘ (dP − Σ over keys of dP ∘ P) / √d,  dQ = dS K,  dK = dSᵀ Q
// Q is [B·U, H] with U queries a text (U = T, or 1 where only [CLS] is wanted),
// K and V are [B·T, H], O is [B·U, H]; P is [B, A, U, T]. Padded queries are
// worked out like any other: nobody reads them but people who look at P. The mask
// numbers a head's elements as the program does, by 512 keys a query.

import * as tf from "@tensorflow/tfjs";
import { counterPositions } from "../program/batch";
import { dropout } from "./dropout";
import type { Site } from "./hash";

export interface Shape {
  /** B */
  texts: number;
  /** U */
  queries: number;
  /** T */
  tokens: number;
  /** A */
  heads: number;
  /** [B] */
  lengths: Int32Array;
}

type Rows = tf.Tensor2D;

/** O */
export function attend(
  q: Rows,
  k: Rows,
  v: Rows,
  shape: Shape,
  site: Site | null,
): Rows {
  const p = dropout(probabilities(q, k, shape), site, counterPositions);
  const context = tf.matMul(p, splitHeads(v, shape.tokens, shape)); // [B, A, U, d]
  return tf.reshape(tf.transpose(context, [0, 2, 1, 3]), [
    shape.texts * shape.queries,
    v.shape[1],
  ]);
}

/** P */
export function probabilities(q: Rows, k: Rows, shape: Shape): tf.Tensor4D {
  const { texts, queries, tokens, heads, lengths } = shape;
  const scores = tf.matMul(
    splitHeads(q, queries, shape),
    splitHeads(k, tokens, shape),
    false,
    true,
  );
  // Large and finite: shaders may assume that there is no infinity.
  const bias = new Float32Array(texts * tokens);
  for (let b = 0; b < texts; b++)
    bias.fill(-1e9, b * tokens + lengths[b]!, (b + 1) * tokens);
  const scale = 1 / Math.sqrt(q.shape[1] / heads);
  return tf.softmax(
    tf.add(tf.mul(scores, scale), tf.tensor4d(bias, [texts, 1, 1, tokens])),
  ) as tf.Tensor4D;
}

/** [B·n, H] → [B, A, n, d] */
function splitHeads(x: Rows, rows: number, { texts, heads }: Shape) {
  const d = x.shape[1] / heads;
  return tf.transpose(tf.reshape(x, [texts, rows, heads, d]), [0, 2, 1, 3]);
}
