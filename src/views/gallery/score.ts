// Scenes of the task "score".

import type { Mapping, ScoreEvaluation, TextInput } from "../../studio";
import { dice } from "./numbers";
import { overviewOf, tableOf, type Scene } from "./scene";

const texts = [
  "Would buy again, and have.",
  "It works. That is all I can say for it.",
  "The handle came off on the first day; the shop did not answer; I have glued it and it came off again, and now the lid does not close either, so that I keep it only for the colour.",
  "服务很好，下次还来。",
];
const extent = { "from 1 to 5": [1, 5], prices: [12, 250_000] } as const;

function evaluationOf(
  [least, most]: readonly [number, number],
  count: number,
): Scene["evaluationAt"] {
  return (step, part): ScoreEvaluation => {
    const roll = dice(step + 11);
    const learnt = 1 - Math.exp(-step / 60);
    const size = most - least;
    const pairs = Array.from({ length: count }, () => {
      const actual =
        least + size * (size < 10 ? Math.round(roll() * 4) / 4 : roll() ** 3);
      const middle = least + size / 2;
      const told = middle + (actual - middle) * learnt;
      return { actual, predicted: told + size * 0.2 * (roll() - 0.5) };
    });
    const mistakes = pairs
      .map((pair, i) => ({
        ...pair,
        text: texts[i % texts.length]!,
        textB: null,
      }))
      .sort(
        (a, b) =>
          Math.abs(b.actual - b.predicted) - Math.abs(a.actual - a.predicted),
      )
      .slice(0, 200);
    return {
      kind: "evaluation",
      task: "score",
      part,
      step,
      epoch: step / 60,
      count,
      loss: 1 - 0.7 * learnt,
      best: true,
      rmse: size * (0.3 - 0.2 * learnt),
      mae: size * (0.25 - 0.18 * learnt),
      r2: 0.8 * learnt,
      pearson: 0.9 * learnt,
      spearman: 0.88 * learnt,
      points: Float32Array.from(
        pairs.flatMap(({ actual, predicted }) => [actual, predicted]),
      ),
      mistakes,
    };
  };
}

function scene(
  name: string,
  [least, most]: readonly [number, number],
  count: number,
): Scene {
  const mapping: Mapping = {
    ...{ task: "score", text: "review", textB: null, label: name, labels: [] },
  };
  return {
    task: "score",
    labels: [name],
    pairs: false,
    sentence: texts[0]!,
    steps: 180,
    planned: 180,
    firstLoss: 1,
    baselines: {
      majority: { label: null, pearson: 0, r2: -0.01, rmse: 1.4 },
      bagOfWords: { pearson: 0.61, r2: 0.36, rmse: 1.1, trainedOn: 400 },
    },
    evaluationAt: evaluationOf([least, most], count),
    answer: ({ text }: TextInput) => ({
      probabilities: [],
      score: least + ((most - least) * (text.length % 17)) / 16,
      tokens: Math.ceil(text.length / 4),
      pieces: 10,
      unknown: 0,
      truncated: false,
    }),
    data: {
      table: tableOf(
        "reviews.csv",
        500,
        mapping,
        ["review", name],
        texts.map((text, i) => [text, String(least + i)]),
      ),
      mapping,
      overview: {
        ...overviewOf(500, []),
        scores: {
          least,
          most,
          mean: (least + most) / 2,
          counts: [30, 12, 40, 51, 0, 70, 120, 90, 40, 47],
        },
      },
    },
  };
}

export const scoreScenes: Record<string, Scene> = {
  score: scene("stars", extent["from 1 to 5"], 100),
  "score-prices": scene("price in euros", extent.prices, 2000),
};
