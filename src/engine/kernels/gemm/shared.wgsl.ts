// A product whose A and B pass through memory that a workgroup shares, k first,
// 16 steps at a time. A number of A is then read from the arena once for `wide`
// columns of C, one of B once for `high` rows, and not once for each thread's tile:
// (high + wide) · k reads for high · wide · k products. Of a round's two
// barriers, one waits until all is there, the other until all is read.

import { each, names, part, range, writeSums, writeTile } from "./text";
import type { Form, Tile } from "./tiles";

/**
 * Steps of k that pass through shared memory at a time: 64 × 64 tiles take 2 · 64 · 16
 * floats, 8 KiB of the 16 KiB that WebGPU promises a workgroup.
 */
export const depth = 16;

// A workgroup's tile of C is [high, wide]; of A it has tileA[depth][high] in shared
// memory, of B tileB[depth][wide]: k outermost, so that a step of k is the outer product
// of two stretches, of which a thread takes `rows` from di and `columns` from dj.
export function shared(form: Form, tile: Tile): string {
  const { rows, columns, down, across } = tile;
  const [high, wide] = [rows * down, columns * across];
  const threads = down * across;
  // From a matrix whose k is contiguous, a vector spreads over four rows of the
  // shared tile; from one whose rows or columns are, it stays together.
  const load = (
    to: string,
    from: string,
    ld: string,
    size: number,
    start: string,
    limit: string,
    alongK: boolean,
  ) => /* wgsl */ `
    for (var x = t; x < ${(size * depth) / 4}u; x += ${threads}u) {
      var v = vec4<f32>(0.0);
      ${
        alongK
          ? /* wgsl */ `let i = x / ${depth / 4}u; let l = k0 + (x % ${depth / 4}u) * 4u;
      if (${start} + i < ${limit} && l < k) {
        v = select(vec4<f32>(0.0), f4(${from} + (${start} + i) * ${ld} + (l >> 2u)), vec4<u32>(l) + vec4<u32>(0u, 1u, 2u, 3u) < vec4<u32>(k));
      }
      let y = (l - k0) * ${size}u + i;
      ${each(4, (q) => `${to}[y + ${q * size}u] = v.${part[q]};`)}`
          : /* wgsl */ `let l = x / ${size / 4}u; let i = (x % ${size / 4}u) * 4u;
      if (${start} + i < ${limit} && k0 + l < k) { v = f4(${from} + (k0 + l) * ${ld} + ((${start} + i) >> 2u)); }
      let y = l * ${size}u + i;
      ${each(4, (q) => `${to}[y + ${q}u] = v.${part[q]};`)}`
      }
    }`;
  const vector = (from: string, at: string, q: number) =>
    `vec4<f32>(${range(4).map((p) => `${from}[${at} + ${4 * q + p}u]`)})`;
  return /* wgsl */ `
fn product${form}(o: u32, group: u32, t: u32) {
  ${names}
  let blocks = (n + ${wide - 1}u) / ${wide}u;
  let top = (group / blocks) * ${high}u; let left = (group % blocks) * ${wide}u;
  let di = (t / ${across}u) * ${rows}u; let dj = (t % ${across}u) * ${columns}u;
  let i0 = top + di; let j0 = left + dj;
  ${each((rows * columns) / 4, (i) => `var v${i} = vec4<f32>(0.0);`)}
  ${form === "TN" ? each(rows / 4, (r) => `var sum${r} = vec4<f32>(0.0);`) : ""}
  for (var k0 = 0u; k0 < k; k0 += ${depth}u) {
    ${load("tileA", "a", "lda", high, "top", "m", form !== "TN")}
    ${load("tileB", "b", "ldb", wide, "left", "n", form === "NT")}
    workgroupBarrier();
    for (var l = 0u; l < ${depth}u; l++) {
      let ya = l * ${high}u + di; let yb = l * ${wide}u + dj;
      ${each(rows / 4, (r) => `let a${r} = ${vector("tileA", "ya", r)};`)}
      ${each(columns / 4, (c) => `let b${c} = ${vector("tileB", "yb", c)};`)}
      ${each((rows * columns) / 4, (i) => {
        const [r, c] = [Math.floor((4 * i) / columns), i % (columns / 4)];
        return `v${i} += a${r >> 2}.${part[r & 3]} * b${c};`;
      })}
      ${form === "TN" ? each(rows / 4, (r) => `sum${r} += a${r};`) : ""}
    }
    workgroupBarrier();
  }
  ${each(rows * columns, (i) => {
    const [r, c] = [Math.floor(i / columns), i % columns];
    return `let c${r}_${c} = v${(r * columns) / 4 + (c >> 2)}.${part[c & 3]};`;
  })}
  ${writeTile(tile)}
  ${form === "TN" ? writeSums(tile) : ""}
}`;
}
