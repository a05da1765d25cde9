// BERT for sequence classification, written in TensorFlow.js operations: parameters
// under their Hugging Face names, forward pass, loss, gradients. Not here: batches,
// schedules, optimiser. The surprise: in training, the last layer works out only
// what the classifier reads, the output at [CLS]; asking for attention turns that
// off.
//
// Letters: B texts, T positions, H hidden, A heads, F feed-forward, L labels.

import * as tf from "@tensorflow/tfjs";
import type { BertConfig } from "../model/config";
import { layerName } from "../parameters";
import { isHead, startingWeights, type BertOptions } from "../model/parameters";
import { activate } from "./activation";
import { attend, probabilities, type Shape } from "./attention";
import { dropout } from "./dropout";
import { embed } from "./embedding";
import { linear } from "./gemm";
import { siteOf, type Site } from "./hash";
import { softmaxLoss } from "./loss";
import { residualNorm } from "./norm";
import { sites } from "../program/recorder";
import type { Weights } from "../model/weights";

/** A kept copy of parameters, on the device. */
export interface Snapshot {
  restore(): void;
  dispose(): void;
}

export interface Bert {
  config: BertConfig;
  /** By Hugging Face name, in the model's order. */
  variables: Map<string, tf.Variable>;
  /** Copies the present values of `names` (default all) without leaving the device. */
  snapshot(names?: string[]): Snapshot;
  /** Every parameter, read back. */
  read(): Promise<Weights>;
  dispose(): void;
}

let made = 0;

/** Puts the weights on the current backend. A classifier in `weights` is used where its size fits. */
export function createBert(
  config: BertConfig,
  weights: Weights,
  labelCount: number,
  options: BertOptions,
): Bert {
  // TensorFlow.js wants variable names unique in the page.
  const prefix = `bert${made++}/`;
  const variables = new Map<string, tf.Variable>();
  for (const [name, { shape, data }] of startingWeights(
    config,
    weights,
    labelCount,
    options,
  )) {
    const value = tf.tensor(data, shape, "float32");
    variables.set(name, tf.variable(value, true, prefix + name));
    value.dispose();
  }

  return {
    config,
    variables,
    snapshot(names = [...variables.keys()]) {
      const copies = names.map((name) => variables.get(name)!.clone());
      return {
        restore: () =>
          names.forEach((name, i) => variables.get(name)!.assign(copies[i]!)),
        dispose: () => tf.dispose(copies),
      };
    },
    async read() {
      const read: Weights = new Map();
      for (const [name, variable] of variables)
        read.set(name, {
          shape: variable.shape,
          data: new Float32Array(await variable.data<"float32">()),
        });
      return read;
    },
    dispose: () => tf.dispose([...variables.values()]),
  };
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
  /** [B]: real tokens of each text, at least 1; the rest is padding. */
  lengths: Int32Array;
}

/** Reproducible: the same on every backend, and the program's. `step` counts from 1. */
export interface Dropout {
  rate: number;
  seed: number;
  step: number;
}

export interface ForwardOptions {
  dropout?: Dropout;
  /** Also return attention probabilities. */
  attention?: boolean;
  /** This many lowest layers, and the embeddings, get no gradients and keep nothing for them; 0 trains all. */
  frozenLayers?: number;
  /** Start from these, [B·T, H], instead of the embeddings' output. */
  embedded?: tf.Tensor2D;
}

export interface Output {
  /** [B, L] */
  logits: tf.Tensor2D;
  /** One [B, A, T, T] per layer. */
  attention?: tf.Tensor4D[];
}

export function forward(
  bert: Bert,
  batch: BatchTensors,
  options: ForwardOptions = {},
): Output {
  return tf.tidy(() => {
    const attention = options.attention ? ([] as tf.Tensor4D[]) : undefined;
    const first = encode(bert, batch, options, attention);
    // Heads of single tokens (heads.ts) have no pooler and say nothing of a text.
    const logits = bert.variables.has("bert.pooler.dense.weight")
      ? classify(bert, first, options.dropout)
      : tf.zeros<tf.Rank.R2>([batch.size, 1]);
    return attention ? { logits, attention } : { logits };
  });
}

/** What the head reads: the last layer's output at [CLS], [B, H]. For head-only training: encode once, then `classify`. */
export function encodeFeatures(bert: Bert, batch: BatchTensors): tf.Tensor2D {
  return tf.tidy(() => encode(bert, batch, {}));
}

/** The last layer's output at every position, [B·T, H]. */
export const encodeRows = (
  bert: Bert,
  batch: BatchTensors,
  options: ForwardOptions = {},
): tf.Tensor2D => tf.tidy(() => encode(bert, batch, options, undefined, true));

/** The head on features [B, H]: tanh pooler, dropout, classifier: logits [B, L]. */
export function classify(
  bert: Bert,
  features: tf.Tensor2D,
  dropoutOptions?: Dropout,
): tf.Tensor2D {
  return tf.tidy(() => {
    const pooled = tf.tanh(dense(bert, "bert.pooler.dense", features));
    const site = siteIn(dropoutOptions, sites.head, 1);
    return dense(bert, "classifier", dropout(pooled, site));
  });
}

/** Mean over the batch; with class weights, weighted by them, as PyTorch does. Negative labels count for nothing. */
export function crossEntropy(
  logits: tf.Tensor2D,
  labels: Int32Array,
  classWeights: Float32Array | null,
): tf.Scalar {
  const shares = Float32Array.from(labels, (l) =>
    l < 0 ? 0 : (classWeights?.[l] ?? 1),
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  return tf.tidy(() =>
    softmaxLoss(
      logits,
      labels,
      shares.map((share) => share / total),
    ),
  );
}

/** "head only" trains the pooler and the classifier: both read only [CLS], and few masked language models come with a trained pooler. */
export function trainableNames(
  bert: Bert,
  fineTune: "all layers" | "top layers" | "head only",
  topLayers: number,
): string[] {
  const names = [...bert.variables.keys()];
  if (fineTune === "all layers") return names;
  const lowest =
    fineTune === "head only"
      ? bert.config.num_hidden_layers
      : Math.max(0, bert.config.num_hidden_layers - topLayers);
  const trained = Array.from(
    { length: bert.config.num_hidden_layers - lowest },
    (_, i) => `${layerName(lowest + i)}.`,
  );
  return names.filter(
    (name) => isHead(name) || trained.some((layer) => name.startsWith(layer)),
  );
}

/** `loss` and the gradients of `names`; both are the caller's to dispose of (AdamW.step disposes of the gradients). */
export function gradients(
  bert: Bert,
  names: string[],
  lossFunction: () => tf.Scalar,
): { loss: tf.Scalar; gradients: Map<string, tf.Tensor> } {
  const variables = names.map((name) => bert.variables.get(name)!);
  const { value, grads } = tf.variableGrads(lossFunction, variables);
  return {
    loss: value,
    gradients: new Map(
      names.map((name, i) => [name, grads[variables[i]!.name]!]),
    ),
  };
}

// The encoder.

type Rows = tf.Tensor2D;

export function dense(bert: Bert, name: string, x: Rows): Rows {
  return linear(
    x,
    bert.variables.get(`${name}.weight`) as unknown as Rows,
    bert.variables.get(`${name}.bias`) as unknown as tf.Tensor1D,
  );
}

export function norm(
  bert: Bert,
  name: string,
  x: Rows,
  residual: Rows | null,
  site: Site | null,
): Rows {
  return residualNorm(
    x,
    residual,
    bert.variables.get(`${name}.weight`) as unknown as tf.Tensor1D,
    bert.variables.get(`${name}.bias`) as unknown as tf.Tensor1D,
    bert.config.layer_norm_eps,
    site,
  );
}

/** BERT drops after the embeddings, three times a layer, and before the classifier. */
const siteIn = (
  options: Dropout | undefined,
  site: number,
  positions: number,
): Site | null =>
  options && options.rate > 0 ? siteOf(options, site, positions) : null;

/** The last layer's output at [CLS], [B, H], or at every position, [B·T, H]. */
function encode(
  bert: Bert,
  batch: BatchTensors,
  options: ForwardOptions,
  attention?: tf.Tensor4D[],
  every = false,
): Rows {
  const layers = bert.config.num_hidden_layers;
  const frozen = attention ? 0 : Math.min(layers, options.frozenLayers ?? 0);
  const through = (x: Rows, from: number, to: number) => {
    for (let l = from; l < to; l++)
      x = layer(bert, l, x, batch, options.dropout, attention, every);
    return x;
  };
  const start = () =>
    through(
      options.embedded ?? embeddings(bert, batch, options.dropout),
      0,
      frozen,
    );
  return through(
    frozen > 0 ? withoutTape(bert, start) : start(),
    frozen,
    layers,
  );
}

/** Runs `f` unseen by the gradient tape, so that it keeps no activations. */
function withoutTape(bert: Bert, f: () => Rows): Rows {
  // An operation needs an input; this one gets no gradient either.
  const anchor = bert.variables.get("bert.embeddings.LayerNorm.bias")!;
  return tf.customGrad(() => ({
    value: f(),
    gradFunc: () => {
      throw new Error("internal: a gradient was asked of a frozen layer");
    },
  }))(anchor) as Rows;
}

/** [B·T, H] */
function embeddings(
  bert: Bert,
  { ids, segments, tokens }: BatchTensors,
  options: Dropout | undefined,
): Rows {
  const table = (name: string) =>
    bert.variables.get(
      `bert.embeddings.${name}_embeddings.weight`,
    ) as unknown as Rows;
  const sum = embed(table("word"), table("position"), table("token_type"), {
    ids,
    segments,
    tokens,
  });
  const normed = norm(bert, "bert.embeddings.LayerNorm", sum, null, null);
  return dropout(normed, siteIn(options, sites.embeddings, tokens));
}

/** [B·T, H] → [B·T, H]; the last layer, unless `every` position is asked for, → [B, H]. */
function layer(
  bert: Bert,
  l: number,
  x: Rows,
  { size, tokens, lengths }: BatchTensors,
  options: Dropout | undefined,
  attention: tf.Tensor4D[] | undefined,
  every: boolean,
): Rows {
  const name = layerName(l);
  const self = `${name}.attention.self`;
  const last = l === bert.config.num_hidden_layers - 1;
  const onlyFirst = last && !attention && !every;
  const reading = onlyFirst ? firstOfEach(x, size, tokens) : x;
  const shape: Shape = {
    texts: size,
    queries: onlyFirst ? 1 : tokens,
    tokens,
    heads: bert.config.num_attention_heads,
    lengths,
  };
  const q = dense(bert, `${self}.query`, reading);
  const k = dense(bert, `${self}.key`, x);
  const v = dense(bert, `${self}.value`, x);
  attention?.push(probabilities(q, k, shape));
  const site = (place: (layer: number) => number) =>
    siteIn(options, place(l), shape.queries);
  const context = attend(q, k, v, shape, site(sites.attention)); // [B·U, H]
  const attended = norm(
    bert,
    `${name}.attention.output.LayerNorm`,
    dense(bert, `${name}.attention.output.dense`, context),
    reading,
    site(sites.attentionOutput),
  );
  const inner = activate(
    dense(bert, `${name}.intermediate.dense`, attended),
    bert.config.hidden_act,
  ); // [B·U, F]
  const output = norm(
    bert,
    `${name}.output.LayerNorm`,
    dense(bert, `${name}.output.dense`, inner),
    attended,
    site(sites.output),
  );
  return last && !onlyFirst && !every
    ? firstOfEach(output, size, tokens)
    : output;
}

/** [B·T, H] → [B, H]: the rows of [CLS]. */
function firstOfEach(x: Rows, size: number, tokens: number): Rows {
  const width = x.shape[1];
  return tf.reshape(
    tf.slice(tf.reshape(x, [size, tokens, width]), [0, 0, 0], [size, 1, width]),
    [size, width],
  );
}
