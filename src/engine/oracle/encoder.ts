// BERT's encoder (Devlin et al. 2019, section 3): embeddings, then layers of attention
// and feed-forward, each with its residual and LayerNorm. The surprise: in training,
// the last layer works out only what the classifier reads, the output at [CLS];
// asking for attention, or for every position, turns that off.
//
// Letters: B texts, T positions, H hidden, A heads, F feed-forward; U is T, or 1
// where a layer works out [CLS] alone.

import * as tf from "@tensorflow/tfjs";
import { layerName } from "../parameters";
import { sites } from "../program/recorder";
import { activate } from "./activation";
import { attend, probabilities, type Shape } from "./attention";
import { dropout } from "./dropout";
import { embed } from "./embedding";
import { linear } from "./gemm";
import { siteOf, type Site } from "./hash";
import { residualNorm } from "./norm";
import type { Bert } from "./variables";

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

type Rows = tf.Tensor2D;

/** x Wᵀ + b of the layer `name`: [N, in] → [N, out], W [out, in] as PyTorch keeps it. */
export function dense(bert: Bert, name: string, x: Rows): Rows {
  return linear(
    x,
    bert.variables.get(`${name}.weight`) as unknown as Rows,
    bert.variables.get(`${name}.bias`) as unknown as tf.Tensor1D,
  );
}

/** LayerNorm(residual + dropout(x)) with the parameters of `name`; x, residual and result [N, H]. */
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
export const siteIn = (
  options: Dropout | undefined,
  site: number,
  positions: number,
): Site | null =>
  options && options.rate > 0 ? siteOf(options, site, positions) : null;

/** The last layer's output at [CLS], [B, H], or at every position, [B·T, H]. */
export function encode(
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

/** Runs `f` () → [N, H] unseen by the gradient tape, so that it keeps no activations. */
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
  // x [B·T, H] → q [B·U, H] and k, v [B·T, H]: everything is attended to, whoever asks.
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
