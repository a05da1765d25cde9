// A head for many labels from fixed features: for each label the discriminant of the
// texts that have it and those that have not, over one covariance of all.

import { solve, spreadOf, type Linear } from "../linear";

/** `marks` [count, labels], 0 or 1; `features` [count, width]. A label that no text has is never given. */
export function manyHead(
  features: Float32Array,
  marks: ArrayLike<number>,
  labels: number,
  priors: "rows" | "equal",
): Linear {
  const count = marks.length / labels;
  const { mean, factor, width } = spreadOf(features, count);
  const weight = new Float32Array(labels * width);
  const bias = new Float32Array(labels);
  const sum = new Float64Array(width);
  for (let label = 0; label < labels; label++) {
    sum.fill(0);
    let having = 0;
    for (let row = 0; row < count; row++) {
      if (marks[row * labels + label] !== 1) continue;
      having++;
      for (let k = 0; k < width; k++) sum[k]! += features[row * width + k]!;
    }
    const without = count - having;
    if (having === 0 || without === 0) {
      bias[label] = having === 0 ? -30 : 30;
      continue;
    }
    const apart = sum.map(
      (total, k) => total / having - (mean[k]! * count - total) / without,
    );
    const solved = solve(factor, apart, width);
    let middle = 0;
    for (let k = 0; k < width; k++) {
      const between = sum[k]! / having + (mean[k]! * count - sum[k]!) / without;
      middle += 0.5 * between * solved[k]!;
    }
    weight.set(solved, label * width);
    bias[label] = (priors === "rows" ? Math.log(having / without) : 0) - middle;
  }
  return { weight, bias };
}
