// Any of several labels for each text: a sigmoid each, binary cross-entropy.

import { targetsOf, type Targets } from "../../data/dataset";
import type { ManyMistake } from "../protocol";
import {
  evenThreshold,
  figuresByHalves,
  manyFigures,
  probability,
  tunedThresholds,
  type ManyScores,
} from "../../figures";
import { manyHead } from "./many/head";
import { plainDecoding, type EngineTask, type Judging } from "./task";

const mostMistakes = 200;
/** More than this is no weight but noise: a label with one row in ten thousand. */
const heaviest = 100;

export const manyLabels: EngineTask = {
  task: "many labels",
  head: "many labels",
  decodingOf: ({ labels }) => ({
    ...plainDecoding,
    thresholds: labels.map(() => evenThreshold),
  }),

  /** PyTorch's `pos_weight`: rows without the label to rows with it. */
  balanced({ train, labels }) {
    const rows = rowsOf(train.targets, labels.length);
    return Float32Array.from(rows, (with_) =>
      with_ === 0 ? 1 : Math.min(heaviest, (train.count - with_) / with_),
    );
  },

  targets(targets, _, outputs) {
    const { marks } = targetsOf({ targets }, "many labels");
    return { width: outputs, values: Float32Array.from(marks) };
  },

  figures(scored, judging) {
    const { logits, count } = scored;
    const { marks } = targetsOf(scored, "many labels");
    const { names, classWeights, decoding } = judging;
    const scores = { logits, targets: marks };
    const thresholds = Float32Array.from(
      decoding.thresholds ?? names.map(() => evenThreshold),
    );
    if (!judging.tunedHere)
      return {
        task: "many labels",
        count,
        ...manyFigures(scores, names, thresholds, classWeights),
        ...mistakesOf(scores, judging, () => thresholds),
      };
    const { thresholdsOf, ...found } = figuresByHalves(
      scores,
      names,
      classWeights,
    );
    return {
      task: "many labels",
      count,
      ...found,
      ...mistakesOf(scores, judging, thresholdsOf),
    };
  },

  tuned(scored, decoding, outputs) {
    const { marks } = targetsOf(scored, "many labels");
    const scores = { logits: scored.logits, targets: marks };
    return { ...decoding, thresholds: [...tunedThresholds(scores, outputs)] };
  },

  fitted: (features, { values }, outputs, priors) =>
    manyHead(features, values, outputs, priors),
  gain: 0.5,

  answer: (logits, { thresholds }) => ({
    probabilities: Array.from(logits, probability),
    ...(thresholds && { thresholds }),
  }),

  reordered(targets, rows, outputs) {
    const { marks } = targetsOf({ targets }, "many labels");
    const L = rows.length;
    const count = L > 0 ? marks.length / L : 0;
    const moved = new Uint8Array(count * outputs);
    for (let row = 0; row < count; row++)
      rows.forEach((to, label) => {
        moved[row * outputs + to] = marks[row * L + label]!;
      });
    return { task: "many labels", marks: moved };
  },

  undone: () => {},

  labelRows: rowsOf,

  exported: {
    architecture: "BertForSequenceClassification",
    problemType: "multi_label_classification",
    pipeline: "text-classification",
    what: "A BERT classifier that gives each text any number of labels",
    use: (call) => [
      `classify = pipeline("text-classification", model="path/to/this/folder", top_k=None)`,
      `thresholds = classify.model.config.attune["thresholds"]`,
      `answers = ${call("classify")}`,
      `answers = answers[0] if isinstance(answers[0], list) else answers`,
      `print([a["label"] for a in answers if a["score"] >= thresholds[a["label"]]])`,
    ],
    details: (evaluation) =>
      evaluation.task === "many labels"
        ? { perLabel: evaluation.perLabel }
        : {},
    table: (evaluation) =>
      evaluation.task !== "many labels"
        ? null
        : {
            heads: [
              ...["precision", "recall", "F1", "average precision"],
              ...["threshold", "support"],
            ],
            rows: evaluation.perLabel.map((figures) => ({
              label: figures.label,
              shares: [
                ...[figures.precision, figures.recall, figures.f1],
                figures.averagePrecision,
              ],
              others: [figures.threshold.toFixed(3), String(figures.support)],
            })),
          },
    note: "A label is given from its threshold on, tuned on the validation rows; the validation figures judge each half of those rows by the thresholds of the other half.",
  },
};

/** How many rows have each label. */
function rowsOf(targets: Targets, labels: number): number[] {
  const rows = new Array<number>(labels).fill(0);
  targetsOf({ targets }, "many labels").marks.forEach(
    (mark, i) => (rows[i % labels]! += mark),
  );
  return rows;
}

function mistakesOf(
  { logits, targets: marks }: ManyScores,
  { names, textOf }: Judging,
  thresholdsOf: (row: number) => Float32Array,
): { mistakes: ManyMistake[]; mistakeCount: number } {
  const L = names.length;
  const found: (Omit<ManyMistake, "text" | "textB"> & {
    row: number;
    surprise: number;
  })[] = [];
  for (let row = 0; L > 0 && row < marks.length / L; row++) {
    const thresholds = thresholdsOf(row);
    const [missed, wrong, right]: [number[], number[], number[]] = [[], [], []];
    let surprise = 0;
    const probabilities = Array.from(
      logits.subarray(row * L, (row + 1) * L),
      probability,
    );
    probabilities.forEach((likely, label) => {
      const has = marks[row * L + label] === 1;
      const given = likely >= thresholds[label]!;
      if (has && given) right.push(label);
      else if (has || given) {
        (has ? missed : wrong).push(label);
        surprise = Math.max(surprise, has ? 1 - likely : likely);
      }
    });
    if (missed.length + wrong.length > 0)
      found.push({ row, surprise, missed, wrong, right, probabilities });
  }
  found.sort((a, b) => b.surprise - a.surprise || a.row - b.row);
  return {
    mistakes: found
      .slice(0, mostMistakes)
      .map(({ row, surprise: _, ...mistake }) => ({
        ...textOf(row),
        ...mistake,
      })),
    mistakeCount: found.length,
  };
}
