// BERT's parameters, written once: their Hugging Face names, shapes and order. What
// a file holds (model/parameters.ts) and how they lie in memory
// (program/parameters.ts) both follow from it.

/** What of config.json decides their shapes. */
export interface Sizes {
  vocab_size: number;
  hidden_size: number;
  num_hidden_layers: number;
  intermediate_size: number;
  max_position_embeddings: number;
  type_vocab_size: number;
}

/** What stands on the encoder. "labels": one of several per text or pair of texts; "many labels": any of several; "score": a number, or several; "tokens": one per token; "words": masked words; "sentence": nothing, the text's embedding itself comes out. */
export type Head =
  "labels" | "many labels" | "score" | "tokens" | "words" | "sentence";

/** Whether it learns a number for each of its outputs, rather than one class of all. */
export const learnsNumbers = (head: Head): boolean =>
  head === "many labels" || head === "score";

export const embeddingNames = {
  word: "bert.embeddings.word_embeddings",
  position: "bert.embeddings.position_embeddings",
  type: "bert.embeddings.token_type_embeddings",
  norm: "bert.embeddings.LayerNorm",
};
export const wordName = `${embeddingNames.word}.weight`;

export const layerName = (layer: number) => `bert.encoder.layer.${layer}`;

export function layerNames(layer: number) {
  const name = layerName(layer);
  return {
    query: `${name}.attention.self.query`,
    key: `${name}.attention.self.key`,
    value: `${name}.attention.self.value`,
    attended: `${name}.attention.output.dense`,
    attendedNorm: `${name}.attention.output.LayerNorm`,
    up: `${name}.intermediate.dense`,
    down: `${name}.output.dense`,
    norm: `${name}.output.LayerNorm`,
  };
}

export const headNames = {
  pooler: "bert.pooler.dense",
  classifier: "classifier",
  transform: "cls.predictions.transform.dense",
  transformNorm: "cls.predictions.transform.LayerNorm",
  /** Its weight is the word table itself. */
  decoder: "cls.predictions",
};

export const classifierWeight = `${headNames.classifier}.weight`;
export const classifierBias = `${headNames.classifier}.bias`;

/** A parameter's shape, or null where the block has none. */
type Shape = number[] | null;

/** Parts of one kind that are used together: `<name>.weight` and `<name>.bias` of each. */
export interface Block {
  /** Which layer of the encoder, or what is below or above all of them. */
  of: number | "embeddings" | "head";
  names: string[];
  weight: Shape;
  bias: Shape;
  /** LayerNorm's weights scale; they start at 1 and never decay. */
  scales: boolean;
}

/** Bottom to top. Whoever changes the order changes what equal seeds train. */
export function parameterBlocks(
  sizes: Sizes,
  head: Head,
  labels: number,
): Block[] {
  const { hidden_size: H, intermediate_size: I } = sizes;
  const blocks: Block[] = [];
  let of: Block["of"] = "embeddings";
  const add = (names: string[], weight: Shape, bias: Shape, scales = false) =>
    blocks.push({ of, names, weight, bias, scales });
  const table = (name: string, rows: number) => add([name], [rows, H], null);
  const dense = (out: number, input: number, ...names: string[]) =>
    add(names, [out, input], [out]);
  const norm = (name: string) => add([name], [H], [H], true);

  table(embeddingNames.word, sizes.vocab_size);
  table(embeddingNames.position, sizes.max_position_embeddings);
  table(embeddingNames.type, sizes.type_vocab_size);
  norm(embeddingNames.norm);
  for (let layer = 0; layer < sizes.num_hidden_layers; layer++) {
    of = layer;
    const names = layerNames(layer);
    dense(H, H, names.query, names.key, names.value);
    dense(H, H, names.attended);
    norm(names.attendedNorm);
    dense(I, H, names.up);
    dense(H, I, names.down);
    norm(names.norm);
  }
  of = "head";
  if (head === "words") {
    dense(H, H, headNames.transform);
    norm(headNames.transformNorm);
    add([headNames.decoder], null, [sizes.vocab_size]);
  } else if (head !== "sentence") {
    if (head !== "tokens") dense(H, H, headNames.pooler);
    dense(labels, H, headNames.classifier);
  }
  return blocks;
}
