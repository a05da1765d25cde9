// Any number of labels a text: logits and targets → figures, as scikit-learn
// counts an indicator matrix with `zero_division=0` (fixtures/metrics/many.json).

import { column, eachCut, probability } from "./ranked";

/** A whole part, row-major [row, label]. */
export interface ManyScores {
  logits: Float32Array;
  /** 1 where the row has the label, otherwise 0. */
  targets: Uint8Array;
}

export interface LabelFigures {
  label: string;
  precision: number;
  recall: number;
  f1: number;
  /** Σ (recall gained) · precision down the ranking; 0 where no row has the label. */
  averagePrecision: number;
  /** Rows with the label. */
  support: number;
  /** A row is given the label from this probability on. */
  threshold: number;
}

export interface ManyFigures {
  /** Mean binary cross-entropy of all cells. */
  loss: number;
  microF1: number;
  /** Mean over all labels, those that never occur included (as 0). */
  macroF1: number;
  /** Weighted by support. */
  weightedF1: number;
  /** Share of rows with every label right. */
  subsetAccuracy: number;
  /** Share of cells that are wrong. */
  hammingLoss: number;
  /** Mean over the labels that occur. */
  meanAveragePrecision: number;
  perLabel: LabelFigures[];
}

/**
 * `thresholds` are probabilities [label]. `positiveWeights` [label] weigh the loss
 * where the target is 1, as `pos_weight` of PyTorch's BCEWithLogitsLoss. Without
 * rows, every figure is 0.
 */
export function manyFigures(
  { logits, targets }: ManyScores,
  names: readonly string[],
  thresholds: Float32Array,
  positiveWeights: Float32Array | null = null,
): ManyFigures {
  const L = names.length;
  const rows = L > 0 ? targets.length / L : 0;
  const hits = new Float64Array(L);
  const answered = new Float64Array(L);
  const support = new Float64Array(L);
  let loss = 0;
  let wrong = 0;
  let whole = 0;
  for (let row = 0; row < rows; row++) {
    const wrongBefore = wrong;
    for (let label = 0; label < L; label++) {
      const logit = logits[row * L + label]!;
      const has = targets[row * L + label] === 1;
      const given = probability(logit) >= thresholds[label]!;
      loss += has
        ? (positiveWeights?.[label] ?? 1) * softplus(-logit)
        : softplus(logit);
      if (has) support[label]!++;
      if (given) answered[label]!++;
      if (has && given) hits[label]!++;
      if (has !== given) wrong++;
    }
    if (wrong === wrongBefore) whole++;
  }
  const scores = new Float32Array(rows);
  const truth = new Uint8Array(rows);
  const perLabel = names.map((label, i) => ({
    label,
    precision: ratio(hits[i]!, answered[i]!),
    recall: ratio(hits[i]!, support[i]!),
    f1: ratio(2 * hits[i]!, support[i]! + answered[i]!),
    // By logits: probabilities near 1 are equal where these are not.
    averagePrecision: averagePrecision(
      column(logits, i, scores, L),
      column(targets, i, truth, L),
      support[i]!,
    ),
    support: support[i]!,
    threshold: thresholds[i]!,
  }));
  const given = sum(answered);
  const had = sum(support);
  const occurring = perLabel.filter(({ support }) => support > 0);
  return {
    loss: ratio(loss, rows * L),
    microF1: ratio(2 * sum(hits), had + given),
    macroF1: ratio(sum(perLabel.map(({ f1 }) => f1)), L),
    weightedF1: ratio(
      sum(perLabel.map(({ f1, support }) => f1 * support)),
      had,
    ),
    subsetAccuracy: ratio(whole, rows),
    hammingLoss: ratio(wrong, rows * L),
    meanAveragePrecision: ratio(
      sum(occurring.map(({ averagePrecision }) => averagePrecision)),
      occurring.length,
    ),
    perLabel,
  };
}

function averagePrecision(
  scores: Float32Array,
  targets: Uint8Array,
  support: number,
): number {
  let area = 0;
  let before = 0;
  eachCut(scores, targets, (_, at, hits) => {
    area += ((hits - before) * hits) / at;
    before = hits;
  });
  return ratio(area, support);
}

/** ln(1 + e^x), which neither overflows nor loses small values. */
function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]!;
  return total;
}
