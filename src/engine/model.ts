// A Hugging Face BERT folder, bundled or dropped → configuration, tokenizer and
// weights on the host. Nothing here touches the device. Throws a sentence where
// something is missing or does not fit; the caller then keeps what it had.

import { longest, readConfig, type BertConfig } from "./model/config";
import { formerLabels, isSingleLabel } from "./model/former";
import { checkWeights, parameterShapes, unwrapped } from "./model/parameters";
import { parsePython } from "./model/json";
import type { ModelReport, ModelSource } from "./protocol";
import {
  openTokenizer,
  type Tokenizer,
  type TokenizerFiles,
} from "./model/tokenizer";
import { bundled, dropped, type Source } from "./model/sources";
import type { Weights } from "./model/weights";

export interface LoadedModel {
  report: ModelReport;
  config: BertConfig;
  weights: Weights;
  tokenizer: Tokenizer;
  /** Of the classifier that came with it, in the order of its rows; null where there is none. */
  labels: string[] | null;
}

export async function loadModel(source: ModelSource): Promise<LoadedModel> {
  const from =
    source.kind === "bundled"
      ? bundled(source.name, source.url, source.version)
      : await dropped(
          source.files.map((file, i) => ({
            path: source.paths?.[i] || file.webkitRelativePath || file.name,
            file,
          })),
        );
  const [configBytes, tokenizerJson, tokenizerConfig, vocabTxt, addedTokens] =
    await Promise.all(
      [
        "config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "vocab.txt",
        "added_tokens.json",
      ].map((name) => from.read(name)),
    );
  // The configuration first: what it says of another family is the cause of what follows.
  const config = configBytes ? readConfig(text(configBytes)) : null;
  const found = await from.weights();
  const missing = [
    ...(config ? [] : ["config.json"]),
    ...(tokenizerJson || vocabTxt ? [] : ["tokenizer.json or vocab.txt"]),
  ];
  const toStartAnew =
    source.kind === "files" && !found && (tokenizerJson || vocabTxt);
  if (!found && !toStartAnew) missing.push("model.safetensors");
  if (missing.length > 0 && !toStartAnew)
    throw new Error(
      `The model ${from.name} lacks ${missing.join(" and ")}. ${
        source.kind === "bundled"
          ? "Check that the site was copied completely."
          : "Drop config.json, tokenizer.json or vocab.txt, and model.safetensors together."
      }`,
    );

  const files: TokenizerFiles = {};
  if (tokenizerJson) files.tokenizerJson = text(tokenizerJson);
  if (tokenizerConfig) files.tokenizerConfig = text(tokenizerConfig);
  if (vocabTxt) files.vocabTxt = text(vocabTxt);
  if (addedTokens) files.addedTokens = text(addedTokens);
  const tokenizer = openTokenizer(files);
  const loaded = assemble(
    from,
    config ?? readConfig(newConfig(tokenizer)),
    configBytes ? parsePython(text(configBytes), "config.json").nulled : null,
    found,
    tokenizer,
  );
  if (source.kind === "files")
    readFormer(await from.read("attune.json"), loaded);
  // Ours is known to fit, and its unused pretraining head is nothing a person could act on.
  else loaded.report.notes = [];
  return loaded;
}

/** How the run that made this model read its texts. */
function readFormer(attune: Uint8Array | null, { report }: LoadedModel): void {
  if (attune === null) return;
  try {
    const { options, data } = parsePython(text(attune), "attune.json")
      .value as {
      options?: { maxTokens?: unknown } | null;
      data?: { pairs?: unknown } | null;
    };
    const maxTokens = Number(options?.maxTokens);
    if (Number.isInteger(maxTokens) && maxTokens >= 4)
      report.former = {
        maxTokens: Math.min(maxTokens, report.maxPositions),
        pairs: data?.pairs === true,
      };
  } catch (error) {
    report.notes.push(
      `${(error as Error).message} It was passed over: the model itself is whole.`,
    );
  }
}

function assemble(
  from: Source,
  config: BertConfig,
  nulled: string[] | null,
  found: Awaited<ReturnType<Source["weights"]>>,
  tokenizer: Tokenizer,
): LoadedModel {
  checkVocabulary(tokenizer, config);
  const notes = [...from.notes, ...tokenizer.notes];
  if (nulled && nulled.length > 0)
    notes.push(
      `config.json says ${nulled.join(", ")}, which is no number; it was passed over.`,
    );
  if (found) notes.push(...limits(config));
  else
    notes.unshift(
      nulled === null
        ? `There is a vocabulary of ${tokenizer.vocabularySize} word pieces, but no config.json and no weights: the model has ${config.num_hidden_layers} layers of ${config.hidden_size} and starts from random numbers, so it knows no language yet. Expect much lower scores than from a pretrained model.`
        : `There are no weights (model.safetensors): all ${config.num_hidden_layers} layers start from random numbers, so the model knows no language yet. Expect much lower scores; where the weights exist, drop them together with the other files.`,
      ...limits(config),
    );

  let weights: Weights = new Map();
  if (found) {
    const unwrapping = unwrapped(found.weights, found.file);
    ({ weights } = unwrapping);
    const checked = checkWeights(config, weights, found.file);
    notes.push(...unwrapping.notes, ...checked.notes);
    for (const name of checked.unused) weights.delete(name);
  }
  const labels = formerLabels(config, weights);
  if (labels)
    notes.push(
      `It was a classifier for ${labels.length} labels (${labels.slice(0, 8).join(", ")}${labels.length > 8 ? ", …" : ""}). ${isSingleLabel(config, labels) ? "As it is, it answers under Try it. " : ""}Where the data has exactly these, that classifier is trained further, each label with its own row; for other labels a new one starts from random numbers.`,
    );

  let parameters = 0;
  if (found) for (const { data } of weights.values()) parameters += data.length;
  else
    for (const [name, shape] of parameterShapes(config, 0))
      if (!name.startsWith("classifier."))
        parameters += shape.reduce((product, size) => product * size, 1);
  return {
    config,
    weights,
    tokenizer,
    labels,
    report: {
      name: from.name,
      parameters,
      bytes: found?.bytes ?? 4 * parameters,
      layers: config.num_hidden_layers,
      heads: config.num_attention_heads,
      hidden: config.hidden_size,
      intermediate: config.intermediate_size,
      vocabulary: config.vocab_size,
      maxPositions: Math.min(longest, config.max_position_embeddings),
      cased: tokenizer.cased,
      english: isEnglish(tokenizer.vocabTxt().split("\n")),
      labels,
      answers: isSingleLabel(config, labels),
      ...(from.version === undefined ? {} : { version: from.version }),
      weights: found?.sha256 ?? null,
      pretrained: found !== null,
      notes,
    },
  };
}

/** Every id a text can become must have an embedding. */
function checkVocabulary(tokenizer: Tokenizer, config: BertConfig): void {
  const { vocab_size } = config;
  if (tokenizer.vocabularySize > vocab_size)
    throw new Error(
      `The tokenizer has ${tokenizer.vocabularySize} word pieces, config.json says vocab_size ${vocab_size}. Choose the files of one model.`,
    );
  const beyond = tokenizer.added.filter(({ id }) => id >= vocab_size);
  if (beyond.length > 0)
    throw new Error(
      `The tokenizer has ${beyond.length} added ${beyond.length === 1 ? "token" : "tokens"} without an embedding: ${beyond
        .slice(0, 4)
        .map(({ content, id }) => `${content} is ${id}`)
        .join(
          ", ",
        )}, and config.json says vocab_size ${vocab_size}. In Python: model.resize_token_embeddings(len(tokenizer)), then save both; or drop the model without its tokenizer.json, tokenizer_config.json and added_tokens.json, with vocab.txt alone.`,
    );
}

/** What the executors cannot do with such a model, and what works. */
function limits(config: BertConfig): string[] {
  const notes: string[] = [];
  if (config.type_vocab_size < 2)
    notes.push(
      "It knows one kind of text (type_vocab_size 1): one text column can be trained on, pairs of texts cannot.",
    );
  if (config.max_position_embeddings > longest)
    notes.push(
      `It has ${config.max_position_embeddings} positions; texts are cut at ${longest} tokens here.`,
    );
  const head = config.hidden_size / config.num_attention_heads;
  if (config.hidden_size % 4 !== 0 || config.intermediate_size % 4 !== 0)
    notes.push(
      `Its sizes (hidden ${config.hidden_size}, intermediate ${config.intermediate_size}) are no multiples of 4: it runs on the slower TensorFlow.js CPU backend, whatever stands under "Run on".`,
    );
  else if (head % 4 !== 0)
    notes.push(
      `Its heads have ${head} features, no multiple of 4: it runs on the CPU, whatever stands under "Run on".`,
    );
  return notes;
}

/** A model for a vocabulary that came alone: as small as the bundled one. */
const newConfig = (tokenizer: Tokenizer) =>
  JSON.stringify({
    model_type: "bert",
    vocab_size: tokenizer.vocabularySize,
    hidden_size: 128,
    num_hidden_layers: 4,
    num_attention_heads: 2,
    intermediate_size: 512,
    hidden_act: "gelu",
    max_position_embeddings: 512,
    type_vocab_size: 2,
    layer_norm_eps: 1e-12,
    initializer_range: 0.02,
    pad_token_id: tokenizer.padId,
  });

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const commonest = ["the", "and", "of", "with", "that", "from", "have"];

/** By the vocabulary's script: English words are there, and nearly all pieces of two letters or more are plain a–z. */
export function isEnglish(vocabulary: string[]): boolean {
  const present = new Set(vocabulary);
  if (!commonest.every((word) => present.has(word))) return false;
  let written = 0;
  let plain = 0;
  for (const piece of vocabulary) {
    const letters = piece.replace(/^##/, "").replace(/[^\p{L}]/gu, "");
    if (letters.length < 2) continue;
    written++;
    plain += Number(/^[a-z]+$/i.test(letters));
  }
  return plain >= 0.95 * written;
}
