// Text that the kernels of a product have in common.

import type { Tile } from "./tiles";

/** 0 … n − 1 */
export const range = (n: number): number[] =>
  Array.from({ length: n }, (_, i) => i);
/** A line for each of 0 … n − 1: loops are written out, since WGSL's do not unroll for sure. */
export const each = (n: number, text: (i: number) => string): string =>
  range(n).map(text).join("\n    ");
/** The components of a vector, by index. */
export const part = "xyzw";

/** A product's sizes and matrices: addresses and strides in vectors of four floats, sizes in floats. */
export const names = /* wgsl */ `
  let m = operand(o + Gemm_m); let n = operand(o + Gemm_n); let k = operand(o + Gemm_k);
  let a = place4(o + Gemm_a); let lda = operand(o + Gemm_lda) >> 2u;
  let b = place4(o + Gemm_b); let ldb = operand(o + Gemm_ldb) >> 2u;`;

/** The tile's numbers of C, through an array so that the epilogue is there once. */
export const writeTile = ({ rows, columns }: Tile): string => /* wgsl */ `
  let e = epilogue(o);
  var all = array<vec4<f32>, ${(rows * columns) / 4}>(${range(rows)
    .flatMap((r) =>
      range(columns / 4).map(
        (c) => `vec4<f32>(${range(4).map((q) => `c${r}_${4 * c + q}`)})`,
      ),
    )
    .join(", ")});
  for (var r = 0u; r < ${rows}u; r++) {
    for (var c = 0u; c < ${columns / 4}u; c++) {
      if (i0 + r < m && j0 + 4u * c < n) { finish(e, i0 + r, (j0 >> 2u) + c, all[r * ${columns / 4}u + c]); }
    }
  }`;
/** Of form TN: Σ_k A[k, i], a bias's gradient [m], written by whoever has C's first columns. */
export const writeSums = ({ rows }: Tile): string => /* wgsl */ `
  if (j0 == 0u && operand(o + Gemm_bias) != 0u) {
    ${each(rows / 4, (r) => `if (i0 + ${4 * r}u < m) { finishSums(o, (i0 >> 2u) + ${r}u, m, sum${r}); }`)}
  }`;
