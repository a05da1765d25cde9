// LayerNorm by rows, with the dropout that follows it in the embeddings.
// Backward also puts dropout of a sublayer's output on the gradient it passes
// down, because that sublayer's GEMMs want it as a matrix. Ba, Kiros and Hinton
// (2016), section 3; the variance is divided by n, as there, and not by n − 1.

import { Header, Norm, NormBackward } from "./operands";
import { arg, argAt, argFloat, barrier, header, next } from "./threads.wasm";
import { count4, keep4, siteKey, sum4 } from "./math.wasm";

/** Rows in one unit; also the fixed length of the partial sums over rows. */
const ROWS: i32 = 32;

/**
 * X, Y [R, n]; γ, β [n]; stats [R, 2] = mean, r:
 *   mean = Σ x / n,  r = 1 / √(Σ (x − mean)² / n + ε),  y = dropout(γ (x − mean) r + β)
 * Variance in a pass of its own over the row, which the cache still has: Σx² − n mean²
 * would cancel.
 */
export function norm(op: usize): void {
  const rows = load<i32>(argAt(op, Norm.rows));
  const cols = arg(op, Norm.cols);
  const ld = (<usize>cols) << 2;
  const gamma = argAt(op, Norm.gamma);
  const beta = argAt(op, Norm.beta);
  const stats = argAt(op, Norm.stats);
  const eps = argFloat(op, Norm.epsilon);
  const threshold = arg(op, Norm.threshold);
  const scale = f32x4.splat(argFloat(op, Norm.scale));
  const limit = i32x4.splat(threshold);
  const key = i32x4.splat(
    siteKey(header(Header.dropoutKey), arg(op, Norm.site)),
  );
  const keys = argAt(op, Norm.keys);
  for (let u = next(); u * ROWS < rows; u = next()) {
    const end = min(rows, (u + 1) * ROWS);
    for (let r = u * ROWS; r < end; r++) {
      const x = argAt(op, Norm.x) + <usize>r * ld;
      const y = argAt(op, Norm.y) + <usize>r * ld;
      let s = f32x4.splat(0);
      for (let j: usize = 0; j < ld; j += 16)
        s = f32x4.add(s, v128.load(x + j));
      const mean = sum4(s) / <f32>cols;
      const mean4 = f32x4.splat(mean);
      s = f32x4.splat(0);
      for (let j: usize = 0; j < ld; j += 16) {
        const c = f32x4.sub(v128.load(x + j), mean4);
        s = f32x4.add(s, f32x4.mul(c, c));
      }
      const inverse: f32 = 1 / sqrt<f32>(sum4(s) / <f32>cols + eps);
      const inverse4 = f32x4.splat(inverse);
      store<f32>(stats + ((<usize>r) << 3), mean, 0);
      store<f32>(stats + ((<usize>r) << 3), inverse, 4);
      // The dropout counter of the row's first feature.
      let e: u32 = 0;
      if (threshold) e = load<u32>(keys + ((<usize>r) << 2)) * cols;
      for (let j: usize = 0; j < ld; j += 16) {
        let z = f32x4.mul(f32x4.sub(v128.load(x + j), mean4), inverse4);
        z = f32x4.add(f32x4.mul(z, v128.load(gamma + j)), v128.load(beta + j));
        if (threshold) {
          z = v128.and(f32x4.mul(z, scale), keep4(count4(e), key, limit));
          e += 4;
        }
        v128.store(y + j, z);
      }
    }
  }
  barrier();
}

/**
 * With x̂ = (x − mean) · r and g = dy ∘ γ:  dγ = Σ dy ∘ x̂, dβ = Σ dy,
 * dx = r (g − mean(g) − x̂ mean(g ∘ x̂)), times the slope of an activation
 * where one came before.
 *
 * Why: mean and r depend on every x_j, by ∂mean/∂x_j = 1/n and ∂r/∂x_j = −r² x̂_j / n.
 * From x̂_i = (x_i − mean) r then ∂x̂_i/∂x_j = r (δ_ij − 1/n − x̂_i x̂_j / n), and dx_j
 * is Σ_i g_i of that.
 *
 * Two phases: units of 32 rows put their part of dγ and dβ in partials
 * [⌈R/32⌉, 2, n]; then units of 32 columns add these up in the order of the rows,
 * whoever computed them.
 */
export function normBackward(op: usize): void {
  const rows = load<i32>(argAt(op, NormBackward.rows));
  const cols = arg(op, NormBackward.cols);
  const ld = (<usize>cols) << 2;
  const stats = argAt(op, NormBackward.stats);
  const gamma = argAt(op, NormBackward.gamma);
  const dx = argAt(op, NormBackward.dx);
  const dz = argAt(op, NormBackward.dz);
  const partials = argAt(op, NormBackward.partials);
  const before = arg(op, NormBackward.before);
  const after = arg(op, NormBackward.after);
  const scale = f32x4.splat(argFloat(op, NormBackward.scale));
  const limit = i32x4.splat(arg(op, NormBackward.threshold));
  const keyBefore = i32x4.splat(siteKey(header(Header.dropoutKey), before));
  const keyAfter = i32x4.splat(siteKey(header(Header.dropoutKey), after));
  const keys = argAt(op, NormBackward.keys);
  const slope = argAt(op, NormBackward.slope);
  for (let u = next(); u * ROWS < rows; u = next()) {
    const sums = partials + <usize>(2 * u) * ld;
    memory.fill(sums, 0, 2 * ld);
    const end = min(rows, (u + 1) * ROWS);
    for (let r = u * ROWS; r < end; r++) {
      const offset = <usize>r * ld;
      const dy = argAt(op, NormBackward.dy) + offset;
      const x = argAt(op, NormBackward.x) + offset;
      const out = dx + offset;
      const mean = v128.load32_splat(stats + ((<usize>r) << 3), 0);
      const inverse = v128.load32_splat(stats + ((<usize>r) << 3), 4);
      let e0: u32 = 0;
      if (before >= 0 || after >= 0)
        e0 = load<u32>(keys + ((<usize>r) << 2)) * cols;
      let e = e0;
      // First pass over the row: g to dx, its sums s1 = Σ g and s2 = Σ g x̂, and the
      // unit's dγ and dβ.
      let s1 = f32x4.splat(0);
      let s2 = f32x4.splat(0);
      for (let j: usize = 0; j < ld; j += 16) {
        let d = v128.load(dy + j);
        if (before >= 0) {
          d = v128.and(f32x4.mul(d, scale), keep4(count4(e), keyBefore, limit));
          e += 4;
        }
        const z = f32x4.mul(f32x4.sub(v128.load(x + j), mean), inverse);
        const dg = sums + j;
        v128.store(dg, f32x4.add(v128.load(dg), f32x4.mul(d, z)));
        v128.store(dg + ld, f32x4.add(v128.load(dg + ld), d));
        const g = f32x4.mul(d, v128.load(gamma + j));
        s1 = f32x4.add(s1, g);
        s2 = f32x4.add(s2, f32x4.mul(g, z));
        v128.store(out + j, g);
      }
      // Second pass: g in dx becomes dx; dz is dx through the next dropout.
      const m1 = f32x4.splat(sum4(s1) / <f32>cols);
      const m2 = f32x4.splat(sum4(s2) / <f32>cols);
      e = e0;
      for (let j: usize = 0; j < ld; j += 16) {
        const z = f32x4.mul(f32x4.sub(v128.load(x + j), mean), inverse);
        const g = v128.load(out + j);
        let y = f32x4.mul(
          f32x4.sub(f32x4.sub(g, m1), f32x4.mul(z, m2)),
          inverse,
        );
        if (slope) y = f32x4.mul(y, v128.load(slope + offset + j));
        v128.store(out + j, y);
        if (after >= 0) {
          v128.store(
            dz + offset + j,
            v128.and(f32x4.mul(y, scale), keep4(count4(e), keyAfter, limit)),
          );
          e += 4;
        }
      }
    }
  }
  barrier();
  // Of a step's further batches, on top of what is there.
  const chunks = (rows + ROWS - 1) / ROWS;
  const add = header(Header.accumulate) != 0;
  for (let u = next(); u * 32 < cols; u = next()) {
    const end = (<usize>min(cols, (u + 1) * 32)) << 2;
    for (let j = (<usize>(u * 32)) << 2; j < end; j += 16)
      for (let half: usize = 0; half < 2; half++) {
        const to =
          argAt(op, half ? NormBackward.dBeta : NormBackward.dGamma) + j;
        let s = add ? v128.load(to) : f32x4.splat(0);
        let p = partials + half * ld + j;
        for (let c = 0; c < chunks; c++) {
          s = f32x4.add(s, v128.load(p));
          p += 2 * ld;
        }
        v128.store(to, s);
      }
  }
  barrier();
}
