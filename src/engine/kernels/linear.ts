// y = x Wᵀ + b, weights as PyTorch keeps them: W [out, in].
//   x [N, I], W [O, I], b [O]  →  y [N, O]
//   dx = dy W,  dW = dyᵀ x,  db = Σ over rows of dy
//
// TensorFlow.js' wasm multiplies transposed matrices in a scalar, single-threaded
// loop, and its fusedMatMul with transpose and bias is wrong: there every
// transpose is written out first and only plain products are asked for.

import * as tf from "@tensorflow/tfjs";
import type { GradSaveFunc } from "@tensorflow/tfjs-core";
import { onGpu } from "./gpu";
import { onHost, output, view } from "./host";

export function linear(
  x: tf.Tensor2D,
  weight: tf.Tensor2D,
  bias: tf.Tensor1D,
): tf.Tensor2D {
  return tf.customGrad((a, b, c, save) => {
    const [x, weight, bias] = [a, b, c] as [
      tf.Tensor2D,
      tf.Tensor2D,
      tf.Tensor1D,
    ];
    (save as GradSaveFunc)([x, weight]);
    return {
      value: addBias(multiplyByTransposed(x, weight), bias),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, weight] = saved as [tf.Tensor2D, tf.Tensor2D];
        return [
          tf.matMul(dy as tf.Tensor2D, weight),
          transposedBy(dy as tf.Tensor2D, x),
          sumRows(dy as tf.Tensor2D),
        ];
      },
    };
  })(x, weight, bias) as tf.Tensor2D;
}

/** The plain version. */
export function linearPlain(
  x: tf.Tensor2D,
  weight: tf.Tensor2D,
  bias: tf.Tensor1D,
): tf.Tensor2D {
  return tf.add(tf.matMul(x, weight, false, true), bias);
}

/** a bᵀ */
function multiplyByTransposed(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  // webgpu's split-K product reads a transposed b wrongly from 2,000 inner
  // elements on.
  if (tf.getBackend() !== "wasm" && !(onGpu() && a.shape[1] >= 2000))
    return tf.matMul<tf.Tensor2D>(a, b, false, true);
  const turned = transpose(b);
  const product = tf.matMul<tf.Tensor2D>(a, turned);
  turned.dispose();
  return product;
}

/** aᵀ b */
function transposedBy(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  if (tf.getBackend() !== "wasm")
    return tf.matMul<tf.Tensor2D>(a, b, true, false);
  const turned = transpose(a);
  const product = tf.matMul<tf.Tensor2D>(turned, b);
  turned.dispose();
  return product;
}

/** In 16 × 16 tiles, so that both sides stay in cache. */
export function transpose(x: tf.Tensor2D): tf.Tensor2D {
  if (!onHost()) return tf.transpose(x);
  const [rows, columns] = x.shape;
  const result = output<tf.Rank.R2>([columns, rows]);
  const [from, to] = [view(x), view(result)];
  const tile = 16;
  for (let r0 = 0; r0 < rows; r0 += tile)
    for (let c0 = 0; c0 < columns; c0 += tile) {
      const r1 = Math.min(rows, r0 + tile);
      const c1 = Math.min(columns, c0 + tile);
      for (let c = c0; c < c1; c++)
        for (let r = r0; r < r1; r++) to[c * rows + r] = from[r * columns + c]!;
    }
  return result;
}

/** `product` is ours alone and fresh, so on the host it is added to in place. */
function addBias(product: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  if (!onHost()) {
    const sum = tf.add(product, bias) as tf.Tensor2D;
    product.dispose();
    return sum;
  }
  const [to, by] = [view(product), view(bias)];
  const columns = by.length;
  for (let at = 0; at < to.length; at += columns)
    for (let c = 0; c < columns; c++) to[at + c] = to[at + c]! + by[c]!;
  return product;
}

/** [N, O] → [O] */
export function sumRows(x: tf.Tensor2D): tf.Tensor1D {
  if (!onHost()) return tf.sum(x, 0);
  const [rows, columns] = x.shape;
  const result = output<tf.Rank.R1>([columns]);
  const [from, to] = [view(x), view(result)];
  to.fill(0);
  for (let r = 0, at = 0; r < rows; r++, at += columns)
    for (let c = 0; c < columns; c++) to[c] = to[c]! + from[at + c]!;
  return result;
}
