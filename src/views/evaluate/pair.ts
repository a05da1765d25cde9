/** One cell of a confusion: examples of `label` that were taken for `predicted`. */
export interface Pair {
  label: number;
  predicted: number;
}

/** A label as it stands in a sentence. */
export function cut(label: string): string {
  return label.length > 60 ? `${label.slice(0, 59)}…` : label;
}
