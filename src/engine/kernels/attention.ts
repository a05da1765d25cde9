// Scaled dot-product attention with A heads of d = H / A, over B texts whose
// first lengths[b] of T positions are real:
//   S = Q Kᵀ / √d, keys beyond the length left out;  P = softmax(S) over keys
//   P̃ = P ∘ mask / (1 − rate) (dropout),  O = P̃ V
// Backward:
//   dV = P̃ᵀ dO,  dP = (dO Vᵀ) ∘ mask / (1 − rate)
//   dS = P ∘ (dP − Σ over keys of dP ∘ P) / √d,  dQ = dS K,  dK = dSᵀ Q
// Q is [B·U, H] with U queries a text (U = T, or 1 where only [CLS] is wanted),
// K and V are [B·T, H], O is [B·U, H]; P is [B, A, U, T].

import * as tf from "@tensorflow/tfjs";
import { attendOnHost, probabilitiesOnHost } from "./attention.host";
import { dropoutPlain } from "./dropout";
import type { Site } from "./hash";
import { onHost } from "./host";

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
  /** Work out padded queries too: only people look at them, no key does. */
  padded: boolean;
}

export type Rows = tf.Tensor2D;

/** O; unless `shape.padded`, padded queries may be left at 0. */
export function attend(
  q: Rows,
  k: Rows,
  v: Rows,
  shape: Shape,
  site: Site | null,
): Rows {
  return (onHost() ? attendOnHost : attendPlain)(q, k, v, shape, site);
}

/** The plain version. */
export function attendPlain(
  q: Rows,
  k: Rows,
  v: Rows,
  shape: Shape,
  site: Site | null,
): Rows {
  const p = probabilitiesPlain(q, k, shape);
  return contextOf(site && site.rate > 0 ? dropoutPlain(p, site) : p, v, shape);
}

/** P, padded queries included, for people to look at. No gradient. */
export function probabilities(q: Rows, k: Rows, shape: Shape): tf.Tensor4D {
  return (onHost() ? probabilitiesOnHost : probabilitiesPlain)(q, k, shape);
}

function probabilitiesPlain(q: Rows, k: Rows, shape: Shape): tf.Tensor4D {
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

/** P V, heads side by side again: [B·U, H]. */
function contextOf(p: tf.Tensor4D, v: Rows, shape: Shape): Rows {
  const context = tf.matMul(p, splitHeads(v, shape.tokens, shape));
  return tf.reshape(tf.transpose(context, [0, 2, 1, 3]), [
    shape.texts * shape.queries,
    v.shape[1],
  ]);
}
