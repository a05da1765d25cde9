// One figure for all of a confusion matrix, which no skew of the labels flatters.

/** How often one label was taken for one. */
export interface ConfusionCell {
  label: number;
  predicted: number;
  count: number;
}

/**
 * The Matthews correlation of several labels (Gorodkin 2004, "Comparing two
 * K-category assignments by a K-category correlation coefficient"): 1 all right,
 * 0 no better than chance. 0 where all labels or all predictions are the same.
 */
export function matthews(cells: readonly ConfusionCell[]): number {
  const present = new Map<number, number>();
  const answered = new Map<number, number>();
  let rows = 0;
  let right = 0;
  for (const { label, predicted, count } of cells) {
    present.set(label, (present.get(label) ?? 0) + count);
    answered.set(predicted, (answered.get(predicted) ?? 0) + count);
    rows += count;
    if (label === predicted) right += count;
  }
  let both = 0;
  for (const [label, count] of present)
    both += count * (answered.get(label) ?? 0);
  const spread =
    (rows ** 2 - squares(present)) * (rows ** 2 - squares(answered));
  return spread > 0 ? (right * rows - both) / Math.sqrt(spread) : 0;
}

function squares(counts: Map<number, number>): number {
  let sum = 0;
  for (const count of counts.values()) sum += count ** 2;
  return sum;
}
