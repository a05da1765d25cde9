// Bag of words on the same question: what a reading of words alone is worth. It
// learns from every training row, and of spans it looks words and names up; many labels' thresholds are tuned as those of the
// networks are, on the validation rows.

import { bagOfWords, score } from "../../../src/data/baseline.ts";
import { manyLabels } from "../../../src/data/baseline/many.ts";
import { ridge } from "../../../src/data/baseline/ridge.ts";
import { lookUp } from "../../../src/data/baseline/tags.ts";
import {
  evenThreshold,
  manyFigures,
  matthews,
  scoreFigures,
  spanFigures,
  tunedThresholds,
} from "../../../src/figures.ts";
import { metricsOf } from "../../../src/task.ts";
import type { Figures, Measured } from "./report.ts";
import {
  marksOf,
  numberOf,
  tagsOf,
  wordsOf,
  type Question,
  type Row,
} from "./run.ts";

const unlimited = { products: Infinity, weights: Infinity };
const counts = "TF-IDF of words and pairs";
const textsOf = (rows: Row[]) =>
  rows.map(({ text, textB }) => (textB ? `${text} ${textB}` : text));

export async function words(question: Question): Promise<Measured> {
  const began = performance.now();
  const { task } = question;
  const { metrics, by } = await answered[task](question);
  const { accuracy, macroF1 } = metrics;
  return {
    task,
    metrics,
    ...(task === "one label" && { accuracy, macroF1 }),
    seconds: (performance.now() - began) / 1000,
    detail: by,
  };
}

const answered: Record<
  Question["task"],
  (question: Question) => Promise<{ metrics: Figures; by: string }>
> = {
  async "one label"({ labels, train, test, positive }) {
    const truth = test.map(numberOf);
    const { predicted } = await bagOfWords(
      { texts: textsOf(train), labels: train.map(numberOf) },
      textsOf(test),
      labels.length,
      undefined,
      undefined,
      unlimited,
    );
    const cells = truth.map((label, row) => ({
      label,
      predicted: predicted[row]!,
      count: 1,
    }));
    return {
      metrics: {
        ...score(predicted, truth, labels.length),
        mcc: matthews(cells),
        ...(positive !== undefined && {
          f1: f1Of(labels.indexOf(positive), predicted, truth),
        }),
      },
      by: `${counts}, logistic regression (C 10)`,
    };
  },

  async "many labels"({ task, labels, train, validation, test }) {
    const count = labels.length;
    const { logits } = await manyLabels(
      { texts: textsOf(train), targets: marksOf(train, count) },
      textsOf([...validation, ...test]),
      count,
      undefined,
      undefined,
      unlimited,
    );
    const all = Float32Array.from(logits);
    const part = (rows: Row[], from: number) => ({
      logits: all.subarray(from * count, (from + rows.length) * count),
      targets: marksOf(rows, count),
    });
    const thresholds =
      validation.length > 0
        ? tunedThresholds(part(validation, 0), count)
        : Float32Array.from(labels, () => evenThreshold);
    const figures = manyFigures(
      part(test, validation.length),
      labels,
      thresholds,
    );
    return {
      metrics: metricsOf({ task, ...figures }),
      by: `${counts}, logistic regression of each label (C 10), thresholds tuned`,
    };
  },

  async score({ task, train, test }) {
    const { predicted } = await ridge(
      { texts: textsOf(train), scores: train.map(numberOf) },
      textsOf(test),
      undefined,
      undefined,
      unlimited,
    );
    const actual = Float64Array.from(test, numberOf);
    return {
      metrics: metricsOf({ task, ...scoreFigures(predicted, actual) }),
      by: `${counts}, ridge regression (α 1)`,
    };
  },

  spans({ task, labels, train, test }) {
    const named = (row: Row) => tagsOf(row).map((tag) => labels[tag]!);
    const { tag } = lookUp({
      words: train.map(wordsOf),
      tags: train.map(named),
    });
    const { entities, strict, tokenAccuracy } = spanFigures(
      test.map(named),
      test.map((row) => tag(wordsOf(row))),
    );
    return Promise.resolve({
      metrics: metricsOf({
        task,
        entityF1: entities.f1,
        strictEntityF1: strict.f1,
        entityPrecision: entities.precision,
        entityRecall: entities.recall,
        tokenAccuracy,
      }),
      by: "words and names looked up in the training sentences",
    });
  },
};

function f1Of(
  label: number,
  predicted: ArrayLike<number>,
  truth: readonly number[],
): number {
  let hits = 0;
  let both = 0;
  truth.forEach((actual, row) => {
    const given = predicted[row] === label;
    if (given) both++;
    if (actual === label) both++;
    if (given && actual === label) hits++;
  });
  return both > 0 ? (2 * hits) / both : 0;
}
