// What training starts from a model folder, and what an export of it says: the
// whole way through the engine, on WebAssembly.

import { Tokenizer as WordPieces } from "@huggingface/tokenizers";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { smallOptions } from "../fixtures/options";
import { inEnglish } from "../../fixtures/english";
import { startingWeights } from "../model/parameters";
import { readConfig } from "../model/config";
import { formerRows, withHead } from "../model/former";
import { awkward } from "../fixtures/awkward";
import { datasetOf, easyLabels, easyRows } from "../fixtures/examples";
import {
  base,
  baseWeights,
  folderCase,
  renamed,
  sourceOf,
  type Tree,
} from "../fixtures/folders";
import { engineInNode } from "../fixtures/node-engine";
import { loadModel } from "../model";
import type { ModelSource, TrainingOptions } from "../protocol";
import { openTokenizer } from "../model/tokenizer";
import { writeSafetensors } from "../model/weights";

const options: TrainingOptions = {
  ...smallOptions,
  batchSize: 16,
};
const rows = easyRows();
const dataset = (labels = easyLabels) =>
  datasetOf(labels, { train: rows.slice(0, 64), validation: rows.slice(64) });

/** The engine with WebAssembly as Node has it. */
function openEngine() {
  return engineInNode();
}

async function exported(source: ModelSource): Promise<Record<string, string>> {
  const engine = openEngine();
  await engine.open("wasm", null);
  await engine.load(source);
  const summary = await engine.train(dataset(), options);
  expect(summary.outcome).toBe("finished");
  expect(summary.validation!.loss).toBeGreaterThan(0);
  const zip = unzipSync((await engine.exportRun("huggingface", "run")).bytes);
  return Object.fromEntries(
    Object.entries(zip)
      .filter(([name]) => name !== "model.safetensors")
      .map(([name, bytes]) => [name, strFromU8(bytes)]),
  );
}

const config = (files: Tree) =>
  new TextDecoder().decode(files["model/config.json"] as Uint8Array);

test.each(["shape-silu", "shape-head-26"])(
  "%s trains on WebAssembly",
  async (name) => {
    const files = folderCase(name);
    const read = readConfig(config(files));
    const weights = startingWeights(read, new Map(), 0, {
      seed: 2,
      randomWeights: true,
    });
    weights.delete("classifier.weight");
    weights.delete("classifier.bias");
    files["model/model.safetensors"] = writeSafetensors(weights);
    const { "config.json": written } = await exported(sourceOf(files));
    expect(JSON.parse(written!)).toMatchObject({
      hidden_act: read.hidden_act,
      hidden_size: read.hidden_size,
    });
  },
);

test("files-f16-dtype-key: an export of float32 does not say float16", async () => {
  const { "config.json": written } = await exported(
    sourceOf(folderCase("files-f16-dtype-key")),
  );
  const { dtype, torch_dtype } = JSON.parse(written!) as Record<string, string>;
  expect([dtype, torch_dtype]).toEqual([undefined, "float32"]);
});

test("head-same-6-permuted: a former classifier's rows follow the labels' names", async () => {
  const files = folderCase("head-same-6-permuted");
  const weights = renamed("bert.");
  const head = Float32Array.from({ length: 6 * 32 }, (_, i) => i >> 5);
  weights.set("classifier.weight", { shape: [6, 32], data: head });
  weights.set("classifier.bias", {
    shape: [6],
    data: Float32Array.of(0, 1, 2, 3, 4, 5),
  });
  files["model/model.safetensors"] = writeSafetensors(weights);
  const model = await loadModel(sourceOf(files));
  expect(inEnglish(model.report.notes).join()).toMatch(
    /classifier for 6 labels \(technical, returns/,
  );
  const labels = [...model.labels!].sort();
  const start = withHead(model.config, model.weights, {
    task: "one label",
    labels,
  });
  expect([...start.get("classifier.bias")!.data]).toEqual([5, 4, 3, 2, 1, 0]);
  expect(
    start.get("classifier.weight")!.data.filter((_, i) => i % 32 === 0),
  ).toEqual(Float32Array.of(5, 4, 3, 2, 1, 0));
  // As many labels with other names: a new classifier.
  const others = ["a", "b", "c", "d", "e", "f"];
  expect(
    withHead(model.config, model.weights, {
      task: "one label",
      labels: others,
    }).has("classifier.weight"),
  ).toBe(false);
  expect(formerRows(["A ", "b"], ["b", "a"])).toEqual([1, 0]);
});

test("a model with one kind of text says so when pairs are to be trained", async () => {
  const files = folderCase("shape-one-type");
  const changed = JSON.stringify({
    ...(JSON.parse(config(files)) as object),
    type_vocab_size: 1,
  });
  const weights = baseWeights();
  const name = "embeddings.token_type_embeddings.weight";
  weights.set(name, {
    shape: [1, 32],
    data: weights.get(name)!.data.slice(0, 32),
  });
  const engine = openEngine();
  await engine.open("wasm", null);
  await engine.load(
    sourceOf({
      ...base(),
      "config.json": changed,
      "model.safetensors": writeSafetensors(weights),
    }),
  );
  const pairs = rows.map((row) => ({ ...row, textB: row.text }));
  await expect(
    engine.train(
      datasetOf(easyLabels, {
        train: pairs.slice(0, 64),
        validation: pairs.slice(64),
      }),
      options,
    ),
  ).rejects.toThrow(
    /cannot tell the two texts of a pair apart\. Choose one text column/,
  );
  expect((await engine.train(dataset(), options)).outcome).toBe("finished");
});

test.each([
  "base",
  "tok-cased-config-silent",
  "tok-conflict-json-lower",
  "family-bert-japanese",
  "tok-blank-lines",
])(
  "%s: every file of the export splits 200 awkward strings as the page does",
  async (name) => {
    const files = folderCase(name);
    if (/japanese|blank/.test(name)) delete files["model/tokenizer.json"];
    const source = sourceOf(files);
    const { tokenizer } = await loadModel(source);
    const out = await exported(source);
    const tokenizerConfig = out["tokenizer_config.json"]!;
    const said = JSON.parse(tokenizerConfig) as Record<string, unknown>;
    const { normalizer } = JSON.parse(out["tokenizer.json"]!) as {
      normalizer: Record<string, unknown>;
    };
    expect(said).toMatchObject({
      tokenizer_class: "BertTokenizer",
      do_lower_case: normalizer.lowercase,
      strip_accents: normalizer.strip_accents,
      tokenize_chinese_chars: normalizer.handle_chinese_chars,
    });
    const fromJson = openTokenizer({ tokenizerJson: out["tokenizer.json"]! });
    const fromVocabulary = openTokenizer({
      vocabTxt: out["vocab.txt"]!,
      tokenizerConfig,
    });
    const transformersJs = new WordPieces(
      JSON.parse(out["tokenizer.json"]!) as object,
      said,
    );
    expect(awkward).toHaveLength(200);
    for (const text of awkward) {
      const { ids } = tokenizer.encode(text, null, 512);
      expect(fromJson.encode(text, null, 512).ids, text).toEqual(ids);
      expect(fromVocabulary.encode(text, null, 512).ids, text).toEqual(ids);
      // Their own reading does not see ideographs beyond the basic plane.
      if (!/[\ud840-\ud87e]/.test(text))
        expect(transformersJs.encode(text).ids, text).toEqual(ids);
    }
  },
);
