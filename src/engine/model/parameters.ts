// A BERT classifier's parameters in a file: where to find them, whether they fit,
// and what they are before any training.

import { Failure, said, type Said, type Value } from "../../said";
import {
  classifierBias,
  classifierWeight,
  headNames,
  type Head,
  parameterBlocks,
} from "../parameters";
import type { BertConfig } from "./config";
import { canonical } from "./unwrapped";
import type { NamedArray, Weights } from "./weights";

const { pooler, classifier } = headNames;

/** Name → shape, in the model's order: embeddings, layers, pooler, classifier. */
export function parameterShapes(
  config: BertConfig,
  labelCount: number,
  head: Head = "labels",
): Map<string, number[]> {
  const shapes = new Map<string, number[]>();
  for (const block of parameterBlocks(config, head, labelCount))
    for (const name of block.names) {
      if (block.weight) shapes.set(`${name}.weight`, block.weight);
      if (block.bias) shapes.set(`${name}.bias`, block.bias);
    }
  return shapes;
}

export interface BertOptions {
  /** Seeds every newly initialised parameter. */
  seed: number;
  /** Ignore `weights`: initialise all parameters. */
  randomWeights: boolean;
  /** "labels" where nothing is said. */
  head?: Head;
}

/** Every parameter before training: the given one where its size fits, else a new one. */
export function startingWeights(
  config: BertConfig,
  weights: Weights,
  labelCount: number,
  options: BertOptions,
): Weights {
  const given = new Map(
    [...weights].map(([name, array]) => [canonical(name), array]),
  );
  const starting: Weights = new Map();
  for (const [name, shape] of parameterShapes(
    config,
    labelCount,
    options.head,
  )) {
    const array = options.randomWeights ? undefined : given.get(name);
    const fits = array && array.shape.join() === shape.join();
    starting.set(name, {
      shape,
      data: fits ? array.data : initial(config, name, shape, options.seed),
    });
  }
  return starting;
}

export const isPooler = (name: string) => name.startsWith(`${pooler}.`);
const isClassifier = (name: string) => name.startsWith(`${classifier}.`);
export const isHead = (name: string) => isPooler(name) || isClassifier(name);

/** What guesses masked words; its decoder is the word table itself. */
export const isMaskedHead = (name: string) =>
  name === `${headNames.decoder}.bias` ||
  name.startsWith(`${headNames.decoder}.transform.`);

export interface WeightsReport {
  /** Newly initialised. */
  missing: string[];
  /** In the file, not in the model. */
  unused: string[];
  /** For people. */
  notes: Said[];
}

/** Throws a sentence where sizes disagree with the configuration or the encoder is incomplete. */
export function checkWeights(
  config: BertConfig,
  weights: Weights,
  fileName = "model.safetensors",
): WeightsReport {
  const shapes = parameterShapes(config, 0);
  const found = new Map<string, NamedArray>();
  const unused: string[] = [];
  for (const [name, array] of weights)
    if (shapes.has(canonical(name))) found.set(canonical(name), array);
    else unused.push(name);
  refuseNoNumbers(found, fileName);

  const missing: string[] = [];
  for (const [name, shape] of shapes) {
    if (isClassifier(name)) continue;
    const array = found.get(name);
    if (!array) {
      if (!isHead(name))
        throw new Failure("weights: parameter is missing", {
          file: fileName,
          name,
          layers: config.num_hidden_layers,
          advice: kindOf(weights) ?? said("weights: choose the same model's"),
        });
      missing.push(name);
    } else if (array.shape.join() !== shape.join())
      throw new Failure("weights: shape", {
        file: fileName,
        name,
        shape: array.shape.join(" × "),
        says: says(config, name, shape),
      });
  }
  const surplus = unused.find((name) =>
    /^(bert\.)?encoder\.layer\./.test(name),
  );
  if (surplus)
    throw new Failure("weights: layer too many", {
      file: fileName,
      name: surplus,
      layers: config.num_hidden_layers,
    });

  missing.push(classifierWeight, classifierBias);
  const notes: Said[] = [];
  if (missing.some(isPooler)) notes.push(said("weights: no pooler"));
  const heads = unused.filter((name) => name.startsWith("cls."));
  if (heads.length > 0)
    notes.push(said("weights: pretraining head", { count: heads.length }));
  const others = unused.length - heads.length;
  if (others > 0) {
    const example = unused.find((name) => !name.startsWith("cls."))!;
    notes.push(said("weights: others unused", { count: others, example }));
  }
  return { missing, unused, notes };
}

/** Weights that are no numbers train to nothing: the cause is said before. */
function refuseNoNumbers(found: Weights, fileName: string): void {
  const broken: string[] = [];
  let count = 0;
  for (const [name, { data }] of found) {
    const before = count;
    for (const value of data) if (!Number.isFinite(value)) count++;
    if (count > before) broken.push(name);
  }
  if (broken.length > 0)
    throw new Failure("weights: no numbers", {
      file: fileName,
      count,
      names:
        broken.length > 3
          ? said("weights: some of the tensors", {
              names: broken.slice(0, 3).join(", "),
              count: broken.length,
            })
          : broken.join(", "),
    });
}

/** A sentence when the names are those of a model that is not BERT. */
function kindOf(weights: Weights): Said | undefined {
  for (const name of weights.keys()) {
    const [, kind] =
      /^(roberta|distilbert|deberta|electra|albert|xlm|mpnet|camembert|transformer|model)\./.exec(
        name,
      ) ?? [];
    if (kind) return said("weights: not BERT's names", { name });
  }
  return undefined;
}

function says(config: BertConfig, name: string, shape: number[]): Value {
  const wanted = shape.join(" × ");
  const hidden = config.hidden_size;
  const sizeAndHidden = (field: string, size: number) =>
    said("config says two sizes", { field, size, hidden, wanted });
  if (name.endsWith("word_embeddings.weight"))
    return sizeAndHidden("vocab_size", config.vocab_size);
  if (name.endsWith("position_embeddings.weight"))
    return sizeAndHidden(
      "max_position_embeddings",
      config.max_position_embeddings,
    );
  if (name.includes(".intermediate.") || name.includes(".output.dense"))
    return sizeAndHidden("intermediate_size", config.intermediate_size);
  return `hidden_size ${hidden} (${wanted})`;
}

/**
 * A parameter before training: normal(0, initializer_range) for matrices, ones
 * for LayerNorm's weight, zeros for biases and for the padding's embedding.
 * Seeded by name, so that one parameter does not depend on which others are new.
 */
function initial(
  config: BertConfig,
  name: string,
  shape: number[],
  seed: number,
): Float32Array<ArrayBuffer> {
  const data = new Float32Array(
    shape.reduce((product, size) => product * size, 1),
  );
  if (name.endsWith(".bias")) return data;
  if (name.endsWith("LayerNorm.weight")) return data.fill(1);
  const next = normals(hashOf(name, seed));
  for (let i = 0; i < data.length; i++)
    data[i] = next() * config.initializer_range;
  if (name.endsWith("word_embeddings.weight")) {
    const H = config.hidden_size;
    data.fill(0, config.pad_token_id * H, (config.pad_token_id + 1) * H);
  }
  return data;
}

/** Standard normal numbers (Box and Muller) from a 32-bit generator (mulberry32's mixing). */
function normals(state: number): () => number {
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/** FNV-1a over the name, from the seed. */
function hashOf(name: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < name.length; i++)
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
