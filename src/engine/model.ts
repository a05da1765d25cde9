// A Hugging Face BERT folder, bundled or dropped → configuration, tokenizer and
// weights on the host. Nothing here touches the device. Throws a sentence where
// something is missing or does not fit; the caller then keeps what it had.

import {
  commas,
  Failure,
  reasonOf,
  said,
  type Said,
  type Value,
} from "../said";
import { longest, readConfig, type BertConfig } from "./model/config";
import { formerLabels, formerTask } from "./model/former";
import {
  checkWeights,
  isMaskedHead,
  parameterShapes,
} from "./model/parameters";
import { parsePython } from "./model/json";
import type { ModelReport, ModelSource } from "./protocol";
import {
  openTokenizer,
  type Tokenizer,
  type TokenizerFiles,
} from "./model/tokenizer";
import { bundled, dropped, type Source } from "./model/sources";
import { unwrapped } from "./model/unwrapped";
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
  const missing: Value[] = [
    ...(config ? [] : ["config.json"]),
    ...(tokenizerJson || vocabTxt ? [] : [said("model: tokenizer's file")]),
  ];
  const toStartAnew =
    source.kind === "files" && !found && (tokenizerJson || vocabTxt);
  if (!found && !toStartAnew) missing.push("model.safetensors");
  if (missing.length > 0 && !toStartAnew) {
    // Not as a list: one of them has an "or" of its own.
    const values = {
      name: from.name,
      missing: missing.reduceRight((rest, first) =>
        said("model: both files", { first, rest }),
      ),
    };
    throw source.kind === "bundled"
      ? new Failure("bundled: files are missing", values)
      : new Failure("model: files are missing", values);
  }

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
    const { options, data, task } = parsePython(text(attune), "attune.json")
      .value as {
      task?: unknown;
      options?: { maxTokens?: unknown } | null;
      data?: { pairs?: unknown } | null;
    };
    // config.json tells one kind of tags of words not from another.
    if (task === "roles" && report.task === "spans") report.task = task;
    const maxTokens = Number(options?.maxTokens);
    if (Number.isInteger(maxTokens) && maxTokens >= 4)
      report.former = {
        maxTokens: Math.min(maxTokens, report.maxPositions),
        pairs: data?.pairs === true,
      };
  } catch (error) {
    report.notes.push(
      said("model: attune.json passed over", { problem: reasonOf(error) }),
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
    notes.push(said("config: no number", { what: nulled.join(", ") }));
  if (found) notes.push(...limits(config));
  else
    notes.unshift(
      nulled === null
        ? said("model: vocabulary alone", {
            pieces: tokenizer.vocabularySize,
            layers: config.num_hidden_layers,
            hidden: config.hidden_size,
          })
        : said("model: no weights", { layers: config.num_hidden_layers }),
      ...limits(config),
    );

  let weights: Weights = new Map();
  if (found) {
    const unwrapping = unwrapped(found.weights, found.file);
    ({ weights } = unwrapping);
    const checked = checkWeights(config, weights, found.file);
    notes.push(...unwrapping.notes, ...checked.notes);
    for (const name of checked.unused)
      if (!isMaskedHead(name)) weights.delete(name);
  }
  const labels = formerLabels(config, weights);
  const task = formerTask(config, labels);
  if (labels) {
    const values = {
      count: labels.length,
      labels: labels.slice(0, 8).join(", ") + (labels.length > 8 ? ", …" : ""),
    };
    notes.push(
      task
        ? said("model: was a classifier that answers", values)
        : said("model: was a classifier", values),
    );
  }

  let parameters = 0;
  if (found)
    for (const [name, { data }] of weights)
      parameters += isMaskedHead(name) ? 0 : data.length;
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
      task,
      answers: task !== null,
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
    throw new Failure("model: vocabulary too large", {
      pieces: tokenizer.vocabularySize,
      size: vocab_size,
    });
  const beyond = tokenizer.added.filter(({ id }) => id >= vocab_size);
  if (beyond.length > 0)
    throw new Failure("model: tokens without embedding", {
      count: beyond.length,
      tokens: commas(
        beyond
          .slice(0, 4)
          .map(({ content, id }) => said("model: token's id", { content, id })),
      ),
      size: vocab_size,
    });
}

/** What the executors cannot do with such a model, and what works. */
function limits(config: BertConfig): Said[] {
  const notes: Said[] = [];
  if (config.type_vocab_size < 2) notes.push(said("model: one kind of text"));
  if (config.max_position_embeddings > longest)
    notes.push(
      said("model: long positions", {
        positions: config.max_position_embeddings,
        longest,
      }),
    );
  const head = config.hidden_size / config.num_attention_heads;
  if (config.hidden_size % 4 !== 0 || config.intermediate_size % 4 !== 0)
    notes.push(
      said("model: odd sizes", {
        hidden: config.hidden_size,
        intermediate: config.intermediate_size,
      }),
    );
  else if (head % 4 !== 0) notes.push(said("model: odd heads", { head }));
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
