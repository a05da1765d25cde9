// Scenes of the task "many labels".

import type { ManyLabelsEvaluation, Mapping, TextInput } from "../../studio";
import { dice } from "./numbers";
import { overviewOf, tableOf, type Scene } from "./scene";

const texts = [
  "My card was charged twice and now the app will not even open.",
  "Thank you, the new sofa is lovely!",
  "Refund, please. It came broken, late, and in the wrong colour; and whoever I ask sends me to somebody else, who then asks for the order number that I have given four times already.",
  "لم تصل الطرود والتطبيق لا يعمل",
];

function evaluationOf(labels: string[], count: number): Scene["evaluationAt"] {
  return (step, part): ManyLabelsEvaluation => {
    const roll = dice(step + 3);
    const learnt = 1 - Math.exp(-step / 60);
    const perLabel = labels.map((label, i) => {
      const f1 = i === labels.length - 1 ? 0 : learnt * (0.6 + 0.35 * roll());
      return {
        label,
        precision: Math.min(1, f1 * 1.05),
        recall: f1 * 0.95,
        f1,
        support: Math.ceil(60 / (i + 1)),
        averagePrecision: Math.min(1, f1 + 0.05),
        threshold: 0.2 + 0.5 * roll(),
      };
    });
    const any = () => Math.floor(roll() * labels.length);
    const mistakes = Array.from({ length: 40 }, (_, i) => {
      const missed = i % 3 === 0 ? [] : [any()];
      const wrong = i % 3 === 1 ? [] : [...new Set([any(), any(), any()])];
      return {
        text: texts[i % texts.length]!,
        textB: null,
        missed,
        wrong: wrong.filter((label) => !missed.includes(label)),
        right: [],
        probabilities: labels.map(() => roll()),
      };
    });
    const macroF1 =
      perLabel.reduce((sum, { f1 }) => sum + f1, 0) / labels.length;
    return {
      kind: "evaluation",
      task: "many labels",
      part,
      step,
      epoch: step / 60,
      count,
      loss: 0.6 - 0.45 * learnt,
      best: true,
      microF1: macroF1 + 0.04,
      macroF1,
      weightedF1: macroF1 + 0.03,
      subsetAccuracy: macroF1 - 0.2,
      hammingLoss: 0.2 - 0.15 * learnt,
      meanAveragePrecision: macroF1 + 0.02,
      perLabel,
      mistakes,
      mistakeCount: 57,
    };
  };
}

function answerOf(labels: string[], bold: boolean): Scene["answer"] {
  return ({ text }: TextInput) => {
    const roll = dice(text.length);
    return {
      probabilities: labels.map(() => roll() ** (bold ? 1.5 : 9)),
      thresholds: labels.map((_, i) => 0.3 + 0.04 * (i % 10)),
      tokens: Math.ceil(text.length / 4),
      pieces: 10,
      unknown: 0,
      truncated: false,
    };
  };
}

const baselines: Scene["baselines"] = {
  majority: { label: null, microF1: 0.31, macroF1: 0.09 },
  bagOfWords: { microF1: 0.71, macroF1: 0.62, trainedOn: 400 },
};
const common = {
  task: "many labels" as const,
  pairs: false,
  sentence: texts[0]!,
  firstLoss: 0.69,
  baselines,
};
const topics = [
  ...["app", "billing", "damage", "delivery", "praise", "refund", "returns"],
];
const mapping: Mapping = {
  task: "many labels",
  text: "text",
  textB: null,
  label: "id",
  labels: topics.slice(0, 6),
};
const wordy = [
  `a label of 200 characters: ${"and so on, ".repeat(16)}`,
  "شكوى",
  ...Array.from({ length: 60 }, (_, i) => `topic ${i + 1}`),
];

export const manyScenes: Record<string, Scene> = {
  "many-labels": {
    ...common,
    labels: topics,
    steps: 180,
    planned: 240,
    evaluationAt: evaluationOf(topics, 120),
    answer: answerOf(topics, true),
    data: {
      table: tableOf(
        "messages with their topics.csv",
        480,
        mapping,
        ["id", "text", ...topics],
        texts.map((text, i) => [
          String(i + 1),
          text,
          ...topics.map((_, at) => String(Number((at + i) % 3 === 0))),
        ]),
      ),
      mapping,
      overview: overviewOf(
        480,
        topics.map((label, i) => ({ label, rows: Math.ceil(200 / (i + 1)) })),
      ),
    },
  },
  "many-labels-62": {
    ...common,
    labels: wordy,
    steps: 240,
    planned: 240,
    evaluationAt: evaluationOf(wordy, 900),
    answer: answerOf(wordy, false),
  },
};
