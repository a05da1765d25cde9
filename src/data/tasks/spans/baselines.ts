// What spans are compared with: finding none, and looking words and names up among
// those of the training texts.

import { spanFigures, type SpanFigures } from "../../../figures";
import { metricsOf, type Metrics, type Task } from "../../../task";
import { lookUp } from "../../baseline/tags";
import type { Baselines } from "../../protocol";
import type { Answered, DataTask } from "../task";
import type { TaggedText } from "./cells";

export const spanBaselines: DataTask<TaggedText>["baselines"] = (_, ...given) =>
  tagBaselines(...given, ({ entities, strict, tokenAccuracy }) => ({
    task: "spans",
    entityF1: entities.f1,
    strictEntityF1: strict.f1,
    entityPrecision: entities.precision,
    entityRecall: entities.recall,
    tokenAccuracy,
  }));

/** `named`: the figures by the names of a task. */
export async function tagBaselines(
  train: Answered<TaggedText>,
  validation: Answered<TaggedText>,
  breathe: () => Promise<void>,
  named: (figures: SpanFigures) => Metrics & { task: Task },
): Promise<Baselines> {
  const gold = validation.targets.map(({ tags }) => tags);
  const judged = (predicted: string[][]) =>
    metricsOf(named(spanFigures(gold, predicted)));
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
}
