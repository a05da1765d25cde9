// Loss and its gradient with respect to the logits, in one pass over each row.
// `scale` in the header is one over what the mean divides by.
//
// Logits and their gradient are [R, ld], ld = classes in whole vectors of four; the
// gradient's surplus columns are set to 0, because products read whole vectors. Labels
// are [R] of softmax and [R, classes] of the others; weights are [classes]. A row is one
// unit of work, and its loss a double of its own (`rowLoss`), summed at the end.

import { Header, Loss, LossKind } from "./operands";
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
import { exp4, logarithm, max4, sum4 } from "./math.wasm";

/**
 * softmax: cross-entropy; labels are class indices, negative ones ignored.
 * sigmoid: cross-entropy of each class by itself; labels are 0 … 1.
 * squared: (z − y)²; labels are any numbers, and classes have no weights.
 */
export function loss(op: usize): void {
  const rows = load<i32>(argAt(op, Loss.rows));
  const which = arg(op, Loss.which);
  const classes = arg(op, Loss.classes);
  const ld = argAt(op, Loss.ld) << 2;
  const labels = argAt(op, Loss.labels);
  const weights = argAt(op, Loss.classWeights);
  const rowLoss = argAt(op, Loss.rowLoss);
  const scale = headerFloat(Header.lossScale);
  const padded = (classes + 3) & ~3;
  const end = (<usize>padded) << 2;
  for (let r = next(); r < rows; r = next()) {
    const x = argAt(op, Loss.logits) + <usize>r * ld;
    const dx = argAt(op, Loss.dLogits) + <usize>r * ld;
    let mine: f64 = 0;
    if (which == LossKind.softmax) {
      const label = load<i32>(labels + ((<usize>r) << 2));
      if (label < 0) {
        memory.fill(dx, 0, end);
        store<f64>(rowLoss + ((<usize>r) << 3), 0);
        continue;
      }
      for (let j = classes; j < padded; j++)
        store<f32>(x + ((<usize>j) << 2), -1e30);
      // p_j = exp(x_j − top) / total; l = −w log p_label; dl/dx_j = w (p_j − [j = label]).
      // w is the label's weight over what the mean divides by. The row's padding gets
      // an exponential of nothing, so that whole vectors will do.
      let top4 = v128.load(x);
      for (let j: usize = 16; j < end; j += 16)
        top4 = f32x4.max(top4, v128.load(x + j));
      const top = max4(top4);
      const shift = f32x4.splat(top);
      let sum = f32x4.splat(0);
      for (let j: usize = 0; j < end; j += 16) {
        const e = exp4(f32x4.sub(v128.load(x + j), shift));
        v128.store(dx + j, e);
        sum = f32x4.add(sum, e);
      }
      const total = sum4(sum);
      const weight = load<f32>(weights + ((<usize>label) << 2)) * scale;
      const factor = f32x4.splat(weight / total);
      for (let j: usize = 0; j < end; j += 16)
        v128.store(dx + j, f32x4.mul(v128.load(dx + j), factor));
      const at = (<usize>label) << 2;
      store<f32>(dx + at, load<f32>(dx + at) - weight);
      mine =
        <f64>weight *
        (logarithm(<f64>total) + <f64>top - <f64>load<f32>(x + at));
    } else {
      for (let j = 0; j < classes; j++) {
        const z = load<f32>(x + ((<usize>j) << 2));
        const y = load<f32>(labels + <usize>(r * classes + j) * 4);
        if (which == LossKind.squared) {
          // l = (z − y)²; dl/dz = 2 (z − y).
          const away = z - y;
          store<f32>(dx + ((<usize>j) << 2), 2 * away * scale);
          mine += <f64>scale * <f64>away * <f64>away;
          continue;
        }
        // l = −w y log σ(z) − (1 − y) log(1 − σ(z)): w weighs what is there, not what
        // is missing. With e = e^−|z|, so that nothing overflows, and m = 1 + (w − 1) y,
        // l = m log(1 + e) + (z ≥ 0 ? (1 − y) z : −w y z); dl/dz = m σ(z) − w y.
        const w = load<f32>(weights + ((<usize>j) << 2));
        const m: f32 = 1 + (w - 1) * y;
        const e = f32x4.extract_lane(exp4(f32x4.splat(-abs<f32>(z))), 0);
        const p: f32 = z >= 0 ? 1 / (1 + e) : e / (1 + e);
        store<f32>(dx + ((<usize>j) << 2), (m * p - w * y) * scale);
        mine +=
          <f64>scale *
          (<f64>m * logarithm(1 + <f64>e) +
            <f64>z * (z >= 0 ? 1 - <f64>y : -<f64>w * <f64>y));
      }
      for (let j = classes; j < padded; j++)
        store<f32>(dx + ((<usize>j) << 2), 0);
    }
    store<f64>(rowLoss + ((<usize>r) << 3), mine);
  }
  barrier();
  // In doubles and in the order of the rows, whatever the number of threads.
  if (thread() == 0) {
    let total: f64 = header(Header.accumulate)
      ? <f64>headerFloat(Header.loss)
      : 0;
    for (let r = 0; r < rows; r++)
      total += load<f64>(rowLoss + ((<usize>r) << 3));
    store<f32>(HEADER + (Header.loss << 2), <f32>total);
  }
  barrier();
}
