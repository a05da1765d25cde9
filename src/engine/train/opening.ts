// The loaded model → what a run opens: with the classifier that its start asks for,
// and the averaging layer where the head reads the mean of all tokens.

import { withAveraging } from "../model/averaging";
import { withHead, type HeadFor } from "../model/former";
import { startingWeights } from "../model/parameters";
import { taskOf } from "../tasks";
import type { Capacity, Classifier, OpenClassifier } from "../classifier";
import type { Linear } from "../tasks/linear";
import type { LoadedModel } from "../model";
import type { TrainingOptions } from "../protocol";
import type { Features, RunStart } from "./start";
import type { Weights } from "../model/weights";

/** The encoder as a run with these features has it. */
const modelWith = (base: LoadedModel, features: Features): LoadedModel =>
  features === "mean"
    ? { ...base, ...withAveraging(base.config, base.weights) }
    : base;

/** Whether the loaded model already classifies into these labels. */
export const hasHeadFor = (base: LoadedModel, target: HeadFor): boolean =>
  withHead(base.config, base.weights, target).has("classifier.weight");

/** The model that is trained, and all its parameters before the first step. */
export function openingOf(
  base: LoadedModel,
  target: HeadFor,
  options: TrainingOptions,
  { features, head }: Pick<RunStart, "features" | "head">,
): { model: LoadedModel; weights: Weights } {
  const { labels } = target;
  const model = modelWith(base, features);
  const weights = startingWeights(
    model.config,
    withHead(model.config, model.weights, target),
    labels.length,
    { ...options, head: taskOf(target.task).head },
  );
  if (head) {
    const shape = [labels.length, model.config.hidden_size];
    weights.set("classifier.weight", { shape, data: owned(head.weight) });
    weights.set("classifier.bias", {
      shape: [labels.length],
      data: owned(head.bias),
    });
  }
  return { model, weights };
}

const owned = (data: Float32Array) => Float32Array.from(data);

/** The encoder alone, to read texts with; where "words" are asked about, it answers with what each token is to it. */
export async function openReader(
  base: LoadedModel,
  options: TrainingOptions,
  open: OpenClassifier,
  capacity: Capacity,
  features: Features | "words",
): Promise<{ classifier: Classifier; pooler: Linear }> {
  const byWord = features === "words";
  const { config, weights: given } = byWord ? base : modelWith(base, features);
  const width = config.hidden_size;
  // Of whole texts nothing of a classifier is used; the engine wants one of at least two labels.
  const labelCount = byWord ? width : 2;
  const weights = startingWeights(config, given, labelCount, options);
  if (byWord) {
    weights.set("classifier.weight", {
      shape: [width, width],
      data: identity(width),
    });
    weights.set("classifier.bias", {
      shape: [width],
      data: new Float32Array(width),
    });
  }
  const classifier = await open({
    config,
    weights,
    head: byWord ? "tokens" : "labels",
    labelCount,
    capacity,
    training: byWord
      ? null
      : { ...options, fineTune: "head only", classWeights: null },
  });
  return {
    classifier,
    pooler: {
      weight: weights.get("bert.pooler.dense.weight")!.data,
      bias: weights.get("bert.pooler.dense.bias")!.data,
    },
  };
}

const identity = (width: number) =>
  Float32Array.from({ length: width * width }, (_, i) =>
    Number(i % (width + 1) === 0),
  );
