// Sum of three look-ups: e[n] = word[ids[n]] + position[n mod T] + type[segments[n]].
// Backward, each table row collects the rows of dy that used it. tfjs-wasm has no
// such kernel and tfjs-webgpu adds in whatever order its atomics fall; here the
// occurrences are sorted on the host first, so that sums have one order and the
// same seed gives the same losses.

import * as tf from "@tensorflow/tfjs";
import { onGpu, run } from "./gpu";
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
  if (onHost() || onGpu()) return fused(word, position, type, places);
  return embedPlain(word, position, type, places);
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

function fused(
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
      value: onHost()
        ? lookUpOnHost([word!, position!, type!], tables)
        : lookUpOnGpu([word!, position!, type!], tables),
      gradFunc: (dy: tf.Tensor) =>
        [word!, position!, type!].map((table, t) =>
          collectRows(dy as tf.Tensor2D, tables[t]!, table.shape[0], width),
        ),
    };
  })(word, position, type) as tf.Tensor2D;
}

function lookUpOnHost(tables: tf.Tensor2D[], at: Int32Array[]): tf.Tensor2D {
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

function lookUpOnGpu(tables: tf.Tensor2D[], at: Int32Array[]): tf.Tensor2D {
  const rows = at[0]!.length;
  const width = tables[0]!.shape[1];
  return tf.tidy(() =>
    run<tf.Rank.R2>(
      {
        key: "embed",
        inputs: ["word", "position", "kind", "ids", "places", "segments"],
        uniforms: [{ name: "width", type: "i32", value: width }],
        code: /* wgsl */ `
          let r = index / uniforms.width;
          let c = index % uniforms.width;
          result[index] = word[ids[r] * uniforms.width + c]
            + position[places[r] * uniforms.width + c]
            + kind[segments[r] * uniforms.width + c];`,
      },
      [...tables, ...at.map((indices) => tf.tensor1d(indices, "int32"))],
      [rows, width],
    ),
  );
}

/** [N, H] and N row numbers below `count` → [count, H]: out[k] = Σ of dy's rows numbered k. */
export function collectRows(
  dy: tf.Tensor2D,
  numbers: Int32Array,
  count: number,
  width: number,
): tf.Tensor2D {
  if (onHost()) {
    const result = output<tf.Rank.R2>([count, width]);
    const [from, to] = [view(dy), view(result)];
    to.fill(0);
    for (let r = 0, o = 0; r < numbers.length; r++, o += width) {
      const at = numbers[r]! * width;
      for (let c = 0; c < width; c++) to[at + c] = to[at + c]! + from[o + c]!;
    }
    return result;
  }
  // Counting sort: rows of dy by number; `starts` has each number's first.
  const starts = new Int32Array(count + 1);
  for (const number of numbers) starts[number + 1]!++;
  for (let k = 0; k < count; k++) starts[k + 1]! += starts[k]!;
  const next = starts.slice();
  const order = new Int32Array(numbers.length);
  numbers.forEach((number, row) => (order[next[number]!++] = row));
  return tf.tidy(() =>
    run<tf.Rank.R2>(
      {
        key: "collectRows",
        inputs: ["dy", "order", "starts"],
        uniforms: [{ name: "width", type: "i32", value: width }],
        code: /* wgsl */ `
          let k = index / uniforms.width;
          let c = index % uniforms.width;
          var sum = 0.0;
          for (var i = starts[k]; i < starts[k + 1]; i++) {
            sum += dy[order[i] * uniforms.width + c];
          }
          result[index] = sum;`,
      },
      [dy, tf.tensor1d(order, "int32"), tf.tensor1d(starts, "int32")],
      [count, width],
    ),
  );
}
