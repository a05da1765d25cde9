// What many labels are compared with: always giving the commonest, and bag of words.

import { evenThreshold, figuresByHalves, manyFigures } from "../../../figures";
import { metricsOf } from "../../../task";
import { manyLabels } from "../../baseline/many";
import { marksOf } from "./marks";
import { countLabels } from "../../rows";
import type { DataTask } from "../task";

export const manyBaselines: DataTask<string[]>["baselines"] = async (
  names,
  train,
  validation,
  breathe,
) => {
  const targets = marksOf(validation.targets, names);
  const even = new Float32Array(names.length).fill(evenThreshold);
  const judged = (logits: Float32Array) =>
    metricsOf({
      task: "many labels",
      ...manyFigures({ logits, targets }, names, even),
    });

  const commonest = countLabels(train.targets.flat())[0]!.label;
  const always = Float32Array.from(targets, (_, i) =>
    names[i % names.length] === commonest ? 1 : -1,
  );
  const bag = await manyLabels(
    { texts: train.texts, targets: marksOf(train.targets, names) },
    validation.texts,
    names.length,
    breathe,
  );
  return {
    majority: { ...judged(always), label: commonest },
    bagOfWords: {
      // As the model is judged: by thresholds of its own, from the other half.
      ...metricsOf({
        task: "many labels",
        ...figuresByHalves(
          { logits: Float32Array.from(bag.logits), targets },
          names,
        ),
      }),
      trainedOn: bag.trainedOn,
    },
  };
};
