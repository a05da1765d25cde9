// The update for the GPU: the gradients' global norm, AdamW over the flat
// parameters, and the updates that rows of the word embeddings are owed. With g
// clipped,
//
//   m ← β₁ m + (1 − β₁) g     v ← β₂ v + (1 − β₂) g²
//   w ← w · keep − m · stepSize / (√v · inverseRoot + ε)
//
// with keep = 1 − learning rate · decay and the two corrections of step s in
// stepSize and inverseRoot. A word that no text of a step contains has g = 0: its
// m and v shrink and w still moves. Nothing but the word itself reads that, so it
// is paid when the word is next used, from each step's kept figures: exactly for
// 256 steps, after which m has shrunk by β₁²⁵⁶ and only the decay is left, whose
// product over the remaining steps is total / reached.
//
// w, m and v of a range are as long as its g; the word table is [V, H], and `last`
// and `decayed` are [V]. The sources are named in update.wasm.ts.

import { named, quads, rowKernel, type Sharing } from "./prelude.wgsl";

/** Floats that one row of work adds up, or updates. */
export const normChunk = 4096;
export const updateChunk = 1024;

/** Partial sums of squares over the first range and the third. */
export const normSquares = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  let first = operand(GradientNorm_firstCount); let third = operand(GradientNorm_thirdCount) * operand(GradientNorm_thirdTimes);
  let c1 = (first + ${normChunk - 1}u) / ${normChunk}u; let c3 = (third + ${normChunk - 1}u) / ${normChunk}u;
  if (r >= c1 + c3) { return; }
  var base = place4(GradientNorm_first); var start = r * ${normChunk}u; var end = min(first, start + ${normChunk}u);
  if (r >= c1) { base = place4(GradientNorm_third); start = (r - c1) * ${normChunk}u; end = min(third, start + ${normChunk}u); }
  var s = 0.0;
  for (var j = (start >> 2u) + t; j < (end >> 2u); j += W) { let x = f4(base + j); s += dot(x, x); }
  s = sumRow(t, s);
  if (t == 0u) { put(place(GradientNorm_partials) + r, s); }`,
  );

/** ‖g‖ from the partial sums, and the factor that clips: min(1, maxNorm / (‖g‖ + 1e-6)). */
export const normSum = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  if (r > 0u) { return; }
  let n = (operand(GradientNorm_firstCount) + ${normChunk - 1}u) / ${normChunk}u + (operand(GradientNorm_thirdCount) * operand(GradientNorm_thirdTimes) + ${normChunk - 1}u) / ${normChunk}u;
  var s = 0.0;
  for (var i = t; i < n; i += W) { s += f(place(GradientNorm_partials) + i); }
  let norm = sqrt(sumRow(t, s));
  if (t == 0u) {
    let limit = headerFloat(Header_maxNorm);
    putHeader(Header_norm, norm);
    putHeader(Header_clip, select(1.0, min(1.0, limit / (norm + 1e-6)), limit > 0.0));
  }`,
  );

const update = /* wgsl */ `
struct Figures { clip: f32, beta1: f32, beta2: f32, stepSize: f32, inverseRoot: f32, epsilon: f32 }
fn figures() -> Figures {
  return Figures(headerFloat(Header_clip), headerFloat(Header_beta1), headerFloat(Header_beta2), headerFloat(Header_stepSize), headerFloat(Header_inverseRoot), headerFloat(Header_epsilon));
}
/** Four numbers of w, with their g, m and v. */
fn update(s: Figures, w: u32, g: u32, m: u32, v: u32, keep: f32) {
  let x = f4(g) * s.clip;
  let first = f4(m) * s.beta1 + x * (1.0 - s.beta1);
  let second = f4(v) * s.beta2 + x * x * (1.0 - s.beta2);
  put4(m, first); put4(v, second);
  put4(w, f4(w) * keep - first * s.stepSize / (sqrt(second) * s.inverseRoot + s.epsilon));
}`;

/** The range that decays, then the one that does not; then, word by word, the rows of the step's words. */
export const adamw = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  let one = operand(AdamW_size) >> 2u; let two = operand(AdamW_sizeTwo) >> 2u;
  let chunks = (one + two + ${updateChunk / 4 - 1}u) / ${updateChunk / 4}u;
  let s = figures();
  // Loops that run once or never, see gemm/epilogue.wgsl.ts.
  for (var once = r < chunks; once; once = false) {
    let keep = select(1.0, headerFloat(Header_keep), operand(AdamW_decays) != 0u);
    let end = min(one + two, (r + 1u) * ${updateChunk / 4}u);
    for (var i = r * ${updateChunk / 4}u + t; i < end; i += W) {
      let j = i - select(one, 0u, i < one);
      let decays = i < one;
      update(s, j + select(place4(AdamW_weightsTwo), place4(AdamW_weights), decays), j + select(place4(AdamW_gradientsTwo), place4(AdamW_gradients), decays),
        j + select(place4(AdamW_moments1Two), place4(AdamW_moments1), decays), j + select(place4(AdamW_moments2Two), place4(AdamW_moments2), decays), select(1.0, keep, decays));
    }
  }
  for (var once = r >= chunks && operand(AdamW_rows + AdamWRows_cols) != 0u && r - chunks < header(Header_words); once; once = false) {
    let x = r - chunks; let n = operand(AdamW_rows + AdamWRows_cols) >> 2u;
    let id = u(place(AdamW_rows + AdamWRows_ids) + x);
    let keep = headerFloat(Header_keep);
    for (var j = t; j < n; j += W) {
      update(s, place4(AdamW_rows + AdamWRows_weights) + id * n + j, place4(AdamW_rows + AdamWRows_gradients) + x * n + j, place4(AdamW_rows + AdamWRows_moments1) + id * n + j, place4(AdamW_rows + AdamWRows_moments2) + id * n + j, keep);
    }
    if (t == 0u) {
      let step = header(Header_step);
      putU(place(AdamW_rows + AdamWRows_last) + id, step);
      putU(place(AdamW_rows + AdamWRows_decayed) + id, u(place(AdamW_rows + AdamWRows_history) + 4u * (step & 16383u) + 3u));
    }
  }`,
    update,
  );

/** Threads that pay one row, each some of its features. */
const payers = (sharing: Sharing): number => (sharing === 1 ? 4 : 64);

/**
 * Rows of the word embeddings that may be owed updates; the operation's operands
 * begin at `o`. Always a workgroup to a row: most rows are owed nothing, and one
 * that is may be owed hundreds of steps.
 */
export const catchUp = (sharing: Sharing, o: number): string =>
  named(
    quads +
      /* wgsl */ `
const o = ${o}u;
@compute @workgroup_size(${payers(sharing)})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) t: u32) {
  let i = group.x + group.y * groups.x;
  if (i >= operand(o + CatchUp_rows)) { return; }
  let n = operand(o + CatchUp_cols);
  var id = i;
  if (operand(o + CatchUp_ids) != 0u) { id = u(place(o + CatchUp_ids) + i); }
  let last = u(place(o + CatchUp_last) + id); let done = header(Header_done);
  let decayed = f(place(o + CatchUp_decayed) + id); let total = headerFloat(Header_decayed);
  let history = place(o + CatchUp_history);
  workgroupBarrier();
  if (last >= done) { return; }
  let missed = done - last; let steps = min(missed, 256u);
  var reached = decayed;
  if (last > 0u) { reached = f(history + 4u * ((last + steps) & 16383u) + 3u); }
  let beta1 = headerFloat(Header_beta1); let beta2 = headerFloat(Header_beta2); let epsilon = headerFloat(Header_epsilon);
  let root = sqrt(beta2);
  for (var j = t; j < n; j += ${payers(sharing)}u) {
    let w = place(o + CatchUp_weights) + id * n + j;
    var x = f(w);
    if (last > 0u) {
      let mAt = place(o + CatchUp_moments1) + id * n + j; let vAt = place(o + CatchUp_moments2) + id * n + j;
      var m = f(mAt); var r = sqrt(f(vAt));
      for (var s = last + 1u; s <= last + steps; s++) {
        let h = history + 4u * (s & 16383u);
        m *= beta1; r *= root;
        x = x * f(h + 2u) - m * f(h) / (r * f(h + 1u) + epsilon);
      }
      put(mAt, f(mAt) * pow(beta1, f32(missed)));
      put(vAt, f(vAt) * pow(beta2, f32(missed)));
    }
    put(w, x * (total / reached));
  }
  if (t == 0u) {
    if (last > 0u) { putU(place(o + CatchUp_last) + id, done); }
    putU(place(o + CatchUp_decayed) + id, bitcast<u32>(total));
  }
}`,
  );
