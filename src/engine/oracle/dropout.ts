// y = x ∘ mask / (1 − rate), any shape, and dx = dy ∘ mask / (1 − rate).
// The mask is the program's; it is drawn here and uploaded, because TensorFlow.js
// has no 32-bit integers to hash with (and its own dropout cannot be repeated).

import * as tf from "@tensorflow/tfjs";
import { maskOf, type Site } from "./hash";

/** Of rows along the last axis; `stride` as `maskOf` has it. */
export function dropout<T extends tf.Tensor>(
  x: T,
  site: Site | null,
  stride?: number,
): T {
  if (!site || site.rate === 0) return x;
  const width = x.shape.at(-1) ?? 1;
  return tf.mul(
    x,
    tf.tensor(maskOf(site, x.size, width, stride), x.shape),
  ) as T;
}
