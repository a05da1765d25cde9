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

// Its own gradient, because that of tf.gather is UnsortedSegmentSum, which wasm
// does not have and cpu works out as V passes over all of dy, minutes instead of
// milliseconds. ScatterNd is the same sum, on every backend.
function lookUp(table: tf.Tensor2D, rows: Int32Array): tf.Tensor2D {
  return tf.customGrad((input) => {
    const table = input as tf.Tensor2D;
    return {
      value: tf.gather(table, tf.tensor1d(rows, "int32")),
      gradFunc: (dy: tf.Tensor) =>
        tf.scatterND(
          tf.tensor2d(rows, [rows.length, 1], "int32"),
          dy,
          table.shape,
        ),
    };
  })(table) as tf.Tensor2D;
}
