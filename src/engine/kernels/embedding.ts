// Sum of three look-ups: e[n] = word[ids[n]] + position[n mod T] + type[segments[n]].
//   ids, segments [N], tables [V, H], [P, H], [S, H]  →  e [N, H]
// Backward, each table row collects the rows of dy that used it:
//   dword[v] = Σ over n with ids[n] = v of dy[n], and so on.
// tfjs-wasm has no kernel for that sum. tfjs-webgpu adds with atomics, in whatever
// order they fall: there the last bits of a run differ from those of the next.

import * as tf from "@tensorflow/tfjs";
import { onHost, output, view } from "./host";

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
  places: Places,
): tf.Tensor2D {
  return (onHost() ? embedOnHost : embedPlain)(word, position, type, places);
}

/** The plain version. */
export function embedPlain(
  word: tf.Tensor2D,
  position: tf.Tensor2D,
  type: tf.Tensor2D,
  places: Places,
): tf.Tensor2D {
  const look = (table: tf.Tensor2D, at: Int32Array) =>
    tf.gather(table, tf.tensor1d(at, "int32")) as tf.Tensor2D;
  return tf.add(
    tf.add(look(word, places.ids), look(position, positionsOf(places))),
    look(type, places.segments),
  );
}

const positionsOf = ({ ids, tokens }: Places) =>
  ids.map((_, row) => row % tokens);

function embedOnHost(
  word: tf.Tensor2D,
  position: tf.Tensor2D,
  type: tf.Tensor2D,
  places: Places,
): tf.Tensor2D {
  const width = word.shape[1];
  const positions = positionsOf(places);
  const tables = [places.ids, positions, places.segments];
  return tf.customGrad((a, b, c) => {
    const [word, position, type] = [a, b, c] as tf.Tensor2D[];
    return {
      value: lookUp([word!, position!, type!], tables),
      gradFunc: (dy: tf.Tensor) =>
        [word!, position!, type!].map((table, t) =>
          collectRows(dy as tf.Tensor2D, tables[t]!, table.shape[0], width),
        ),
    };
  })(word, position, type) as tf.Tensor2D;
}

function lookUp(tables: tf.Tensor2D[], at: Int32Array[]): tf.Tensor2D {
  const rows = at[0]!.length;
  const width = tables[0]!.shape[1];
  const result = output<tf.Rank.R2>([rows, width]);
  const [word, position, type] = tables.map(view) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const [ids, places, segments] = at as [Int32Array, Int32Array, Int32Array];
  const to = view(result);
  for (let r = 0, o = 0; r < rows; r++, o += width) {
    const w = ids[r]! * width;
    const p = places[r]! * width;
    const s = segments[r]! * width;
    for (let c = 0; c < width; c++)
      to[o + c] = word[w + c]! + position[p + c]! + type[s + c]!;
  }
  return result;
}

/** [N, H] and N row numbers below `count` → [count, H]: out[k] = Σ of dy's rows numbered k, in their order. Host only. */
export function collectRows(
  dy: tf.Tensor2D,
  numbers: Int32Array,
  count: number,
  width: number,
): tf.Tensor2D {
  const result = output<tf.Rank.R2>([count, width]);
  const [from, to] = [view(dy), view(result)];
  to.fill(0);
  for (let r = 0, o = 0; r < numbers.length; r++, o += width) {
    const at = numbers[r]! * width;
    for (let c = 0; c < width; c++) to[at + c] = to[at + c]! + from[o + c]!;
  }
  return result;
}
