// C = op(A) · op(B), with what follows it done while C is still in the cache.
//
//   NT  C[M,N] = A[M,K] · B[N,K]ᵀ   a layer: inputs times weights
//   NN  C[M,N] = A[M,K] · B[K,N]    gradient of its inputs
//   TN  C[M,N] = A[K,M]ᵀ · B[K,N]   gradient of its weights; the sum of A's rows
//                                   is that of its bias
//
// K is taken in blocks; of each, all threads first pack B, then compute blocks
// of C. The order of every sum depends on K alone.

import { Epilogue, Form, Gemm, Header } from "./operands";
import { activate } from "./activation.wasm";
import {
  arg,
  argAt,
  argFloat,
  barrier,
  header,
  next,
  scratch,
  threads,
} from "./threads.wasm";
import { count4, keep4, siteKey, tanh4 } from "./math.wasm";
import { packColumnsA, packColumnsB, packRowsA, packRowsB } from "./pack.wasm";
import { block, MR, NR } from "./tile.wasm";

/** Longest block of K: a panel of A and one of B lie in the first-level cache together. */
const KC: i32 = 384;
/** Rows of C in one unit of work. */
const MB: i32 = 7 * MR;
/** Panels of B packed as one unit of work. */
const PACK: i32 = 4;

/** Private bytes a thread needs: a packed block of A and a spare tile. */
export function gemmScratch(): i32 {
  return (MB * KC + MR * NR) << 2;
}

/** Bytes of packed B, shared by all threads, for up to `n` columns. */
export function gemmPack(n: i32): i32 {
  return KC * ((n + NR - 1) / NR) * NR * 4;
}

export function gemm(op: usize): void {
  const form = arg(op, Gemm.form);
  const m = load<i32>(argAt(op, Gemm.m));
  const n = arg(op, Gemm.n);
  const k = load<i32>(argAt(op, Gemm.k));
  const a = argAt(op, Gemm.a);
  const lda = argAt(op, Gemm.lda) << 2;
  const b = argAt(op, Gemm.b);
  const ldb = argAt(op, Gemm.ldb) << 2;
  const c = argAt(op, Gemm.c);
  const ldc = argAt(op, Gemm.ldc) << 2;
  const epilogue = arg(op, Gemm.epilogue);
  const sums = form == Form.TN ? argAt(op, Gemm.bias) : 0;
  const pack = <usize>header(Header.pack);
  const space = scratch();
  const spare = space + ((MB * KC) << 2);

  // Units of C: MB rows by `perBlock` panels of 8 columns.
  const panels = (n + NR - 1) / NR;
  const rowBlocks = (m + MB - 1) / MB;
  // Enough units for everybody, but not so many that A is packed too often.
  const wanted = 3 * threads();
  let columnBlocks =
    rowBlocks >= wanted ? 1 : (wanted + rowBlocks - 1) / rowBlocks;
  columnBlocks = max(1, min(columnBlocks, panels >> 2));
  const perBlock = (panels + columnBlocks - 1) / columnBlocks;
  columnBlocks = (panels + perBlock - 1) / perBlock;

  // K in equal pieces, so that none is a sliver; whole vectors long.
  const pieces = (k + KC - 1) / KC;
  const kc = ((k + pieces - 1) / pieces + 3) & ~3;
  // C is set by the first piece of K and added to by the others. A gradient is set in
  // a step's first batch; 2 says to add even there.
  let add =
    form == Form.TN &&
    (arg(op, Gemm.add) == 2 ||
      (arg(op, Gemm.add) == 1 && header(Header.accumulate) != 0));

  for (let k0 = 0; k0 < k; k0 += kc) {
    const kk = min(kc, k - k0);
    // kk · NR floats.
    const panelBytes = (<usize>kk) << 5;
    // Phase 1: B [kk, n] → panels b[kk][8], for everybody.
    for (let u = next(); u * PACK < panels; u = next()) {
      const from = u * PACK * NR;
      const cols = min(PACK * NR, n - from);
      const to = pack + <usize>(u * PACK) * panelBytes;
      if (form == Form.NT)
        packColumnsB(
          b + <usize>from * ldb + ((<usize>k0) << 2),
          ldb,
          cols,
          kk,
          to,
        );
      else
        packRowsB(
          b + <usize>k0 * ldb + ((<usize>from) << 2),
          ldb,
          cols,
          kk,
          to,
        );
    }
    barrier();
    const last = k0 + kk >= k;
    // Phase 2: each unit packs its A [rows, kk] for itself. Neighbouring units have
    // the same rows.
    for (let u = next(); u < rowBlocks * columnBlocks; u = next()) {
      const i0 = (u / columnBlocks) * MB;
      const p0 = (u % columnBlocks) * perBlock;
      const rows = min(MB, m - i0);
      const j0 = p0 * NR;
      const cols = min(perBlock * NR, n - j0);
      // The bias's gradient, Σ_k A[k, i], once: with the first columns.
      if (form == Form.TN)
        packColumnsA(
          a + <usize>k0 * lda + ((<usize>i0) << 2),
          lda,
          rows,
          kk,
          space,
          sums && j0 == 0 ? sums + ((<usize>i0) << 2) : 0,
          add,
        );
      else
        packRowsA(
          a + <usize>i0 * lda + ((<usize>k0) << 2),
          lda,
          rows,
          kk,
          space,
        );
      const at = c + <usize>i0 * ldc + ((<usize>j0) << 2);
      block(
        kk,
        space,
        pack + <usize>p0 * panelBytes,
        at,
        ldc,
        add,
        rows,
        cols,
        spare,
      );
      if (last && epilogue) finish(op, epilogue, i0, rows, j0, cols, at, ldc);
    }
    barrier();
    add = true;
  }
}

/**
 * What follows the product, by row of C, with u the sum over k, m the factor of
 * dropout, x = `extra` and y = `dropped`, laid out as C:
 *
 *   bias          c = u + b              activation    c = f(u + b), x = f′(u + b)
 *   residual      c = m (u + b) + x      multiply      c = u x
 *   add           c = u + x              tanh          c = tanh(u + b), y = m c
 *   tanhBackward  c = m u (1 − x²)       dropout       c = m u
 *
 * Rows are padded to whole vectors, so the last one may run over the end.
 */
function finish(
  op: usize,
  epilogue: i32,
  i0: i32,
  rows: i32,
  j0: i32,
  cols: i32,
  c: usize,
  ldc: usize,
): void {
  const n = arg(op, Gemm.n);
  const bias = argAt(op, Gemm.bias) + ((<usize>j0) << 2);
  const offset = <usize>i0 * ldc + ((<usize>j0) << 2);
  const extra = argAt(op, Gemm.extra);
  const extra2 = argAt(op, Gemm.dropped);
  const threshold = arg(op, Gemm.threshold);
  const limit = i32x4.splat(threshold);
  const key = i32x4.splat(
    siteKey(header(Header.dropoutKey), arg(op, Gemm.site)),
  );
  const scale = f32x4.splat(argFloat(op, Gemm.scale));
  const keys = argAt(op, Gemm.keys);
  const end = (<usize>cols) << 2;
  for (let i = 0; i < rows; i++) {
    const row = c + <usize>i * ldc;
    const x = extra + offset + <usize>i * ldc;
    const y = extra2 + offset + <usize>i * ldc;
    let e: u32 = 0;
    // The counter of row and column, mod 2³²: (sequence · 512 + position) · n + j.
    if (threshold) e = load<u32>(keys + ((<usize>(i0 + i)) << 2)) * n + j0;
    if (epilogue == Epilogue.bias) {
      for (let j: usize = 0; j < end; j += 16)
        v128.store(row + j, f32x4.add(v128.load(row + j), v128.load(bias + j)));
    } else if (epilogue == Epilogue.activation) {
      activate(row, bias, extra ? x : 0, end, arg(op, Gemm.activation));
    } else if (epilogue == Epilogue.residual) {
      for (let j: usize = 0; j < end; j += 16) {
        let z = f32x4.add(v128.load(row + j), v128.load(bias + j));
        if (threshold) {
          z = v128.and(f32x4.mul(z, scale), keep4(count4(e), key, limit));
          e += 4;
        }
        v128.store(row + j, f32x4.add(z, v128.load(x + j)));
      }
    } else if (epilogue == Epilogue.multiply) {
      for (let j: usize = 0; j < end; j += 16)
        v128.store(row + j, f32x4.mul(v128.load(row + j), v128.load(x + j)));
    } else if (epilogue == Epilogue.add) {
      for (let j: usize = 0; j < end; j += 16)
        v128.store(row + j, f32x4.add(v128.load(row + j), v128.load(x + j)));
    } else if (epilogue == Epilogue.tanh) {
      for (let j: usize = 0; j < end; j += 16) {
        const t = tanh4(f32x4.add(v128.load(row + j), v128.load(bias + j)));
        v128.store(row + j, t);
        if (extra2) {
          let z = t;
          if (threshold) {
            z = v128.and(f32x4.mul(z, scale), keep4(count4(e), key, limit));
            e += 4;
          }
          v128.store(y + j, z);
        }
      }
    } else if (epilogue == Epilogue.tanhBackward) {
      // Through dropout and tanh: extra holds t = tanh u, and du = dt (1 − t²).
      for (let j: usize = 0; j < end; j += 16) {
        let z = v128.load(row + j);
        const t = v128.load(x + j);
        if (threshold) {
          z = v128.and(f32x4.mul(z, scale), keep4(count4(e), key, limit));
          e += 4;
        }
        v128.store(
          row + j,
          f32x4.mul(z, f32x4.sub(f32x4.splat(1), f32x4.mul(t, t))),
        );
      }
    } else if (epilogue == Epilogue.dropout) {
      // Dropout of what comes back.
      for (let j: usize = 0; j < end; j += 16) {
        v128.store(
          row + j,
          v128.and(
            f32x4.mul(v128.load(row + j), scale),
            keep4(count4(e), key, limit),
          ),
        );
        e += 4;
      }
    }
  }
}
