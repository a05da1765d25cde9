// The inner product of everything: an MR × 8 tile of C += A · B over packed
// panels, and the packing. A panel of A holds MR rows, interleaved: a[k][MR]; a
// panel of B holds 8 columns: b[k][8]. Missing rows and columns are zeros.
//
// MR = 6 where multiplication and addition are one instruction: 12 sums hide its
// latency, and with two words of B and one of A they fill the 16 registers. Where
// they are two, the product needs one more, and older engines spill anything
// larger than 4 × 8 (5 × 8: 24 GFLOP/s in V8 11.3, where 4 × 8 reaches 38).

import { madd } from "./math.wasm";

export const MR: i32 = ASC_FEATURE_RELAXED_SIMD ? 6 : 4;
export const NR: i32 = 8;

/** c[MR][8] = or += Σ_k a[k][·] b[k][·]; `ldc` in bytes. */
@inline
export function tile(k: i32, a: usize, b: usize, c: usize, ldc: usize, add: bool): void {
  if (ASC_FEATURE_RELAXED_SIMD) tile6(k, a, b, c, ldc, add);
  else tile4(k, a, b, c, ldc, add);
}

function tile4(k: i32, a: usize, b: usize, c: usize, ldc: usize, add: bool): void {
  const z = f32x4.splat(0);
  let c00 = z, c01 = z, c10 = z, c11 = z, c20 = z, c21 = z, c30 = z, c31 = z;
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

function tile6(k: i32, a: usize, b: usize, c: usize, ldc: usize, add: bool): void {
  const z = f32x4.splat(0);
  let c00 = z, c01 = z, c10 = z, c11 = z, c20 = z, c21 = z, c30 = z, c31 = z, c40 = z, c41 = z, c50 = z, c51 = z;
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

/** As `tile`, where only `rows` × `cols` of C exist; `spare` is MR · NR words of working space. */
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
      const at = c + (<usize>j << 2);
      let x = load<f32>(spare + (<usize>j << 2));
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
  const stepA = <usize>(k * MR) << 2;
  const stepB = <usize>k * 32;
  for (let j = 0; j < cols; j += NR) {
    let pa = a;
    let pc = c;
    const wide = cols - j >= NR;
    for (let i = 0; i < rows; i += MR) {
      if (wide && rows - i >= MR) tile(k, pa, b, pc, ldc, add);
      else
        edge(k, pa, b, pc, ldc, add, min(rows - i, MR), min(cols - j, NR), spare);
      pa += stepA;
      pc += ldc * MR;
    }
    b += stepB;
    c += NR << 2;
  }
}

/** Rows of a row-major matrix → panels of A. `ld` in bytes. */
export function packRowsA(src: usize, ld: usize, rows: i32, k: i32, to: usize): void {
  for (; rows > 0; rows -= MR) {
    if (rows >= MR) {
      const p0 = src, p1 = src + ld, p2 = p1 + ld, p3 = p2 + ld;
      const p4 = p3 + ld, p5 = p4 + ld;
      let x: usize = 0;
      let j = k;
      for (; j >= 4; j -= 4) {
        const r0 = v128.load(p0 + x);
        const r1 = v128.load(p1 + x);
        const r2 = v128.load(p2 + x);
        const r3 = v128.load(p3 + x);
        const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
        const t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
        const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
        const t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
        v128.store(to, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5), 0);
        v128.store(to, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7), MR * 4);
        v128.store(to, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), MR * 8);
        v128.store(to, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7), MR * 12);
        if (MR == 6) {
          const r4 = v128.load(p4 + x);
          const r5 = v128.load(p5 + x);
          const t4 = v128.shuffle<f32>(r4, r5, 0, 4, 1, 5);
          const t5 = v128.shuffle<f32>(r4, r5, 2, 6, 3, 7);
          v128.store64_lane(to, t4, 0, 16);
          v128.store64_lane(to, t4, 1, 40);
          v128.store64_lane(to, t5, 0, 64);
          v128.store64_lane(to, t5, 1, 88);
        }
        to += MR * 16;
        x += 16;
      }
      for (; j > 0; j--) {
        let p = src + x;
        for (let i = 0; i < MR; i++) {
          store<f32>(to, load<f32>(p));
          to += 4;
          p += ld;
        }
        x += 4;
      }
    } else {
      for (let j = 0; j < k; j++)
        for (let i = 0; i < MR; i++) {
          store<f32>(to, i < rows ? load<f32>(src + <usize>i * ld + (<usize>j << 2)) : 0);
          to += 4;
        }
    }
    src += ld * MR;
  }
}

/**
 * Columns of a row-major matrix src[k][rows] → panels of A: A is its transpose.
 * Where `sums` is given, the sum of each column over these k is put there, or
 * added to what is there.
 */
export function packColumnsA(
  src: usize,
  ld: usize,
  rows: i32,
  k: i32,
  to: usize,
  sums: usize,
  add: bool,
): void {
  for (; rows > 0; rows -= MR) {
    let from = src;
    if (rows >= MR) {
      let s = f32x4.splat(0);
      let s2 = f32x4.splat(0);
      for (let j = 0; j < k; j++) {
        const x = v128.load(from);
        v128.store(to, x);
        s = f32x4.add(s, x);
        if (MR == 6) {
          const y = v128.load64_zero(from, 16);
          v128.store64_lane(to, y, 0, 16);
          s2 = f32x4.add(s2, y);
        }
        from += ld;
        to += MR * 4;
      }
      if (sums) {
        v128.store(sums, add ? f32x4.add(s, v128.load(sums)) : s);
        if (MR == 6)
          v128.store64_lane(sums, add ? f32x4.add(s2, v128.load64_zero(sums, 16)) : s2, 0, 16);
      }
    } else {
      if (sums)
        for (let i = 0; i < rows; i++) {
          let s: f32 = 0;
          let p = src + (<usize>i << 2);
          for (let j = 0; j < k; j++) {
            s += load<f32>(p);
            p += ld;
          }
          const at = sums + (<usize>i << 2);
          store<f32>(at, add ? s + load<f32>(at) : s);
        }
      for (let j = 0; j < k; j++) {
        for (let i = 0; i < MR; i++) {
          store<f32>(to, i < rows ? load<f32>(from + (<usize>i << 2)) : 0);
          to += 4;
        }
        from += ld;
      }
    }
    src += MR << 2;
    if (sums) sums += MR << 2;
  }
}

/** src[k][cols], row-major → panels of B. */
export function packRowsB(src: usize, ld: usize, cols: i32, k: i32, to: usize): void {
  for (; cols > 0; cols -= NR) {
    let from = src;
    if (cols >= NR) {
      for (let j = 0; j < k; j++) {
        v128.store(to, v128.load(from, 0), 0);
        v128.store(to, v128.load(from, 16), 16);
        from += ld;
        to += 32;
      }
    } else {
      for (let j = 0; j < k; j++) {
        for (let i = 0; i < NR; i++)
          store<f32>(to + (<usize>i << 2), i < cols ? load<f32>(from + (<usize>i << 2)) : 0);
        from += ld;
        to += 32;
      }
    }
    src += NR << 2;
  }
}

/** src[cols][k], row-major (weights as PyTorch keeps them) → panels of B. */
export function packColumnsB(src: usize, ld: usize, cols: i32, k: i32, to: usize): void {
  for (; cols > 0; cols -= NR) {
    if (cols >= NR) {
      const p0 = src, p1 = src + ld, p2 = p1 + ld, p3 = p2 + ld;
      const half = ld << 2;
      let x: usize = 0;
      let j = k;
      for (; j >= 4; j -= 4) {
        for (let h: usize = 0; h < 2; h++) {
          const y = x + h * half;
          const r0 = v128.load(p0 + y);
          const r1 = v128.load(p1 + y);
          const r2 = v128.load(p2 + y);
          const r3 = v128.load(p3 + y);
          const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
          const t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
          const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
          const t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
          const at = to + (h << 4);
          v128.store(at, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5), 0);
          v128.store(at, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7), 32);
          v128.store(at, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), 64);
          v128.store(at, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7), 96);
        }
        to += 128;
        x += 16;
      }
      for (; j > 0; j--) {
        for (let i = 0; i < NR; i++)
          store<f32>(to + (<usize>i << 2), load<f32>(src + <usize>i * ld + x));
        to += 32;
        x += 4;
      }
    } else {
      for (let j = 0; j < k; j++)
        for (let i = 0; i < NR; i++) {
          store<f32>(to, i < cols ? load<f32>(src + <usize>i * ld + (<usize>j << 2)) : 0);
          to += 4;
        }
    }
    src += ld * NR;
  }
}
