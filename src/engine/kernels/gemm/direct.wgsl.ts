// A product in which nothing is shared: every thread reads A and B by itself and
// keeps its tile of C in registers.

import { each, names, part, range, writeSums, writeTile } from "./text";
import type { Form, Tile } from "./tiles";

/**
 * The names of C's numbers, c_row_column, one variable each: an array indexed in a
 * loop might not stay in registers. For TN, of sums of A's columns, too.
 */
const accumulators = (form: Form, { rows, columns }: Tile): string =>
  each(rows * columns, (i) => {
    const [r, c] = [Math.floor(i / columns), i % columns];
    return `var c${r}_${c} = 0.0;`;
  }) +
  (form === "TN" ? each(rows / 4, (r) => `var sum${r} = vec4<f32>(0.0);`) : "");

/**
 * c += a·b for the whole tile, one chain each, so that c is read and written once.
 * `rows + columns` vectors are read for `rows · columns` products of them: why larger
 * tiles are faster, until registers run out.
 */
const products = ({ rows, columns }: Tile): string =>
  each(rows * columns, (i) => {
    const [r, c] = [Math.floor(i / columns), i % columns];
    const chain = range(4).reduce(
      (sum, q) => `fma(a${r}.${part[q]}, b${c}.${part[q]}, ${sum})`,
      `c${r}_${c}`,
    );
    return `c${r}_${c} = ${chain};`;
  });

// The tile of C in one thread is [rows, columns], from i0 and j0 on; x runs over k in
// fours. Per four steps: a_r = A[i0 + r, x … x + 3] for each row, b_c likewise for each
// column, and c_rc += a_r · b_c. Where k is not what lies contiguous (A in TN; B in NN
// and TN), four vectors s_q = A[x + q, i … i + 3], one for each step of k, are
// transposed into four a. Beyond k, A is zero: in NN by `live`, in TN by the select; in
// NT, k is a number of features, whole vectors.
export function direct(form: Form, tile: Tile): string {
  const { rows, columns, down, across } = tile;
  const loadA =
    form === "TN"
      ? each(rows / 4, (r) =>
          [
            each(
              4,
              (q) =>
                `let s${r}_${q} = select(vec4<f32>(0.0), f4(a + min(x + ${q}u, k - 1u) * lda + ia${r}), x + ${q}u < k);`,
            ),
            each(
              4,
              (p) =>
                `let a${4 * r + p} = vec4<f32>(${range(4).map((q) => `s${r}_${q}.${part[p]}`)});`,
            ),
            `sum${r} += (s${r}_0 + s${r}_1) + (s${r}_2 + s${r}_3);`,
          ].join("\n    "),
        )
      : each(
          rows,
          (r) =>
            `let a${r} = ${form === "NT" ? `f4(pa${r} + (x >> 2u))` : `select(vec4<f32>(0.0), f4(pa${r} + (x >> 2u)), live)`};`,
        );
  // sum_r = Σ_k A[k, 4r … 4r + 3]: what the bias's gradient is.
  const loadB =
    form === "NT"
      ? each(columns, (c) => `let b${c} = f4(pb${c} + (x >> 2u));`)
      : each(columns / 4, (c) =>
          [
            each(
              4,
              (q) =>
                `let t${c}_${q} = f4(b + min(x + ${q}u, k - 1u) * ldb + jb${c});`,
            ),
            each(
              4,
              (p) =>
                `let b${4 * c + p} = vec4<f32>(${range(4).map((q) => `t${c}_${q}.${part[p]}`)});`,
            ),
          ].join("\n    "),
        );
  return /* wgsl */ `
fn product${form}(o: u32, group: u32, t: u32) {
  ${names}
  let wide = (n + ${columns * across - 1}u) / ${columns * across}u;
  let i0 = ((group / wide) * ${down}u + t / ${across}u) * ${rows}u;
  let j0 = ((group % wide) * ${across}u + t % ${across}u) * ${columns}u;
  if (i0 >= m || j0 >= n) { return; }
  ${accumulators(form, tile)}
  ${
    form === "TN"
      ? each(
          rows / 4,
          (r) => `let ia${r} = min((i0 >> 2u) + ${r}u, (m - 1u) >> 2u);`,
        )
      : each(rows, (r) => `let pa${r} = a + min(i0 + ${r}u, m - 1u) * lda;`)
  }
  ${
    form === "NT"
      ? each(columns, (c) => `let pb${c} = b + min(j0 + ${c}u, n - 1u) * ldb;`)
      : each(
          columns / 4,
          (c) => `let jb${c} = min((j0 >> 2u) + ${c}u, (n - 1u) >> 2u);`,
        )
  }
  for (var x = 0u; x < k; x += 4u) {
    ${form === "NN" ? "let live = vec4<u32>(x) + vec4<u32>(0u, 1u, 2u, 3u) < vec4<u32>(k);" : ""}
    ${loadB}
    ${loadA}
    ${products(tile)}
  }
  ${writeTile(tile)}
  ${form === "TN" ? writeSums(tile) : ""}
}`;
}
