// BERT for sequence classification in TensorFlow.js operations: configuration,
// parameters under their Hugging Face names, forward pass, loss, gradients.

import type {
  Scalar,
  Tensor,
  Tensor2D,
  Tensor4D,
  Variable,
} from "@tensorflow/tfjs";
import type { Weights } from "./weights";

/** config.json, the fields that matter. */
export interface BertConfig {
  vocab_size: number;
  hidden_size: number;
  num_hidden_layers: number;
  num_attention_heads: number;
  intermediate_size: number;
  hidden_act: "gelu" | "gelu_new" | "gelu_pytorch_tanh" | "relu";
  max_position_embeddings: number;
  type_vocab_size: number;
  layer_norm_eps: number;
  initializer_range: number;
  pad_token_id: number;
  /** Everything in the file, so that an export loses nothing. */
  raw: Record<string, unknown>;
}

/** Throws a sentence for what is not supported. `json` is the text of config.json. */
export function readConfig(json: string): BertConfig {
  throw new Error(`internal: not written yet ${json.length}`);
}

export interface WeightsReport {
  /** Newly initialised. */
  missing: string[];
  /** In the file, not in the model. */
  unused: string[];
  /** Sentences for people. */
  notes: string[];
}

/** Throws a sentence where sizes disagree with the configuration or the encoder is incomplete. */
export function checkWeights(
  config: BertConfig,
  weights: Weights,
  fileName = "model.safetensors",
): WeightsReport {
  throw new Error(
    `internal: not written yet ${config.vocab_size} ${weights.size} ${fileName}`,
  );
}

export interface BertOptions {
  /** Seeds every newly initialised parameter. */
  seed: number;
  /** Ignore `weights`: initialise all parameters. */
  randomWeights: boolean;
}

/** A kept copy of parameters, on the device. */
export interface Snapshot {
  restore(): void;
  dispose(): void;
}

export interface Bert {
  config: BertConfig;
  labelCount: number;
  /** By Hugging Face name, in the file's order. */
  variables: Map<string, Variable>;
  /** Copies the present values of `names` (default all) without leaving the device. */
  snapshot(names?: string[]): Snapshot;
  /** Every parameter, read back. */
  read(): Promise<Weights>;
  dispose(): void;
}

export function createBert(
  config: BertConfig,
  weights: Weights,
  labelCount: number,
  options: BertOptions,
): Bert {
  throw new Error(
    `internal: not written yet ${config} ${weights} ${labelCount} ${options}`,
  );
}

/** Token ids on the host, padded to one length. */
export interface BatchTensors {
  /** Number of texts, B. */
  size: number;
  /** Positions per text, T. */
  tokens: number;
  /** [B, T] */
  ids: Int32Array;
  /** [B, T] */
  segments: Int32Array;
  /** [B]: real tokens of each text; the rest is padding. */
  lengths: Int32Array;
}

/** Reproducible: the same on every backend. */
export interface Dropout {
  rate: number;
  seed: number;
  step: number;
}

export interface ForwardOptions {
  dropout?: Dropout;
  /** Also return attention probabilities. */
  attention?: boolean;
  /** This many lowest layers and the embeddings get no gradients; 0 trains all. */
  frozenLayers?: number;
}

export interface Output {
  /** [B, L] */
  logits: Tensor2D;
  /** One [B, A, T, T] per layer. */
  attention?: Tensor4D[];
}

export function forward(
  bert: Bert,
  batch: BatchTensors,
  options: ForwardOptions = {},
): Output {
  throw new Error(`internal: not written yet ${bert} ${batch} ${options}`);
}

/** What the head reads: the last layer's output at [CLS], [B, H]. For head-only training: encode once, then `classify`. */
export function encodeFeatures(bert: Bert, batch: BatchTensors): Tensor2D {
  throw new Error(`internal: not written yet ${bert} ${batch}`);
}

/** The head (pooler, dropout, classifier) on features [B, H]: logits [B, L]. */
export function classify(
  bert: Bert,
  features: Tensor2D,
  dropout?: Dropout,
): Tensor2D {
  throw new Error(`internal: not written yet ${bert} ${features} ${dropout}`);
}

/** Mean over the batch; with class weights, weighted by them, as PyTorch does. */
export function crossEntropy(
  logits: Tensor2D,
  labels: Int32Array,
  classWeights: Float32Array | null,
): Scalar {
  throw new Error(
    `internal: not written yet ${logits} ${labels} ${classWeights}`,
  );
}

/** "head only" trains the pooler and the classifier: both read only [CLS], and few masked language models come with a trained pooler. */
export function trainableNames(
  bert: Bert,
  fineTune: "all layers" | "top layers" | "head only",
  topLayers: number,
): string[] {
  throw new Error(`internal: not written yet ${bert} ${fineTune} ${topLayers}`);
}

/** `loss` and the gradients of `names`; both are the caller's to dispose of (AdamW.step disposes of the gradients). */
export function gradients(
  bert: Bert,
  names: string[],
  lossFunction: () => Scalar,
): { loss: Scalar; gradients: Map<string, Tensor> } {
  throw new Error(`internal: not written yet ${bert} ${names} ${lossFunction}`);
}
