// y = x ∘ mask / (1 − rate), any shape, and dx = dy ∘ mask / (1 − rate).
// The mask is a hash of (seed, step, site, element), the same on every backend.
// On the host it is hashed where it is needed, forward and backward, and never
// stored.

import * as tf from "@tensorflow/tfjs";
import { bitsAt, maskOf, thresholdOf, type Site } from "./hash";
import { onHost, output, view } from "./host";

export function dropout<T extends tf.Tensor>(x: T, site: Site | null): T {
  if (!site || site.rate === 0) return x;
  return onHost() ? dropoutOnHost(x, site) : dropoutPlain(x, site);
}

/** The plain version: the mask is drawn here and uploaded. */
export function dropoutPlain<T extends tf.Tensor>(x: T, site: Site): T {
  return tf.mul(x, tf.tensor(maskOf(site, x.size), x.shape)) as T;
}

/** Linear and its own transpose: the gradient is the same function of dy. */
function dropoutOnHost<T extends tf.Tensor>(x: T, site: Site): T {
  return tf.customGrad((x) => ({
    value: apply(x as tf.Tensor, site),
    gradFunc: (dy: tf.Tensor) => apply(dy, site),
  }))(x) as T;
}

function apply(x: tf.Tensor, site: Site): tf.Tensor {
  const result = output(x.shape);
  const from = view(x);
  const to = view(result);
  const { keyA, keyB } = site;
  const threshold = thresholdOf(site.rate);
  const scale = 1 / (1 - site.rate);
  for (let i = 0; i < to.length; i++)
    to[i] = bitsAt(i, keyA, keyB) >= threshold ? from[i]! * scale : 0;
  return result;
}
