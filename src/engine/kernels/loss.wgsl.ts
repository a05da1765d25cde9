// Loss and its gradient for the GPU, in one pass over the logits [R, n]: softmax
// cross-entropy of one label a row, the sigmoid's of any of n, or the squared error
// of n numbers. dlogits are scaled already, by one over what the mean divides by and
// the class's weight, and their rows' padding is zero, because products read it.

import { rowKernel, type Sharing } from "./prelude.wgsl";

/**
 * With w the class's weight and s one over what the mean divides by:
 *   softmax  l = −w s log p_label,  dl/dx_j = w s (p_j − [j = label])
 *   sigmoid  l = s Σ_j (m log(1 + e^−|z|) + (z ≥ 0 ? (1 − y) z : −w y z)),  dl/dz = s (m σ(z) − w y)
 *            with m = 1 + (w − 1) y: w weighs what is there, not what is missing
 *   squared  l = s Σ_j (z − y)²,  dl/dz = 2 s (z − y), unweighted
 * A row without a label (negative) has no loss and no gradient.
 */
export const loss = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  if (r >= operand(Loss_rows)) { return; }
  let n = operand(Loss_classes); let x = place(Loss_logits) + r * operand(Loss_ld); let dx = place(Loss_dLogits) + r * operand(Loss_ld);
  let scale = headerFloat(Header_lossScale);
  var mine = 0.0;
  if (operand(Loss_which) == LossKind_softmax) {
    let label = bitcast<i32>(u(place(Loss_labels) + r));
    var top = -1e30;
    for (var j = t; j < n; j += W) { top = max(top, f(x + j)); }
    top = maxRow(t, top);
    var s = 0.0;
    for (var j = t; j < n; j += W) { s += exp(f(x + j) - top); }
    s = sumRow(t, s);
    var weight = 0.0;
    if (label >= 0) { weight = f(place(Loss_classWeights) + u32(label)) * scale; }
    for (var j = t; j < n; j += W) {
      put(dx + j, weight * (exp(f(x + j) - top) / s - select(0.0, 1.0, i32(j) == label)));
    }
    if (label >= 0) { mine = weight * (log(s) + top - f(x + u32(label))); }
  } else if (operand(Loss_which) == LossKind_sigmoid) {
    var s = 0.0;
    for (var j = t; j < n; j += W) {
      let z = f(x + j); let y = f(place(Loss_labels) + r * n + j); let w = f(place(Loss_classWeights) + j);
      let m = 1.0 + (w - 1.0) * y; let e = exp(-abs(z));
      put(dx + j, scale * (m * select(e, 1.0, z >= 0.0) / (1.0 + e) - w * y));
      s += scale * (m * log(1.0 + e) + z * select(-w * y, 1.0 - y, z >= 0.0));
    }
    mine = sumRow(t, s);
  } else {
    var s = 0.0;
    for (var j = t; j < n; j += W) {
      let away = f(x + j) - f(place(Loss_labels) + r * n + j);
      put(dx + j, 2.0 * scale * away);
      s += scale * away * away;
    }
    mine = sumRow(t, s);
  }
  for (var j = n + t; j < operand(Loss_ld); j += W) { put(dx + j, 0.0); }
  if (t == 0u) { put(place(Loss_rowLoss) + r, mine); }`,
  );

/** The batch's loss, to the header; a step's batches add up. */
export const lossSum = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  if (r > 0u) { return; }
  var s = 0.0;
  for (var i = t; i < operand(Loss_rows); i += W) { s += f(place(Loss_rowLoss) + i); }
  s = sumRow(t, s);
  if (t == 0u) { putHeader(Header_loss, s + select(0.0, headerFloat(Header_loss), header(Header_accumulate) != 0u)); }`,
  );
