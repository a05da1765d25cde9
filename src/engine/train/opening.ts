// The loaded model → what a run opens: with the classifier that its start asks for,
// and the averaging layer where the head reads the mean of all tokens.

import { withAveraging } from "../model/averaging";
import { withHead, type HeadFor } from "../model/former";
import { startingWeights } from "../model/parameters";
import { canonical } from "../model/unwrapped";
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

/** With an encoder that went on learning; of the averaging layer on top of that nothing is taken. */
function replaced(base: LoadedModel, encoder: Weights | undefined) {
  if (!encoder) return base;
  const weights: Weights = new Map();
  for (const [name, array] of base.weights)
    weights.set(name, encoder.get(canonical(name)) ?? array);
  return { ...base, weights };
}

/** The encoder with the averaging layer, to train what it makes of whole texts; nothing drops. */
export function openPairs(
  base: LoadedModel,
  options: TrainingOptions,
  open: OpenClassifier,
  capacity: Capacity,
): Promise<Classifier> {
  const { config, weights } = modelWith(base, "mean");
  const labelCount = config.hidden_size;
  return open({
    config,
    weights: startingWeights(config, weights, labelCount, {
      ...options,
      head: "sentence",
    }),
    head: "sentence",
    labelCount,
    capacity,
    training: { ...options, dropout: 0, classWeights: null },
  });
}

/** Whether the loaded model already classifies into these labels. */
export const hasHeadFor = (base: LoadedModel, target: HeadFor): boolean =>
  withHead(base.config, base.weights, target).has("classifier.weight");

/** The model that is trained, and all its parameters before the first step. */
export function openingOf(
  base: LoadedModel,
  target: HeadFor,
  options: TrainingOptions,
  { features, head, encoder }: Pick<RunStart, "features" | "head" | "encoder">,
): { model: LoadedModel; weights: Weights } {
  const { labels } = target;
  const model = modelWith(replaced(base, encoder), features);
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
  encoder?: Weights,
): Promise<{ classifier: Classifier; pooler: Linear }> {
  const byWord = features === "words";
  const from = replaced(base, encoder);
  const { config, weights: given } = byWord ? from : modelWith(from, features);
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
