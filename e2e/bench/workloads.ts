// Models, batches and first weights: the same for every engine, from one seed.

import type { Config } from "../../src/engine/program.ts";
import type { Batch } from "../../src/engine/program/batch.ts";
import type { Workload } from "./engine.ts";

const models = {
  tiny: { layers: 2, hidden: 128, heads: 2, vocabulary: 30522 },
  base: { layers: 4, hidden: 128, heads: 4, vocabulary: 8192 },
  mini: { layers: 4, hidden: 256, heads: 4, vocabulary: 30522 },
  MiniLM: { layers: 6, hidden: 384, heads: 12, vocabulary: 30522 },
};
export const modelNames = Object.keys(models);

export function workload(
  model: string,
  shape: string,
  threads: number,
): Workload {
  const sizes = models[model as keyof typeof models];
  if (!sizes)
    throw new Error(
      `No model ${model}: choose among ${modelNames.join(", ")}.`,
    );
  const [size, length] = shape.split("x").map(Number);
  if (!size || !length)
    throw new Error(`Batch ${shape}: write sequences x tokens, as 16x64.`);
  const { layers, hidden, heads, vocabulary } = sizes;
  const config: Config = {
    vocab_size: vocabulary,
    hidden_size: hidden,
    num_hidden_layers: layers,
    num_attention_heads: heads,
    intermediate_size: 4 * hidden,
    hidden_act: "gelu",
    max_position_embeddings: 512,
    type_vocab_size: 2,
    layer_norm_eps: 1e-12,
  };
  return { model, config, size, length, labels: 6, threads };
}

/** Uniform in 0 … 1, reproducibly. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Nothing is padded, all sequences are as long as the workload says; words and labels are random. */
export function randomBatch(
  { config, size, length, labels }: Workload,
  random: () => number,
): Batch & { ids: Int32Array; labels: Int32Array } {
  const any = (n: number, below: number) =>
    Int32Array.from({ length: n }, () => Math.floor(random() * below));
  return {
    size,
    lengths: new Int32Array(size).fill(length),
    padded: 0,
    ids: any(size * length, config.vocab_size),
    segments: new Int32Array(size * length),
    labels: any(size, labels),
  };
}

/** A parameter's first values: as BERT is initialised. */
export function firstValues(
  name: string,
  size: number,
  random: () => number,
): Float32Array {
  if (name.includes("LayerNorm.weight")) return new Float32Array(size).fill(1);
  if (name.endsWith("bias")) return new Float32Array(size);
  // Triangular, with BERT's standard deviation of 0.02.
  const width = 0.02 * Math.sqrt(6);
  return Float32Array.from(
    { length: size },
    () => width * (random() + random() - 1),
  );
}

/**
 * The parameters of the step as others write it, weights as [from, to]: one order of
 * names, so that all draw their first values alike.
 */
export function shapesOf({ config, labels }: Workload): Map<string, number[]> {
  const { hidden_size: H, intermediate_size: F, num_hidden_layers } = config;
  const shapes = new Map<string, number[]>();
  const linear = (name: string, from: number, to: number) =>
    shapes.set(`${name}.weight`, [from, to]).set(`${name}.bias`, [to]);
  const norm = (name: string) =>
    shapes
      .set(`${name}.LayerNorm.weight`, [H])
      .set(`${name}.LayerNorm.bias`, [H]);
  shapes.set("word", [config.vocab_size, H]);
  shapes.set("position", [config.max_position_embeddings, H]);
  shapes.set("segment", [config.type_vocab_size, H]);
  norm("embeddings");
  for (let l = 0; l < num_hidden_layers; l++) {
    for (const name of ["query", "key", "value", "attended"])
      linear(`${l}.${name}`, H, H);
    norm(`${l}.attention`);
    linear(`${l}.up`, H, F);
    linear(`${l}.down`, F, H);
    norm(`${l}.output`);
  }
  linear("pooler", H, H);
  linear("classifier", H, labels);
  return shapes;
}
