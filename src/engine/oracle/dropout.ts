// y = x ∘ mask / (1 − rate), any shape, and dx = dy ∘ mask / (1 − rate).
// The mask is a hash of (seed, step, site, element), the same on every backend;
// it is drawn here and uploaded, because TensorFlow.js has no 32-bit integers to
// hash with (and its own dropout cannot be repeated).

import * as tf from "@tensorflow/tfjs";
import { maskOf, type Site } from "./hash";

export function dropout<T extends tf.Tensor>(x: T, site: Site | null): T {
  if (!site || site.rate === 0) return x;
  return tf.mul(x, tf.tensor(maskOf(site, x.size), x.shape)) as T;
}
