// Matrices laid out for the tiles: a panel of A holds MR rows, interleaved:
// a[k][MR]; a panel of B holds 8 columns: b[k][8]. Missing rows and columns are
// zeros. What a tile reads is then one stretch from front to back, whatever the
// matrix's stride, and edges need no code of their own in the inner loop.
//
// A [rows, k] → ⌈rows / MR⌉ panels of k · MR floats; B [k, cols] → ⌈cols / 8⌉ panels of
// k · 8. Panels, and packing blocks that fit a cache, are Goto and van de Geijn's
// (2008, Anatomy of high-performance matrix multiplication, section 4).

import { MR, NR } from "./tile.wasm";

/** Rows of a row-major matrix → panels of A. `ld` in bytes. */
export function packRowsA(
  src: usize,
  ld: usize,
  rows: i32,
  k: i32,
  to: usize,
): void {
  for (; rows > 0; rows -= MR) {
    if (rows >= MR) {
      const p0 = src,
        p1 = src + ld,
        p2 = p1 + ld,
        p3 = p2 + ld;
      const p4 = p3 + ld,
        p5 = p4 + ld;
      let x: usize = 0;
      let j = k;
      for (; j >= 4; j -= 4) {
        // Four steps of k: rows 0 to 3 are a 4 × 4 transposition by two rounds of
        // shuffles (t0 = r0[0] r1[0] r0[1] r1[1], and so on), each column of which
        // goes MR floats after the one before; rows 4 and 5, if MR is 6, go in pairs
        // behind them.
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
      // What is left of k, fewer than four: a step at a time.
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
      // The last panel, with fewer rows: the others are zeros.
      for (let j = 0; j < k; j++)
        for (let i = 0; i < MR; i++) {
          store<f32>(
            to,
            i < rows ? load<f32>(src + <usize>i * ld + ((<usize>j) << 2)) : 0,
          );
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
      // A's k runs down the source, so that MR neighbours are already side by side.
      // Rows 4 and 5 are half a vector: s2 has their sums.
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
          v128.store64_lane(
            sums,
            add ? f32x4.add(s2, v128.load64_zero(sums, 16)) : s2,
            0,
            16,
          );
      }
    } else {
      // The last panel: sums by column first, then what there is of it, and zeros.
      if (sums)
        for (let i = 0; i < rows; i++) {
          let s: f32 = 0;
          let p = src + ((<usize>i) << 2);
          for (let j = 0; j < k; j++) {
            s += load<f32>(p);
            p += ld;
          }
          const at = sums + ((<usize>i) << 2);
          store<f32>(at, add ? s + load<f32>(at) : s);
        }
      for (let j = 0; j < k; j++) {
        for (let i = 0; i < MR; i++) {
          store<f32>(to, i < rows ? load<f32>(from + ((<usize>i) << 2)) : 0);
          to += 4;
        }
        from += ld;
      }
    }
    src += MR << 2;
    if (sums) sums += MR << 2;
  }
}

/** src[k][cols], row-major → panels of B: copied as they lie, eight floats a row. */
export function packRowsB(
  src: usize,
  ld: usize,
  cols: i32,
  k: i32,
  to: usize,
): void {
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
          store<f32>(
            to + ((<usize>i) << 2),
            i < cols ? load<f32>(from + ((<usize>i) << 2)) : 0,
          );
        from += ld;
        to += 32;
      }
    }
    src += NR << 2;
  }
}

/** src[cols][k], row-major (weights as PyTorch keeps them) → panels of B. */
export function packColumnsB(
  src: usize,
  ld: usize,
  cols: i32,
  k: i32,
  to: usize,
): void {
  for (; cols > 0; cols -= NR) {
    if (cols >= NR) {
      const p0 = src,
        p1 = src + ld,
        p2 = p1 + ld,
        p3 = p2 + ld;
      // From the panel's columns 0 to 3 to its columns 4 to 7: four rows of the source.
      const half = ld << 2;
      let x: usize = 0;
      let j = k;
      for (; j >= 4; j -= 4) {
        for (let h: usize = 0; h < 2; h++) {
          const y = x + h * half;
          // As in packRowsA, twice: columns 0 to 3 and 4 to 7 of the panel.
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
          store<f32>(
            to + ((<usize>i) << 2),
            load<f32>(src + <usize>i * ld + x),
          );
        to += 32;
        x += 4;
      }
    } else {
      for (let j = 0; j < k; j++)
        for (let i = 0; i < NR; i++) {
          store<f32>(
            to,
            i < cols ? load<f32>(src + <usize>i * ld + ((<usize>j) << 2)) : 0,
          );
          to += 4;
        }
    }
    src += ld * NR;
  }
}
