// Logistic regression of sparse rows: scikit-learn's LogisticRegression(C=10).

import type { Sparse } from "./bag";

/** Inverse strength of the penalty; 10 is what serves short texts best. */
const C = 10;

/** logits[c] = bias[c] + Σ value · weight[column, c]; weights are [width + 1, free], biases last. */
export function scores(
  { starts, columns, values }: Sparse,
  row: number,
  weights: Float64Array,
  free: number,
  width: number,
  logits: Float64Array,
): void {
  for (let c = 0; c < free; c++) logits[c] = weights[width * free + c]!;
  for (let i = starts[row]!; i < starts[row + 1]!; i++) {
    const at = columns[i]! * free;
    const value = values[i]!;
    for (let c = 0; c < free; c++) logits[c]! += value * weights[at + c]!;
  }
}

/**
 * Σ cross-entropy + ‖W‖²/2C (biases free), scikit-learn's objective
 * over C, divided by the number of rows so that one tolerance fits all.
 */
export function crossEntropy(
  rows: Sparse,
  labels: ArrayLike<number>,
  free: number,
  width: number,
): (weights: Float64Array, gradient: Float64Array) => number {
  const count = labels.length;
  const logits = new Float64Array(free);
  return (weights, gradient) => {
    let loss = 0;
    for (let i = 0; i < width * free; i++) {
      loss += (0.5 / C) * weights[i]! ** 2;
      gradient[i] = weights[i]! / C;
    }
    gradient.fill(0, width * free);
    for (let row = 0; row < count; row++) {
      scores(rows, row, weights, free, width, logits);
      loss += toError(logits, labels[row]!);
      for (let c = 0; c < free; c++) gradient[width * free + c]! += logits[c]!;
      for (let i = rows.starts[row]!; i < rows.starts[row + 1]!; i++) {
        const at = rows.columns[i]! * free;
        const value = rows.values[i]!;
        for (let c = 0; c < free; c++) gradient[at + c]! += value * logits[c]!;
      }
    }
    for (let i = 0; i < gradient.length; i++) gradient[i]! /= count;
    return loss / count;
  };
}

/** Turns logits into probability − truth in place; returns the cross-entropy. */
function toError(logits: Float64Array, label: number): number {
  if (logits.length === 1) {
    const z = logits[0]!;
    const signed = label === 1 ? z : -z;
    logits[0] = 1 / (1 + Math.exp(-z)) - label;
    // log(1 + e^−z), without overflow on either side
    return signed > 0
      ? Math.log1p(Math.exp(-signed))
      : -signed + Math.log1p(Math.exp(signed));
  }
  let most = -Infinity;
  for (const logit of logits) most = Math.max(most, logit);
  let sum = 0;
  const own = logits[label]! - most;
  for (let c = 0; c < logits.length; c++) {
    logits[c] = Math.exp(logits[c]! - most);
    sum += logits[c]!;
  }
  for (let c = 0; c < logits.length; c++) logits[c]! /= sum;
  logits[label]! -= 1;
  return Math.log(sum) - own;
}
