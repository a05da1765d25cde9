import { existsSync, readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { inEnglish } from "../../fixtures/english";
import { forward } from "../oracle/bert";
import { createBert, trainableNames } from "../oracle/variables";
import { readConfig } from "./config";
import { checkWeights } from "./parameters";
import { makeSmall, smallConfig, smallTests } from "../fixtures/small";
import { readSafetensors, type Weights } from "./weights";

beforeAll(() => tf.setBackend("cpu"));
smallTests("cpu", () => tf.setBackend("cpu"));

const folder = "public/models/attune-tiny-en/";
const config = readFileSync(folder + "config.json", "utf8");
const bundled = () =>
  readSafetensors(readFileSync(folder + "model.safetensors"), "model");

describe("config.json", () => {
  const changed = (changes: object) =>
    JSON.stringify({ ...smallConfig, ...changes });

  test("of the bundled model is read", () => {
    expect(readConfig(config)).toMatchObject({
      vocab_size: 16384,
      hidden_size: 128,
      num_hidden_layers: 4,
      hidden_act: "gelu",
      layer_norm_eps: 1e-12,
    });
    expect(readConfig(config).raw.architectures).toEqual(["BertForMaskedLM"]);
  });

  test.each([
    ["{", /^config\.json is not a JSON object/],
    ["[]", /^config\.json is not a JSON object/],
    [
      changed({ model_type: "roberta" }),
      /model_type is "roberta", which Attune cannot train yet\. Choose a BERT model/,
    ],
    [changed({ model_type: "distilbert" }), /model_type is "distilbert"/],
    [
      changed({ position_embedding_type: "relative_key" }),
      /position_embedding_type is "relative_key"; only "absolute"/,
    ],
    [
      changed({ hidden_act: "mish" }),
      /hidden_act is "mish"; gelu, gelu_new, gelu_pytorch_tanh, relu, silu, swish are supported/,
    ],
    [changed({ is_decoder: true }), /is_decoder is true/],
    [
      changed({ vocab_size: undefined }),
      /vocab_size is missing where a whole number above 0 is needed/,
    ],
    [changed({ hidden_size: "12" }), /hidden_size is "12" where/],
    [
      changed({ num_attention_heads: 5 }),
      /hidden_size 12 is not a multiple of num_attention_heads 5/,
    ],
  ])("%# is refused in a sentence", (json, sentence) => {
    expect(() => readConfig(json)).toThrow(sentence);
  });
});

describe("weights", () => {
  test("of the bundled model fit; its pretraining head is not used", () => {
    const report = checkWeights(readConfig(config), bundled());
    expect(report.missing).toEqual(["classifier.weight", "classifier.bias"]);
    expect(report.unused).toHaveLength(5);
    expect(inEnglish(report.notes)).toEqual([
      "5 tensors of the pretraining head (cls.…) are not used.",
    ]);
  });

  test("of another vocabulary are refused with both sizes", () => {
    const other = config.replace("16384", "30522");
    expect(() => checkWeights(readConfig(other), bundled())).toThrow(
      "model.safetensors: bert.embeddings.word_embeddings.weight is 16384 × 128, config.json says vocab_size 30522 and hidden_size 128 (30522 × 128). Choose the config.json and the weights of the same model.",
    );
  });

  test("of fewer or more layers are refused", () => {
    const six = config.replace(
      '"num_hidden_layers": 4',
      '"num_hidden_layers": 6',
    );
    expect(() => checkWeights(readConfig(six), bundled())).toThrow(
      /bert\.encoder\.layer\.4\.attention\.self\.query\.weight is missing; config\.json describes 6 layers/,
    );
    const two = config.replace(
      '"num_hidden_layers": 4',
      '"num_hidden_layers": 2',
    );
    expect(() => checkWeights(readConfig(two), bundled())).toThrow(
      /bert\.encoder\.layer\.2\..* has no place in the 2 layers/,
    );
  });

  test("of another architecture are named", () => {
    const roberta: Weights = new Map([
      [
        "roberta.embeddings.word_embeddings.weight",
        { shape: [1], data: new Float32Array(1) },
      ],
    ]);
    expect(() => checkWeights(readConfig(config), roberta)).toThrow(
      /named roberta\.embeddings\.word_embeddings\.weight, …: these are not BERT's/,
    );
  });

  test("without prefix, with old LayerNorm names and without pooler give the same encoder", async () => {
    const weights = bundled();
    const old: Weights = new Map();
    for (const [name, array] of weights)
      if (name.startsWith("bert.") && !name.includes("pooler"))
        old.set(
          name
            .slice(5)
            .replace("LayerNorm.weight", "LayerNorm.gamma")
            .replace("LayerNorm.bias", "LayerNorm.beta"),
          array,
        );
    const report = checkWeights(readConfig(config), old);
    expect(report.missing).toEqual([
      "bert.pooler.dense.weight",
      "bert.pooler.dense.bias",
      "classifier.weight",
      "classifier.bias",
    ]);
    expect(inEnglish(report.notes)[0]).toMatch(/^The weights have no pooler/);
    const bert = createBert(readConfig(config), old, 2, {
      seed: 1,
      randomWeights: false,
    });
    const read = await bert.read();
    for (const [name, { data }] of weights)
      if (name.startsWith("bert.") && !name.includes("pooler"))
        expect(same(read.get(name)!.data, data)).toBe(true);
    bert.dispose();
  });

  test("read back bit-equal, classifier included where its size fits", async () => {
    const weights = bundled();
    const data = Float32Array.from({ length: 256 }, (_, i) => i / 7);
    weights.set("classifier.weight", { shape: [2, 128], data });
    const make = (labels: number) =>
      createBert(readConfig(config), weights, labels, {
        seed: 1,
        randomWeights: false,
      });
    const [two, three] = [make(2), make(3)];
    const read = await two.read();
    for (const name of [
      "classifier.weight",
      "bert.embeddings.word_embeddings.weight",
    ])
      expect(same(read.get(name)!.data, weights.get(name)!.data)).toBe(true);
    expect((await three.read()).get("classifier.weight")!.shape).toEqual([
      3, 128,
    ]);
    two.dispose();
    three.dispose();
  });

  test("start at normal(0, initializer_range), by seed", async () => {
    const [a, b, c] = [makeSmall(1), makeSmall(1), makeSmall(2)];
    const [x, y, z] = [await a.read(), await b.read(), await c.read()];
    for (const bert of [a, b, c]) bert.dispose();
    expect(y).toEqual(x);
    expect(z).not.toEqual(x);
    const all = [...x]
      .filter(([name]) => /dense\.weight|query\.weight/.test(name))
      .flatMap(([, { data }]) => [...data]);
    const mean = all.reduce((sum, v) => sum + v, 0) / all.length;
    const deviation = Math.sqrt(
      all.reduce((sum, v) => sum + v * v, 0) / all.length,
    );
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(deviation).toBeGreaterThan(0.28);
    expect(deviation).toBeLessThan(0.32);
    expect(
      [...x.get("bert.encoder.layer.0.output.LayerNorm.weight")!.data].every(
        (v) => v === 1,
      ),
    ).toBe(true);
    expect(
      [
        ...x.get("bert.embeddings.word_embeddings.weight")!.data.slice(0, 12),
      ].every((v) => v === 0),
    ).toBe(true);
  });
});

/** Bit by bit; vitest's own comparison takes seconds for a million numbers. */
const same = (a: Float32Array, b: Float32Array) =>
  Buffer.compare(
    Buffer.from(a.buffer, a.byteOffset, a.byteLength),
    Buffer.from(b.buffer, b.byteOffset, b.byteLength),
  ) === 0;

test("fine-tuning modes train the head, the top layers, or everything", () => {
  const bert = makeSmall();
  const head = [
    "bert.pooler.dense.weight",
    "bert.pooler.dense.bias",
    "classifier.weight",
    "classifier.bias",
  ];
  expect(trainableNames(bert, "head only", 2)).toEqual(head);
  const top = trainableNames(bert, "top layers", 1);
  expect(top).toHaveLength(16 + 4);
  expect(
    top.filter((name) => name.startsWith("bert.encoder.layer.2.")),
  ).toHaveLength(16);
  expect(trainableNames(bert, "top layers", 99)).toHaveLength(3 * 16 + 4);
  expect(trainableNames(bert, "all layers", 0)).toEqual([
    ...bert.variables.keys(),
  ]);
  bert.dispose();
});

const shared = "../shared/data/weights/bert-tiny-sst2-encoder";
test.skipIf(!existsSync(`${shared}.fixture.json`) && !process.env.CI)(
  "agrees with a public BERT-tiny from its real embeddings to its logits (../shared/data must lie beside the checkout)",
  async () => {
    const oracle = JSON.parse(
      readFileSync(`${shared}.fixture.json`, "utf8"),
    ) as {
      embedding_output: number[][];
      pooled: number[];
      logits: number[];
    };
    const weights = readSafetensors(
      readFileSync(`${shared}-only.safetensors`),
      "sst2",
    );
    const tokens = oracle.embedding_output.length;
    const bert = createBert(
      readConfig(
        JSON.stringify({
          ...smallConfig,
          vocab_size: 1,
          hidden_size: 128,
          num_hidden_layers: 2,
          num_attention_heads: 2,
          intermediate_size: 512,
          max_position_embeddings: 1,
        }),
      ),
      weights,
      2,
      { seed: 1, randomWeights: false },
    );
    const used = [...weights.keys()].filter((name) => bert.variables.has(name));
    expect(used).toHaveLength(weights.size);
    const embedded = tf.tensor2d(oracle.embedding_output);
    const { logits } = forward(
      bert,
      {
        size: 1,
        tokens,
        ids: new Int32Array(tokens),
        segments: new Int32Array(tokens),
        lengths: Int32Array.of(tokens),
      },
      { embedded },
    );
    const ours = await logits.data();
    tf.dispose([embedded, logits]);
    bert.dispose();
    for (const [l, value] of oracle.logits.entries())
      expect(Math.abs(ours[l]! - value)).toBeLessThan(1e-4);
  },
);
