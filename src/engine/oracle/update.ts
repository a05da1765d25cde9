// One AdamW update of one parameter, after PyTorch:
//   g = clip · gradient
//   m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²
//   p ← p (1 − lr · decay) − lr · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
// The clip factor, as torch.nn.utils.clip_grad_norm_:
//   min(1, maxNorm / (‖all gradients‖ + 1e-6))

import * as tf from "@tensorflow/tfjs";

/** What is the same for every parameter of a step. */
export interface Update {
  learningRate: number;
  beta1: number;
  beta2: number;
  eps: number;
  /** 1 − β₁ᵗ and 1 − β₂ᵗ */
  correction1: number;
  correction2: number;
  /** A scalar. */
  clip: tf.Tensor;
}

/** A parameter and its moments, of one shape. */
export type State = {
  p: tf.Tensor;
  m: tf.Tensor;
  v: tf.Tensor;
};

/** ‖all gradients‖ */
export function globalNorm(gradients: tf.Tensor[]): tf.Scalar {
  const squares = gradients.map((g) => tf.sum(tf.mul(g, g)));
  // Not tf.addN: on webgpu, more than seven are beyond its bindings.
  return tf.sqrt(squares.reduce((sum, s) => tf.add(sum, s))) as tf.Scalar;
}

export const clipFactor = (norm: tf.Scalar, maxNorm: number): tf.Tensor =>
  tf.minimum(1, tf.div(maxNorm, tf.add(norm, 1e-6)));

export function update(
  { p, m, v }: State,
  gradient: tf.Tensor,
  decay: number,
  { learningRate, clip, ...rest }: Update,
): State {
  const { beta1, beta2, correction1, correction2, eps } = rest;
  const g = tf.mul(gradient, clip);
  const mean = tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1));
  const square = tf.add(tf.mul(v, beta2), tf.mul(tf.mul(g, g), 1 - beta2));
  const root = tf.add(tf.sqrt(tf.div(square, correction2)), eps);
  const by = tf.mul(tf.div(mean, root), learningRate / correction1);
  const kept = tf.mul(p, 1 - learningRate * decay);
  return { p: tf.sub(kept, by), m: mean, v: square };
}
