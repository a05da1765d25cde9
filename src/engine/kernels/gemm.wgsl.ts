// Matrix products for the GPU, with what follows each (bias, activation, dropout,
// residual …) done while C is in registers, and a bias gradient's column sums in
// the pass over A. NT: C = A Bᵀ with A [m,k], B [n,k]; NN: C = A B with A [m,k],
// B [k,n]; TN: C = Aᵀ B with A [k,m], B [k,n]. All memory is read in vectors of
// four along whatever lies contiguous, and four steps of k are taken at a time:
// with a₀…a₃ and b₀…b₃ along k, every form is c += a·b.
//
// The surprise: tiles in shared memory, which a real GPU wants, are what a GPU in
// software wants least; there a thread keeps a tile of C in registers and reads A
// and B directly. Hence several tiles, of which the tuner takes the fastest.
//
// A thread whose rows or columns lie beyond the end reads the last ones again and
// writes nothing. Beyond k, A counts as zero.

import { vectors } from "./prelude.wgsl";

export type Form = "NT" | "NN" | "TN";

export interface Tile {
  name: string;
  /** A and B pass through memory that a workgroup shares. */
  shared: boolean;
  /** Of C, in one thread. */
  rows: number;
  columns: number;
  /** Threads. */
  down: number;
  across: number;
}

const tile = (
  name: string,
  shared: boolean,
  [rows, columns]: [number, number],
  [down, across]: [number, number],
): Tile => ({ name, shared, rows, columns, down, across });

export const tiles: Tile[] = [
  tile("4×4", false, [4, 4], [2, 2]),
  tile("8×8", false, [8, 8], [2, 2]),
  tile("8×16", false, [8, 16], [2, 2]),
  tile("shared 32×32", true, [4, 4], [8, 8]),
  tile("shared 64×32", true, [8, 4], [8, 8]),
  tile("shared 64×64", true, [8, 8], [8, 8]),
];

export const tileNamed = (name: string): Tile | undefined =>
  tiles.find((tile) => tile.name === name);

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const each = (n: number, text: (i: number) => string): string =>
  range(n).map(text).join("\n    ");
const part = "xyzw";

/** What becomes of four numbers of C. */
const epilogue = /* wgsl */ `
struct Epilogue {
  kind: u32, c: u32, ldc: u32, n: u32, bias: u32, extra: u32, extra2: u32,
  threshold: u32, key: u32, scale: f32, keys: u32, activation: u32, add: bool,
}
fn epilogue(o: u32) -> Epilogue {
  var e: Epilogue;
  e.kind = word(o + 11u);
  e.c = place4(o + 9u); e.ldc = word(o + 10u) >> 2u; e.n = word(o + 3u);
  e.bias = place4(o + 12u); e.extra = place4(o + 13u); e.extra2 = place4(o + 14u);
  e.threshold = word(o + 16u); e.key = siteKey(word(o + 15u)); e.scale = number(o + 17u);
  e.keys = word(o + 18u) >> 2u; e.activation = word(o + 19u);
  // Gradients are set in the first batch of a step, and added to in others.
  e.add = word(o + 20u) == 2u || (word(o + 20u) == 1u && header(6u) != 0u);
  return e;
}
fn gelu_tail(x: vec4<f32>) -> vec4<f32> {
  // ½ (1 − erf(|u|/√2)) / e^(−u²/2): Abramowitz and Stegun 7.1.26.
  let s = 1.0 / (1.0 + 0.3275911 * 0.70710678118654752 * abs(x));
  return s * (0.5 * 0.254829592 + s * (0.5 * -0.284496736 + s * (0.5 * 1.421413741 + s * (0.5 * -1.453152027 + s * 0.5 * 1.061405429))));
}
fn safeTanh(x: vec4<f32>) -> vec4<f32> {
  let e = exp(-2.0 * abs(x));
  return select(vec4<f32>(1.0), vec4<f32>(-1.0), x < vec4<f32>(0.0)) * (1.0 - e) / (1.0 + e);
}
/**
 * Row i, columns 4j to 4j + 3. Branches are loops that run once or never: a GPU in
 * software does both sides of a branch, with masks, but leaves a loop.
 */
fn finish(e: Epilogue, i: u32, j: u32, sum: vec4<f32>) {
  let at = i * e.ldc + j;
  var x = sum;
  var drop = vec4<f32>(1.0);
  for (var once = e.threshold != 0u; once; once = false) { drop = kept4(u(e.keys + i) * e.n + 4u * j, e.key, e.threshold, e.scale); }
  for (var once = e.kind == 1u; once; once = false) { x += f4(e.bias + j); }
  for (var once = e.kind == 2u; once; once = false) {
    let v = x + f4(e.bias + j);
    var slope: vec4<f32>;
    for (var gelu = e.activation == 0u; gelu; gelu = false) {
      let g = exp(-0.5 * v * v);
      let tail = gelu_tail(v) * g;
      let phi = select(1.0 - tail, tail, v < vec4<f32>(0.0));
      x = v * phi;
      slope = phi + v * g * 0.39894228040143268;
    }
    for (var tanh_ = e.activation == 1u; tanh_; tanh_ = false) {
      let th = safeTanh(0.79788456080286536 * v * (1.0 + 0.044715 * v * v));
      let half = 0.5 * (1.0 + th);
      x = v * half;
      slope = half + 0.5 * v * (1.0 - th * th) * 0.79788456080286536 * (1.0 + 0.134145 * v * v);
    }
    for (var relu = e.activation > 1u; relu; relu = false) {
      x = max(v, vec4<f32>(0.0));
      slope = select(vec4<f32>(0.0), vec4<f32>(1.0), v > vec4<f32>(0.0));
    }
    if (e.extra != 0u) { put4(e.extra + at, slope); }
  }
  for (var once = e.kind == 3u; once; once = false) { x = (x + f4(e.bias + j)) * drop + f4(e.extra + at); }
  for (var once = e.kind == 4u; once; once = false) { x *= f4(e.extra + at); }
  for (var once = e.kind == 5u; once; once = false) { x += f4(e.extra + at); }
  for (var once = e.kind == 6u; once; once = false) {
    x = safeTanh(x + f4(e.bias + j));
    if (e.extra2 != 0u) { put4(e.extra2 + at, x * drop); }
  }
  for (var once = e.kind == 7u; once; once = false) { let th = f4(e.extra + at); x = x * drop * (1.0 - th * th); }
  for (var once = e.add; once; once = false) { x += f4(e.c + at); }
  put4(e.c + at, x);
}
/** Gradient of a bias, elements 4i to 4i + 3 of m. */
fn finishSums(o: u32, i: u32, m: u32, sum: vec4<f32>) {
  let to = place4(o + 12u) + i;
  // What lies between two gradients stays zero.
  var x = select(vec4<f32>(0.0), sum, vec4<u32>(4u * i) + vec4<u32>(0u, 1u, 2u, 3u) < vec4<u32>(m));
  if (header(6u) != 0u) { x += f4(to); }
  put4(to, x);
}`;

const names = /* wgsl */ `
  let m = word(o + 2u); let n = word(o + 3u); let k = word(o + 4u);
  let a = place4(o + 5u); let lda = word(o + 6u) >> 2u;
  let b = place4(o + 7u); let ldb = word(o + 8u) >> 2u;`;

/** The tile's numbers of C, through an array so that the epilogue is there once. */
const writeTile = ({ rows, columns }: Tile): string => /* wgsl */ `
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
const writeSums = ({ rows }: Tile): string => /* wgsl */ `
  if (j0 == 0u && word(o + 12u) != 0u) {
    ${each(rows / 4, (r) => `if (i0 + ${4 * r}u < m) { finishSums(o, (i0 >> 2u) + ${r}u, m, sum${r}); }`)}
  }`;
const accumulators = (form: Form, { rows, columns }: Tile): string =>
  each(rows * columns, (i) => {
    const [r, c] = [Math.floor(i / columns), i % columns];
    return `var c${r}_${c} = 0.0;`;
  }) +
  (form === "TN" ? each(rows / 4, (r) => `var sum${r} = vec4<f32>(0.0);`) : "");
/** c += a·b for the whole tile, one chain each, so that c is read and written once. */
const products = ({ rows, columns }: Tile): string =>
  each(rows * columns, (i) => {
    const [r, c] = [Math.floor(i / columns), i % columns];
    const chain = range(4).reduce(
      (sum, q) => `fma(a${r}.${part[q]}, b${c}.${part[q]}, ${sum})`,
      `c${r}_${c}`,
    );
    return `c${r}_${c} = ${chain};`;
  });

/** Nothing shared: every thread by itself. */
function direct(form: Form, tile: Tile): string {
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

/** Steps of k that pass through shared memory at a time. */
const depth = 16;

/** A and B pass through shared memory, k first, 16 steps at a time. */
function shared(form: Form, tile: Tile): string {
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

/** Workgroups for C [m, n]. */
export const tileGroups = (tile: Tile, m: number, n: number): number =>
  Math.ceil(m / (tile.rows * tile.down)) *
  Math.ceil(n / (tile.columns * tile.across));

/**
 * One product; or two that do not wait for each other, NN and then TN (a layer's
 * dx and dW), so that a small one does not leave the GPU idle. The second one's
 * words follow the first one's, and its workgroups follow too.
 */
export function gemmShader(forms: Form[], [first, second]: Tile[]): string {
  const used = [first!, second ?? first!];
  const size = (of: (tile: Tile) => number) =>
    Math.max(...used.map(of)) * depth;
  return (
    vectors +
    epilogue +
    (first!.shared
      ? /* wgsl */ `
var<workgroup> tileA: array<f32, ${size((t) => t.rows * t.down)}>;
var<workgroup> tileB: array<f32, ${size((t) => t.columns * t.across)}>;`
      : "") +
    forms
      .map((form, i) => (first!.shared ? shared : direct)(form, used[i]!))
      .join("") +
    /* wgsl */ `
@compute @workgroup_size(${first!.down * first!.across})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) t: u32) {
  let item = group.x + group.y * groups.x;
  ${
    forms.length === 1
      ? `if (item >= ${groupsOf(first!, 0)}) { return; }
  product${forms[0]}(0u, item, t);`
      : `let before = ${groupsOf(used[0]!, 0)};
  if (item < before) { product${forms[0]}(0u, item, t); }
  else if (item - before < ${groupsOf(used[1]!, 32)}) { product${forms[1]}(32u, item - before, t); }`
  }
}`
  );
}
const groupsOf = ({ rows, down, columns, across }: Tile, o: number): string =>
  `((word(${o + 2}u) + ${rows * down - 1}u) / ${rows * down}u) * ((word(${o + 3}u) + ${columns * across - 1}u) / ${columns * across}u)`;
