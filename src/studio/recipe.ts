// The recipe: what rate and how many epochs suit a model, a way of fine-tuning and
// an amount of data. Chosen by measurement on validation parts of real sets
// (README); test rows had no say. The surprise: so few epochs. These encoders soon
// learn texts by heart, the larger the rate the sooner.

import type { TrainingOptions } from "../engine";
import { numberOptions } from "../options";
import type { Task } from "../task";

/** What of a model decides. */
export interface ModelSize {
  parameters: number;
}

/**
 * A peak that suits the mode and the model's size: what a small encoder needs to
 * learn at all makes a large one forget what it knows. Spans need small ones to change
 * more: on the notices (252 sentences, one seed) entity F1 after 10 epochs was 0.31 at
 * 3e-4 and 0.61 at 1e-3. That was the tiny model; three times is a guess for the next.
 */
export function usualLearningRate(
  fineTune: TrainingOptions["fineTune"],
  model: ModelSize | null,
  data: Pick<DataSize, "task"> | null = null,
): number {
  const millions = (model?.parameters ?? 0) / 1e6;
  if (fineTune === "head only") return 5e-3;
  if (data?.task === "spans" && millions < 15)
    return millions < 6 ? 1e-3 : 6e-4;
  if (millions < 6) return 3e-4;
  return millions < 15 ? 2e-4 : millions < 50 ? 1e-4 : 3e-5;
}

/** How much data there is; null where none was read yet. */
export interface DataSize {
  rows: number;
  labels: number;
  /** Two texts a row. */
  pairs: boolean;
  /** One label a row unless given. */
  task?: Task;
}

/**
 * Few rows of a label need more epochs; many are learnt by heart after three, and
 * pairs after one: on mrpc validation accuracy fell from 73 to 61 in two more. A score
 * counts as five labels, and takes longer: on the walks (203 rows learnt from, two seeds)
 * Pearson was 0.81 after 5 epochs and 0.83 after 20. Many labels count as they are: on the requests (270) mean
 * average precision was 0.83 after 5 epochs and after 20, macro-F1 0.75 and 0.77.
 */
export function usualEpochs(
  fineTune: TrainingOptions["fineTune"],
  data: DataSize | null,
): number {
  if (fineTune === "head only") return 20;
  if (data === null) return 6;
  if (data.task === "spans") return spansEpochs(data.rows);
  const labels = data.task === "score" ? 5 : Math.max(1, data.labels);
  const perLabel = data.rows / labels;
  const most = data.task === "score" ? 20 : 10;
  const epochs =
    perLabel < 60 ? most : perLabel < 120 ? 6 : perLabel < 300 ? 5 : 3;
  return data.pairs ? Math.ceil(epochs / 3) : epochs;
}

/**
 * Spans take steps before they take rows: on the notices (202 sentences learnt from,
 * one seed) entity F1 of validation was 0.64 after 10 epochs from a frozen start and
 * 0.69 after 20. On wnut17 (3,055) it was 0.39, 0.42, 0.45
 * and 0.42 after the four epochs of a run, held out of its training file. What lies
 * between was not measured.
 */
const spansEpochs = (rows: number): number =>
  rows < 500 ? 20 : rows < 1500 ? 10 : 3;

/**
 * With many labels most of the first epochs goes into a classifier that tells them
 * apart: banking77 (77) gained 7 points after three epochs. With few it is learned
 * in a moment, and a random start generalised as well or better (six sets of 2 to 6).
 * Where a text has many labels the answers are many as well: on the notes to the
 * housing association (337 rows, 8) mean average precision rose from 0.59 to 0.80.
 * Scores gain little (walks, 254 rows: Pearson from 0.80 to 0.82), and spans a start:
 * on the notices (252 sentences, one seed) entity F1 was 0.47 instead of 0 after one
 * epoch of ten, 0.64 instead of 0.61 after all.
 */
export const usualFrozenStart = (data: DataSize | null): boolean =>
  data !== null &&
  (data.labels > 20 || (data.task !== undefined && data.task !== "one label"));

/**
 * So few rows a label that pairs of them teach more than they do alone. The means of
 * two draws, of accuracy on 500 training rows that were not drawn, without and with
 * pairs first: trec6 0.41 and 0.58 with 8 rows a label, 0.56 and 0.64 with 16, but 0.76
 * and 0.77 with 48; sst_sentences 0.55 and 0.59 with 8. With many labels (banking77, 8
 * rows of each) it was 0.76 both ways, from a frozen start. Pairs of texts were not
 * measured.
 */
export const usualContrastive = (
  fineTune: TrainingOptions["fineTune"],
  data: DataSize | null,
): boolean => {
  if (data === null || fineTune === "head only") return false;
  const { rows, labels, pairs, task = "one label" } = data;
  const perLabel = rows / Math.max(1, labels);
  return (
    task === "one label" &&
    !pairs &&
    labels <= 20 &&
    perLabel >= 2 &&
    perLabel <= 32
  );
};

/** Everything else, alike for all. */
export const common = {
  topLayers: numberOptions.topLayers.usual,
  batchSize: numberOptions.batchSize.usual,
  warmUp: numberOptions.warmUp.usual,
  weightDecay: numberOptions.weightDecay.usual,
  dropout: numberOptions.dropout.usual,
  maxTokens: numberOptions.maxTokens.usual,
  classWeights: "none",
  patience: numberOptions.patience.usual,
  evaluationsPerEpoch: numberOptions.evaluationsPerEpoch.usual,
  randomWeights: false,
} as const satisfies Partial<TrainingOptions>;

/** All options of a run without a person: the seed is still to be chosen. */
export const recipeFor = (
  model: ModelSize,
  fineTune: TrainingOptions["fineTune"],
  data: DataSize,
): Omit<TrainingOptions, "seed"> => ({
  ...common,
  fineTune,
  learningRate: usualLearningRate(fineTune, model, data),
  epochs: usualEpochs(fineTune, data),
  frozenStart: usualFrozenStart(data),
  contrastive: usualContrastive(fineTune, data),
});
