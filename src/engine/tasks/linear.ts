// Heads of fixed features that need no steps: sums over rows and one system of
// linear equations (Hastie, Tibshirani & Friedman, The Elements of Statistical
// Learning, 3.4.1 and 4.3).

export interface Linear {
  /** [outputs, width] */
  weight: Float32Array;
  /** [outputs] */
  bias: Float32Array;
}

/** How far the covariance is drawn to a sphere: features are many, rows often few. */
export const shrinkage = 0.1;

/** Means [width] of features [count, width], and the factor of their shrunk covariance. */
export function spreadOf(
  features: Float32Array,
  count: number,
): { mean: Float64Array; factor: Float64Array; width: number } {
  const width = features.length / count;
  const mean = new Float64Array(width);
  for (let i = 0; i < features.length; i++) mean[i % width]! += features[i]!;
  for (let k = 0; k < width; k++) mean[k]! /= count;
  const factor = new Float64Array(width * width);
  const centred = new Float64Array(width);
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < width; k++)
      centred[k] = features[i * width + k]! - mean[k]!;
    for (let k = 0; k < width; k++)
      for (let j = 0; j <= k; j++)
        factor[k * width + j]! += centred[k]! * centred[j]!;
  }
  shrunk(factor, count, shrinkage);
  factorize(factor, width);
  return { mean, factor, width };
}

/** Sums of products (the lower triangle) → a covariance drawn towards a multiple of the identity, in place. */
export function shrunk(
  sums: Float64Array,
  count: number,
  shrinkage: number,
): void {
  const width = Math.sqrt(sums.length);
  let trace = 0;
  for (let k = 0; k < width; k++) trace += sums[k * width + k]!;
  const spread = trace / width / count || 1;
  for (let k = 0; k < width; k++) {
    for (let j = 0; j <= k; j++)
      sums[k * width + j]! *= (1 - shrinkage) / count;
    sums[k * width + k]! += shrinkage * spread;
  }
}

/** Cholesky: a symmetric positive matrix's lower triangle becomes its factor L, in place. */
export function factorize(a: Float64Array, n: number): void {
  for (let k = 0; k < n; k++)
    for (let j = 0; j <= k; j++) {
      let sum = a[k * n + j]!;
      for (let i = 0; i < j; i++) sum -= a[k * n + i]! * a[j * n + i]!;
      a[k * n + j] = j === k ? Math.sqrt(sum) : sum / a[j * n + j]!;
    }
}

/** x of L·Lᵀ·x = b. */
export function solve(
  l: Float64Array,
  b: Float64Array,
  n: number,
): Float64Array {
  const x = b.slice();
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < k; i++) x[k]! -= l[k * n + i]! * x[i]!;
    x[k]! /= l[k * n + k]!;
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let i = k + 1; i < n; i++) x[k]! -= l[i * n + k]! * x[i]!;
    x[k]! /= l[k * n + k]!;
  }
  return x;
}
