// Scenes of the task "one label": few classes and many, long names and texts, other scripts.

import {
  sparseConfusion,
  type EvaluationProgress,
  type OneLabelEvaluation,
  type Prediction,
  type TextInput,
} from "../../studio";
import { dice, roll } from "./numbers";
import type { Scene } from "./scene";

interface Classes {
  labels: string[];
  sentence: string;
  textB?: string;
  texts: string[];
  steps: number;
  planned: number;
  validation: number;
}

const tickets = [
  "account",
  "billing",
  "delivery",
  "product fault",
  "returns",
  "something else",
];
export const long =
  "The parcel was meant to arrive on Tuesday. I stayed at home the whole day, nobody came, and the tracking page now says that it was handed to a neighbour whom I do not know and who, after I had asked in all the houses of our street, does not seem to exist. ";
const classes: Record<string, Classes> = {
  usual: {
    labels: tickets,
    sentence:
      "The parcel never arrived although tracking says it was delivered.",
    texts: [
      "Charged twice for the same order, please look into it.",
      "hi, i cant log in since your update",
      long.repeat(3),
      "Where is my refund? You got the shoes back two weeks ago.",
      "Is the blue one as warm as the grey one?",
    ],
    steps: 184,
    planned: 270,
    validation: 96,
  },
  empty: {
    labels: tickets,
    sentence: "",
    texts: [],
    steps: 0,
    planned: 0,
    validation: 0,
  },
  one: {
    labels: ["no", "yes"],
    sentence: "ok",
    texts: ["ok"],
    steps: 1,
    planned: 3,
    validation: 1,
  },
  many: {
    labels: Array.from(
      { length: 77 },
      (_, i) =>
        [
          "card arrival",
          "exchange rate",
          "transfer not received by recipient",
          "top up failed",
          "pending cash withdrawal",
          "verify my identity",
          "lost or stolen phone",
        ][i % 7] + ` ${i + 1}`,
    ),
    sentence: "My top-up still has not gone through, what is happening to it?",
    texts: ["Why is my card still not here?", "What is the rate for euros?"],
    steps: 1880,
    planned: 1880,
    validation: 3080,
  },
  thousand: {
    labels: Array.from({ length: 1000 }, (_, i) => `part number ${i + 1}`),
    sentence: "Where does part 17 go?",
    texts: ["Where does this part go?", "One of a thousand parts"],
    steps: 400,
    planned: 800,
    validation: 2000,
  },
  wide: {
    labels: ["short", `a label of 200 characters: ${"and so on, ".repeat(16)}`],
    sentence:
      "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft antidisestablishmentarianism a",
    textB: "A second text stands beside the first.",
    texts: [`${"w".repeat(600)} and then some`, long.repeat(8)],
    steps: 400,
    planned: 400,
    validation: 200,
  },
  chinese: {
    labels: ["好评", "差评", "中评"],
    sentence: "包裹一直没有送到，但是物流显示已经签收了，请帮我查一下。",
    texts: ["味道很好，送餐也快，下次还会再点。", "等了两个小时，汤都洒了。"],
    steps: 120,
    planned: 300,
    validation: 1200,
  },
  rtl: {
    labels: ["إيجابي", "سلبي", "שלום"],
    sentence:
      "لم تصل الطرود حتى الآن رغم أن التتبع يقول إنها سُلمت order 123 أمس.",
    texts: [
      "الخدمة ممتازة والتوصيل سريع جدا.",
      "המשלוח לא הגיע עד היום (order 42).",
    ],
    steps: 120,
    planned: 300,
    validation: 60,
  },
  tokens512: {
    labels: tickets,
    sentence: long.repeat(9),
    texts: [long.repeat(9)],
    steps: 60,
    planned: 60,
    validation: 96,
  },
};

function evaluationAt(
  scene: Classes,
  step: number,
  part: EvaluationProgress["part"] = "validation",
): EvaluationProgress {
  const { labels, validation, planned } = scene;
  const count = labels.length;
  const share = step / Math.max(planned, 1);
  const right = 1 / count + (0.9 - 1 / count) * (1 - Math.exp(-4 * share));
  const confusion = new Array<number>(count * count).fill(0);
  const mistakes: OneLabelEvaluation["mistakes"] = [];
  let good = 0;
  for (let i = 0; i < validation; i++) {
    const label = Math.floor(count * roll() ** 1.4);
    const near =
      (label + 1 + Math.floor(Math.min(3, count - 1) * roll())) % count;
    const predicted = roll() < right ? label : near;
    confusion[label * count + predicted]!++;
    if (label === predicted) good++;
    else
      mistakes.push({
        text: scene.texts[i % scene.texts.length]!,
        textB: scene.textB ?? null,
        label,
        predicted,
        confidence: 0.4 + 0.6 * roll(),
        probabilityOfLabel: 0.3 * roll(),
      });
  }
  mistakes.sort((a, b) => b.confidence - a.confidence);
  const perClass = labels.map((label, c) => {
    const hit = confusion[c * count + c]!;
    let support = 0;
    let said = 0;
    for (let other = 0; other < count; other++) {
      support += confusion[c * count + other]!;
      said += confusion[other * count + c]!;
    }
    const precision = said ? hit / said : 0;
    const recall = support ? hit / support : 0;
    const f1 = hit ? (2 * precision * recall) / (precision + recall) : 0;
    return { label, precision, recall, f1, support };
  });
  return {
    kind: "evaluation",
    task: "one label",
    part,
    count: validation,
    mcc: 0.9 * right,
    step,
    epoch: share * 3,
    loss: Math.log(count) * (0.3 + 0.7 * Math.exp(-4 * share)),
    accuracy: good / Math.max(1, validation),
    macroF1: perClass.reduce((sum, { f1 }) => sum + f1, 0) / count,
    confusion: sparseConfusion(confusion),
    perClass,
    mistakes: mistakes.slice(0, 200),
    mistakeCount: mistakes.length,
    best: true,
  };
}

function guess(labels: string[], input: TextInput): Prediction {
  const roll = dice(input.text.length * 31 + input.text.charCodeAt(0));
  const raw = labels.map(() => roll() ** 6 + 0.002);
  const sum = raw.reduce((a, b) => a + b);
  return {
    probabilities: raw.map((value) => value / sum),
    tokens: Math.min(64, Math.ceil(input.text.length / 4)),
    pieces: 10,
    unknown: 0,
    truncated: input.text.length > 256,
  };
}

export const labelScenes: Record<string, Scene> = Object.fromEntries(
  Object.entries(classes).map(([name, scene]) => [
    name,
    {
      ...scene,
      task: "one label",
      pairs: scene.textB !== undefined,
      firstLoss: Math.log(scene.labels.length),
      evaluationAt: (step, part) => evaluationAt(scene, step, part),
      answer: (input) => guess(scene.labels, input),
      baselines: {
        majority: { label: scene.labels[0]!, accuracy: 0.21, macroF1: 0.058 },
        bagOfWords: { accuracy: 0.823, macroF1: 0.794, trainedOn: 384 },
      },
    },
  ]),
);
