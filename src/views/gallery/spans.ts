// Scenes of the task "spans": texts with names of places, persons and firms in them.

import type {
  Mapping,
  Span,
  SpanError,
  SpanMistake,
  SpansEvaluation,
  TextInput,
} from "../../studio";
import { dice } from "./numbers";
import { overviewOf, tableOf, type Scene } from "./scene";

/** "[PER Ana Sousa] left" → its text and spans. */
function marked(written: string): { text: string; spans: Span[] } {
  const spans: Span[] = [];
  let text = "";
  for (const part of written.split(/(\[[^\]]+\])/)) {
    const found = /^\[(\S+) (.+)\]$/su.exec(part);
    const words = found ? found[2]! : part;
    if (found)
      spans.push({
        start: text.length,
        end: text.length + words.length,
        label: found[1]!,
      });
    text += words;
  }
  return { text, spans };
}

interface Pair {
  gold: string;
  predicted: string;
  kinds: SpanError[];
}

const filler =
  "The meeting had been put off twice, first for the weather and then because nobody had found the key to the hall. ";
const usual: Pair[] = [
  {
    gold: "[PER Ana Sousa] moved from [LOC Lisbon] to [LOC New York City] for [ORG Blue Harbour Ltd].",
    predicted:
      "[PER Ana Sousa] moved from [ORG Lisbon] to [LOC New York] City for Blue Harbour Ltd.",
    kinds: ["type", "boundary", "missed"],
  },
  {
    gold: `${filler.repeat(2)}In the end [PER Tom Weaver] of [ORG the Ferry Company] spoke, in [LOC Hull]. ${filler}`,
    predicted: `${filler.repeat(2)}In the end [PER Tom Weaver] of [LOC the Ferry] Company spoke, in [LOC Hull]. ${filler}`,
    kinds: ["both"],
  },
  {
    gold: "Call me on May day, may you?",
    predicted: "Call me on [PER May] day, may you?",
    kinds: ["spurious"],
  },
];
const rtl: Pair[] = [
  {
    gold: "سافرت [PER ليلى حداد] من [LOC بيروت] إلى [LOC New York] عام 2021.",
    predicted: "سافرت [PER ليلى] حداد من [LOC بيروت] إلى New York عام 2021.",
    kinds: ["boundary", "missed"],
  },
  {
    gold: "[PER דנה לוי] גרה ב[LOC חיפה].",
    predicted: "[PER דנה לוי] גרה בחיפה.",
    kinds: ["missed"],
  },
];
const chinese: Pair[] = [
  {
    gold: "[PER 王小明]昨天从[LOC 上海]飞往[LOC 伦敦]，参加[ORG 蓝港公司]的会议。",
    predicted:
      "[PER 王小明]昨天从[LOC 上海]飞往[ORG 伦敦]，参加蓝港[ORG 公司]的会议。",
    kinds: ["type", "boundary"],
  },
];

function evaluationOf(types: string[], pairs: Pair[]): Scene["evaluationAt"] {
  return (step, part): SpansEvaluation => {
    const roll = dice(step + 5);
    const learnt = 1 - Math.exp(-step / 60);
    const perType = types.map((label, i) => {
      const f1 = learnt * (0.6 + 0.35 * roll());
      return {
        label,
        precision: Math.min(1, f1 * 1.05),
        recall: f1 * 0.95,
        f1,
        support: Math.ceil(240 / (i + 1)),
      };
    });
    const f1 = perType.reduce((sum, { f1 }) => sum + f1, 0) / types.length;
    const mistakes = Array.from({ length: 60 }, (_, i): SpanMistake => {
      const { gold, predicted, kinds } = pairs[i % pairs.length]!;
      const { text, spans } = marked(gold);
      return {
        ...{ text, textB: null, kinds },
        gold: spans,
        predicted: marked(predicted).spans,
      };
    });
    return {
      kind: "evaluation",
      task: "spans",
      part,
      step,
      epoch: step / 60,
      count: 300,
      loss: 1.4 - 1.2 * learnt,
      best: true,
      entityF1: f1 + 0.02,
      strictEntityF1: f1,
      entityPrecision: f1 + 0.03,
      entityRecall: f1 - 0.01,
      tokenAccuracy: 0.8 + 0.18 * learnt,
      perType,
      errors: { boundary: 31, type: 18, both: 6, missed: 44, spurious: 0 },
      mistakes,
      mistakeCount: 60,
    };
  };
}

/** Takes names from what is written with a capital, and from what it knows. */
function answerOf(types: string[], known: Span[], of: string): Scene["answer"] {
  return ({ text }: TextInput) => {
    const roll = dice(text.length);
    const found =
      text === of
        ? known
        : [...text.matchAll(/\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*/gu)].map(
            ({ index, 0: words }) => ({
              start: index,
              end: index + words.length,
              label: types[words.length % types.length]!,
            }),
          );
    return {
      probabilities: [],
      spans: found.map((span) => ({
        ...span,
        probability: 0.4 + 0.6 * roll(),
      })),
      tokens: Math.ceil(text.length / 4),
      pieces: 10,
      unknown: 0,
      truncated: false,
    };
  };
}

function scene(types: string[], pairs: Pair[]): Scene {
  const { text, spans } = marked(pairs[0]!.gold);
  const mapping: Mapping = {
    ...{ task: "spans", text: "text", textB: null, labels: [] },
    label: "entities",
  };
  return {
    task: "spans",
    labels: ["O", ...types.flatMap((type) => [`B-${type}`, `I-${type}`])],
    pairs: false,
    sentence: text,
    steps: 180,
    planned: 240,
    firstLoss: Math.log(2 * types.length + 1),
    baselines: {
      majority: { label: null, entityF1: 0, strictEntityF1: 0 },
      bagOfWords: { entityF1: 0.64, strictEntityF1: 0.61, trainedOn: 900 },
    },
    evaluationAt: evaluationOf(types, pairs),
    answer: answerOf(types, spans, text),
    data: {
      table: tableOf(
        "names in letters.csv",
        1200,
        mapping,
        ["id", "text", "entities"],
        pairs.map(({ gold }, i) => {
          const { text, spans } = marked(gold);
          return [
            String(i + 1),
            text,
            JSON.stringify(
              spans.map(({ start, end, label }) => ({ start, end, label })),
            ),
          ];
        }),
      ),
      mapping,
      overview: overviewOf(
        1200,
        types.map((label, i) => ({ label, rows: Math.ceil(900 / (i + 1)) })),
      ),
    },
  };
}

const names = ["LOC", "ORG", "PER"];
export const spanScenes: Record<string, Scene> = {
  spans: scene(names, usual),
  "spans-rtl": scene(names, rtl),
  "spans-chinese": scene(names, chinese),
  "spans-many": scene(
    [
      ...names,
      ...Array.from({ length: 42 }, (_, i) => `PART_NUMBER_OF_KIND_${i + 1}`),
    ],
    usual,
  ),
};
