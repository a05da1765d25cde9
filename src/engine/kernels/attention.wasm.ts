// Attention, forward; attentionBackward.wasm.ts has its gradient, and lays things out
// alike. Attention of one head over one sequence is one unit of work. The scores of a
// block of queries live in the thread's own space and nowhere else; forward
// keeps only log Σ exp of each row, from which backward has them again.
//
// Rows of a sequence b lie at cu[b] … cu[b + 1] of the packed batch; keys after
// `lengths[b]` are padding. With `single`, there is one query per sequence, its
// first token, and the query-side matrices have one row per sequence.
//
// Q, K, V [R, H] have head h in columns h·d … h·d + d − 1, d = H / heads, as one
// product left them (Vaswani et al. 2017, section 3.2); lse is [R, heads]. To keep
// only lse and work the scores out again is FlashAttention's (Dao et al. 2022,
// section 3.1); keys are not tiled here, since a row of up to 512 scores fits.

import { Attention, Header } from "./operands";
import {
  arg,
  argAt,
  argFloat,
  barrier,
  header,
  next,
  scratch,
} from "./threads.wasm";
import {
  count4,
  exp4,
  keep4,
  logarithm,
  max4,
  siteKey,
  sum4,
} from "./math.wasm";
import { packColumnsB, packRowsA, packRowsB } from "./pack.wasm";
import { block, MR, NR } from "./tile.wasm";

/**
 * Queries at a time: 64, or just enough for that many in whole tiles. At 512 keys
 * the scores of such a block are about 128 KiB, which most second-level caches hold.
 */
export const QB: i32 = ((64 + MR - 1) / MR) * MR;
/** Positions and keys of the dropout counter. */
export const POSITIONS: u32 = 512;

/** Keys and features in whole panels of B: NR, 8, columns each. */
@inline
export function up8(n: i32): i32 {
  return (n + 7) & ~7;
}

/** Floats in the packed panels of A: a block of queries by keys or features, or the reverse. */
@inline
export function panelSize(t: i32, d: i32): i32 {
  return QB * (max(d, t) + MR);
}

/** Private bytes a thread needs for sequences of up to `length` tokens. */
export function attentionScratch(length: i32, d: i32): i32 {
  const t = up8(length);
  const w = up8(d);
  const forward = t * d + t * w + QB * t;
  const backward = 2 * t * d + t * w + 2 * QB * w + 2 * QB * t;
  return (max(forward, backward) + panelSize(t, d) + MR * NR) << 2;
}

/**
 * Per head, with t keys and d features: S = scale · Q Kᵀ [queries, t], P = softmax
 * of its rows, O = dropout(P) V [queries, d].
 */
export function attention(op: usize): void {
  const sequences = load<i32>(argAt(op, Attention.sequences));
  const heads = arg(op, Attention.heads);
  const d = arg(op, Attention.features);
  const ldq = argAt(op, Attention.ldq) << 2;
  const ldk = argAt(op, Attention.ldk) << 2;
  const ldo = argAt(op, Attention.ldout) << 2;
  const cu = argAt(op, Attention.cls);
  const lengths = argAt(op, Attention.lengths);
  const single = arg(op, Attention.single);
  const threshold = arg(op, Attention.threshold);
  const keepScale = f32x4.splat(argFloat(op, Attention.keepScale));
  const scale = argFloat(op, Attention.scale);
  const probabilities = argAt(op, Attention.probabilities);
  const limit = i32x4.splat(threshold);
  const key = i32x4.splat(
    siteKey(header(Header.dropoutKey), arg(op, Attention.site)),
  );
  const units = (probabilities ? 1 : sequences) * heads;

  for (let u = next(); u < units; u = next()) {
    const b = u / heads;
    const h = u % heads;
    const column = (<usize>(h * d)) << 2;
    const first = load<i32>(cu + ((<usize>b) << 2));
    const queries = single ? 1 : load<i32>(cu + ((<usize>b) << 2), 4) - first;
    const t = load<i32>(lengths + ((<usize>b) << 2));
    const row0 = single ? b : first;
    const q = argAt(op, Attention.q) + <usize>row0 * ldq + column;
    const k = argAt(op, Attention.k) + <usize>first * ldk + column;
    const v = argAt(op, Attention.v) + <usize>first * ldk + column;
    const out = argAt(op, Attention.out);
    const lse = argAt(op, Attention.lse);

    const tp = up8(t);
    const ldS = (<usize>tp) << 2;
    // Private, in floats: Kᵀ [d, tp] and V [t, d] as panels of B, once for all blocks of
    // queries; then a block's Q [QB, d], later its P [QB, t], as panels of A; and the
    // block's scores [QB, tp], whose rows are whole vectors.
    const kPanels = scratch();
    const vPanels = kPanels + ((<usize>(tp * d)) << 2);
    const panel = vPanels + ((<usize>(t * up8(d))) << 2);
    const s = panel + ((<usize>panelSize(t, d)) << 2);
    const spare = s + <usize>QB * ldS;
    packColumnsB(k, ldk, t, d, kPanels);
    if (out) packRowsB(v, ldk, d, t, vPanels);

    for (let q0 = 0; q0 < queries; q0 += QB) {
      const rows = min(QB, queries - q0);
      packRowsA(q + <usize>q0 * ldq, ldq, rows, d, panel);
      // s [rows, t] = Q Kᵀ, not scaled yet.
      block(d, panel, kPanels, s, ldS, false, rows, t, spare);
      for (let i = 0; i < rows; i++) {
        const p = s + <usize>i * ldS;
        // No key there: its exponential (e⁻⁸⁷, exp4's least) is lost in the sum.
        for (let j = t; j < tp; j++) store<f32>(p + ((<usize>j) << 2), -1e30);
        let top4 = v128.load(p);
        for (let j: usize = 16; j < ldS; j += 16)
          top4 = f32x4.max(top4, v128.load(p + j));
        const top = max4(top4) * scale;
        // e_j = exp(scale · s_j − top) ≤ 1. top = scale · max, since scale > 0.
        let sum = f32x4.splat(0);
        const sc = f32x4.splat(scale);
        const shift = f32x4.splat(top);
        for (let j: usize = 0; j < ldS; j += 16) {
          const e = exp4(f32x4.sub(f32x4.mul(v128.load(p + j), sc), shift));
          sum = f32x4.add(sum, e);
          v128.store(p + j, e);
        }
        const total = sum4(sum);
        // log Σ_j exp(scale · s_j) = top + log Σ_j e_j.
        if (lse)
          store<f32>(
            lse + ((<usize>((row0 + q0 + i) * heads + h)) << 2),
            top + <f32>logarithm(<f64>total),
          );
        // p_j = e_j / Σ e; where it drops, r has the scale of what is kept, too.
        let r = f32x4.splat(1 / total);
        if (threshold) {
          r = f32x4.mul(r, keepScale);
          // Element [b, h, query, key]; [CLS] alone is query 0.
          let e = (((b * heads + h) * POSITIONS + q0 + i) * POSITIONS) as u32;
          for (let j: usize = 0; j < ldS; j += 16) {
            const kept = keep4(count4(e), key, limit);
            v128.store(p + j, v128.and(f32x4.mul(v128.load(p + j), r), kept));
            e += 4;
          }
        } else
          for (let j: usize = 0; j < ldS; j += 16)
            v128.store(p + j, f32x4.mul(v128.load(p + j), r));
        if (probabilities)
          memory.copy(
            probabilities + ((<usize>((h * queries + q0 + i) * t)) << 2),
            p,
            (<usize>t) << 2,
          );
      }
      if (out) {
        // O [rows, d] = P V; Q in `panel` is no longer needed.
        packRowsA(s, ldS, rows, t, panel);
        block(
          t,
          panel,
          vPanels,
          out + <usize>(row0 + q0) * ldo + column,
          ldo,
          false,
          rows,
          d,
          spare,
        );
      }
    }
  }
  barrier();
}
