// One WGSL matrix product for everything: C = A B over strided, batched operands,
// with an optional bias. Transposes are strides, heads are a batch dimension, so
// that nothing is ever rearranged in memory and one pipeline serves all.
//
// An invocation owns an 8 × 4 tile of C in registers and walks the inner
// dimension once: 12 loads for 32 multiply-adds, no shared memory and no
// barriers. That suits a software adapter best (ENGINE figures: 3.0 GFLOP/s on
// SwiftShader where tiles in shared memory reach 1.7). TensorFlow.js' own
// product would be the plain version, but for its split-K, which reads a
// transposed b wrongly from 2,000 inner elements on.

import * as tf from "@tensorflow/tfjs";
import { run } from "./gpu";

/** Where an operand's elements are: at z's place + row · rows + column · columns. */
export interface Strides {
  rows: number;
  columns: number;
  /** Batch entry z = (outer, inner): outer · outerStep + inner · innerStep. */
  outer?: number;
  inner?: number;
}

export interface Product {
  /** Rows of A and C. */
  m: number;
  /** Columns of B and C. */
  n: number;
  /** Columns of A, rows of B. */
  k: number;
  a: Strides;
  b: Strides;
  c: Strides;
  /** Batch: outer × inner products. */
  outer?: number;
  inner?: number;
}

const tileRows = 8;
const tileColumns = 4;

/** The result has `shape`; `c` must reach all of it. `bias` [n] is added to every row. */
export function gemm<R extends tf.Rank = tf.Rank.R2>(
  a: tf.Tensor,
  b: tf.Tensor,
  product: Product,
  shape: number[],
  bias?: tf.Tensor1D,
): tf.Tensor<R> {
  const { m, n, k, outer = 1, inner = 1 } = product;
  const tiles = Math.ceil(m / tileRows) * Math.ceil(n / tileColumns);
  const u = (name: string, value: number) => ({
    name,
    type: "i32" as const,
    value,
  });
  const strides = (name: string, s: Strides) => [
    u(`${name}Rows`, s.rows),
    u(`${name}Columns`, s.columns),
    u(`${name}Outer`, s.outer ?? 0),
    u(`${name}Inner`, s.inner ?? 0),
  ];
  return run<R>(
    {
      key: bias ? "gemmBias" : "gemm",
      inputs: bias ? ["a", "b", "bias"] : ["a", "b"],
      items: tiles * outer * inner,
      uniforms: [
        u("m", m),
        u("n", n),
        u("k", k),
        u("inner", inner),
        ...strides("a", product.a),
        ...strides("b", product.b),
        ...strides("c", product.c),
      ],
      code: code(bias !== undefined),
    },
    bias ? [a, b, bias] : [a, b],
    shape,
  );
}

const rows = Array.from({ length: tileRows }, (_, i) => i);
const columns = Array.from({ length: tileColumns }, (_, i) => i);

/** Rows and columns past the edge read the last one and are not written. */
const code = (withBias: boolean) => /* wgsl */ `
  let across = (uniforms.n + ${tileColumns - 1}) / ${tileColumns};
  let down = (uniforms.m + ${tileRows - 1}) / ${tileRows};
  let column = (index % across) * ${tileColumns};
  let row = ((index / across) % down) * ${tileRows};
  let z = index / (across * down);
  let outer = z / uniforms.inner;
  let inner = z % uniforms.inner;
  let aAt = outer * uniforms.aOuter + inner * uniforms.aInner;
  let bAt = outer * uniforms.bOuter + inner * uniforms.bInner;
  let cAt = outer * uniforms.cOuter + inner * uniforms.cInner;
  ${rows
    .map(
      (i) => `
  var a${i} = aAt + min(row + ${i}, uniforms.m - 1) * uniforms.aRows;
  var sum${i} = vec4<f32>();`,
    )
    .join("")}
  ${columns
    .map(
      (j) => `
  var b${j} = bAt + min(column + ${j}, uniforms.n - 1) * uniforms.bColumns;`,
    )
    .join("")}
  for (var x = 0; x < uniforms.k; x++) {
    let right = vec4<f32>(${columns.map((j) => `b[b${j}]`).join(", ")});
    ${rows.map((i) => `sum${i} += a[a${i}] * right; a${i} += uniforms.aColumns;`).join("\n    ")}
    ${columns.map((j) => `b${j} += uniforms.bRows;`).join(" ")}
  }
  ${
    withBias
      ? `let more = vec4<f32>(${columns.map((j) => `bias[min(column + ${j}, uniforms.n - 1)]`).join(", ")});
  ${rows.map((i) => `sum${i} += more;`).join(" ")}`
      : ""
  }
  ${rows
    .map(
      (i) => `
  if (row + ${i} < uniforms.m) {
    let at = cAt + (row + ${i}) * uniforms.cRows + column * uniforms.cColumns;
    ${columns
      .map(
        (j) =>
          `if (column + ${j} < uniforms.n) { result[at + ${j} * uniforms.cColumns] = sum${i}[${j}]; }`,
      )
      .join("\n    ")}
  }`,
    )
    .join("")}`;
