// One of several labels for each text: softmax, cross-entropy.

import { targetsOf } from "../../data/dataset";
import { confusionCells, denseConfusion } from "./labels/confusion";
import type { Confusion } from "../protocol";
import { discriminant } from "./labels/discriminant";
import { shrinkage } from "./linear";
import { figures, softmax } from "./labels/figures";
import { matthews } from "../../figures";
import { balancedWeights } from "./labels/weights";
import { plainDecoding, type EngineTask } from "./task";

export const oneLabel: EngineTask = {
  task: "one label",
  head: "labels",
  decodingOf: () => plainDecoding,
  balanced: ({ train, labels }) =>
    balancedWeights(targetsOf(train, "one label").labels, labels.length),
  targets: (targets) => ({
    width: 1,
    values: targetsOf({ targets }, "one label").labels,
  }),

  figures({ logits, targets, count }, { names, classWeights, textOf }) {
    const { labels } = targetsOf({ targets }, "one label");
    const found = figures({ logits, labels }, names, classWeights, textOf);
    const mcc = matthews(confusionCells(found.confusion));
    return { task: "one label", count, mcc, ...found };
  },

  tuned: (_, decoding) => decoding,
  fitted: (features, { values }, outputs, priors) =>
    discriminant(features, values, outputs, shrinkage, priors),
  // On validation parts 0.15 to 0.3 were alike, 1 was worse.
  gain: 0.2,
  answer: (logits) => ({ probabilities: softmax(logits) }),

  reordered(targets, rows) {
    const { labels } = targetsOf({ targets }, "one label");
    return {
      task: "one label",
      labels: Int32Array.from(labels, (label) => rows[label]!),
    };
  },

  undone: () => {},

  labelRows(targets, outputs) {
    const rows = new Array<number>(outputs).fill(0);
    for (const label of targetsOf({ targets }, "one label").labels)
      rows[label]!++;
    return rows;
  },

  exported: {
    architecture: "BertForSequenceClassification",
    problemType: "single_label_classification",
    pipeline: "text-classification",
    what: "A BERT text classifier",
    use: (call) => [
      `classify = pipeline("text-classification", model="path/to/this/folder", top_k=None)`,
      `print(${call("classify")})`,
    ],
    details: (evaluation) =>
      evaluation.task === "one label"
        ? {
            perClass: evaluation.perClass,
            ...confusionJson(evaluation.confusion),
          }
        : {},
    table: (evaluation) =>
      evaluation.task !== "one label"
        ? null
        : {
            heads: ["precision", "recall", "F1", "support"],
            rows: evaluation.perClass.map((figures) => ({
              label: figures.label,
              shares: [figures.precision, figures.recall, figures.f1],
              others: [String(figures.support)],
            })),
          },
    note: "Intervals are Wilson's: what the number of rows lets one say of the accuracy.",
  },
};

/** Row-major [label, predicted]; beyond 100 labels only what is not 0. */
const confusionJson = (confusion: Confusion) =>
  confusion.labels <= 100
    ? { confusion: denseConfusion(confusion) }
    : { confusionCells: confusionCells(confusion) };
