// Every number that a run is set to, once: what it is called, what it does, what it
// starts as and between what it may lie. The page's fields, what it remembers and
// the engine's own check read this table. A leaf.

import { said, type Said } from "./said";

export interface NumberSpec {
  name: Said["code"];
  /** One or two sentences: what more of it does. */
  explained: Said["code"];
  /** Null where the amount of data or the model decides (studio/recipe.ts). */
  usual: number | null;
  least: number;
  most: number;
  whole: boolean;
}

export const numberOptions = {
  epochs: {
    name: "options.epochs",
    explained: "options.epochs explained",
    usual: null,
    least: 1,
    most: 1000,
    whole: true,
  },
  batchSize: {
    name: "options.batch size",
    explained: "options.batch size explained",
    usual: 16,
    least: 1,
    most: 512,
    whole: true,
  },
  /** At its peak. At 0 nothing learns: then a run measures, and no more. */
  learningRate: {
    name: "options.learning rate",
    explained: "options.learning rate explained",
    usual: null,
    least: 0,
    most: 0.1,
    whole: false,
  },
  /** Tokens of one text; the model's positions bound it, too. */
  maxTokens: {
    name: "options.max tokens",
    explained: "options.max tokens explained",
    usual: 128,
    least: 4,
    most: 512,
    whole: true,
  },
  /** Share of all steps. */
  warmUp: {
    name: "options.warm-up",
    explained: "options.warm-up explained",
    usual: 0.1,
    least: 0,
    most: 0.9,
    whole: false,
  },
  weightDecay: {
    name: "options.weight decay",
    explained: "options.weight decay explained",
    usual: 0.01,
    least: 0,
    most: 1,
    whole: false,
  },
  dropout: {
    name: "options.dropout",
    explained: "options.dropout explained",
    usual: 0.1,
    least: 0,
    most: 0.9,
    whole: false,
  },
  /** Share of the training rows. */
  validationShare: {
    name: "options.validation share",
    explained: "options.validation share explained",
    usual: 0.2,
    least: 0.05,
    most: 0.5,
    whole: false,
  },
  seed: {
    name: "options.seed",
    explained: "options.seed explained",
    usual: 1,
    least: 0,
    most: 2147483647,
    whole: true,
  },
  /** Evaluations without a better score before stopping; 0 for never. */
  patience: {
    name: "options.patience",
    explained: "options.patience explained",
    usual: 0,
    least: 0,
    most: 1000,
    whole: true,
  },
  evaluationsPerEpoch: {
    name: "options.evaluations per epoch",
    explained: "options.evaluations per epoch explained",
    usual: 2,
    least: 1,
    most: 50,
    whole: true,
  },
  /** Layers of the encoder; the model's own bound it, too. */
  topLayers: {
    name: "model.top layers",
    explained: "model.top layers explained",
    usual: 2,
    least: 1,
    most: 48,
    whole: true,
  },
} as const satisfies Record<string, NumberSpec>;

export type NumberOption = keyof typeof numberOptions;
export const numberOptionNames = Object.keys(numberOptions) as NumberOption[];

/** What of a model bounds options further. */
export interface Bounds {
  maxPositions: number;
  layers: number;
}

/** How far an option may go, for this model. */
export function mostOf(name: NumberOption, model: Bounds | null): number {
  if (model && name === "maxTokens") return model.maxPositions;
  if (model && name === "topLayers") return model.layers;
  return numberOptions[name].most;
}

/** What is wrong with a value and what would be right, or null. */
export function problemWith(
  name: NumberOption,
  value: number,
  model: Bounds | null,
): Said | null {
  const { name: title, least, whole } = numberOptions[name];
  const most = mostOf(name, model);
  const right = whole ? Number.isInteger(value) : Number.isFinite(value);
  if (right && value >= least && value <= most) return null;
  // As they are typed into a field, in every language.
  const values = {
    name: said(title),
    shown: Number.isNaN(value) ? said("options.empty") : String(value),
    least: String(least),
    most: String(most),
  };
  return whole
    ? said("options.whole number", values)
    : said("options.number", values);
}
