// y = x Wᵀ + b, weights as PyTorch keeps them: W [out, in].
//   x [N, I], W [O, I], b [O]  →  y [N, O]
//   dx = dy W,  dW = dyᵀ x,  db = Σ over rows of dy
//
// A fallback needs the host version for its bias and its sums over rows, and wasm
// for its products: TensorFlow.js multiplies transposed matrices there in a scalar
// loop, and its fusedMatMul with transpose and bias is wrong. So every transpose
// is written out first and only plain products are asked for.
//
// On webgpu, TensorFlow.js reads a transposed b wrongly where it splits an inner
// dimension of 2,000 elements or more: the plain version is no judge there.

import * as tf from "@tensorflow/tfjs";
import type { GradSaveFunc } from "@tensorflow/tfjs-core";
import { onHost, output, view } from "./host";

type Matrix = tf.Tensor2D;

export function linear(x: Matrix, weight: Matrix, bias: tf.Tensor1D): Matrix {
  return (onHost() ? linearOnHost : linearPlain)(x, weight, bias);
}

/** The plain version. */
export function linearPlain(
  x: Matrix,
  weight: Matrix,
  bias: tf.Tensor1D,
): Matrix {
  return tf.add(tf.matMul(x, weight, false, true), bias);
}

function linearOnHost(x: Matrix, weight: Matrix, bias: tf.Tensor1D): Matrix {
  return tf.customGrad((a, b, c, save) => {
    const [x, weight, bias] = [a, b, c] as [Matrix, Matrix, tf.Tensor1D];
    (save as GradSaveFunc)([x, weight]);
    return {
      // The product is ours alone and fresh, so the bias is added in place.
      value: addRow(timesTransposed(x, weight), bias),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, weight] = saved as [Matrix, Matrix];
        return [
          tf.matMul(dy as Matrix, weight),
          transposedTimes(dy as Matrix, x),
          sumRows(dy as Matrix),
        ];
      },
    };
  })(x, weight, bias) as Matrix;
}

/** a bᵀ */
function timesTransposed(a: Matrix, b: Matrix): Matrix {
  if (tf.getBackend() !== "wasm") return tf.matMul<Matrix>(a, b, false, true);
  const turned = transpose(b);
  const product = tf.matMul<Matrix>(a, turned);
  turned.dispose();
  return product;
}

/** aᵀ b */
function transposedTimes(a: Matrix, b: Matrix): Matrix {
  if (tf.getBackend() !== "wasm") return tf.matMul<Matrix>(a, b, true, false);
  const turned = transpose(a);
  const product = tf.matMul<Matrix>(turned, b);
  turned.dispose();
  return product;
}

/** In 16 × 16 tiles, so that both sides stay in cache. */
function transpose(x: Matrix): Matrix {
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

function addRow(product: Matrix, row: tf.Tensor1D): Matrix {
  const [to, by] = [view(product), view(row)];
  const columns = by.length;
  for (let at = 0; at < to.length; at += columns)
    for (let c = 0; c < columns; c++) to[at + c] = to[at + c]! + by[c]!;
  return product;
}

/** [N, O] → [O] */
function sumRows(x: Matrix): tf.Tensor1D {
  const [rows, columns] = x.shape;
  const result = output<tf.Rank.R1>([columns]);
  const [from, to] = [view(x), view(result)];
  to.fill(0);
  for (let r = 0, at = 0; r < rows; r++, at += columns)
    for (let c = 0; c < columns; c++) to[c] = to[c]! + from[at + c]!;
  return result;
}
