// A BERT with a head, somewhere it can compute: what training, evaluation,
// prediction and the attention map need of it, and all they know of it. Two of
// them exist: the recorded program (classifier/program.ts), on a GPU or in
// WebAssembly, and the same model in TensorFlow.js operations
// (classifier/tensorflow.ts), its judge, for machines that have neither. Not here:
// texts, epochs, schedules.
//
// The surprise: `train` returns nothing. A step's figures are asked for a few
// steps at once, since asking may mean waiting for a device.

import type { BertConfig } from "./model/config";
import type { Head } from "./parameters";
import type { Batch } from "./program/batch";
import type { Capacity as ProgramCapacity } from "./program/shape";
import type { StepResult } from "./program/step";
import type { ExecutorName, TrainingOptions } from "./protocol";
import type { Weights } from "./model/weights";

export type { Batch, StepResult };

/** The most one batch may hold; a step is one batch. */
export type Capacity = Omit<ProgramCapacity, "batches">;

/** How it is to be trained. */
export type Training = Pick<
  TrainingOptions,
  "fineTune" | "topLayers" | "dropout" | "seed" | "weightDecay"
> & {
  /** Weight of each label in the loss; null for 1. */
  classWeights: Float32Array | null;
};

export interface Setup {
  config: BertConfig;
  /** Every parameter, under its Hugging Face name (`startingWeights`). */
  weights: Weights;
  /** What is recorded on top of the encoder, with how many outputs. */
  head: Head;
  labelCount: number;
  capacity: Capacity;
  /** Null for one that only reads. */
  training: Training | null;
}

/** Throws a sentence where the model does not fit. */
export type OpenClassifier = (setup: Setup) => Promise<Classifier>;

export interface Classifier {
  /** Where it really runs, when that is not what was opened: the model's shape decided. */
  executor?: ExecutorName;
  readonly config: BertConfig;
  readonly head: Head;
  readonly labelCount: number;
  readonly capacity: Capacity;
  /** Bytes it holds now: weights, moments, activations. */
  readonly bytes: number;

  /** One step of AdamW on the mean loss of a batch with labels, clipped to a norm of 1. In head-only training the batch carries `features`. */
  train(batch: Batch, learningRate: number): void;
  /** As `train`, of "sentence": against the gradient [batch.size, hidden] of what `predict` gives of this batch. Leaves no figures. */
  pull(batch: Batch, gradient: Float32Array, learningRate: number): void;
  /** Loss and gradient norm (before clipping) of every step since the last call, in order. */
  figures(): Promise<StepResult[]>;
  /** Keeps a copy of the present parameters, in place of an earlier one. */
  keep(): void;
  /** Brings the kept parameters back. */
  restore(): void;

  /** Logits [batch.size, labels]; of "tokens" [tokens, labels], of "words" [batch.selected, words], of "sentence" embeddings [batch.size, hidden]. */
  predict(batch: Batch): Promise<Float32Array>;
  /** What the head reads, [batch.size, hidden]. Only where the head alone is trained. */
  encode(batch: Batch): Promise<Float32Array>;
  /** Logits [n, labels] of features [n, hidden], n at most `capacity.sequences`. Only where the head alone is trained. */
  score(features: Float32Array): Promise<Float32Array>;
  /** Of a batch of one: attention [layer, head, query, key], and logits [labels]. */
  attend(
    batch: Batch,
  ): Promise<{ weights: Float32Array<ArrayBuffer>; logits: Float32Array }>;

  /** Every parameter, read back. */
  read(): Promise<Weights>;
  dispose(): void;
}

/** PyTorch's and Hugging Face's usual limit of the gradient's global norm. */
export const maxNorm = 1;
