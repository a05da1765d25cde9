// Linear discriminant analysis: the classifier of fixed features that needs no
// steps. Classes are Gaussians with one covariance; what follows from Bayes' rule
// is a softmax over linear functions, so the result is a classifier's weight and
// bias (Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 4.3).

import { factorize, shrunk, solve, type Linear } from "../linear";

/**
 * Priors are the labels' shares of the rows, or equal. `features` is [count, width]. The covariance is drawn towards a multiple of the
 * identity by `shrinkage` (0–1), as few rows cannot tell a full one. A label
 * without rows gets a bias that never wins.
 */
export function discriminant(
  features: Float32Array,
  labels: ArrayLike<number>,
  labelCount: number,
  shrinkage: number,
  priors: "rows" | "equal" = "rows",
): Linear {
  const count = labels.length;
  const width = features.length / count;
  const means = new Float64Array(labelCount * width);
  const rows = new Int32Array(labelCount);
  for (let i = 0; i < count; i++) {
    const label = labels[i]!;
    rows[label]!++;
    for (let k = 0; k < width; k++)
      means[label * width + k]! += features[i * width + k]!;
  }
  for (let c = 0; c < labelCount; c++)
    for (let k = 0; k < width; k++)
      means[c * width + k]! /= Math.max(1, rows[c]!);

  // Within classes, the lower triangle.
  const covariance = new Float64Array(width * width);
  const centred = new Float64Array(width);
  for (let i = 0; i < count; i++) {
    const mean = labels[i]! * width;
    for (let k = 0; k < width; k++)
      centred[k] = features[i * width + k]! - means[mean + k]!;
    for (let k = 0; k < width; k++) {
      const value = centred[k]!;
      const row = k * width;
      for (let j = 0; j <= k; j++) covariance[row + j]! += value * centred[j]!;
    }
  }
  shrunk(covariance, count, shrinkage);
  factorize(covariance, width);

  const weight = new Float32Array(labelCount * width);
  const bias = new Float32Array(labelCount);
  for (let c = 0; c < labelCount; c++) {
    const mean = means.subarray(c * width, (c + 1) * width);
    const solved = solve(covariance, mean, width);
    let half = 0;
    for (let k = 0; k < width; k++) half += 0.5 * mean[k]! * solved[k]!;
    weight.set(solved, c * width);
    const prior = priors === "rows" ? rows[c]! / count : 1 / labelCount;
    bias[c] = rows[c]! === 0 ? -30 : Math.log(prior) - half;
  }
  return { weight, bias };
}
