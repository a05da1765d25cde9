// What may cross between the page and the engine worker: Calls have one reply
// each, Signals none, Progress streams. Nothing here is a tensor.

import type { Dataset, TextInput } from "../data";
import type { Said, Text } from "../said";
import type { Metrics, Task } from "../task";
import type { EvaluationProgress, Span } from "./protocol/evaluations";

export type * from "./protocol/evaluations";

/** Everything the page can ask of the engine. */
export interface Calls {
  /** Finds and measures the executors. Slow the first time (seconds); `remembered` is a former reply for the same device. */
  open(preference: RunOn, remembered: DeviceReport | null): DeviceReport;
  /** Reads a model; the former one stays if this fails. */
  load(source: ModelSource): ModelReport;
  /** Fine-tunes the loaded model. Resolves with a summary also when stopped. */
  train(dataset: Dataset, options: TrainingOptions): RunSummary;
  /** May be called while training: uses the weights of that moment. `from` is left out for the model that came last. */
  predict(inputs: TextInput[], from?: Answering): Prediction[];
  /** Attention of the present weights on one text. */
  attention(input: TextInput, from?: Answering): AttentionCapture;
  /** The loaded model's own classifier on every part of a dataset and on all its rows; the labels are its own. Empty when stopped. */
  evaluate(dataset: Dataset): EvaluationProgress[];
  /** The finished run as a zip, in the given format. `name` is the run's name. */
  exportRun(format: ExportFormat, name: string): ExportedFile;
  /** The finished run's encoder as the files of a folder that `load` reads: what other training starts from. Of masked words only. */
  baseModel(name: string): ExportedFile[];
}

export type Signal =
  | { kind: "pause" }
  | { kind: "resume" }
  | { kind: "stop" }
  /** The sentence whose attention is captured while training; null for none. */
  | { kind: "watch"; input: TextInput | null };

/** The run's weights, or the model as it was loaded, with its own classifier. */
export type Answering = "run" | "model";

export type RunOn = "auto" | ExecutorName;
export type ExecutorName = "webgpu" | "wasm" | "webgl" | "cpu";

export interface DeviceReport {
  executors: ExecutorReport[];
  chosen: ExecutorName;
  /** A sentence: why this one. */
  reason: Said;
  /** True where SharedArrayBuffer, and so threads, may be used. */
  isolated: boolean;
  /** How the GPU does each kernel fastest, as far as that was measured: JSON that only the engine reads. */
  tuning?: unknown;
}

export interface ExecutorReport {
  name: ExecutorName;
  available: boolean;
  /** "2 threads, SIMD", adapter name, … */
  detail: Text;
  /** Measured on the probe step; null when not measured. */
  probeMs: number | null;
  /** True where it only emulates a GPU on the processor. */
  software?: boolean;
  /** Why not available or not measured. */
  problem: Said | null;
  /** True where the problem is that it computes wrong numbers. */
  wrong?: boolean;
}

export type ModelSource =
  | {
      kind: "bundled";
      name: string;
      /** Absolute URL of its folder, with trailing slash. */ url: string;
      /** Of what is published under this name. */
      version?: number;
    }
  | {
      kind: "files";
      files: File[];
      /** Where each lay ("model/config.json"): a File loses it on its way here. */
      paths?: string[];
    };

export interface ModelReport {
  name: string;
  parameters: number;
  bytes: number;
  layers: number;
  heads: number;
  hidden: number;
  intermediate: number;
  vocabulary: number;
  maxPositions: number;
  cased: boolean;
  /** True when its vocabulary is the English one: text in other scripts becomes [UNK]. */
  english: boolean;
  /** Of the classifier that came with it; null where there is none. */
  labels?: string[] | null;
  /** What that classifier was made for; null where there is none, or none that is known here. */
  task?: Task | null;
  /** True where it answers without training. */
  answers?: boolean;
  /** How its run read texts, where attune.json lies beside it. */
  former?: { maxTokens: number; pairs: boolean } | null;
  /** Of a bundled model. */
  version?: number;
  /** SHA-256 of its weights file, hex; null where they were several, or none. */
  weights?: string | null;
  /** False where there were no weights and all starts from random numbers. */
  pretrained?: boolean;
  /** Sentences: tensors not used, tensors newly initialised, … */
  notes: Said[];
}

export interface TrainingOptions {
  fineTune: "all layers" | "top layers" | "head only";
  /** k of "top layers". */
  topLayers: number;
  epochs: number;
  batchSize: number;
  /** Peak, after warm-up. */
  learningRate: number;
  /** Share of all steps, 0–1. */
  warmUp: number;
  weightDecay: number;
  dropout: number;
  maxTokens: number;
  seed: number;
  classWeights: "none" | "balanced";
  /** Evaluations without a better validation macro-F1 before stopping; 0 = never stop early. Best weights are kept either way. */
  patience: number;
  /** Evaluations per epoch. */
  evaluationsPerEpoch: number;
  /** Start from random encoder weights instead of the loaded ones: the honest comparison. */
  randomWeights: boolean;
  /** Read the texts once before the first step, so that the classifier starts as the discriminant of what the encoder makes of them. Off unless given; without effect on random weights and in head-only runs. */
  frozenStart?: boolean;
  /** Before the classifier learns, draw texts of one label together and those of others apart, in pairs: for few rows a label. Off unless given; only of one label, where all or the top layers learn from given weights. */
  contrastive?: boolean;
  /** What a head-only run reads: "best" (unless given) is whichever discriminates the validation texts better. */
  features?: "best" | "pooler" | "mean";
  /** The run whose validation decided how long this one trains on all rows: for the card. */
  decidedBy?: {
    run: string;
    validation: number;
    metrics: Metrics;
  };
  /** Stop after this share of the planned steps, 0–1, as a run before has shown to be best; 1 unless given. */
  stopAfter?: number;
}

/** What a run reports while it works. `step` counts optimiser updates from 1. */
export type Progress =
  | {
      kind: "stage";
      stage:
        | "tokenizing"
        | "pairing"
        | "encoding"
        | "training"
        | "evaluating"
        | "paused";
      done: number;
      total: number;
    }
  | StepProgress
  | EvaluationProgress
  | AttentionCapture
  /** More was measured of the device: the report to remember from now on. */
  | { kind: "device"; report: DeviceReport }
  /** The device died; the run is over, earlier results stay. */
  | { kind: "lost"; message: Said };

export interface StepProgress {
  kind: "step";
  step: number;
  steps: number;
  /** 0-based, fractional: 1.5 is half through the second. */
  epoch: number;
  loss: number;
  learningRate: number;
  /** Before clipping; null in head-only mode on fixed features. */
  gradientNorm: number | null;
  /** Real tokens (no padding) trained per second, over the last steps. */
  tokensPerSecond: number;
  msPerStep: number;
  secondsLeft: number;
  /** Bytes: tensors held by the backend, and the JS heap where the browser tells. */
  memory: { tensors: number; heap: number | null };
}

export interface AttentionCapture {
  kind: "attention";
  /** 0 before training. */
  step: number;
  input: TextInput;
  /** Word pieces, [CLS] and [SEP] included. */
  tokens: string[];
  /** Index of the word each piece belongs to; -1 for special tokens. */
  words: Int32Array<ArrayBuffer>;
  layers: number;
  heads: number;
  /** [layer, head, query, key], rows sum to 1. */
  weights: Float32Array<ArrayBuffer>;
  /** Prediction of the same moment; null before there is a head, and of scores. */
  probabilities: number[] | null;
}

export interface RunSummary {
  /** Done and planned. */
  step: number;
  steps: number;
  outcome: "finished" | "stopped" | "stopped early";
  /** Step whose weights were kept. */
  bestStep: number;
  /** What a head-only run read of each text. */
  features?: "pooler" | "mean";
  /** Of many labels: from which probability on each is given, as validation tuned it. */
  thresholds?: number[];
  /** Of scores: how they were scaled while they were learned. */
  scale?: { mean: number; deviation: number };
  validation: EvaluationProgress | null;
  test: EvaluationProgress | null;
  /** Without pauses. */
  seconds: number;
  tokens: number;
  executor: ExecutorName;
}

export interface Prediction extends Answer {
  tokens: number;
  /** How many of the pieces of the text itself, special tokens aside, there are, and are [UNK]. */
  pieces: number;
  unknown: number;
  /** True when the text was cut at max tokens. */
  truncated: boolean;
}

/** What a model says of a text. */
export interface Answer {
  /** By label index: of one label with the sum 1, of many each by itself; empty of a score. */
  probabilities: number[];
  /** Of many labels: from which probability on each is given. */
  thresholds?: number[];
  /** Of a score: in the units of the data. */
  score?: number;
  /** Of spans and roles: those found in the text, in its order. */
  spans?: Span[];
  /** Of masked words: for each [MASK] of the text, in order. */
  fillings?: Filling[];
}

export interface Filling {
  /** Most likely first, at most 8. */
  guesses: { piece: string; probability: number }[];
}

export type ExportFormat = "huggingface";

export interface ExportedFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}
