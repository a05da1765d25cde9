// What spans are compared with: finding none, and looking words and names up among
// those of the training texts.

import { spanFigures } from "../../../figures";
import { metricsOf } from "../../../task";
import { lookUp } from "../../baseline/tags";
import type { DataTask } from "../task";
import type { TaggedText } from "./cells";

export const spanBaselines: DataTask<TaggedText>["baselines"] = async (
  _,
  train,
  validation,
  breathe,
) => {
  const gold = validation.targets.map(({ tags }) => tags);
  const judged = (predicted: string[][]) => {
    const { entities, strict, tokenAccuracy } = spanFigures(gold, predicted);
    return metricsOf({
      task: "spans",
      entityF1: entities.f1,
      strictEntityF1: strict.f1,
      entityPrecision: entities.precision,
      entityRecall: entities.recall,
      tokenAccuracy,
    });
  };
  const wordsOf = ({ text, words }: TaggedText) =>
    words.map(([start, end]) => text.slice(start, end));
  await breathe();
  const { tag } = lookUp({
    words: train.targets.map(wordsOf),
    tags: train.targets.map(({ tags }) => tags),
  });
  await breathe();
  return {
    majority: {
      ...judged(gold.map((tags) => tags.map(() => "O"))),
      label: null,
    },
    bagOfWords: {
      ...judged(validation.targets.map((target) => tag(wordsOf(target)))),
      trainedOn: train.targets.length,
    },
  };
};
