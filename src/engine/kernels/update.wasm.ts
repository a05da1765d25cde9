// Clipping by global norm, and AdamW: flat over everything trained, and by rows
// over the word embeddings, where only the rows a batch uses have a gradient.
//
// A row without gradient still moves: its momentum fades and weight decay goes
// on. Those updates are owed, and paid (`catchUp`) when the row is next read.
//
// AdamW is Loshchilov and Hutter's (2019), algorithm 2, without its schedule's factor
// and with the decay multiplied by the learning rate, as PyTorch has it; corrections
// of the moments are Kingma and Ba's (2015), section 3. Clipping: Pascanu et al. (2013).

import {
  AdamW,
  AdamWRows,
  CatchUp,
  GradientNorm,
  Header,
  History,
} from "./operands";
import {
  arg,
  argAt,
  barrier,
  header,
  headerFloat,
  HEADER,
  next,
  thread,
} from "./threads.wasm";

/** Fixed length of the partial sums, in floats: 16 KiB, and sums that do not depend on the number of threads. */
const CHUNK: i32 = 4096;
/** Owed updates paid one by one; after these nothing is left of the momentum (0.9²⁵⁶ < 1e-11). */
const PAID: i32 = 256;
/** History of the steps, as a ring; the host has everything paid long before it closes. */
const HISTORY: i32 = 16383;

/**
 * ‖g‖ over three ranges of gradients, and from it the factor that clips:
 * min(1, maxNorm / (‖g‖ + 1e-6)). A chunk's squares are summed in floats, eight side
 * by side, and chunks in doubles, in order. A range is firstCount · firstTimes long,
 * because the host knows how many rows there are, and the recorder how wide.
 */
export function gradientNorm(op: usize): void {
  const partials = argAt(op, GradientNorm.partials);
  let base = 0;
  let unit = next();
  for (let range = 0; range < 3; range++) {
    const operands =
      op + ((<usize>(range * (GradientNorm.second - GradientNorm.first))) << 2);
    const p = argAt(operands, GradientNorm.first);
    const count =
      load<i32>(argAt(operands, GradientNorm.firstCount)) *
      arg(operands, GradientNorm.firstTimes);
    const chunks = (count + CHUNK - 1) / CHUNK;
    for (; unit < base + chunks; unit = next()) {
      const from = (unit - base) * CHUNK;
      const end = (<usize>min(CHUNK, count - from)) << 2;
      const q = p + ((<usize>from) << 2);
      let s = f32x4.splat(0);
      let t = f32x4.splat(0);
      let j: usize = 0;
      for (; j + 32 <= end; j += 32) {
        const x = v128.load(q + j, 0);
        const y = v128.load(q + j, 16);
        s = f32x4.add(s, f32x4.mul(x, x));
        t = f32x4.add(t, f32x4.mul(y, y));
      }
      for (; j < end; j += 16) {
        const x = v128.load(q + j);
        s = f32x4.add(s, f32x4.mul(x, x));
      }
      s = f32x4.add(s, t);
      store<f64>(
        partials + ((<usize>unit) << 3),
        <f64>f32x4.extract_lane(s, 0) +
          <f64>f32x4.extract_lane(s, 1) +
          (<f64>f32x4.extract_lane(s, 2) + <f64>f32x4.extract_lane(s, 3)),
      );
    }
    base += chunks;
  }
  barrier();
  if (thread() == 0) {
    let total: f64 = 0;
    for (let i = 0; i < base; i++)
      total += load<f64>(partials + ((<usize>i) << 3));
    const norm = sqrt<f64>(total);
    store<f32>(HEADER + (Header.norm << 2), <f32>norm);
    const limit = <f64>headerFloat(Header.maxNorm);
    // As torch.nn.utils.clip_grad_norm_; a limit of 0 means none.
    store<f32>(
      HEADER + (Header.clip << 2),
      <f32>(limit > 0 ? min<f64>(1, limit / (norm + 1e-6)) : 1),
    );
  }
  barrier();
}

/**
 * AdamW of step s on `bytes` of weights, with g clipped:
 *   m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²
 *   w ← keep · w − (m · stepSize) / (√v · inverseRoot + ε)
 * stepSize = rate / (1 − β₁ˢ) and inverseRoot = 1 / √(1 − β₂ˢ) are the corrections for
 * moments that began at 0; keep = 1 − rate · decay. The host works out all three.
 */
@inline
function update(
  w: usize,
  g: usize,
  m: usize,
  v: usize,
  bytes: usize,
  decay: f32,
): void {
  const b1 = f32x4.splat(headerFloat(Header.beta1));
  const b2 = f32x4.splat(headerFloat(Header.beta2));
  const c1 = f32x4.splat(1 - headerFloat(Header.beta1));
  const c2 = f32x4.splat(1 - headerFloat(Header.beta2));
  const eps = f32x4.splat(headerFloat(Header.epsilon));
  const size = f32x4.splat(headerFloat(Header.stepSize));
  const inverse = f32x4.splat(headerFloat(Header.inverseRoot));
  const clip = f32x4.splat(headerFloat(Header.clip));
  const keep = f32x4.splat(decay);
  for (let j: usize = 0; j < bytes; j += 16) {
    const x = f32x4.mul(v128.load(g + j), clip);
    const first = f32x4.add(f32x4.mul(v128.load(m + j), b1), f32x4.mul(x, c1));
    const second = f32x4.add(
      f32x4.mul(v128.load(v + j), b2),
      f32x4.mul(f32x4.mul(x, x), c2),
    );
    v128.store(m + j, first);
    v128.store(v + j, second);
    const step = f32x4.div(
      f32x4.mul(first, size),
      f32x4.add(f32x4.mul(f32x4.sqrt(second), inverse), eps),
    );
    v128.store(w + j, f32x4.sub(f32x4.mul(v128.load(w + j), keep), step));
  }
}

/** Two ranges of everything dense: that which decays, and biases and LayerNorms, which do not. */
export function adamw(op: usize): void {
  let base = 0;
  let unit = next();
  for (let range = 0; range < 2; range++) {
    const operands =
      op + ((<usize>(range * (AdamW.weightsTwo - AdamW.weights))) << 2);
    const count = arg(operands, AdamW.size);
    const decay: f32 = arg(operands, AdamW.decays) ? headerFloat(Header.keep) : 1;
    const chunks = (count + CHUNK - 1) / CHUNK;
    for (; unit < base + chunks; unit = next()) {
      const from = (<usize>((unit - base) * CHUNK)) << 2;
      const bytes = min((<usize>CHUNK) << 2, ((<usize>count) << 2) - from);
      update(
        argAt(operands, AdamW.weights) + from,
        argAt(operands, AdamW.gradients) + from,
        argAt(operands, AdamW.moments1) + from,
        argAt(operands, AdamW.moments2) + from,
        bytes,
        decay,
      );
    }
    base += chunks;
  }
  barrier();
}

/**
 * The rows of the step's words: row i of the gradients is row ids[i] of the weights
 * [V, H] and of the moments. `last` [V] is the step that a row has reached, `decayed`
 * [V] the product of all `keep`s up to there.
 */
export function adamwRows(op: usize): void {
  const cols = arg(op, AdamWRows.cols);
  const ld = (<usize>cols) << 2;
  const rows = header(Header.words);
  const step = header(Header.step);
  const history =
    argAt(op, AdamWRows.history) + ((<usize>(step & HISTORY)) << 4);
  for (let u = next(); u * 4 < rows; u = next())
    for (let i = u * 4; i < min(rows, u * 4 + 4); i++) {
      const id = <usize>load<i32>(argAt(op, AdamWRows.ids) + ((<usize>i) << 2));
      update(
        argAt(op, AdamWRows.weights) + id * ld,
        argAt(op, AdamWRows.gradients) + <usize>i * ld,
        argAt(op, AdamWRows.moments1) + id * ld,
        argAt(op, AdamWRows.moments2) + id * ld,
        ld,
        headerFloat(Header.keep),
      );
      store<i32>(argAt(op, AdamWRows.last) + (id << 2), step);
      store<f32>(
        argAt(op, AdamWRows.decayed) + (id << 2),
        load<f32>(history, History.decayed << 2),
      );
    }
  barrier();
}

/** xⁿ by squaring. */
function power(x: f64, n: i32): f64 {
  let y: f64 = 1;
  for (; n > 0; n >>= 1) {
    if (n & 1) y *= x;
    x *= x;
  }
  return y;
}

/** Pays rows `ids`, or all of them. */
export function catchUp(op: usize): void {
  const cols = arg(op, CatchUp.cols);
  const ids = argAt(op, CatchUp.ids);
  const rows = load<i32>(argAt(op, CatchUp.rows));
  for (let u = next(); u * 4 < rows; u = next())
    for (let i = u * 4; i < min(rows, u * 4 + 4); i++)
      pay(op, ids ? load<i32>(ids + ((<usize>i) << 2)) : i, cols);
  barrier();
}

/**
 * What the word `id` is owed since it was last met.
 *
 * With g = 0, step s is m ← β₁ m, √v ← √β₂ √v, w ← keep_s w − m stepSize_s / (√v
 * inverseRoot_s + ε): the history has each step's three figures. After PAID steps only
 * the `keep`s are left, and of these the product is a quotient: decayed(done) /
 * decayed(where the payments reached).
 */
function pay(op: usize, id: i32, cols: i32): void {
  const done = header(Header.done);
  const lastAt = argAt(op, CatchUp.last) + ((<usize>id) << 2);
  const decayAt = argAt(op, CatchUp.decayed) + ((<usize>id) << 2);
  const last = load<i32>(lastAt);
  if (last >= done) return;
  const history = argAt(op, CatchUp.history);
  const total = headerFloat(Header.decayed);
  const ld = (<usize>cols) << 2;
  const w = argAt(op, CatchUp.weights) + <usize>id * ld;
  let reached = load<f32>(decayAt);
  if (last > 0) {
    const m = argAt(op, CatchUp.moments1) + <usize>id * ld;
    const v = argAt(op, CatchUp.moments2) + <usize>id * ld;
    const missed = done - last;
    const steps = min(missed, PAID);
    const b1 = f32x4.splat(headerFloat(Header.beta1));
    // √v fades by √β₂ each step: one multiplication instead of a root.
    const root = f32x4.splat(sqrt<f32>(headerFloat(Header.beta2)));
    const eps = f32x4.splat(headerFloat(Header.epsilon));
    // The moments themselves jump: β₁ⁿ m and β₂ⁿ v after n steps.
    const m1 = f32x4.splat(<f32>power(<f64>headerFloat(Header.beta1), missed));
    const v1 = f32x4.splat(<f32>power(<f64>headerFloat(Header.beta2), missed));
    for (let j: usize = 0; j < ld; j += 32) {
      // Two at a time hide the division's latency; an odd quarter is done alone.
      const second: usize = j + 16 < ld ? 16 : 0;
      let w0 = v128.load(w + j);
      let w1 = v128.load(w + j + second);
      const ma = v128.load(m + j);
      const mb = v128.load(m + j + second);
      const va = v128.load(v + j);
      const vb = v128.load(v + j + second);
      let m0 = ma;
      let m2 = mb;
      let s0 = f32x4.sqrt(va);
      let s1 = f32x4.sqrt(vb);
      for (let s = last + 1; s <= last + steps; s++) {
        const h = history + ((<usize>(s & HISTORY)) << 4);
        const size = v128.load32_splat(h, History.stepSize << 2);
        const inverse = v128.load32_splat(h, History.inverseRoot << 2);
        const keep = v128.load32_splat(h, History.keep << 2);
        m0 = f32x4.mul(m0, b1);
        m2 = f32x4.mul(m2, b1);
        s0 = f32x4.mul(s0, root);
        s1 = f32x4.mul(s1, root);
        w0 = f32x4.sub(
          f32x4.mul(w0, keep),
          f32x4.div(
            f32x4.mul(m0, size),
            f32x4.add(f32x4.mul(s0, inverse), eps),
          ),
        );
        w1 = f32x4.sub(
          f32x4.mul(w1, keep),
          f32x4.div(
            f32x4.mul(m2, size),
            f32x4.add(f32x4.mul(s1, inverse), eps),
          ),
        );
      }
      v128.store(w + j, w0);
      v128.store(m + j, f32x4.mul(ma, m1));
      v128.store(v + j, f32x4.mul(va, v1));
      if (second) {
        v128.store(w + j, w1, 16);
        v128.store(m + j, f32x4.mul(mb, m1), 16);
        v128.store(v + j, f32x4.mul(vb, v1), 16);
      }
    }
    store<i32>(lastAt, done);
    reached = load<f32>(
      history + ((<usize>((last + steps) & HISTORY)) << 4),
      History.decayed << 2,
    );
  }
  if (reached != total) {
    const keep = f32x4.splat(total / reached);
    for (let j: usize = 0; j < ld; j += 16)
      v128.store(w + j, f32x4.mul(v128.load(w + j), keep));
  }
  store<f32>(decayAt, total);
}
