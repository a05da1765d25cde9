// What a score is worth is what it adds to these: always answering the most
// frequent label, and logistic regression on TF-IDF counts of words and word
// pairs. The latter is scikit-learn's TfidfVectorizer(ngram_range=(1, 2)) and
// LogisticRegression(C=10), which a test holds it to.

import type { Baselines, BaselineScore } from "./protocol";
import { minimize } from "./baseline/lbfgs";

export interface Labelled {
  texts: string[];
  /** Index into the label list. */
  labels: ArrayLike<number>;
}

/** Inverse strength of the penalty; 10 is what serves short texts best. */
const C = 10;
/** What keeps the whole fit within seconds. */
const budget = {
  /** Multiply-adds per pass over the training rows. */
  products: 20e6,
  /** Weights held per vector of the optimiser. */
  weights: 1e6,
};
/** Whoever asks something else meanwhile waits for about so many. */
const ROWS_PER_BREATH = 500;

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

const WIDE = /[\u3040-\u30ff\u3400-\u9fff]/;

/**
 * Words of two letters and more (scikit-learn's `\b\w\w+\b`) and pairs of
 * neighbours. Chinese and Japanese do not space their words: there, every
 * character counts as one.
 */
export function tokens(text: string): string[] {
  const words: string[] = [];
  for (const word of text
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}_]{2,}|[\u3040-\u30ff\u3400-\u9fff]/gu) ?? [])
    if (WIDE.test(word)) words.push(...word);
    else words.push(word);
  const singles = words.length;
  for (let i = 1; i < singles; i++) words.push(`${words[i - 1]} ${words[i]}`);
  return words;
}

/** Rows of sparse, L2-normed TF-IDF. */
interface Sparse {
  starts: Uint32Array;
  columns: Uint32Array;
  values: Float64Array;
}

interface Vocabulary {
  index: Map<string, number>;
  /** ln((1 + n) / (1 + rows with it)) + 1 */
  idf: Float64Array;
}

async function learnVocabulary(
  texts: string[],
  most: number,
  breathe: () => Promise<void>,
): Promise<Vocabulary> {
  const rows = new Map<string, number>();
  for (const [i, text] of texts.entries()) {
    if (i % ROWS_PER_BREATH === 0) await breathe();
    for (const token of new Set(tokens(text)))
      rows.set(token, (rows.get(token) ?? 0) + 1);
  }
  let kept = [...rows];
  // The commonest words carry most; a stable sort keeps the choice reproducible.
  if (kept.length > most)
    kept = kept.sort((a, b) => b[1] - a[1]).slice(0, most);
  return {
    index: new Map(kept.map(([token], i) => [token, i])),
    idf: Float64Array.from(
      kept,
      ([, n]) => Math.log((1 + texts.length) / (1 + n)) + 1,
    ),
  };
}

async function vectorize(
  texts: string[],
  { index, idf }: Vocabulary,
  breathe: () => Promise<void>,
): Promise<Sparse> {
  const starts = new Uint32Array(texts.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (const [row, text] of texts.entries()) {
    if (row % ROWS_PER_BREATH === 0) await breathe();
    const counts = new Map<number, number>();
    for (const token of tokens(text)) {
      const column = index.get(token);
      if (column !== undefined)
        counts.set(column, (counts.get(column) ?? 0) + 1);
    }
    let norm = 0;
    for (const [column, count] of counts) norm += (count * idf[column]!) ** 2;
    norm = Math.sqrt(norm) || 1;
    for (const [column, count] of counts) {
      columns.push(column);
      values.push((count * idf[column]!) / norm);
    }
    starts[row + 1] = columns.length;
  }
  return {
    starts,
    columns: Uint32Array.from(columns),
    values: Float64Array.from(values),
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
  const { texts: learned, labels } = affordable(train, free, limits.products);
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

/** Every k-th row where all would take too long. */
function affordable(
  { texts, labels }: Labelled,
  free: number,
  products: number,
): Labelled {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  const step = Math.max(1, ((characters / 3) * free) / products);
  if (step === 1) return { texts, labels };
  const kept = Array.from({ length: Math.floor(texts.length / step) }, (_, i) =>
    Math.floor(i * step),
  );
  return {
    texts: kept.map((i) => texts[i]!),
    labels: kept.map((i) => labels[i]!),
  };
}

/** logits[c] = bias[c] + Σ value · weight[column, c]; weights are [width + 1, free], biases last. */
function scores(
  { starts, columns, values }: Sparse,
  row: number,
  weights: Float64Array,
  free: number,
  width: number,
  logits: Float64Array,
): void {
  for (let c = 0; c < free; c++) logits[c] = weights[width * free + c]!;
  for (let i = starts[row]!; i < starts[row + 1]!; i++) {
    const at = columns[i]! * free;
    const value = values[i]!;
    for (let c = 0; c < free; c++) logits[c]! += value * weights[at + c]!;
  }
}

/**
 * Σ cross-entropy + ‖W‖²/2C (biases free), scikit-learn's objective
 * over C, divided by the number of rows so that one tolerance fits all.
 */
function crossEntropy(
  rows: Sparse,
  labels: ArrayLike<number>,
  free: number,
  width: number,
): (weights: Float64Array, gradient: Float64Array) => number {
  const count = labels.length;
  const logits = new Float64Array(free);
  return (weights, gradient) => {
    let loss = 0;
    for (let i = 0; i < width * free; i++) {
      loss += (0.5 / C) * weights[i]! ** 2;
      gradient[i] = weights[i]! / C;
    }
    gradient.fill(0, width * free);
    for (let row = 0; row < count; row++) {
      scores(rows, row, weights, free, width, logits);
      loss += toError(logits, labels[row]!);
      for (let c = 0; c < free; c++) gradient[width * free + c]! += logits[c]!;
      for (let i = rows.starts[row]!; i < rows.starts[row + 1]!; i++) {
        const at = rows.columns[i]! * free;
        const value = rows.values[i]!;
        for (let c = 0; c < free; c++) gradient[at + c]! += value * logits[c]!;
      }
    }
    for (let i = 0; i < gradient.length; i++) gradient[i]! /= count;
    return loss / count;
  };
}

/** Turns logits into probability − truth in place; returns the cross-entropy. */
function toError(logits: Float64Array, label: number): number {
  if (logits.length === 1) {
    const z = logits[0]!;
    const signed = label === 1 ? z : -z;
    logits[0] = 1 / (1 + Math.exp(-z)) - label;
    // log(1 + e^−z), without overflow on either side
    return signed > 0
      ? Math.log1p(Math.exp(-signed))
      : -signed + Math.log1p(Math.exp(signed));
  }
  let most = -Infinity;
  for (const logit of logits) most = Math.max(most, logit);
  let sum = 0;
  const own = logits[label]! - most;
  for (let c = 0; c < logits.length; c++) {
    logits[c] = Math.exp(logits[c]! - most);
    sum += logits[c]!;
  }
  for (let c = 0; c < logits.length; c++) logits[c]! /= sum;
  logits[label]! -= 1;
  return Math.log(sum) - own;
}
