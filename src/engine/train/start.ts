// Where training begins: every text is read once by the encoder as it is, and what
// it makes of them decides two things in closed form. The classifier starts fitted
// to them (a linear discriminant, a ridge) instead of as random numbers (as in linear probing before
// fine-tuning, Kumar et al. 2022, https://arxiv.org/abs/2202.10054); and where the
// head alone learns, it reads the pooler's features or the mean's, whichever
// serves the validation texts better.

import type { Dataset } from "../../data";
import { targetsOf } from "../../data/dataset";
import type { Weights } from "../model/weights";
import { lengthOf, type TokenizedPart } from "../passes/batches";
import type { Capacity, Classifier } from "../classifier";
import type { Control } from "../passes/control";
import { judgedBy } from "../../task";
import { taskOf, type Decoding } from "../tasks";
import type { Linear } from "../tasks/linear";
import type { PartName, TokenizedParts } from "./learners";
import { drawTogether, pairingOf } from "./contrastive";
import { encodePart, scorePart } from "../passes";
import { evenly } from "./evenly";
import type { Progress, TrainingOptions } from "../protocol";

export type Features = RunStart["features"];
export interface RunStart {
  /** What the head reads of a text: the pooler's output for [CLS], or for the mean of all tokens. */
  features: "pooler" | "mean";
  /** The classifier's first weights; null for random ones. */
  head: Linear | null;
  /** What was read of every part where the head alone learns, [count, hidden] before the pooler. */
  read: Map<PartName, Float32Array> | null;
  /** What takes the place of the loaded weights, under canonical names. */
  encoder?: Weights;
}

/** Opens the loaded encoder to read texts with, apart from any training. */
export type OpenReader = (
  capacity: Capacity,
  features: Features | "words",
  encoder?: Weights,
) => Promise<{ classifier: Classifier; pooler: Linear }>;

/** Opens the loaded encoder so that what it makes of a text can be pulled at: "sentence", with the averaging layer. */
export type OpenPairs = (capacity: Capacity) => Promise<Classifier>;

/** How far the likeliest answer may be ahead of the next, in logits, on average: 0.997 of the probability. */
const mostAhead = 6;
/** Enough to start from; reading them costs a small part of an epoch. */
const mostRows = 4000;
/** Each of their words is read. */
const mostSentences = 1000;

interface Inputs {
  parts: TokenizedParts & { train: TokenizedPart };
  dataset: Dataset;
  decoding: Decoding;
  options: TrainingOptions;
  control: Control;
  /** A classifier for these labels came with the model: it goes on, on the features it knows. */
  hasHead: boolean;
  open: OpenReader;
  openPairs: OpenPairs;
}

/** Null when stopped meanwhile. */
export async function* startOf(
  inputs: Inputs,
): AsyncGenerator<Progress, RunStart | null> {
  const { fineTune, frozenStart, randomWeights } = inputs.options;
  const encoder = yield* paired(inputs);
  if (encoder === null) return null;
  // Features are of whole texts.
  if (fineTune === "head only" && taskOf(inputs.dataset.task).head !== "tokens")
    return yield* headStart(inputs);
  if (
    (frozenStart || encoder) &&
    !randomWeights &&
    !inputs.hasHead &&
    taskOf(inputs.dataset.task).fitted !== null
  )
    return yield* classifierStart(inputs, encoder);
  return { features: "pooler", head: null, read: null };
}

async function* classifierStart(
  inputs: Inputs,
  encoder: Weights | undefined,
): AsyncGenerator<Progress, RunStart | null> {
  const { parts, dataset, options, control, open } = inputs;
  const { fitted, gain } = taskOf(dataset.task);
  const byWord = parts.train.windows !== undefined;
  const some = evenly(parts.train, byWord ? mostSentences : mostRows);
  const reader = await control.read(
    open(roomFor(some), byWord ? "words" : "pooler", encoder),
  );
  try {
    const read = yield* (byWord ? scorePart : encodePart)(
      reader.classifier,
      some,
      control,
    );
    if (read === null) return null;
    if (!fitted || !some.targets)
      throw new Error("internal: no head can be fitted to these targets");
    const features = byWord ? read : pool(read, reader.pooler);
    const fit = fitted(
      features,
      some.targets,
      dataset.labels.length,
      options.classWeights === "balanced" ? "equal" : "rows",
    );
    return {
      features: "pooler",
      // Of numbers and of many labels each output stands for itself; of words most
      // are of no type, and being sure of that says little of the others.
      head:
        !byWord && some.targets.values instanceof Int32Array
          ? restrained(scaled(fit, gain), features)
          : scaled(fit, gain),
      read: null,
      ...(encoder && { encoder }),
    };
  } finally {
    if (control.lost === null) reader.classifier.dispose();
  }
}

/** The encoder after pairs were drawn together; undefined where none are, null when stopped. */
async function* paired({
  parts,
  dataset,
  options,
  control,
  hasHead,
  openPairs,
}: Inputs): AsyncGenerator<Progress, Weights | null | undefined> {
  const { contrastive, fineTune, randomWeights } = options;
  if (
    !contrastive ||
    randomWeights ||
    hasHead ||
    fineTune === "head only" ||
    dataset.task !== "one label"
  )
    return undefined;
  const { labels } = targetsOf(dataset.train, "one label");
  const classifier = await control.read(openPairs(roomFor(parts.train)));
  try {
    const done = yield* drawTogether(
      classifier,
      parts.train,
      labels,
      pairingOf(options),
      control,
    );
    return done === null ? null : await control.read(classifier.read());
  } finally {
    if (control.lost === null) classifier.dispose();
  }
}

async function* headStart(
  inputs: Inputs,
): AsyncGenerator<Progress, RunStart | null> {
  const { parts, dataset, options, control, open } = inputs;
  // Which features serve better is judged by a head fitted to them.
  const wanted =
    options.randomWeights ||
    inputs.hasHead ||
    taskOf(dataset.task).fitted === null
      ? "pooler"
      : (options.features ?? "best");
  // Without texts to judge by, the pooler: that is what it was trained for.
  const candidates: Features[] =
    wanted !== "best"
      ? [wanted]
      : parts.validation?.count
        ? ["pooler", "mean"]
        : ["pooler"];
  let best: RunStart | null = null;
  let bestScore = -Infinity;
  for (const features of candidates) {
    const all = [parts.train, parts.validation, parts.test];
    const capacity = roomFor(...all.filter((part) => part !== null));
    const reader = await control.read(open(capacity, features));
    const read = new Map<PartName, Float32Array>();
    try {
      for (const name of ["train", "validation", "test"] as const) {
        const part = parts[name];
        if (part === null) continue;
        const encoded = yield* encodePart(reader.classifier, part, control);
        if (encoded === null) return null;
        read.set(name, encoded);
      }
    } finally {
      if (control.lost === null) reader.classifier.dispose();
    }
    const judged =
      candidates.length > 1 ? fittedScore(read, reader.pooler, inputs) : 0;
    if (judged > bestScore) {
      bestScore = judged;
      best = { features, head: null, read };
    }
  }
  return best;
}

/** What a head fitted to the training texts' features reaches on the validation texts, by the task's figure. */
function fittedScore(
  read: Map<PartName, Float32Array>,
  pooler: Linear,
  { parts, dataset, decoding }: Inputs,
): number {
  const { fitted, figures } = taskOf(dataset.task);
  const { labels, validation } = dataset;
  if (!fitted || !parts.train.targets) return 0;
  const pooled = pool(read.get("train")!, pooler);
  const fit = fitted(pooled, parts.train.targets, labels.length, "rows");
  const logits = linear(pool(read.get("validation")!, pooler), fit);
  const { targets, count } = validation;
  const found = figures(
    { logits, targets, count },
    {
      names: labels,
      classWeights: null,
      decoding,
      tunedHere: true,
      textOf: () => ({ text: "", textB: null }),
    },
  );
  return found[judgedBy(dataset.task)] ?? 0;
}

/** Room to read the longest text of these parts, and many short ones at once. */
function roomFor(...parts: TokenizedPart[]): Capacity {
  let longest = 1;
  for (const part of parts)
    for (let row = 0; row < part.count; row++)
      longest = Math.max(longest, lengthOf(part, row));
  return { sequences: 64, tokens: Math.max(longest, 2048), length: longest };
}

/** tanh of the pooler's dense layer, [count, hidden]. */
function pool(read: Float32Array, pooler: Linear): Float32Array {
  return linear(read, pooler).map(Math.tanh);
}

/** x·Wᵀ + b, [count, outputs] */
function linear(x: Float32Array, { weight, bias }: Linear): Float32Array {
  const outputs = bias.length;
  const width = weight.length / outputs;
  const count = x.length / width;
  const y = new Float32Array(count * outputs);
  for (let i = 0; i < count; i++)
    for (let o = 0; o < outputs; o++) {
      let sum = bias[o]!;
      for (let k = 0; k < width; k++)
        sum += x[i * width + k]! * weight[o * width + k]!;
      y[i * outputs + o] = sum;
    }
  return y;
}

/**
 * Texts that are told apart at once, as few of them often are, make a head so sure
 * that its losses are 0 and no gradient is left.
 */
function restrained(head: Linear, features: Float32Array): Linear {
  const outputs = head.bias.length;
  if (outputs < 2) return head;
  const logits = linear(features, head);
  const rows = logits.length / outputs;
  let ahead = 0;
  for (let row = 0; row < rows; row++) {
    const [first = 0, second = 0] = logits
      .slice(row * outputs, (row + 1) * outputs)
      .sort()
      .reverse();
    ahead += (first - second) / rows;
  }
  return ahead > mostAhead ? scaled(head, mostAhead / ahead) : head;
}

const scaled = ({ weight, bias }: Linear, by: number): Linear => ({
  weight: weight.map((x) => x * by),
  bias: bias.map((x) => x * by),
});
