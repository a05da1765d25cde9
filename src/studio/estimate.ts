// How long and how much memory, before anything runs: arithmetic per token,
// times a speed that was measured on this device. "About", never a promise.

import type {
  DeviceReport,
  LabelOverview,
  Mapping,
  ModelReport,
  Options,
  Speeds,
  TableView,
} from "./state";

/** What of the data decides the cost. */
export interface Load {
  rows: number;
  /** Median characters per text. */
  characters: number;
  /** Share of characters that are a word piece each: Chinese, Japanese. */
  wide: number;
  /** One label a row unless given. */
  task?: Mapping["task"];
}

/** `table` and `mapping` are those of `overview`: the script shows in the preview. */
export function loadOf(
  overview: LabelOverview,
  table: TableView | null,
  mapping: Mapping | null,
): Load {
  const at = table?.columns.indexOf(mapping?.text ?? "") ?? -1;
  const some = table?.preview.map((row) => row[at] ?? "").join("") ?? "";
  return {
    rows: overview.usable,
    characters: overview.lengths.median,
    wide: (some.match(wideCharacters)?.length ?? 0) / Math.max(1, some.length),
    ...(mapping && { task: mapping.task }),
  };
}
const wideCharacters = /[\u3040-\u30ff\u3400-\u9fff]/g;

export interface Estimate {
  seconds: number | null;
  bytes: number;
  steps: number;
}

/**
 * Shape of the engine's probe step (`measure` in engine/executors.ts), so that its
 * milliseconds become a speed before the first run has given a better one.
 */
const probe = {
  layers: 2,
  hidden: 128,
  intermediate: 512,
  batch: 8,
  tokens: 32,
};

/** Most texts that are read before the first step (`mostRows` in engine/start.ts). */
const startRows = 4000;
/** Steps that draw texts together in pairs, and the texts of one (`pairingOf` in engine/train/contrastive.ts). */
const pairing = { steps: 60, batchSize: 32 };
/** Of English in the bundled vocabulary; its samples have 3.95 and 4.03. */
const charactersPerPiece = 4;
/**
 * A probe has the machine to itself. A run shares it with evaluations' figures,
 * attention, charts and losses being read: it took 1.2 to 1.5 times as long.
 */
const besideSteps = 1.3;
/** Tokenizing, opening and the last evaluation of even the shortest run. */
const atLeastSeconds = 0.5;

/** What an estimate needs of a model. */
export type Sized = Pick<
  ModelReport,
  "name" | "layers" | "heads" | "hidden" | "intermediate" | "parameters"
>;
type Shape = Pick<ModelReport, "layers" | "hidden" | "intermediate">;

/** Operations of a forward pass for one token among `tokens`. */
function forward({ layers, hidden, intermediate }: Shape, tokens: number) {
  return (
    2 *
    layers *
    (4 * hidden * hidden + 2 * hidden * intermediate + 2 * tokens * hidden)
  );
}

/** How many forward passes one pass of training over a token costs. */
function passes(options: Options, model: Shape): number {
  if (options.fineTune === "head only") return 1;
  const trained =
    options.fineTune === "all layers"
      ? model.layers
      : Math.min(options.topLayers, model.layers);
  return 1 + (2 * trained) / model.layers;
}

export function tokensPerText(load: Load, options: Options): number {
  const { characters, wide } = load;
  const perCharacter = wide + (1 - wide) / charactersPerPiece;
  const pieces = Math.round(characters * perCharacter) + 2;
  return Math.max(4, Math.min(pieces, options.maxTokens));
}

/** Operations of a whole run. Evaluations are one forward pass over their rows each. */
export function work(load: Load, options: Options, model: Shape): number {
  const tokens = tokensPerText(load, options);
  const trainRows = load.rows * (1 - options.validationShare);
  const validationRows = load.rows * options.validationShare;
  const perText = forward(model, tokens) * tokens;
  // Once for the pooler's features, once for the mean's.
  if (options.fineTune === "head only") return 2 * load.rows * perText;
  const paired =
    options.contrastive === true &&
    !options.randomWeights &&
    (load.task ?? "one label") === "one label";
  // Each of its texts is read once more than one that is trained on.
  const pairs = paired
    ? pairing.steps *
      Math.min(pairing.batchSize, trainRows) *
      (1 + passes(options, model))
    : 0;
  const first =
    options.frozenStart || paired ? Math.min(trainRows, startRows) : 0;
  return (
    perText *
    (pairs +
      first +
      options.epochs *
        (trainRows * passes(options, model) +
          validationRows * options.evaluationsPerEpoch))
  );
}

/** What the evaluations of a run cost, as a share of its steps. */
export function evaluationShare(
  options: Options,
  { train, validation }: { train: number; validation: number },
  model: Shape,
): number {
  const forwards = validation * options.evaluationsPerEpoch;
  return forwards / Math.max(1, train * passes(options, model));
}

export const speedKey = (executor: string, model: string) =>
  `${executor} ${model}`;

function speed(
  device: DeviceReport,
  model: Sized,
  speeds: Speeds,
): number | null {
  const measured = speeds[speedKey(device.chosen, model.name)];
  if (measured) return measured;
  const ms = device.executors.find((e) => e.name === device.chosen)?.probeMs;
  if (!ms) return null;
  const operations =
    3 * forward(probe, probe.tokens) * probe.batch * probe.tokens;
  return operations / (ms / 1000) / besideSteps;
}

export function estimate(
  load: Load,
  options: Options,
  model: Sized,
  device: DeviceReport | null,
  speeds: Speeds,
): Estimate {
  const trainRows = Math.round(load.rows * (1 - options.validationShare));
  const steps = Math.ceil(trainRows / options.batchSize) * options.epochs;
  const rate = device && speed(device, model, speeds);
  return {
    steps,
    seconds: rate ? atLeastSeconds + work(load, options, model) / rate : null,
    bytes: memory(load, options, model),
  };
}

/** Weights, gradients, two moments and best weights; and what backward needs of one batch. */
function memory(load: Load, options: Options, model: Sized): number {
  const { layers, heads, hidden, intermediate, parameters } = model;
  const tokens = tokensPerText(load, options);
  const trains = options.fineTune !== "head only";
  const perToken = 14 * hidden + 4 * intermediate + 4 * heads * tokens;
  const kept = trains ? layers : 2;
  return (
    4 *
    ((trains ? 5 : 1) * parameters +
      kept * options.batchSize * tokens * perToken)
  );
}
