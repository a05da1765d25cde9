// What scores are compared with: always the mean, and ridge regression on bag of words.

import { scoreFigures } from "../../../figures";
import { metricsOf } from "../../../task";
import { ridge } from "../../baseline/ridge";
import type { Baselines } from "../../protocol";
import type { Answered } from "../task";

export async function scoreBaselines(
  train: Answered<number>,
  validation: Answered<number>,
  breathe: () => Promise<void>,
): Promise<Baselines> {
  const actual = Float64Array.from(validation.targets);
  const judged = (predicted: Float64Array) =>
    metricsOf({ task: "score", ...scoreFigures(predicted, actual) });
  const { predicted, majority, trainedOn } = await ridge(
    { texts: train.texts, scores: train.targets },
    validation.texts,
    breathe,
  );
  return {
    majority: { ...judged(actual.map(() => majority)), label: null },
    bagOfWords: { ...judged(predicted), trainedOn },
  };
}
