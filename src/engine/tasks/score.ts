// A number for each text: squared error of the scaled score. Inside, scores have
// mean 0 and deviation 1, so that one learning rate fits ratings and prices; what is
// exported answers in the units of the data.

import { targetsOf } from "../../data/dataset";
import type { ScoreMistake } from "../protocol";
import { scoreFigures } from "../../figures";
import { scoreHead } from "./score/head";
import { plainDecoding, type Decoding, type EngineTask } from "./task";

const mostMistakes = 200;
const mostPoints = 2000;

export const score: EngineTask = {
  task: "score",
  head: "score",

  decodingOf({ train }) {
    const { scores } = targetsOf(train, "score");
    const mean = scores.reduce((sum, x) => sum + x, 0) / scores.length;
    const variance =
      scores.reduce((sum, x) => sum + (x - mean) ** 2, 0) / scores.length;
    return {
      ...plainDecoding,
      scale: { mean, deviation: Math.sqrt(variance) || 1 },
    };
  },

  balanced: () => null,

  targets(targets, { scale }) {
    const { scores } = targetsOf({ targets }, "score");
    const { mean, deviation } = scaleOf(scale);
    return { width: 1, values: scores.map((x) => (x - mean) / deviation) };
  },

  figures({ logits, targets, count }, { decoding, textOf }) {
    const { scores } = targetsOf({ targets }, "score");
    const { mean, deviation } = scaleOf(decoding.scale);
    const predicted = logits.map((x) => x * deviation + mean);
    const found = scoreFigures(predicted, scores);
    const order = [...scores.keys()].sort(
      (a, b) =>
        Math.abs(predicted[b]! - scores[b]!) -
          Math.abs(predicted[a]! - scores[a]!) || a - b,
    );
    const shown = Math.min(count, mostPoints);
    const points = new Float32Array(2 * shown);
    for (let i = 0; i < shown; i++) {
      const row = Math.floor((i * count) / shown);
      points.set([scores[row]!, predicted[row]!], 2 * i);
    }
    return {
      task: "score",
      count,
      // As it is trained on: of the scaled score.
      loss: (found.rmse / deviation) ** 2,
      ...found,
      points,
      mistakes: order.slice(0, mostMistakes).map((row): ScoreMistake => ({
        ...textOf(row),
        actual: scores[row]!,
        predicted: predicted[row]!,
      })),
    };
  },

  tuned: (_, decoding) => decoding,
  fitted: (features, { values }) => scoreHead(features, values),
  gain: 0.5,

  answer(logits, { scale }) {
    const { mean, deviation } = scaleOf(scale);
    return { probabilities: [], score: logits[0]! * deviation + mean };
  },

  reordered: (targets) => targets,
  labelRows: () => [],

  /** (w·x + b)·deviation + mean */
  undone({ weight, bias }, { scale }) {
    const { mean, deviation } = scaleOf(scale);
    for (let i = 0; i < weight.length; i++) weight[i]! *= deviation;
    bias[0] = bias[0]! * deviation + mean;
  },

  exported: {
    architecture: "BertForSequenceClassification",
    problemType: "regression",
    pipeline: "text-classification",
    what: "A BERT that gives each text a score",
    use: (call) => [
      `rate = pipeline("text-classification", model="path/to/this/folder", function_to_apply="none")`,
      `print(${call("rate")})`,
    ],
    details: () => ({}),
    table: () => null,
    note: "",
  },
};

/** Of a model that was loaded, answers come as they are. */
const scaleOf = (scale: Decoding["scale"]) =>
  scale ?? { mean: 0, deviation: 1 };
