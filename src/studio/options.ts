// Training options: what they start as, what the presets set, and which values
// would not work, and why.

import { numberOptionNames, numberOptions, problemWith } from "../options";
import type { Said } from "../said";
import {
  common,
  usualContrastive,
  usualEpochs,
  usualFrozenStart,
  usualLearningRate,
} from "./recipe";
import type { Basis, ModelReport, Options, Preset } from "./state";

export const initialOptions: Options = {
  ...common,
  fineTune: "all layers",
  epochs: usualEpochs("all layers", null),
  learningRate: usualLearningRate("all layers", null),
  frozenStart: usualFrozenStart(null),
  contrastive: usualContrastive("all layers", null),
  validationShare: numberOptions.validationShare.usual,
  seed: numberOptions.seed.usual,
};

/** Only what a preset decides; columns, seed and the rest stay as they are. */
const presets: Record<Preset, (usual: number) => Partial<Options>> = {
  quick: (usual) => ({
    epochs: Math.max(1, Math.round(usual / 2)),
    maxTokens: 64,
    patience: 0,
    evaluationsPerEpoch: 2,
  }),
  balanced: (usual) => ({
    epochs: usual,
    maxTokens: 128,
    patience: 0,
    evaluationsPerEpoch: 2,
  }),
  thorough: (usual) => ({
    epochs: 2 * usual,
    maxTokens: 256,
    patience: 6,
    evaluationsPerEpoch: 2,
  }),
};

export const presetNames = Object.keys(presets) as Preset[];

export function withPreset(
  options: Options,
  preset: Preset,
  { model, data }: Basis,
): Options {
  const set: Options = {
    ...options,
    fineTune: "all layers",
    batchSize: common.batchSize,
    learningRate: usualLearningRate("all layers", model, data),
    frozenStart: usualFrozenStart(data),
    contrastive: usualContrastive("all layers", data),
    ...presets[preset](usualEpochs("all layers", data)),
  };
  if (model) set.maxTokens = Math.min(set.maxTokens, model.maxPositions);
  return set;
}

/** The preset these options are, or null. */
export function presetOf(options: Options, basis: Basis): Preset | null {
  const is = (preset: Preset) =>
    Object.entries(withPreset(options, preset, basis)).every(
      ([name, value]) => options[name as keyof Options] === value,
    );
  return presetNames.find(is) ?? null;
}

/** Options that were the usual ones of the former model and rows become those of the present ones; chosen ones stay. */
export function follow(options: Options, former: Basis, now: Basis): Options {
  const preset = presetOf(options, former);
  const usual = withUsual(options, options.fineTune, former, now);
  return preset ? withPreset(usual, preset, now) : usual;
}

/** The same where another part of the model is to learn. */
export const followMode = (
  options: Options,
  fineTune: Options["fineTune"],
  basis: Basis,
): Options => ({
  ...withUsual(options, fineTune, basis, basis),
  fineTune,
});

function withUsual(
  options: Options,
  fineTune: Options["fineTune"],
  former: Basis,
  now: Basis,
): Options {
  const next = { ...options };
  if (
    options.learningRate ===
    usualLearningRate(options.fineTune, former.model, former.data)
  )
    next.learningRate = usualLearningRate(fineTune, now.model, now.data);
  if (options.epochs === usualEpochs(options.fineTune, former.data))
    next.epochs = usualEpochs(fineTune, now.data);
  if (options.frozenStart === usualFrozenStart(former.data))
    next.frozenStart = usualFrozenStart(now.data);
  if (options.contrastive === usualContrastive(options.fineTune, former.data))
    next.contrastive = usualContrastive(fineTune, now.data);
  if (now.model) {
    next.maxTokens = Math.min(next.maxTokens, now.model.maxPositions);
    next.topLayers = Math.min(next.topLayers, now.model.layers);
  }
  return next;
}

export function optionProblems(
  options: Options,
  model: ModelReport | null,
): Partial<Record<keyof Options, Said>> {
  const problems: Partial<Record<keyof Options, Said>> = {};
  for (const name of numberOptionNames) {
    if (name === "topLayers" && options.fineTune !== "top layers") continue;
    const problem = problemWith(name, options[name], model);
    if (problem) problems[name] = problem;
  }
  return problems;
}

/** What is kept between visits: a preset by its name, so that it goes on following the data. */
export const toRemember = (options: Options, basis: Basis) => ({
  ...options,
  preset: presetOf(options, basis),
});

/** What was kept, for a page without data and model. */
export function recalled(remembered: unknown): Options {
  const options = mergeOptions(initialOptions, remembered);
  const { preset } = (remembered ?? {}) as { preset?: Preset };
  return preset && presetNames.includes(preset)
    ? withPreset(options, preset, { model: null, data: null })
    : options;
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
    Object.keys(optionProblems(merged, null)).length === 0;
  return known ? merged : { ...base };
}
