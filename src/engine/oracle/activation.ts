// The feed-forward activation, any shape. GELU by the exact error function,
//   gelu(x) = x Φ(x) = ½ x (1 + erf(x / √2)),  gelu′(x) = Φ(x) + x φ(x),
// with φ the normal density and Φ its integral, or BERT's other activations, among
// them silu(x) = x σ(x).

import * as tf from "@tensorflow/tfjs";
import type { Activation } from "../model/config";

export function activate<T extends tf.Tensor>(x: T, kind: Activation): T {
  if (kind === "relu") return tf.relu(x);
  if (kind === "silu" || kind === "swish") return tf.mul(x, tf.sigmoid(x));
  const inner =
    kind === "gelu"
      ? tf.erf(tf.mul(x, Math.SQRT1_2))
      : tf.tanh(
          tf.mul(tf.add(x, tf.mul(tf.mul(tf.mul(x, x), x), 0.044715)), root),
        );
  return tf.mul(tf.mul(x, 0.5), tf.add(inner, 1));
}

/** √(2/π), of the tanh approximation. */
const root = Math.sqrt(2 / Math.PI);
