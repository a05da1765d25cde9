// Of any number of labels a text: giving each label that most texts have, and one
// logistic regression a label on the bag of words (scikit-learn's
// OneVsRestClassifier of LogisticRegression(C=10)).

import { affordable, budget, learnVocabulary, vectorize } from "./bag";
import { minimize } from "./lbfgs";
import { crossEntropy, scores } from "./logistic";

export interface ManyLabelled {
  texts: string[];
  /** [text, label], 1 where the text has the label, otherwise 0. */
  targets: Uint8Array;
}

export interface ManyAnswers {
  /** [text, label]; −Infinity and Infinity for a label that no or every training row has. */
  logits: Float64Array;
  /** [label]: 1 where more than half of the training rows have it, for every text alike. */
  majority: Uint8Array;
  /** Rows it was trained on: fewer than all where those would take too long. */
  trainedOn: number;
}

/** Logits of `texts`, learned from `train`. A label is given where its logit is above 0. */
export async function manyLabels(
  train: ManyLabelled,
  texts: string[],
  labels: number,
  breathe: () => Promise<void> = async () => {},
  tolerance?: number,
  limits = budget,
): Promise<ManyAnswers> {
  const kept = affordable(train.texts, labels, limits.products);
  const learned = kept.map((i) => train.texts[i]!);
  const vocabulary = await learnVocabulary(learned, limits.weights, breathe);
  const rows = await vectorize(learned, vocabulary, breathe);
  const seen = await vectorize(texts, vocabulary, breathe);
  const width = vocabulary.idf.length;
  const logits = new Float64Array(texts.length * labels);
  const majority = new Uint8Array(labels);
  const own = new Float64Array(1);
  for (let label = 0; label < labels; label++) {
    let having = 0;
    for (let row = 0; row < train.texts.length; row++)
      having += train.targets[row * labels + label]!;
    majority[label] = 2 * having > train.texts.length ? 1 : 0;
    const targets = kept.map((row) => train.targets[row * labels + label]!);
    const known = targets.filter((target) => target === 1).length;
    // Nothing to tell apart: the bias would grow for ever.
    if (known === 0 || known === targets.length) {
      for (let row = 0; row < texts.length; row++)
        logits[row * labels + label] = known > 0 ? Infinity : -Infinity;
      continue;
    }
    const weights = await minimize(
      crossEntropy(rows, targets, 1, width),
      new Float64Array(width + 1),
      breathe,
      tolerance,
    );
    for (let row = 0; row < texts.length; row++) {
      scores(seen, row, weights, 1, width, own);
      logits[row * labels + label] = own[0]!;
    }
  }
  return { logits, majority, trainedOn: kept.length };
}
