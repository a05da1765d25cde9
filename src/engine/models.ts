// A Hugging Face BERT folder, bundled or dropped → configuration, tokenizer and
// weights on the host. Nothing here touches the device. Throws a sentence where
// something is missing or does not fit; the caller then keeps what it had.

import { readConfig, type BertConfig } from "./bert/config";
import { checkWeights } from "./bert/parameters";
import type { ModelReport, ModelSource } from "./protocol";
import {
  openTokenizer,
  type Tokenizer,
  type TokenizerFiles,
} from "./tokenizer";
import { readSafetensors, type Weights } from "./weights";

export interface LoadedModel {
  report: ModelReport;
  config: BertConfig;
  weights: Weights;
  tokenizer: Tokenizer;
  /** As found, for the export; null where there was none. */
  tokenizerConfig: string | null;
}

/** A named file that can be read, wherever it lies. */
interface Source {
  name: string;
  /** For sentences: "model.safetensors". */
  read(fileName: string): Promise<Uint8Array | null>;
}

export async function loadModel(source: ModelSource): Promise<LoadedModel> {
  const from =
    source.kind === "bundled"
      ? bundled(source.name, source.url)
      : dropped(source.files);
  const [configBytes, tokenizerJson, tokenizerConfig, vocabTxt] =
    await Promise.all(
      [
        "config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "vocab.txt",
      ].map((name) => from.read(name)),
    );
  const missing = [
    ...(configBytes ? [] : ["config.json"]),
    ...(tokenizerJson || vocabTxt ? [] : ["tokenizer.json or vocab.txt"]),
  ];
  const safetensors = await from.read("model.safetensors");
  if (!safetensors) missing.push("model.safetensors");
  if (missing.length > 0 || !configBytes || !safetensors)
    throw new Error(
      `The model ${from.name} lacks ${missing.join(" and ")}. ${
        source.kind === "bundled"
          ? "Check that the site was copied completely."
          : "Drop config.json, tokenizer.json or vocab.txt, and model.safetensors together."
      }`,
    );

  const config = readConfig(text(configBytes));
  const files: TokenizerFiles = {};
  if (tokenizerJson) files.tokenizerJson = text(tokenizerJson);
  if (tokenizerConfig) files.tokenizerConfig = text(tokenizerConfig);
  if (vocabTxt) files.vocabTxt = text(vocabTxt);
  const tokenizer = openTokenizer(files);
  if (tokenizer.vocabularySize > config.vocab_size)
    throw new Error(
      `The tokenizer has ${tokenizer.vocabularySize} word pieces, config.json says vocab_size ${config.vocab_size}. Choose the files of one model.`,
    );
  const weights = readWeights(safetensors, source);
  const { notes, unused } = checkWeights(config, weights, "model.safetensors");
  for (const name of unused) weights.delete(name);

  let parameters = 0;
  for (const { data } of weights.values()) parameters += data.length;
  return {
    config,
    weights,
    tokenizer,
    tokenizerConfig: files.tokenizerConfig ?? null,
    report: {
      name: from.name,
      parameters,
      bytes: safetensors.byteLength,
      layers: config.num_hidden_layers,
      heads: config.num_attention_heads,
      hidden: config.hidden_size,
      intermediate: config.intermediate_size,
      vocabulary: config.vocab_size,
      maxPositions: config.max_position_embeddings,
      cased: tokenizer.cased,
      english: isEnglish(tokenizer.vocabTxt().split("\n")),
      notes,
    },
  };
}

function readWeights(bytes: Uint8Array, source: ModelSource): Weights {
  try {
    return readSafetensors(bytes, "model.safetensors");
  } catch (error) {
    if (source.kind === "files") throw error;
    // Nobody chose this file: what is wrong with it happened on its way here.
    const fact = (error as Error).message.split(". Choose ")[0];
    throw new Error(
      `${fact}. The model ${source.name} did not arrive whole: try again, and check that the site was copied completely.`,
    );
  }
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function bundled(name: string, url: string): Source {
  return {
    name,
    async read(fileName) {
      let response: Response;
      try {
        response = await fetch(new URL(fileName, url));
      } catch {
        throw new Error(
          `${fileName} of the model ${name} could not be fetched. Check the connection and try again.`,
        );
      }
      if (response.status === 404) return null;
      if (!response.ok)
        throw new Error(
          `${fileName} of the model ${name}: the server answered ${response.status}. Try again.`,
        );
      // Single-page hosts answer every path with their start page.
      if (response.headers.get("content-type")?.startsWith("text/html"))
        return null;
      return whole(fileName, name, response);
    },
  };
}

/** The body, or a sentence where the connection broke in the middle of it. */
async function whole(
  fileName: string,
  model: string,
  response: Response,
): Promise<Uint8Array> {
  const announced = Number(response.headers.get("content-length") ?? NaN);
  // A packed body is unpacked on the way: then its length says nothing.
  const packed = response.headers.has("content-encoding");
  const bytes = await response.arrayBuffer().catch(() => null);
  if (bytes && (packed || !(bytes.byteLength < announced)))
    return new Uint8Array(bytes);
  const got = bytes ? ` after ${bytes.byteLength} of ${announced} bytes` : "";
  throw new Error(
    `${fileName} of the model ${model}: the download was cut off${got}. Check the connection and try again.`,
  );
}

function dropped(files: File[]): Source {
  const config = files.find(({ name }) => name === "config.json");
  const folder = config?.webkitRelativePath?.split("/").at(-2);
  const unreadable = files.find(({ name }) =>
    /^(pytorch_model|tf_model|flax_model)|\.(bin|h5|onnx|pt|pth|ckpt|msgpack)$/.test(
      name,
    ),
  );
  const sharded = files.find(({ name }) =>
    /^model-\d+-of-\d+\.safetensors$|\.safetensors\.index\.json$/.test(name),
  );
  return {
    name: folder || "dropped model",
    async read(fileName) {
      const isWeights = fileName === "model.safetensors";
      const weights = files.filter(({ name }) => /\.safetensors$/.test(name));
      const file =
        files.find(({ name }) => name === fileName) ??
        // A single weights file of another name is still the weights file.
        (isWeights && weights.length === 1 && !sharded
          ? weights[0]
          : undefined);
      if (file) return new Uint8Array(await file.arrayBuffer());
      if (isWeights && sharded)
        throw new Error(
          `${sharded.name}: weights in several files cannot be read. Save the model as one model.safetensors.`,
        );
      if (isWeights && unreadable)
        throw new Error(
          `${unreadable.name} cannot be read. Save the model as model.safetensors (in Python: model.save_pretrained(folder, safe_serialization=True)).`,
        );
      return null;
    },
  };
}

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
