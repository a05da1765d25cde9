// The gradient of attention (attention.wasm.ts, whose layout and blocks of queries these
// are). One head over one sequence is one unit of work, and nobody else adds to its
// rows of dQ, dK and dV: no locks, and the same sums whatever the number of threads.

import { panelSize, POSITIONS, QB, up8 } from "./attention.wasm";
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
import { count4, exp4, keep4, siteKey, sum4 } from "./math.wasm";
import { packColumnsA, packColumnsB, packRowsA, packRowsB } from "./pack.wasm";
import { block } from "./tile.wasm";

/**
 * With Pd = dropout(P):  dV = Pdᵀ dO;  dPd = dO Vᵀ;  dP = dropout(dPd);
 * dS = P ∘ (dP − D), D = Σ dO ∘ O by row;  dQ = scale · dS K;  dK = scale · dSᵀ Q.
 *
 * Q, O, dO, dQ [queries, d]; K, V, dK, dV [t, d]; the rest [queries, t]. Why D: the
 * softmax's gradient wants Σ_j P_ij dP_ij, and with dP_ij = m_ij dO_i·V_j that is
 * dO_i · Σ_j m_ij P_ij V_j = dO_i · O_i, d products and not t. And P_ij is
 * exp(scale · Q_i·K_j − lse_i), without a second sum over the row.
 */
export function attentionBackward(op: usize): void {
  const sequences = load<i32>(argAt(op, Attention.sequences));
  const heads = arg(op, Attention.heads);
  const d = arg(op, Attention.features);
  const ldq = argAt(op, Attention.ldq) << 2;
  const ldk = argAt(op, Attention.ldk) << 2;
  const ldo = argAt(op, Attention.ldout) << 2;
  const lse = argAt(op, Attention.lse);
  const cu = argAt(op, Attention.cls);
  const lengths = argAt(op, Attention.lengths);
  const single = arg(op, Attention.single);
  const threshold = arg(op, Attention.threshold);
  const keepScale = f32x4.splat(argFloat(op, Attention.keepScale));
  const scale = argFloat(op, Attention.scale);
  const lddq = argAt(op, Attention.lddq) << 2;
  const lddk = argAt(op, Attention.lddk) << 2;
  const limit = i32x4.splat(threshold);
  const key = i32x4.splat(
    siteKey(header(Header.dropoutKey), arg(op, Attention.site)),
  );
  const w = up8(d);
  /** Bytes of a head's features that are whole vectors. */
  const whole = (<usize>(d & ~3)) << 2;

  for (let u = next(); u < sequences * heads; u = next()) {
    const b = u / heads;
    const h = u % heads;
    const column = (<usize>(h * d)) << 2;
    const first = load<i32>(cu + ((<usize>b) << 2));
    const all = load<i32>(cu + ((<usize>b) << 2), 4) - first;
    const queries = single ? 1 : all;
    const t = load<i32>(lengths + ((<usize>b) << 2));
    const row0 = single ? b : first;
    const q = argAt(op, Attention.q) + <usize>row0 * ldq + column;
    const k = argAt(op, Attention.k) + <usize>first * ldk + column;
    const v = argAt(op, Attention.v) + <usize>first * ldk + column;
    const o = argAt(op, Attention.out) + <usize>row0 * ldo + column;
    const dO = argAt(op, Attention.dOut) + <usize>row0 * ldo + column;
    const dq = argAt(op, Attention.dq) + <usize>row0 * lddq + column;
    const dk = argAt(op, Attention.dk) + <usize>first * lddk + column;
    const dv = argAt(op, Attention.dv) + <usize>first * lddk + column;

    const tp = up8(t);
    const ldS = (<usize>tp) << 2;
    // Private, in floats: Kᵀ and Vᵀ [d, tp], K [t, d], and of a block of queries Q and
    // dO [QB, d], all as panels of B; one panel of A; then P̃ and dS [QB, tp].
    let at = scratch();
    const kColumns = at;
    at += (<usize>(tp * d)) << 2;
    const vColumns = at;
    at += (<usize>(tp * d)) << 2;
    const kRows = at;
    at += (<usize>(t * w)) << 2;
    const qRows = at;
    at += (<usize>(QB * w)) << 2;
    const dORows = at;
    at += (<usize>(QB * w)) << 2;
    const panel = at;
    at += (<usize>panelSize(t, d)) << 2;
    const s = at;
    at += <usize>QB * ldS;
    const ds = at;
    at += <usize>QB * ldS;
    const spare = at;
    packColumnsB(k, ldk, t, d, kColumns);
    packColumnsB(v, ldk, t, d, vColumns);
    packRowsB(k, ldk, d, t, kRows);

    for (let q0 = 0; q0 < queries; q0 += QB) {
      const rows = min(QB, queries - q0);
      const qBlock = q + <usize>q0 * ldq;
      const dOBlock = dO + <usize>q0 * ldo;
      // s = Q Kᵀ and ds = dO Vᵀ, both [rows, t].
      packRowsA(qBlock, ldq, rows, d, panel);
      block(d, panel, kColumns, s, ldS, false, rows, t, spare);
      packRowsA(dOBlock, ldo, rows, d, panel);
      block(d, panel, vColumns, ds, ldS, false, rows, t, spare);
      const sc = f32x4.splat(scale);
      for (let i = 0; i < rows; i++) {
        const p = s + <usize>i * ldS;
        const dp = ds + <usize>i * ldS;
        for (let j = t; j < tp; j++) {
          store<f32>(p + ((<usize>j) << 2), -1e30);
          store<f32>(dp + ((<usize>j) << 2), 0);
        }
        // D, over the row's d features: whole vectors, then what is left of d.
        let dot = f32x4.splat(0);
        const oRow = o + <usize>(q0 + i) * ldo;
        const dORow = dOBlock + <usize>i * ldo;
        for (let j: usize = 0; j < whole; j += 16)
          dot = f32x4.add(
            dot,
            f32x4.mul(v128.load(oRow + j), v128.load(dORow + j)),
          );
        let rest: f32 = 0;
        for (let j = whole; j < (<usize>d) << 2; j += 4)
          rest += load<f32>(oRow + j) * load<f32>(dORow + j);
        const dd = f32x4.splat(sum4(dot) + rest);
        const l = f32x4.splat(
          load<f32>(lse + ((<usize>((row0 + q0 + i) * heads + h)) << 2)),
        );
        if (threshold) {
          let e = (((b * heads + h) * POSITIONS + q0 + i) * POSITIONS) as u32;
          for (let j: usize = 0; j < ldS; j += 16) {
            // x = P;  g = dP = m dO·V;  ds = P (dP − D) scale;  s = P̃ = m P.
            const x = exp4(f32x4.sub(f32x4.mul(v128.load(p + j), sc), l));
            const kept = keep4(count4(e), key, limit);
            e += 4;
            const g = v128.and(f32x4.mul(v128.load(dp + j), keepScale), kept);
            v128.store(dp + j, f32x4.mul(f32x4.mul(x, f32x4.sub(g, dd)), sc));
            v128.store(p + j, v128.and(f32x4.mul(x, keepScale), kept));
          }
        } else
          for (let j: usize = 0; j < ldS; j += 16) {
            const x = exp4(f32x4.sub(f32x4.mul(v128.load(p + j), sc), l));
            v128.store(
              dp + j,
              f32x4.mul(f32x4.mul(x, f32x4.sub(v128.load(dp + j), dd)), sc),
            );
            v128.store(p + j, x);
          }
      }
      // dQ [rows, d] = dS K.
      packRowsA(ds, ldS, rows, t, panel);
      block(
        t,
        panel,
        kRows,
        dq + <usize>q0 * lddq,
        lddq,
        false,
        rows,
        d,
        spare,
      );
      // Over the block's queries: dK [t, d] += dSᵀ Q and dV [t, d] += P̃ᵀ dO; the first
      // block sets them.
      packRowsB(qBlock, ldq, d, rows, qRows);
      packRowsB(dOBlock, ldo, d, rows, dORows);
      packColumnsA(ds, ldS, t, rows, panel, 0, false);
      block(rows, panel, qRows, dk, lddk, q0 > 0, t, d, spare);
      packColumnsA(s, ldS, t, rows, panel, 0, false);
      block(rows, panel, dORows, dv, lddk, q0 > 0, t, d, spare);
    }
    // Padding takes no part.
    for (let i = t; i < all; i++) {
      memory.fill(dk + <usize>i * lddk, 0, (<usize>d) << 2);
      memory.fill(dv + <usize>i * lddk, 0, (<usize>d) << 2);
    }
  }
  barrier();
}
