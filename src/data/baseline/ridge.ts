// Of a score: always answering the mean, and ridge regression on the bag of words
// (scikit-learn's Ridge(alpha=1) on TfidfVectorizer, which a test holds it to).

import {
  affordable,
  budget,
  learnVocabulary,
  vectorize,
  type Sparse,
} from "./bag";
import { minimize } from "./lbfgs";
import { scores } from "./logistic";

/** The penalty's strength. */
const alpha = 1;

export interface ScoredTexts {
  texts: string[];
  /** One number a text. */
  scores: ArrayLike<number>;
}

export interface RidgeAnswers {
  /** [text] */
  predicted: Float64Array;
  /** What one would answer without reading: the mean of the training rows (0 without any). */
  majority: number;
  /** Rows it was trained on: fewer than all where those would take too long. */
  trainedOn: number;
}

/** The score of each of `texts`, learned from `train`. A training part of one score answers that. */
export async function ridge(
  train: ScoredTexts,
  texts: string[],
  breathe: () => Promise<void> = async () => {},
  tolerance?: number,
  limits = budget,
): Promise<RidgeAnswers> {
  const mean = meanOf(train.scores);
  const kept = affordable(train.texts, 1, limits.products);
  const learned = kept.map((i) => train.texts[i]!);
  const own = Float64Array.from(kept, (i) => train.scores[i]!);
  const center = meanOf(own);
  const scale = Math.sqrt(meanOf(own.map((score) => (score - center) ** 2)));
  const constant = own.every((score) => score === own[0]);
  if (constant)
    return {
      predicted: Float64Array.from(texts, () => own[0] ?? 0),
      majority: mean,
      trainedOn: kept.length,
    };
  const vocabulary = await learnVocabulary(learned, limits.weights, breathe);
  const rows = await vectorize(learned, vocabulary, breathe);
  const width = vocabulary.idf.length;
  // In units of their own spread, so that one tolerance fits all scores.
  const targets = own.map((score) => (score - center) / scale);
  const weights = await minimize(
    squares(rows, targets, width),
    new Float64Array(width + 1),
    breathe,
    tolerance,
  );
  const seen = await vectorize(texts, vocabulary, breathe);
  const answer = new Float64Array(1);
  return {
    predicted: Float64Array.from(texts, (_, row) => {
      scores(seen, row, weights, 1, width, answer);
      return center + scale * answer[0]!;
    }),
    majority: mean,
    trainedOn: kept.length,
  };
}

/** (Σ error² + α‖w‖²) / 2 rows, the bias free; weights are [width + 1], the bias last. */
function squares(rows: Sparse, targets: Float64Array, width: number) {
  const count = targets.length;
  const answer = new Float64Array(1);
  return (weights: Float64Array, gradient: Float64Array): number => {
    let loss = 0;
    for (let i = 0; i < width; i++) {
      loss += alpha * weights[i]! ** 2;
      gradient[i] = alpha * weights[i]!;
    }
    gradient[width] = 0;
    for (let row = 0; row < count; row++) {
      scores(rows, row, weights, 1, width, answer);
      const error = answer[0]! - targets[row]!;
      loss += error ** 2;
      gradient[width]! += error;
      for (let i = rows.starts[row]!; i < rows.starts[row + 1]!; i++)
        gradient[rows.columns[i]!]! += rows.values[i]! * error;
    }
    for (let i = 0; i < gradient.length; i++) gradient[i]! /= count;
    return loss / (2 * count);
  };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length > 0 ? sum / values.length : 0;
}
