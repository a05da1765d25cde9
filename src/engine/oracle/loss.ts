// The losses over logits [B, L]. Softmax cross-entropy, each text with its share of
// the mean:
//   loss = Σ_b share_b (log Σ_l e^{z_bl} − z_b,label),  Σ share = 1
//   dz = share_b (softmax(z_b) − onehot(label_b))
// Of numbers y [B, L], means over all B · L:
//   sigmoid cross-entropy  −w_l y log σ(z) − (1 − y) log σ(−z)
//   squared error          (z − y)²

import * as tf from "@tensorflow/tfjs";

/** `labels` and `shares` [B]; negative labels count for nothing. */
export function softmaxLoss(
  logits: tf.Tensor2D,
  labels: Int32Array,
  shares: Float32Array,
): tf.Scalar {
  const [texts, classes] = logits.shape;
  const target = new Float32Array(texts * classes);
  labels.forEach((label, b) => {
    if (label >= 0) target[b * classes + label] = shares[b]!;
  });
  const goal = tf.tensor2d(target, [texts, classes]);
  return tf.neg(tf.sum(tf.mul(tf.logSoftmax(logits), goal)));
}

/** `targets` [B, L], 0 … 1; `weights` [L] of what is there, null for 1. */
export function sigmoidLoss(
  logits: tf.Tensor2D,
  targets: Float32Array,
  weights: Float32Array | null,
): tf.Scalar {
  const y = tf.tensor2d(targets, logits.shape);
  const there = weights ? tf.mul(y, weights) : y;
  return tf.mean(
    tf.add(
      tf.mul(there, tf.softplus(tf.neg(logits))),
      tf.mul(tf.sub(1, y), tf.softplus(logits)),
    ),
  );
}

/** `targets` [B, L]. */
export const squaredLoss = (
  logits: tf.Tensor2D,
  targets: Float32Array,
): tf.Scalar =>
  tf.mean(tf.square(tf.sub(logits, tf.tensor2d(targets, logits.shape))));
