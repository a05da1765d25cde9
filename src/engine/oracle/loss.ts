// Softmax cross-entropy over logits [B, L], each text with its share of the mean:
//   loss = Σ_b share_b (log Σ_l e^{z_bl} − z_b,label),  Σ share = 1
//   dz = share_b (softmax(z_b) − onehot(label_b))

import * as tf from "@tensorflow/tfjs";

/** `labels` and `shares` [B]. */
export function softmaxLoss(
  logits: tf.Tensor2D,
  labels: Int32Array,
  shares: Float32Array,
): tf.Scalar {
  const [texts, classes] = logits.shape;
  const target = new Float32Array(texts * classes);
  labels.forEach((label, b) => (target[b * classes + label] = shares[b]!));
  const goal = tf.tensor2d(target, [texts, classes]);
  return tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), goal)));
}
