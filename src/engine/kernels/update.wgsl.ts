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
// is paid when the word is next used, exactly, from each step's kept figures.

import { quads, rowKernel, type Sharing } from "./prelude.wgsl";

/** Words that one row of work adds up, or updates. */
export const normChunk = 4096;
export const updateChunk = 1024;

/** Partial sums of squares over the first range and the third. */
export const normSquares = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  let first = word(3u); let third = word(9u) * word(10u);
  let c1 = (first + ${normChunk - 1}u) / ${normChunk}u; let c3 = (third + ${normChunk - 1}u) / ${normChunk}u;
  if (r >= c1 + c3) { return; }
  var base = place4(2u); var start = r * ${normChunk}u; var end = min(first, start + ${normChunk}u);
  if (r >= c1) { base = place4(8u); start = (r - c1) * ${normChunk}u; end = min(third, start + ${normChunk}u); }
  var s = 0.0;
  for (var j = (start >> 2u) + t; j < (end >> 2u); j += W) { let x = f4(base + j); s += dot(x, x); }
  s = sumRow(t, s);
  if (t == 0u) { put(place(1u) + r, s); }`,
  );

export const normSum = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  if (r > 0u) { return; }
  let n = (word(3u) + ${normChunk - 1}u) / ${normChunk}u + (word(9u) * word(10u) + ${normChunk - 1}u) / ${normChunk}u;
  var s = 0.0;
  for (var i = t; i < n; i += W) { s += f(place(1u) + i); }
  let norm = sqrt(sumRow(t, s));
  if (t == 0u) {
    let limit = headerFloat(16u);
    putHeader(18u, norm);
    putHeader(19u, select(1.0, min(1.0, limit / (norm + 1e-6)), limit > 0.0));
  }`,
  );

const update = /* wgsl */ `
struct Figures { clip: f32, beta1: f32, beta2: f32, stepSize: f32, inverseRoot: f32, epsilon: f32 }
fn figures() -> Figures {
  return Figures(headerFloat(19u), headerFloat(13u), headerFloat(14u), headerFloat(10u), headerFloat(11u), headerFloat(15u));
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
  let one = word(5u) >> 2u; let two = word(11u) >> 2u;
  let chunks = (one + two + ${updateChunk / 4 - 1}u) / ${updateChunk / 4}u;
  let s = figures();
  // Loops that run once or never, see gemm.wgsl.ts.
  for (var once = r < chunks; once; once = false) {
    let keep = select(1.0, headerFloat(12u), word(6u) != 0u);
    let end = min(one + two, (r + 1u) * ${updateChunk / 4}u);
    for (var i = r * ${updateChunk / 4}u + t; i < end; i += W) {
      let j = i - select(one, 0u, i < one);
      let decays = i < one;
      update(s, j + select(place4(7u), place4(1u), decays), j + select(place4(8u), place4(2u), decays),
        j + select(place4(9u), place4(3u), decays), j + select(place4(10u), place4(4u), decays), select(1.0, keep, decays));
    }
  }
  for (var once = r >= chunks && word(20u) != 0u && r - chunks < header(2u); once; once = false) {
    let x = r - chunks; let n = word(20u) >> 2u;
    let id = u(place(17u) + x);
    let keep = headerFloat(12u);
    for (var j = t; j < n; j += W) {
      update(s, place4(13u) + id * n + j, place4(16u) + x * n + j, place4(14u) + id * n + j, place4(15u) + id * n + j, keep);
    }
    if (t == 0u) {
      let step = header(23u);
      putU(place(18u) + id, step);
      putU(place(19u) + id, u(place(21u) + 4u * (step & 16383u) + 3u));
    }
  }`,
    update,
  );

/** Threads that pay one row, each some of its features. */
const payers = (sharing: Sharing): number => (sharing === 1 ? 4 : 64);

/**
 * Rows of the word embeddings that may be owed updates; the operation's words
 * begin at `o`. Always a workgroup to a row: most rows are owed nothing, and one
 * that is may be owed hundreds of steps.
 */
export const catchUp = (sharing: Sharing, o: number): string =>
  quads +
  /* wgsl */ `
@compute @workgroup_size(${payers(sharing)})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) t: u32) {
  let i = group.x + group.y * groups.x;
  if (i >= word(${o + 8}u)) { return; }
  let n = word(${o + 6}u);
  var id = i;
  if (word(${o + 7}u) != 0u) { id = u(place(${o + 7}u) + i); }
  let last = u(place(${o + 4}u) + id); let done = header(8u);
  let decayed = f(place(${o + 5}u) + id); let total = headerFloat(20u);
  let history = place(${o + 9}u);
  workgroupBarrier();
  if (last >= done) { return; }
  let missed = done - last; let steps = min(missed, 256u);
  var reached = decayed;
  if (last > 0u) { reached = f(history + 4u * ((last + steps) & 16383u) + 3u); }
  let beta1 = headerFloat(13u); let beta2 = headerFloat(14u); let epsilon = headerFloat(15u);
  let root = sqrt(beta2);
  for (var j = t; j < n; j += ${payers(sharing)}u) {
    let w = place(${o + 1}u) + id * n + j;
    var x = f(w);
    if (last > 0u) {
      let mAt = place(${o + 2}u) + id * n + j; let vAt = place(${o + 3}u) + id * n + j;
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
    if (last > 0u) { putU(place(${o + 4}u) + id, done); }
    putU(place(${o + 5}u) + id, bitcast<u32>(total));
  }
}`;
