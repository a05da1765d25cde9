// Model folders after faults that people reported: every line of
// fixtures/cases/models/EXPECT.md that is about reading a folder.

import { asText } from "../../say";
import { describe, expect, test } from "vitest";
import { inEnglish } from "../../fixtures/english";
import { startingWeights } from "./parameters";
import { readConfig } from "./config";
import {
  base,
  baseWeights,
  folderCase,
  overlapping,
  placed,
  renamed,
  safetensors,
  sourceOf,
  type Tree,
} from "../fixtures/folders";
import { belongsTo, sideBySide } from "./folder";
import { loadModel } from "../model";
import { type Weights, writeSafetensors } from "./weights";

const load = (files: Tree) => loadModel(sourceOf(files));
const withWeights = (weights: Weights, files = base()): Tree => ({
  ...files,
  "model.safetensors": writeSafetensors(weights),
});
const without = (files: Tree, ...names: string[]): Tree =>
  Object.fromEntries(
    Object.entries(files).filter(([path]) => !names.includes(path)),
  );
const text = (content: unknown) =>
  typeof content === "string"
    ? content
    : new TextDecoder().decode(content as Uint8Array);
const changedConfig = (changes: object, files = base()): Tree => ({
  ...files,
  "config.json": JSON.stringify({
    ...(JSON.parse(text(files["config.json"])) as object),
    ...changes,
  }),
});
/** As the base file has it, whatever the model calls it. */
const word = "embeddings.word_embeddings.weight";
async function isTheBase(files: Tree) {
  const loaded = await load(files);
  expect(loaded.weights.get(`bert.${word}`)!.data).toEqual(
    baseWeights().get(word)!.data,
  );
  expect(loaded.weights.size).toBe(baseWeights().size);
  return loaded;
}

describe("layouts", () => {
  test("the base folder loads without a note", async () => {
    const { report } = await isTheBase(placed("mine/", base()));
    expect(report.name).toBe("mine");
    expect(inEnglish(report.notes)).toEqual([]);
  });

  test("a sentence-transformers folder's 1_Pooling/config.json is not the model's", async () => {
    const files = folderCase("layout-st-pooling");
    expect(files).toHaveProperty("model/1_Pooling/config.json");
    expect((await isTheBase(files)).report.name).toBe("model");
    // Whichever order the browser gives them in.
    await isTheBase(Object.fromEntries(Object.entries(files).reverse()));
  });

  test("an older one keeps its model in 0_Transformer", async () => {
    const { report } = await isTheBase({
      ...placed("st/0_Transformer/", base()),
      "st/1_Pooling/config.json": "{}",
      "st/modules.json": "[]",
      "st/config.json": '{"__version__": "2.0"}',
    });
    expect(report.name).toBe("st");
  });

  test("a hub cache has its model in snapshots, and its own name", async () => {
    const { [`model/refs/main`]: main } = folderCase("layout-hub-snapshot");
    expect(text(main)).toBe("abc");
    const cache = "hub/models--some--bert/";
    const other = placed(
      `${cache}snapshots/def/`,
      changedConfig({ num_hidden_layers: 1 }),
    );
    const { report } = await isTheBase({
      [`${cache}refs/main`]: main!,
      ...placed(`${cache}snapshots/abc/`, base()),
      ...other,
    });
    expect(report.name).toBe("some/bert");
    await isTheBase(placed("model/snapshots/abc/", base()));
  });

  test("a Trainer folder is its outermost model; the checkpoints are said", async () => {
    const checkpoint = placed("out/checkpoint-500/", changedConfig({ bad: 1 }));
    const { report, config } = await isTheBase({
      ...checkpoint,
      ...placed("out/", base()),
    });
    expect(config.raw.bad).toBeUndefined();
    expect(inEnglish(report.notes)[0]).toMatch(
      /1 more model lies in folders below, not read: out\/checkpoint-500\./,
    );
  });

  test("several models at the same depth are a question", async () => {
    await expect(
      load({
        ...placed("out/checkpoint-1000/", base()),
        ...placed("out/checkpoint-500/", base()),
      }),
    ).rejects.toThrow(
      "2 models lie side by side: out/checkpoint-500, out/checkpoint-1000. Which one? Drop or open that folder alone.",
    );
  });

  test("of several, the one chosen loads with what it needs from above", async () => {
    const own = without(base(), "vocab.txt", "tokenizer.json");
    const files: Tree = {
      ...placed("out/checkpoint-5/", changedConfig({ bad: 1 }, own)),
      ...placed("out/checkpoint-40/", own),
      "out/vocab.txt": base()["vocab.txt"]!,
      "out/tokenizer.json": base()["tokenizer.json"]!,
    };
    const given = Object.keys(files).map((path) => ({
      path,
      file: new File([files[path]!], path),
    }));
    const paths = await sideBySide(given);
    expect(paths).toEqual(["out/checkpoint-5", "out/checkpoint-40"]);
    const { config } = await isTheBase(
      Object.fromEntries(
        Object.entries(files).filter(([path]) => belongsTo(paths[1]!, path)),
      ),
    );
    expect(config.raw.bad).toBeUndefined();
    expect(
      await sideBySide(given.filter(({ path }) => belongsTo(paths[0]!, path))),
    ).toEqual([]);
  });

  test("a checkpoint without a tokenizer takes the one above it", async () => {
    const names = ["vocab.txt", "tokenizer.json", "tokenizer_config.json"];
    await isTheBase({
      ...placed("out/checkpoint-5/", without(base(), ...names)),
      ...placed("out/", without(base(), "config.json", "model.safetensors")),
    });
  });
});

describe("weights", () => {
  const causes: [string, () => Tree, RegExp][] = [
    [
      "files-lfs-pointer",
      () => folderCase("files-lfs-pointer"),
      /model\.safetensors is a Git LFS pointer of 133 bytes, not the weights \(90868376 bytes\)\. Run "git lfs pull"/,
    ],
    [
      "an HTML page",
      () => ({
        ...base(),
        "model.safetensors":
          "\n<!DOCTYPE html><html><head><title>404 Not found</title>",
      }),
      /is a web page \("404 Not found"\), not weights: a download that went wrong\. Download the file again/,
    ],
    [
      "files-bin-only",
      () => ({
        ...without(base(), "model.safetensors"),
        "pytorch_model.bin": "PK\u0003\u0004",
      }),
      /pytorch_model\.bin cannot be read\. Save the model as model\.safetensors.*Convert it once in Python/,
    ],
    [
      "a PyTorch file renamed",
      () => ({ ...base(), "model.safetensors": "PK\u0003\u0004" }),
      /is a PyTorch file under another name/,
    ],
    [
      "files-overlap",
      () => ({ ...base(), "model.safetensors": overlapping() }),
      /overlap, so that one of them holds wrong numbers; the file is damaged/,
    ],
    [
      "files-nan-weights",
      () => {
        const weights = baseWeights();
        weights
          .get("encoder.layer.1.output.dense.weight")!
          .data.fill(NaN, 0, 3);
        return withWeights(weights);
      },
      /3 numbers are NaN or infinite, in bert\.encoder\.layer\.1\.output\.dense\.weight\. .* choose an earlier checkpoint/,
    ],
    [
      "names-both-prefixes",
      () => {
        const other = baseWeights();
        for (const { data } of other.values()) data.fill(0.5);
        return withWeights(new Map([...renamed("bert."), ...other]));
      },
      /holds two encoders with different numbers: .*word_embeddings\.weight and .*word_embeddings\.weight\. Save the one that is meant/,
    ],
    [
      "family-distilbert-typeless",
      () => folderCase("family-distilbert-typeless"),
      /describes a DistilBertModel, which Attune cannot train yet\. Choose a BERT model/,
    ],
  ];
  test.each(causes)("%s: the cause is said", async (_, files, sentence) => {
    await expect(load(files())).rejects.toThrow(sentence);
  });

  test.each([
    "module.bert.",
    "module.",
    "_orig_mod.bert.",
    "0.auto_model.",
    "model.bert.",
    "bert.",
  ])("names-module-prefix: %s is taken off", async (prefix) => {
    const { report } = await isTheBase(withWeights(renamed(prefix)));
    const said = report.notes.some((note) =>
      asText(note).includes("was taken off"),
    );
    expect(said).toBe(prefix !== "bert.");
  });

  test("names-both-prefixes: the same numbers twice are read once, said", async () => {
    const { report } = await isTheBase(
      withWeights(new Map([...renamed("bert."), ...baseWeights()])),
    );
    expect(inEnglish(report.notes).join()).toMatch(
      /2 times with the same numbers/,
    );
  });

  test("files-sharded: several files are one model, with or without the index", async () => {
    const all = [...baseWeights()];
    const shards: Tree = {
      "model-00001-of-00002.safetensors": writeSafetensors(
        new Map(all.slice(0, 15)),
      ),
      "model-00002-of-00002.safetensors": writeSafetensors(
        new Map(all.slice(15)),
      ),
    };
    const index = JSON.stringify({
      weight_map: Object.fromEntries(
        all.map(([name], i) => [name, Object.keys(shards)[Number(i >= 15)]]),
      ),
    });
    const rest = without(base(), "model.safetensors");
    await isTheBase({ ...rest, ...shards });
    const named = { ...rest, ...shards, "model.safetensors.index.json": index };
    await isTheBase(named);
    await expect(
      load(without(named, "model-00002-of-00002.safetensors")),
    ).rejects.toThrow(
      "The weights are in 2 files, and model-00002-of-00002.safetensors is missing.",
    );
  });

  test("files-f64: doubles are read", async () => {
    await isTheBase({
      ...base(),
      "model.safetensors": safetensors(baseWeights(), "F64", (data) =>
        Float64Array.from(data),
      ),
    });
  });

  test("a BertForMaskedLM is read, and its head said", async () => {
    const weights = renamed("bert.");
    weights.set("cls.predictions.bias", {
      shape: [2],
      data: new Float32Array(2),
    });
    const { report } = await isTheBase(withWeights(weights));
    expect(inEnglish(report.notes)).toEqual([
      "1 tensor of the pretraining head (cls.…) is not used.",
    ]);
  });

  test("a vocabulary without weights starts from random numbers, said", async () => {
    const { report, weights } = await load(
      without(base(), "model.safetensors"),
    );
    expect(weights.size).toBe(0);
    expect(report).toMatchObject({ pretrained: false, layers: 2 });
    expect(report.parameters).toBeGreaterThan(50_000);
    expect(inEnglish(report.notes)[0]).toMatch(
      /There are no weights .* start from random/,
    );
    const alone = await load({ "vocab.txt": base()["vocab.txt"]! });
    expect(alone.report).toMatchObject({ layers: 4, hidden: 128 });
    expect(inEnglish(alone.report.notes)[0]).toMatch(
      /no config\.json and no weights/,
    );
  });
});

describe("config.json", () => {
  test("config-nan: Python's NaN is passed over, said", async () => {
    const { report, config } = await isTheBase(folderCase("config-nan"));
    expect(inEnglish(report.notes)).toEqual([
      "config.json says use_cache NaN, which is no number; it was passed over.",
    ]);
    expect(config.raw.use_cache).toBeNull();
  });

  test("one kind of text, many positions, odd sizes are said at loading", async () => {
    const sized = (changes: object) => {
      const files = changedConfig(changes);
      const config = readConfig(text(files["config.json"]));
      const weights = startingWeights(config, new Map(), 0, {
        seed: 1,
        randomWeights: true,
      });
      weights.delete("classifier.weight");
      weights.delete("classifier.bias");
      return load(withWeights(weights, files));
    };
    const single = await sized({ type_vocab_size: 1 });
    expect(inEnglish(single.report.notes)[0]).toMatch(
      /type_vocab_size 1.* pairs .*cannot/,
    );
    const long = await sized({ max_position_embeddings: 600 });
    expect(long.report.maxPositions).toBe(512);
    expect(inEnglish(long.report.notes)[0]).toMatch(
      /600 positions.* cut at 512/,
    );
    const odd = await sized({ hidden_size: 52 });
    expect(inEnglish(odd.report.notes)[0]).toMatch(
      /heads have 26 features.* on the CPU/,
    );
    const odder = await sized({ hidden_size: 26 });
    expect(inEnglish(odder.report.notes)[0]).toMatch(
      /hidden 26.*TensorFlow.js CPU/,
    );
  });
});

describe("tokenizers", () => {
  const pieces = async (files: Tree, words: string) =>
    (await load(files)).tokenizer.encode(words, null, 64).tokens;

  test("tok-conflict-json-lower: tokenizer_config.json is obeyed, said", async () => {
    const { report } = await load(folderCase("tok-conflict-json-lower"));
    expect(report.cased).toBe(true);
    expect(inEnglish(report.notes).join()).toMatch(
      /tokenizer_config\.json says do_lower_case false, tokenizer\.json says lowercase true: tokenizer_config\.json is obeyed/,
    );
  });

  test("tok-cased-config-silent: tokenizer.json counts, said", async () => {
    const { report } = await load(folderCase("tok-cased-config-silent"));
    expect(report.cased).toBe(true);
    expect(inEnglish(report.notes).join()).toMatch(
      /does not say do_lower_case/,
    );
  });

  test("tok-added-beyond: tokens without an embedding are refused", async () => {
    await expect(load(folderCase("tok-added-beyond"))).rejects.toThrow(
      /without an embedding: .* is 1200.*resize_token_embeddings/,
    );
    // What older versions keep in added_tokens.json counts as well.
    await expect(
      load(
        without(
          folderCase("tok-added-beyond"),
          "model/tokenizer.json",
          "model/tokenizer_config.json",
        ),
      ),
    ).rejects.toThrow(/without an embedding/);
  });

  test("tok-blank-lines: blank lines at the end of vocab.txt are no tokens", async () => {
    const files = without(
      folderCase("tok-blank-lines"),
      "model/tokenizer.json",
    );
    expect(text(files["model/vocab.txt"])).toMatch(/\n\n$/);
    expect(await pieces(files, "the delivery was late")).toEqual(
      await pieces(base(), "the delivery was late"),
    );
    await isTheBase(files);
  });

  test("family-bert-japanese: that words are split otherwise is said", async () => {
    const { report } = await isTheBase(
      without(folderCase("family-bert-japanese"), "model/tokenizer.json"),
    );
    expect(inEnglish(report.notes).join()).toMatch(
      /split by MeCab, which is not here/,
    );
  });
});
