// The inner product of everything: an MR × 8 tile of C += A · B over packed
// panels (pack.wasm.ts).
//
// MR = 6 where multiplication and addition are one instruction: 12 sums hide its
// latency, and with two vectors of B and one of A they fill the 16 registers. Where
// they are two, the product needs one more, and older engines spill anything
// larger than 4 × 8 (5 × 8: 24 GFLOP/s in V8 11.3, where 4 × 8 reaches 38).

import { madd } from "./math.wasm";

export const MR: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
export const NR: i32 = 8;

/**
 * c[MR][8] = or += Σ_k a[k][·] b[k][·]; `ldc` in bytes. For 8 · MR products a step of
 * k reads 8 + MR floats. Written out and not in loops, because locals become
 * registers, and arrays would be memory.
 */
@inline
export function tile(
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  ldc: usize,
  add: bool,
): void {
  if (ASC_FEATURE_RELAXED_SIMD) tile6(k, a, b, c, ldc, add);
  else tile4(k, a, b, c, ldc, add);
}

// A step of k is an outer product: column a[k][0 … MR − 1], each number spread over a
// vector, times row b[k][0 … 7], two vectors. c_r0 and c_r1 are row r's two halves.
function tile4(
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  ldc: usize,
  add: bool,
): void {
  const z = f32x4.splat(0);
  let c00 = z,
    c01 = z,
    c10 = z,
    c11 = z,
    c20 = z,
    c21 = z,
    c30 = z,
    c31 = z;
  for (; k > 0; k--) {
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a, 0);
    c00 = madd(a0, b0, c00);
    c01 = madd(a0, b1, c01);
    const a1 = v128.load32_splat(a, 4);
    c10 = madd(a1, b0, c10);
    c11 = madd(a1, b1, c11);
    const a2 = v128.load32_splat(a, 8);
    c20 = madd(a2, b0, c20);
    c21 = madd(a2, b1, c21);
    const a3 = v128.load32_splat(a, 12);
    c30 = madd(a3, b0, c30);
    c31 = madd(a3, b1, c31);
    a += 16;
    b += 32;
  }
  if (add) {
    let p = c;
    c00 = f32x4.add(c00, v128.load(p, 0));
    c01 = f32x4.add(c01, v128.load(p, 16));
    p += ldc;
    c10 = f32x4.add(c10, v128.load(p, 0));
    c11 = f32x4.add(c11, v128.load(p, 16));
    p += ldc;
    c20 = f32x4.add(c20, v128.load(p, 0));
    c21 = f32x4.add(c21, v128.load(p, 16));
    p += ldc;
    c30 = f32x4.add(c30, v128.load(p, 0));
    c31 = f32x4.add(c31, v128.load(p, 16));
  }
  v128.store(c, c00, 0);
  v128.store(c, c01, 16);
  c += ldc;
  v128.store(c, c10, 0);
  v128.store(c, c11, 16);
  c += ldc;
  v128.store(c, c20, 0);
  v128.store(c, c21, 16);
  c += ldc;
  v128.store(c, c30, 0);
  v128.store(c, c31, 16);
}

function tile6(
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  ldc: usize,
  add: bool,
): void {
  const z = f32x4.splat(0);
  let c00 = z,
    c01 = z,
    c10 = z,
    c11 = z,
    c20 = z,
    c21 = z,
    c30 = z,
    c31 = z,
    c40 = z,
    c41 = z,
    c50 = z,
    c51 = z;
  for (; k > 0; k--) {
    const b0 = v128.load(b, 0);
    const b1 = v128.load(b, 16);
    const a0 = v128.load32_splat(a, 0);
    c00 = madd(a0, b0, c00);
    c01 = madd(a0, b1, c01);
    const a1 = v128.load32_splat(a, 4);
    c10 = madd(a1, b0, c10);
    c11 = madd(a1, b1, c11);
    const a2 = v128.load32_splat(a, 8);
    c20 = madd(a2, b0, c20);
    c21 = madd(a2, b1, c21);
    const a3 = v128.load32_splat(a, 12);
    c30 = madd(a3, b0, c30);
    c31 = madd(a3, b1, c31);
    const a4 = v128.load32_splat(a, 16);
    c40 = madd(a4, b0, c40);
    c41 = madd(a4, b1, c41);
    const a5 = v128.load32_splat(a, 20);
    c50 = madd(a5, b0, c50);
    c51 = madd(a5, b1, c51);
    a += 24;
    b += 32;
  }
  if (add) {
    let p = c;
    c00 = f32x4.add(c00, v128.load(p, 0));
    c01 = f32x4.add(c01, v128.load(p, 16));
    p += ldc;
    c10 = f32x4.add(c10, v128.load(p, 0));
    c11 = f32x4.add(c11, v128.load(p, 16));
    p += ldc;
    c20 = f32x4.add(c20, v128.load(p, 0));
    c21 = f32x4.add(c21, v128.load(p, 16));
    p += ldc;
    c30 = f32x4.add(c30, v128.load(p, 0));
    c31 = f32x4.add(c31, v128.load(p, 16));
    p += ldc;
    c40 = f32x4.add(c40, v128.load(p, 0));
    c41 = f32x4.add(c41, v128.load(p, 16));
    p += ldc;
    c50 = f32x4.add(c50, v128.load(p, 0));
    c51 = f32x4.add(c51, v128.load(p, 16));
  }
  v128.store(c, c00, 0);
  v128.store(c, c01, 16);
  c += ldc;
  v128.store(c, c10, 0);
  v128.store(c, c11, 16);
  c += ldc;
  v128.store(c, c20, 0);
  v128.store(c, c21, 16);
  c += ldc;
  v128.store(c, c30, 0);
  v128.store(c, c31, 16);
  c += ldc;
  v128.store(c, c40, 0);
  v128.store(c, c41, 16);
  c += ldc;
  v128.store(c, c50, 0);
  v128.store(c, c51, 16);
}

/**
 * As `tile`, where only `rows` × `cols` of C exist; `spare` is MR · NR floats of working space.
 * The panels are whole, padded with zeros: the product is made in full, then copied.
 */
export function edge(
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  ldc: usize,
  add: bool,
  rows: i32,
  cols: i32,
  spare: usize,
): void {
  tile(k, a, b, spare, 32, false);
  for (let i = 0; i < rows; i++) {
    if (cols == NR) {
      let x = v128.load(spare, 0);
      let y = v128.load(spare, 16);
      if (add) {
        x = f32x4.add(x, v128.load(c, 0));
        y = f32x4.add(y, v128.load(c, 16));
      }
      v128.store(c, x, 0);
      v128.store(c, y, 16);
    } else
      for (let j = 0; j < cols; j++) {
        const at = c + ((<usize>j) << 2);
        let x = load<f32>(spare + ((<usize>j) << 2));
        if (add) x += load<f32>(at);
        store<f32>(at, x);
      }
    c += ldc;
    spare += 32;
  }
}

/**
 * C[rows, cols] = or += A · B over one block of k. `a`: packed panels of A,
 * `b`: packed panels of B, of which the columns start at a panel's border.
 */
export function block(
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  ldc: usize,
  add: bool,
  rows: i32,
  cols: i32,
  spare: usize,
): void {
  // Bytes of a panel of A, k · MR floats, and of B, k · 8. A panel of B stays in the
  // first-level cache while all of A's pass.
  const stepA = (<usize>(k * MR)) << 2;
  const stepB = <usize>k * 32;
  for (let j = 0; j < cols; j += NR) {
    let pa = a;
    let pc = c;
    const wide = cols - j >= NR;
    for (let i = 0; i < rows; i += MR) {
      // Panels are padded with zeros, C is not: its edges go through `spare`.
      if (wide && rows - i >= MR) tile(k, pa, b, pc, ldc, add);
      else
        edge(
          k,
          pa,
          b,
          pc,
          ldc,
          add,
          min(rows - i, MR),
          min(cols - j, NR),
          spare,
        );
      pa += stepA;
      pc += ldc * MR;
    }
    b += stepB;
    c += NR << 2;
  }
}
