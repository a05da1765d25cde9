// The feed-forward activation. GELU by the exact error function,
//   gelu(x) = x Φ(x),  gelu′(x) = Φ(x) + x φ(x),
// with φ the normal density and Φ its integral, or BERT's other activations.
// erf by Abramowitz & Stegun 7.1.26, |error| ≤ 1.5e-7, a float32 rounding.

import * as tf from "@tensorflow/tfjs";
import type { GradSaveFunc } from "@tensorflow/tfjs-core";
import { onHost, output, view } from "./host";

/** As config.json's hidden_act; the two tanh names mean the same. */
export type Activation = "gelu" | "gelu_new" | "gelu_pytorch_tanh" | "relu";

export function activate<T extends tf.Tensor>(x: T, kind: Activation): T {
  if (kind === "relu") return tf.relu(x);
  return (onHost() ? activateOnHost : activatePlain)(x, kind);
}

/** The plain version. */
export function activatePlain<T extends tf.Tensor>(x: T, kind: Activation): T {
  if (kind === "relu") return tf.relu(x);
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

// On the host the derivative falls out of the forward pass (the exponential is
// shared), so it is what is kept.
function activateOnHost<T extends tf.Tensor>(x: T, kind: Activation): T {
  return tf.customGrad((input, save) => {
    const x = input as tf.Tensor;
    const result = output(x.shape);
    const slope = output(x.shape);
    (kind === "gelu" ? geluLoop : geluTanhLoop)(
      view(x),
      view(result),
      view(slope),
    );
    (save as GradSaveFunc)([slope]);
    return {
      value: result,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const dx = output(dy.shape);
        const [from, by, to] = [view(dy), view(saved[0]!), view(dx)];
        for (let i = 0; i < to.length; i++) to[i] = from[i]! * by[i]!;
        return dx;
      },
    };
  })(x) as T;
}

function geluLoop(x: Float32Array, y: Float32Array, slope: Float32Array) {
  const density = 1 / Math.sqrt(2 * Math.PI);
  for (let i = 0; i < x.length; i++) {
    const v = x[i]!;
    const bell = Math.exp(-0.5 * v * v); // e^(−x²/2) = √(2π) φ(x)
    const t = 1 / (1 + 0.3275911 * Math.SQRT1_2 * Math.abs(v));
    // ½ erfc(|x|/√2), the tail beyond |x|
    const tail =
      0.5 *
      bell *
      t *
      (0.254829592 +
        t *
          (-0.284496736 +
            t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    const cdf = v < 0 ? tail : 1 - tail;
    y[i] = v * cdf;
    slope[i] = cdf + v * bell * density;
  }
}

function geluTanhLoop(x: Float32Array, y: Float32Array, slope: Float32Array) {
  for (let i = 0; i < x.length; i++) {
    const v = x[i]!;
    const th = Math.tanh(root * (v + 0.044715 * v * v * v));
    y[i] = 0.5 * v * (1 + th);
    slope[i] =
      0.5 * (1 + th) +
      0.5 * v * (1 - th * th) * root * (1 + 3 * 0.044715 * v * v);
  }
}
