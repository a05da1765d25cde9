// y = x ∘ mask / (1 − rate). The mask is hashed where it is needed, forward and
// backward, and never stored: dx = dy ∘ mask / (1 − rate).

import * as tf from "@tensorflow/tfjs";
import { onGpu, run } from "./gpu";
import {
  bitsAt,
  bitsAtWgsl,
  maskOf,
  siteUniforms,
  thresholdOf,
  type Site,
} from "./hash";
import { onHost, output, view } from "./host";

export function dropout<T extends tf.Tensor>(x: T, site: Site | null): T {
  if (!site || site.rate === 0) return x;
  if (onHost()) return masked(x, (x) => applyOnHost(x, site));
  if (onGpu()) return masked(x, (x) => applyOnGpu(x, site));
  return dropoutPlain(x, site);
}

/** The plain version: the mask is drawn here and uploaded. */
export function dropoutPlain<T extends tf.Tensor>(x: T, site: Site): T {
  return tf.mul(x, tf.tensor(maskOf(site, x.size), x.shape)) as T;
}

/** Linear and its own transpose: the gradient is the same function of dy. */
function masked<T extends tf.Tensor>(x: T, apply: (x: tf.Tensor) => tf.Tensor) {
  return tf.customGrad((x) => ({
    value: apply(x as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => apply(dy),
  }))(x) as T;
}

function applyOnHost(x: tf.Tensor, site: Site): tf.Tensor {
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

function applyOnGpu(x: tf.Tensor, site: Site): tf.Tensor {
  return run(
    {
      key: "dropout",
      inputs: ["x"],
      uniforms: siteUniforms(site),
      functions: bitsAtWgsl,
      code: /* wgsl */ `
        let kept = bitsAt(u32(index), uniforms.keyA, uniforms.keyB) >= uniforms.threshold;
        result[index] = select(0.0, x[index] * uniforms.scale, kept);`,
    },
    [x],
    x.shape,
  );
}
