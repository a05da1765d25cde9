// A head for scores from fixed features: ridge regression.

import { solve, spreadOf, type Linear } from "../linear";

/** `scores` [count]; `features` [count, width]. */
export function scoreHead(
  features: Float32Array,
  scores: ArrayLike<number>,
): Linear {
  const count = scores.length;
  const { mean, factor, width } = spreadOf(features, count);
  let average = 0;
  for (let row = 0; row < count; row++) average += scores[row]! / count;
  const together = new Float64Array(width);
  for (let row = 0; row < count; row++)
    for (let k = 0; k < width; k++)
      together[k]! +=
        ((features[row * width + k]! - mean[k]!) * (scores[row]! - average)) /
        count;
  const weight = Float32Array.from(solve(factor, together, width));
  let bias = average;
  for (let k = 0; k < width; k++) bias -= weight[k]! * mean[k]!;
  return { weight, bias: Float32Array.of(bias) };
}
