/** "balanced" as scikit-learn: rows / (labels · rows of this label). Labels without rows weigh 0: nothing asks for them. */
export function balancedWeights(
  labels: Int32Array,
  labelCount: number,
): Float32Array {
  const counts = new Int32Array(labelCount);
  for (const label of labels) counts[label]!++;
  const present = counts.filter((count) => count > 0).length;
  return Float32Array.from(counts, (count) =>
    count === 0 ? 0 : labels.length / (present * count),
  );
}
