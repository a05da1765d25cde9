// Sum of three look-ups: e[n] = word[ids[n]] + position[n mod T] + type[segments[n]].
//   ids, segments [N], tables [V, H], [P, H], [S, H]  →  e [N, H]
// Backward, each table row collects the rows of dy that used it:
//   dword[v] = Σ over n with ids[n] = v of dy[n], and so on.

import * as tf from "@tensorflow/tfjs";

export interface Places {
  /** [N] */
  ids: Int32Array;
  /** [N] */
  segments: Int32Array;
  /** T: the position of row n is n mod T. */
  tokens: number;
}

export function embed(
  word: tf.Tensor2D,
  position: tf.Tensor2D,
  type: tf.Tensor2D,
  { ids, segments, tokens }: Places,
): tf.Tensor2D {
  return tf.add(
    tf.add(
      lookUp(word, ids),
      lookUp(
        position,
        ids.map((_, row) => row % tokens),
      ),
    ),
    lookUp(type, segments),
  );
}

// Its own gradient, because that of tf.gather is UnsortedSegmentSum: wasm lacks it,
// cpu and webgl go over all of dy once for each of the V rows, and webgpu adds with
// atomics, in whatever order they fall.
function lookUp(table: tf.Tensor2D, rows: Int32Array): tf.Tensor2D {
  return tf.customGrad((input) => {
    const table = input as tf.Tensor2D;
    return {
      value: tf.gather(table, tf.tensor1d(rows, "int32")),
      gradFunc: (dy: tf.Tensor) =>
        collect(dy as tf.Tensor2D, rows, table.shape[0]),
    };
  })(table) as tf.Tensor2D;
}

/**
 * dy [N, H] → [V, H], each row the sum of dy's rows that name it. Of the V, a batch
 * names few, U: those are summed as a product, [U, N] [N, H], and then given their
 * places; all others take a row of zeros.
 */
function collect(dy: tf.Tensor2D, rows: Int32Array, count: number): tf.Tensor {
  const named = [...new Set(rows)];
  const place = new Int32Array(count).fill(named.length);
  named.forEach((row, u) => (place[row] = u));
  const ones = new Float32Array(named.length * rows.length);
  rows.forEach((row, n) => (ones[place[row]! * rows.length + n] = 1));
  const sums = tf.matMul(tf.tensor2d(ones, [named.length, rows.length]), dy);
  return tf.gather(
    tf.pad(sums, [
      [0, 1],
      [0, 0],
    ]),
    tf.tensor1d(place, "int32"),
  );
}
