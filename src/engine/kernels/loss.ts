// Softmax cross-entropy over logits [B, L], each text with its share of the mean:
//   loss = Σ_b share_b (log Σ_l e^{z_bl} − z_b,label),  Σ share = 1
//   dz = share_b (softmax(z_b) − onehot(label_b))
// The gradient comes with the forward pass, one more row-wise pass over B × L.

import * as tf from "@tensorflow/tfjs";
import type { GradSaveFunc } from "@tensorflow/tfjs-core";
import { onHost, output, view } from "./host";

/** `labels` and `shares` [B]. */
export function softmaxLoss(
  logits: tf.Tensor2D,
  labels: Int32Array,
  shares: Float32Array,
): tf.Scalar {
  if (!onHost()) return softmaxLossPlain(logits, labels, shares);
  return tf.customGrad((input, save) => {
    const { loss, slope } = lossOnHost(input as tf.Tensor2D, labels, shares);
    (save as GradSaveFunc)([slope]);
    return {
      value: loss,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => tf.mul(saved[0]!, dy),
    };
  })(logits) as tf.Scalar;
}

/** The plain version. */
export function softmaxLossPlain(
  logits: tf.Tensor2D,
  labels: Int32Array,
  shares: Float32Array,
): tf.Scalar {
  const [texts, classes] = logits.shape;
  const target = new Float32Array(texts * classes);
  labels.forEach((label, b) => (target[b * classes + label] = shares[b]!));
  const shifted = tf.sub(logits, tf.max(logits, 1, true));
  const logSum = tf.log(tf.sum(tf.exp(shifted), 1, true));
  const goal = tf.tensor2d(target, [texts, classes]);
  return tf.neg(tf.sum(tf.mul(tf.sub(shifted, logSum), goal)));
}

type LossAndSlope = { loss: tf.Scalar; slope: tf.Tensor2D };

function lossOnHost(
  logits: tf.Tensor2D,
  labels: Int32Array,
  shares: Float32Array,
): LossAndSlope {
  const [texts, classes] = logits.shape;
  const slope = output<tf.Rank.R2>([texts, classes]);
  const loss = output<tf.Rank.R0>([]);
  const [z, to] = [view(logits), view(slope)];
  let mean = 0;
  for (let b = 0, at = 0; b < texts; b++, at += classes) {
    const share = shares[b]!;
    let highest = -Infinity;
    for (let l = 0; l < classes; l++) highest = Math.max(highest, z[at + l]!);
    let sum = 0;
    for (let l = 0; l < classes; l++) sum += Math.exp(z[at + l]! - highest);
    for (let l = 0; l < classes; l++)
      to[at + l] = (share * Math.exp(z[at + l]! - highest)) / sum;
    const right = at + labels[b]!;
    to[right] = to[right]! - share;
    mean += share * (highest + Math.log(sum) - z[right]!);
  }
  view(loss)[0] = mean;
  return { loss, slope };
}
