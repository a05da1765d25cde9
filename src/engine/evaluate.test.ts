// An exported run used again, without training: the whole way through the engine,
// on WebAssembly.

import { smallOptions } from "./fixtures/options";
import { ofOneLabel } from "./fixtures/evaluation";
import { unzipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { inEnglish } from "../fixtures/english";
import { datasetOf, easyLabels, easyRows } from "./fixtures/examples";
import { base, placed, sourceOf, type Tree } from "./fixtures/folders";
import { engineInNode } from "./fixtures/node-engine";
import type { Prediction, RunSummary, TrainingOptions } from "./protocol";
import { readSafetensors, writeSafetensors } from "./model/weights";

const options: TrainingOptions = {
  ...smallOptions,
  epochs: 3,
  batchSize: 16,
  learningRate: 3e-3,
  maxTokens: 16,
};
const rows = easyRows().map((row, i) => ({ row, key: (i * 37) % 96 }));
rows.sort((a, b) => a.key - b.key);
const shuffled = rows.map(({ row }) => row);
const dataset = (labels = easyLabels) =>
  datasetOf(labels, {
    train: shuffled.slice(0, 64),
    validation: shuffled.slice(64),
  });
const inputs = [
  "we saw snow again today",
  "no brass?",
  `the apple ${"is here ".repeat(20)}`,
].map((text) => ({ text, textB: null }));

const openEngine = () => engineInNode();

let exported: Tree;
let before: Prediction[];
let summary: RunSummary;
beforeAll(async () => {
  const engine = openEngine();
  await engine.open("wasm", null);
  await engine.load(sourceOf(base()));
  summary = await engine.train(dataset(), options);
  before = await engine.predict(inputs);
  exported = placed(
    "fruit/",
    unzipSync((await engine.exportRun("huggingface", "fruit")).bytes) as Tree,
  );
});

async function loaded(files = exported) {
  const engine = openEngine();
  await engine.open("wasm", null);
  const report = await engine.load(sourceOf(files));
  return { engine, report };
}
const changed = (name: string, change: object): Tree => {
  const path = `fruit/${name}`;
  const json = new TextDecoder().decode(exported[path] as Uint8Array);
  return {
    ...exported,
    [path]: JSON.stringify({ ...(JSON.parse(json) as object), ...change }),
  };
};

test("its folder answers at once, with the probabilities it had", async () => {
  const { engine, report } = await loaded();
  expect(report).toMatchObject({
    labels: easyLabels,
    answers: true,
    former: { maxTokens: 16, pairs: false },
  });
  const after = await engine.predict(inputs);
  for (const [i, { probabilities, ...rest }] of after.entries()) {
    expect(rest).toEqual((({ probabilities: _, ...r }) => r)(before[i]!));
    for (const [label, probability] of probabilities.entries())
      expect(probability).toBeCloseTo(before[i]!.probabilities[label]!, 6);
  }
  expect(after[2]!.truncated).toBe(true);
  const capture = await engine.attention(inputs[0]!);
  expect(capture.step).toBe(0);
  expect(capture.probabilities![2]).toBeCloseTo(
    before[0]!.probabilities[2]!,
    5,
  );
});

test("a table of its labels is evaluated: the validation rows as before, and all rows", async () => {
  const { engine } = await loaded();
  const evaluations = await engine.evaluate(dataset());
  expect(evaluations.map(({ part, step }) => [part, step])).toEqual([
    ["all", 0],
    ["validation", 0],
  ]);
  const [all, validation] = evaluations;
  expect(validation!.accuracy).toBe(summary.validation!.accuracy);
  expect(validation!.loss).toBeCloseTo(summary.validation!.loss, 5);
  expect(ofOneLabel(validation).mistakes).toHaveLength(
    ofOneLabel(summary.validation).mistakeCount,
  );
  const support = ofOneLabel(all).perClass.map(({ support }) => support);
  expect(support).toEqual([32, 32, 32]);
});

test("labels are told apart by name, in any order, and some may be absent", async () => {
  const { engine } = await loaded();
  const order = [2, 0, 1];
  const other = datasetOf(
    order.map((label) => easyLabels[label]!),
    {
      train: [],
      validation: shuffled
        .slice(64)
        .map((row) => ({ ...row, label: order.indexOf(row.label) })),
    },
  );
  const [all] = await engine.evaluate(other);
  expect(all!.accuracy).toBe(summary.validation!.accuracy);
  const fruit = shuffled.filter(({ label }) => label === 0);
  const [some] = await engine.evaluate(
    datasetOf(["Fruit"], { train: fruit, validation: [] }),
  );
  expect(ofOneLabel(some).perClass.map(({ support }) => support)).toEqual([
    32, 0, 0,
  ]);
  await expect(
    engine.evaluate(dataset(["fruit", "metal", "sea"])),
  ).rejects.toThrow(
    "small has the labels fruit, metal, sea; the model fruit knows fruit, metal, weather. Choose another label column, or train.",
  );
});

test("after training from it, the trained weights answer; asked for by name, the loaded ones", async () => {
  const { engine } = await loaded();
  await engine.train(dataset(), { ...options, epochs: 1 });
  const first = async (from?: "run" | "model") =>
    (await engine.predict(inputs, from))[0]!.probabilities[2]!;
  expect(await first()).toBe(await first("run"));
  expect(await first("model")).toBeCloseTo(before[0]!.probabilities[2]!, 6);
  expect(await first()).not.toBeCloseTo(before[0]!.probabilities[2]!, 6);
  await engine.load(sourceOf(exported));
  expect(await first()).toBeCloseTo(before[0]!.probabilities[2]!, 6);
});

test("a model without such a classifier does not answer", async () => {
  for (const files of [
    base(),
    changed("config.json", { problem_type: "of another kind" }),
  ]) {
    const { engine, report } = await loaded(files);
    expect(report.answers).toBe(false);
    await expect(engine.predict(inputs)).rejects.toThrow(/no trained model/);
    await expect(engine.evaluate(dataset())).rejects.toThrow(
      /has no classifier of its own/,
    );
  }
});

test("a folder exported from the first bundled model, of 8192 word pieces, loads and answers", async () => {
  const words = 8192;
  const json = (name: string) =>
    JSON.parse(
      new TextDecoder().decode(exported[`fruit/${name}`] as Uint8Array),
    ) as Record<string, object>;
  const tokenizer = json("tokenizer.json") as {
    model: { vocab: Record<string, number> };
  };
  const { vocab } = tokenizer.model;
  for (let id = Object.keys(vocab).length; id < words; id++)
    vocab[`zz${id}zz`] = id;
  const weights = readSafetensors(
    exported["fruit/model.safetensors"] as Uint8Array,
    "fruit",
  );
  expect(weights.get("classifier.weight")!.data).toBeInstanceOf(Float32Array);
  const name = "bert.embeddings.word_embeddings.weight";
  const { shape, data } = weights.get(name)!;
  const wide = new Float32Array(words * shape[1]!);
  wide.set(data);
  weights.set(name, { shape: [words, shape[1]!], data: wide });
  // What that version did not write yet.
  const {
    weights: _w,
    version: _v,
    answers: _a,
    ...model
  } = json("attune.json").model as Record<string, unknown>;
  const { report, engine } = await loaded({
    ...exported,
    "fruit/tokenizer.json": JSON.stringify(tokenizer),
    "fruit/vocab.txt": Object.keys(vocab).join("\n"),
    "fruit/config.json": JSON.stringify({
      ...json("config.json"),
      vocab_size: words,
    }),
    "fruit/model.safetensors": writeSafetensors(weights, { format: "pt" }),
    "fruit/attune.json": JSON.stringify({
      ...json("attune.json"),
      model: { ...model, name: "attune-tiny-en", vocabulary: words },
    }),
  });
  expect(report).toMatchObject({
    name: "fruit",
    vocabulary: words,
    labels: easyLabels,
    answers: true,
    pretrained: true,
    former: { maxTokens: 16 },
  });
  const after = await engine.predict(inputs, "model");
  for (const [i, { probabilities, tokens }] of after.entries()) {
    expect(tokens).toBe(before[i]!.tokens);
    for (const [label, probability] of probabilities.entries())
      expect(probability).toBeCloseTo(before[i]!.probabilities[label]!, 6);
  }
});

test("a damaged attune.json is said, and the folder loads all the same", async () => {
  const { report } = await loaded({ ...exported, "fruit/attune.json": "{" });
  expect(report.former).toBeUndefined();
  expect(inEnglish(report.notes).join()).toMatch(
    /attune\.json is not a JSON object\..* It was passed over/,
  );
});

test("an export names the weights it came from by their SHA-256", async () => {
  const json = new TextDecoder().decode(
    exported["fruit/attune.json"] as Uint8Array,
  );
  const { model } = JSON.parse(json) as { model: { weights: string } };
  const bytes = base()["model.safetensors"] as Uint8Array<ArrayBuffer>;
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  expect(model.weights).toBe(Buffer.from(digest).toString("hex"));
});
