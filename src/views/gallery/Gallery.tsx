// For developers, not part of the built site: the panels that watch and judge a
// run, fed with made-up numbers, in the states that are hard to reach by hand.
// `npm run dev`, then /src/views/gallery/gallery.html?state=77&theme=dark. Nothing here
// is the product: the studio itself shows only what was measured.

import { createRoot } from "react-dom/client";
import { createStore } from "zustand";
import { History } from "../../metrics";
import {
  sparseConfusion,
  StudioContext,
  type AttentionCapture,
  type EvaluationProgress,
  type OneLabelEvaluation,
  type Prediction,
  type StepProgress,
  type Studio,
  type TextInput,
} from "../../studio";
import "../app/tokens.css";
import "../app/app.css";
import { AttentionPanel } from "../attention/AttentionPanel";
import { EvaluationPanel } from "../evaluate/EvaluationPanel";
import { TrainingPanel } from "../train/TrainingPanel";
import { TryItPanel } from "../use/TryItPanel";

interface Scene {
  labels: string[];
  sentence: string;
  textB?: string;
  texts: string[];
  steps: number;
  planned: number;
  validation: number;
  layers?: number;
}

const tickets = [
  "account",
  "billing",
  "delivery",
  "product fault",
  "returns",
  "something else",
];
const long =
  "The parcel was meant to arrive on Tuesday. I stayed at home the whole day, nobody came, and the tracking page now says that it was handed to a neighbour whom I do not know and who, after I had asked in all the houses of our street, does not seem to exist. ";
const scenes: Record<string, Scene> = {
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

/** Numbers that are the same at each visit. */
function dice(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const roll = dice(7);

function stepAt(step: number, planned: number, classes: number): StepProgress {
  const share = step / Math.max(planned, 1);
  const mean = Math.log(classes) * (0.18 + 0.82 * Math.exp(-4.5 * share));
  const warm = Math.min(1, share / 0.1);
  return {
    kind: "step",
    step,
    steps: planned,
    epoch: share * 3,
    loss: Math.max(0.01, mean * (1 + 0.5 * (roll() - 0.5))),
    learningRate: 3e-4 * (share < 0.1 ? warm : (1 - share) / 0.9),
    gradientNorm: 1 + roll(),
    tokensPerSecond: 3400 + 500 * roll(),
    msPerStep: 92,
    secondsLeft: 20,
    memory: { tensors: 48e6 + 4e6 * roll(), heap: 1e8 },
  };
}

function evaluationAt(
  scene: Scene,
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

function captureAt(
  input: TextInput,
  step: number,
  layers = 4,
): AttentionCapture {
  const tokens = ["[CLS]"];
  const words = [-1];
  const pieces = input.text.match(
    /[\p{Script=Han}]|[\p{L}\p{N}\p{M}]+|[^\s]/gu,
  );
  (pieces ?? []).slice(0, 510).forEach((word, w) => {
    for (let i = 0; i < word.length && tokens.length < 511; i += 6) {
      tokens.push((i ? "##" : "") + word.slice(i, i + 6));
      words.push(w);
    }
  });
  tokens.push("[SEP]");
  words.push(-1);
  const n = tokens.length;
  const heads = n > 200 ? 2 : 4;
  const weights = new Float32Array(layers * heads * n * n);
  for (let part = 0; part < layers * heads; part++)
    for (let q = 0; q < n; q++) {
      const row = weights.subarray((part * n + q) * n, (part * n + q + 1) * n);
      let sum = 0;
      for (let k = 0; k < n; k++) {
        const near = Math.exp(-Math.abs(q - k) / (2 + part));
        const key = Math.exp(2 * Math.sin(k * 12.9 + part + step / 60));
        row[k] = near + 0.06 * key + (k === n - 1 ? 0.5 : 0);
        sum += row[k]!;
      }
      for (let k = 0; k < n; k++) row[k]! /= sum;
    }
  return {
    kind: "attention",
    step,
    input,
    tokens,
    words: Int32Array.from(words),
    layers,
    heads,
    weights,
    probabilities: null,
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

const query = new URLSearchParams(location.search);
const scene = scenes[query.get("state") ?? "usual"] ?? scenes.usual!;
const theme = query.get("theme");
if (theme) document.documentElement.dataset.theme = theme;

const history = new History();
const evaluations: EvaluationProgress[] = [];
const every = Math.max(1, Math.round(scene.planned / 6));
const evaluate = (step: number) => {
  const evaluation = evaluationAt(scene, step);
  evaluations.push(evaluation);
  history.append(evaluation);
};
let latest: StepProgress | null = null;
const advance = (planned: number) => {
  const step = (latest?.step ?? 0) + 1;
  latest = stepAt(step, planned, scene.labels.length);
  history.append(latest);
};
for (let i = 0; i < scene.steps; i++) {
  advance(scene.planned);
  if (latest!.step % every === 0) evaluate(latest!.step);
}
const watched: TextInput | null = scene.sentence
  ? { text: scene.sentence, textB: null }
  : null;
const moments =
  watched && scene.steps > 1
    ? [0, 0.2, 0.5, 0.8, 1].map((share) =>
        captureAt(watched, Math.round(share * scene.steps)),
      )
    : watched
      ? [captureAt(watched, 0)]
      : [];
const baselines = {
  majority: { label: scene.labels[0]!, accuracy: 0.21, macroF1: 0.058 },
  bagOfWords: { accuracy: 0.823, macroF1: 0.794 },
};

const studio = createStore<Studio>()(
  (set) =>
    ({
      phase: scene.steps === scene.planned ? "trained" : "training",
      language: "en",
      waiting: {
        data: null,
        model: null,
        device: null,
        export: null,
        evaluation: null,
      },
      models: [],
      model: { layers: 4, heads: 4 },
      modelEvaluation: null,
      table: null,
      mapping: null,
      baselines: scene.steps ? baselines : null,
      run: scene.steps
        ? {
            id: 1,
            dataset: { labels: scene.labels, pairs: !!scene.textB },
            options: { maxTokens: 64 },
            baselines,
            summary: scene.steps === scene.planned ? {} : null,
            validation: evaluations.at(-1) ?? null,
          }
        : null,
      runUsable: scene.steps > 0,
      step: latest,
      history,
      evaluations,
      testEvaluation:
        scene.steps > 0 && scene.steps === scene.planned
          ? evaluationAt(scene, scene.steps, "test")
          : null,
      watchInput: watched,
      attention: moments.at(-1) ?? null,
      attentionHistory: moments,
      async watch(input: TextInput | null) {
        const capture = input && captureAt(input, latest?.step ?? 0);
        set({
          watchInput: input,
          attention: capture,
          attentionHistory: capture ? [capture] : [],
        });
      },
      predict: async (inputs: TextInput[]) =>
        inputs.map((input) => guess(scene.labels, input)),
      look: async (input: TextInput) => captureAt(input, latest?.step ?? 0),
    }) as unknown as Studio,
);

/** For measuring: `await gallery.fill(100_000)`, then `gallery.stream(1000)` steps a second. */
Object.assign(window, {
  gallery: {
    fill(count: number) {
      for (let i = 0; i < count; i++) {
        advance(count + 20_000);
        if (i % 2000 === 0) evaluate(latest!.step);
      }
      studio.setState({ step: latest });
    },
    stream(perSecond: number) {
      let owed = 0;
      let before = performance.now();
      return setInterval(() => {
        const now = performance.now();
        owed += ((now - before) * perSecond) / 1000;
        before = now;
        for (; owed >= 1; owed--) advance(latest!.steps);
      }, 4);
    },
    history,
  },
});

createRoot(document.querySelector("#root")!).render(
  <StudioContext value={studio}>
    <main data-phase="training" style={{ padding: 16 }}>
      <div className="stage" style={{ display: "grid", gap: 16 }}>
        <TrainingPanel />
        <AttentionPanel />
        <div className="meaning">
          <EvaluationPanel />
          <div className="using">
            <TryItPanel />
          </div>
        </div>
      </div>
    </main>
  </StudioContext>,
);
