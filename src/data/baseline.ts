// What a score is worth is what it adds to these: always answering the most
// frequent label, and logistic regression on TF-IDF counts of words and word
// pairs. The latter is scikit-learn's TfidfVectorizer(ngram_range=(1, 2)) and
// LogisticRegression(C=10), which a test holds it to.

import type { Baselines, BaselineScore } from "./protocol";
import { affordable, budget, learnVocabulary, vectorize } from "./baseline/bag";
import { minimize } from "./baseline/lbfgs";
import { crossEntropy, scores } from "./baseline/logistic";

export interface Labelled {
  texts: string[];
  /** Index into the label list. */
  labels: ArrayLike<number>;
}

export async function baselines(
  names: string[],
  train: Labelled,
  validation: Labelled,
  breathe: () => Promise<void> = async () => {},
): Promise<Baselines> {
  const majority = mostFrequent(train.labels, names.length);
  const always = Int32Array.from(validation.texts, () => majority);
  const bag = await bagOfWords(train, validation.texts, names.length, breathe);
  return {
    majority: {
      ...score(always, validation.labels, names.length),
      label: names[majority]!,
    },
    bagOfWords: {
      ...score(bag.predicted, validation.labels, names.length),
      trainedOn: bag.trainedOn,
    },
  };
}

function mostFrequent(labels: ArrayLike<number>, classes: number): number {
  const counts = new Int32Array(classes);
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++;
  return counts.indexOf(Math.max(...counts));
}

/** Accuracy, and the mean F1 over the labels that occur or were answered. */
export function score(
  predicted: ArrayLike<number>,
  labels: ArrayLike<number>,
  classes: number,
): BaselineScore {
  const right = new Int32Array(classes);
  const answered = new Int32Array(classes);
  const present = new Int32Array(classes);
  for (let i = 0; i < labels.length; i++) {
    answered[predicted[i]!]!++;
    present[labels[i]!]!++;
    if (predicted[i] === labels[i]) right[labels[i]!]!++;
  }
  let f1 = 0;
  let seen = 0;
  for (let c = 0; c < classes; c++) {
    const both = answered[c]! + present[c]!;
    if (both === 0) continue;
    seen++;
    f1 += (2 * right[c]!) / both;
  }
  const hits = right.reduce((sum, hits) => sum + hits, 0);
  return {
    accuracy: labels.length ? hits / labels.length : 0,
    macroF1: seen ? f1 / seen : 0,
  };
}

export interface BagOfWords {
  predicted: Int32Array;
  /** [text, class]; for two classes only the second's, against the first. */
  logits: Float64Array;
  trainedOn: number;
}

export async function bagOfWords(
  train: Labelled,
  texts: string[],
  classes: number,
  breathe: () => Promise<void> = async () => {},
  tolerance?: number,
  limits = budget,
): Promise<BagOfWords> {
  // Two classes need one set of weights: that of the second against the first.
  const free = classes > 2 ? classes : 1;
  const kept = affordable(train.texts, free, limits.products);
  const learned = kept.map((i) => train.texts[i]!);
  const labels = kept.map((i) => train.labels[i]!);
  const most = Math.floor(limits.weights / free);
  const vocabulary = await learnVocabulary(learned, most, breathe);
  const rows = await vectorize(learned, vocabulary, breathe);
  const width = vocabulary.idf.length;
  const start = new Float64Array((width + 1) * free);
  const objective = crossEntropy(rows, labels, free, width);
  const weights = await minimize(objective, start, breathe, tolerance);

  const seen = await vectorize(texts, vocabulary, breathe);
  const logits = new Float64Array(texts.length * free);
  const predicted = Int32Array.from(texts, (_, row) => {
    const own = logits.subarray(row * free, (row + 1) * free);
    scores(seen, row, weights, free, width, own);
    if (free === 1) return own[0]! > 0 ? 1 : 0;
    return own.indexOf(Math.max(...own));
  });
  return { predicted, logits, trainedOn: learned.length };
}
