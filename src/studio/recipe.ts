// The recipe: what rate and how many epochs suit a model, a way of fine-tuning and
// a number of rows. Chosen by measurement on validation parts of real sets, three
// seeds (README); test rows had no say. The surprise: so few epochs. A classifier
// that starts from the frozen features has learnt most of its part before the first
// step, and what follows soon learns by heart.

import type { TrainingOptions } from "../engine";

/** What of a model decides. */
export interface ModelSize {
  parameters: number;
}

/**
 * A peak that suits the mode and the model's size: what a small encoder needs to
 * learn at all makes a large one forget what it knows.
 */
export function usualLearningRate(
  fineTune: TrainingOptions["fineTune"],
  model: ModelSize | null,
): number {
  const millions = (model?.parameters ?? 0) / 1e6;
  if (fineTune === "head only") return 5e-3;
  if (millions < 6) return 3e-4;
  return millions < 15 ? 2e-4 : millions < 50 ? 1e-4 : 3e-5;
}

/** Few rows need more epochs to come to as many steps. `rows`: null where none were read yet. */
export function usualEpochs(
  fineTune: TrainingOptions["fineTune"],
  rows: number | null,
): number {
  if (fineTune === "head only") return 20;
  if (rows === null || rows < 1000) return 6;
  return rows < 3000 ? 4 : 3;
}

/** Everything else, alike for all. */
export const common = {
  topLayers: 2,
  batchSize: 16,
  warmUp: 0.1,
  weightDecay: 0.01,
  dropout: 0.1,
  maxTokens: 128,
  classWeights: "none",
  patience: 0,
  evaluationsPerEpoch: 2,
  randomWeights: false,
  frozenStart: true,
} as const satisfies Partial<TrainingOptions>;

/** All options of a run without a person: the seed is still to be chosen. */
export const recipeFor = (
  model: ModelSize,
  fineTune: TrainingOptions["fineTune"],
  rows: number,
): Omit<TrainingOptions, "seed"> => ({
  ...common,
  fineTune,
  learningRate: usualLearningRate(fineTune, model),
  epochs: usualEpochs(fineTune, rows),
});
