// y = LayerNorm(residual + dropout(x)): how every half of a BERT layer ends.
//   s = residual + x ∘ mask,  x̂ = (s − mean) / √(var + ε),  y = γ x̂ + β
// over rows [N, H]. With g = γ dy, per row:
//   ds = (g − mean(g) − x̂ mean(g x̂)) / √(var + ε)
//   dγ = Σ over rows of dy x̂,  dβ = Σ over rows of dy
//   dresidual = ds,  dx = ds ∘ mask

import * as tf from "@tensorflow/tfjs";
import { dropout } from "./dropout";
import type { Site } from "./hash";

type Rows = tf.Tensor2D;

/** `residual` null: the plain LayerNorm of dropout(x). */
export function residualNorm(
  x: Rows,
  residual: Rows | null,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
  site: Site | null,
): Rows {
  const kept = dropout(x, site);
  const sum = residual ? tf.add(kept, residual) : kept;
  // Means as sums: the gradient of tf.mean uploads a tensor of ones.
  const width = x.shape[1];
  const mean = tf.div(tf.sum(sum, 1, true), width);
  const centred = tf.sub(sum, mean);
  const variance = tf.div(tf.sum(tf.mul(centred, centred), 1, true), width);
  const scaled = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(scaled, gamma), beta) as Rows;
}
