// Logits and labels → figures. Numbers agree with scikit-learn (fixtures/metrics);
// what has no support or no predictions counts 0, as its `zero_division=0`.

import { confusionCells, confusionOf, type ConfusionCell } from "./confusion";
import type { ClassFigures, Mistake, OneLabelEvaluation } from "../../protocol";

/** Raw scores of a whole part, row-major [row, label]. */
export interface Scores {
  logits: Float32Array;
  labels: Int32Array;
}

type Figures = Pick<
  OneLabelEvaluation,
  | "loss"
  | "accuracy"
  | "macroF1"
  | "confusion"
  | "perClass"
  | "mistakes"
  | "mistakeCount"
>;

const mostMistakes = 200;

/** Probabilities of one row of logits. */
export function softmax(logits: ArrayLike<number>): number[] {
  const largest = Math.max(...Array.from(logits));
  const powers = Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/**
 * `classWeights` weigh the loss as they do in training, so that both losses are
 * the same quantity. `textOf` is asked only for the mistakes that are shown.
 */
export function figures(
  { logits, labels }: Scores,
  names: string[],
  classWeights: Float32Array | null,
  textOf: (row: number) => { text: string; textB: string | null },
): Figures {
  const L = names.length;
  const predictions = new Int32Array(labels.length);
  const wrong: (Omit<Mistake, "text" | "textB"> & { row: number })[] = [];
  let loss = 0;
  let weights = 0;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    const probabilities = softmax(logits.subarray(row * L, (row + 1) * L));
    const predicted = indexOfLargest(probabilities);
    predictions[row] = predicted;
    const weight = classWeights?.[label] ?? 1;
    loss -= weight * logProbability(logits, row * L, L, label);
    weights += weight;
    if (predicted !== label)
      wrong.push({
        row,
        label,
        predicted,
        confidence: probabilities[predicted]!,
        probabilityOfLabel: probabilities[label]!,
      });
  }
  wrong.sort(
    (a, b) =>
      a.probabilityOfLabel - b.probabilityOfLabel ||
      b.confidence - a.confidence ||
      a.row - b.row,
  );
  const confusion = confusionOf(L, labels.length, (row) => ({
    label: labels[row]!,
    predicted: predictions[row]!,
  }));
  const { perClass, macroF1 } = classFigures(confusionCells(confusion), names);
  const right = labels.length - wrong.length;
  return {
    loss: weights > 0 ? loss / weights : 0,
    accuracy: labels.length > 0 ? right / labels.length : 0,
    macroF1,
    confusion,
    perClass,
    mistakes: wrong
      .slice(0, mostMistakes)
      .map(({ row, ...mistake }) => ({ ...textOf(row), ...mistake })),
    mistakeCount: wrong.length,
  };
}

function indexOfLargest(values: number[]): number {
  let best = 0;
  for (let i = 1; i < values.length; i++)
    if (values[i]! > values[best]!) best = i;
  return best;
}

/** Not the logarithm of a probability, which may have become 0. */
function logProbability(
  logits: Float32Array,
  from: number,
  count: number,
  label: number,
): number {
  let largest = -Infinity;
  for (let i = 0; i < count; i++)
    largest = Math.max(largest, logits[from + i]!);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += Math.exp(logits[from + i]! - largest);
  return logits[from + label]! - largest - Math.log(sum);
}

/**
 * macro-F1 is the mean over the labels that occur in the part or in the
 * predictions, as scikit-learn's default.
 */
function classFigures(
  cells: ConfusionCell[],
  names: string[],
): { perClass: ClassFigures[]; macroF1: number } {
  const hits = new Float64Array(names.length);
  const supports = new Float64Array(names.length);
  const predictions = new Float64Array(names.length);
  for (const { label, predicted, count } of cells) {
    if (label === predicted) hits[label]! += count;
    supports[label]! += count;
    predictions[predicted]! += count;
  }
  let sum = 0;
  let occurring = 0;
  const perClass = names.map((label, i) => {
    const hit = hits[i]!;
    const support = supports[i]!;
    const predicted = predictions[i]!;
    const f1 = support + predicted > 0 ? (2 * hit) / (support + predicted) : 0;
    if (support + predicted > 0) occurring++;
    sum += f1;
    return {
      label,
      precision: predicted > 0 ? hit / predicted : 0,
      recall: support > 0 ? hit / support : 0,
      f1,
      support,
    };
  });
  return { perClass, macroF1: occurring > 0 ? sum / occurring : 0 };
}
