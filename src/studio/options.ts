// Training options: what they start as, what the presets set, and which values
// would not work, in sentences.

import type { ModelReport, Options, Preset } from "./state";

export const initialOptions: Options = {
  task: "classify texts",
  fineTune: "all layers",
  topLayers: 2,
  epochs: 8,
  batchSize: 16,
  learningRate: 5e-4,
  warmUp: 0.1,
  weightDecay: 0.01,
  dropout: 0.1,
  maxTokens: 64,
  validationShare: 0.2,
  seed: 1,
  classWeights: "none",
  patience: 0,
  evaluationsPerEpoch: 2,
  randomWeights: false,
};

/**
 * A peak that suits the mode and the model's size: what a small encoder needs to
 * learn at all makes a large one forget what it knows.
 */
export function usualLearningRate(
  fineTune: Options["fineTune"],
  model: ModelReport | null,
): number {
  const millions = (model?.parameters ?? 0) / 1e6;
  if (fineTune === "head only") return 5e-3;
  return millions < 8 ? 5e-4 : millions < 50 ? 1e-4 : 3e-5;
}

/** Only what a preset decides; columns, seed and the rest stay as they are. */
const presets: Record<Preset, Partial<Options>> = {
  quick: {
    fineTune: "all layers",
    epochs: 3,
    batchSize: 16,
    maxTokens: 48,
    patience: 0,
    evaluationsPerEpoch: 2,
  },
  balanced: {
    fineTune: "all layers",
    epochs: 8,
    batchSize: 16,
    maxTokens: 64,
    patience: 0,
    evaluationsPerEpoch: 2,
  },
  thorough: {
    fineTune: "all layers",
    epochs: 20,
    batchSize: 16,
    maxTokens: 128,
    patience: 6,
    evaluationsPerEpoch: 1,
  },
};

export const presetNames = Object.keys(presets) as Preset[];

export function withPreset(
  options: Options,
  preset: Preset,
  model: ModelReport | null,
): Options {
  const learningRate = usualLearningRate("all layers", model);
  const set = { ...options, ...presets[preset], learningRate };
  if (model) set.maxTokens = Math.min(set.maxTokens, model.maxPositions);
  return set;
}

/** The preset these options are, or null. */
export function presetOf(
  options: Options,
  model: ModelReport | null,
): Preset | null {
  const is = (preset: Preset) =>
    Object.entries(withPreset(options, preset, model)).every(
      ([name, value]) => options[name as keyof Options] === value,
    );
  return presetNames.find(is) ?? null;
}

interface Range {
  name: string;
  least: number;
  most: number;
  whole: boolean;
}
export type NumberOption = {
  [K in keyof Options]: Options[K] extends number ? K : never;
}[keyof Options];

export const ranges: Record<NumberOption, Range> = {
  epochs: { name: "Epochs", least: 1, most: 1000, whole: true },
  batchSize: { name: "Batch size", least: 1, most: 512, whole: true },
  learningRate: { name: "Learning rate", least: 1e-7, most: 0.1, whole: false },
  warmUp: { name: "Warm-up", least: 0, most: 0.9, whole: false },
  weightDecay: { name: "Weight decay", least: 0, most: 1, whole: false },
  dropout: { name: "Dropout", least: 0, most: 0.9, whole: false },
  maxTokens: { name: "Max tokens", least: 4, most: 512, whole: true },
  validationShare: {
    name: "Validation share",
    least: 0.05,
    most: 0.5,
    whole: false,
  },
  seed: { name: "Seed", least: 0, most: 2147483647, whole: true },
  topLayers: { name: "Top layers", least: 1, most: 48, whole: true },
  patience: { name: "Patience", least: 0, most: 1000, whole: true },
  evaluationsPerEpoch: {
    name: "Evaluations per epoch",
    least: 1,
    most: 50,
    whole: true,
  },
};

/** The range of an option for this model: its positions and layers bound two of them. */
export function rangeOf(name: NumberOption, model: ModelReport | null): Range {
  const range = ranges[name];
  if (model && name === "maxTokens")
    return { ...range, most: model.maxPositions };
  if (model && name === "topLayers") return { ...range, most: model.layers };
  return range;
}

export function optionProblems(
  options: Options,
  model: ModelReport | null,
): Partial<Record<keyof Options, string>> {
  const problems: Partial<Record<keyof Options, string>> = {};
  for (const name of Object.keys(ranges) as NumberOption[]) {
    if (name === "topLayers" && options.fineTune !== "top layers") continue;
    const { name: title, least, most, whole } = rangeOf(name, model);
    const value = options[name];
    const right = whole ? Number.isInteger(value) : Number.isFinite(value);
    if (right && value >= least && value <= most) continue;
    const shown = Number.isNaN(value) ? "empty" : String(value);
    problems[name] =
      `${title} is ${shown}: choose a ${whole ? "whole " : ""}number from ${least} to ${most}.`;
  }
  return problems;
}

/** Former options as far as they are still known and of the right type. */
export function mergeOptions(base: Options, remembered: unknown): Options {
  if (typeof remembered !== "object" || remembered === null) return { ...base };
  const merged = { ...base };
  for (const name of Object.keys(base) as (keyof Options)[]) {
    const value = (remembered as Record<string, unknown>)[name];
    if (typeof value === typeof base[name])
      Object.assign(merged, { [name]: value });
  }
  const known =
    ["all layers", "top layers", "head only"].includes(merged.fineTune) &&
    ["none", "balanced"].includes(merged.classWeights) &&
    merged.task === base.task &&
    Object.keys(optionProblems(merged, null)).length === 0;
  return known ? merged : { ...base };
}
