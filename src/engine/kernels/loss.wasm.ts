// Loss and its gradient with respect to the logits, in one pass over each row.
// `scale` in the header is one over what the mean divides by.

import { Header, Loss } from "./operands";
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
 * kind 0: softmax cross-entropy; labels are class indices, negative ones ignored.
 * kind 1: sigmoid cross-entropy; labels are 0 … 1 for each class.
 */
export function loss(op: usize): void {
  const rows = load<i32>(argAt(op, Loss.rows));
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
    if (arg(op, Loss.many) == 0) {
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
        // l = −y log σ(z) − (1 − y) log(1 − σ(z)) = max(z, 0) − z y + log(1 + e^−|z|);
        // dl/dz = σ(z) − y. With e = e^−|z| nothing overflows.
        const z = load<f32>(x + ((<usize>j) << 2));
        const y = load<f32>(labels + <usize>(r * classes + j) * 4);
        const weight = load<f32>(weights + ((<usize>j) << 2)) * scale;
        const e = f32x4.extract_lane(exp4(f32x4.splat(-abs<f32>(z))), 0);
        const p: f32 = z >= 0 ? 1 / (1 + e) : e / (1 + e);
        store<f32>(dx + ((<usize>j) << 2), (p - y) * weight);
        mine +=
          <f64>weight *
          (<f64>max<f32>(z, 0) - <f64>(z * y) + logarithm(1 + <f64>e));
      }
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
