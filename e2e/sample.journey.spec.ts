// The main job, from the first click to the folder one leaves with.

import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "./language.ts";
import {
  asTable,
  exported,
  figure,
  minutes,
  open,
  predict,
  reach,
  region,
  setNumbers,
  snapshot,
  startTraining,
  tensorsOf,
  trySample,
} from "./studio.ts";

test("a sample becomes a trained model that predicts and leaves as a Hugging Face folder", async ({
  page,
}) => {
  test.setTimeout(minutes(4));
  await open(page);
  await trySample(page, /ticket/i);
  await reach(page, "ready");
  await expect(
    page.getByRole("table", { name: "Preview", exact: true }),
  ).toBeVisible();
  await setNumbers(page, {
    Epochs: 1,
    "Batch size": 32,
    "Max tokens": 24,
    Seed: 7,
  });
  await startTraining(page, 2);
  await seesItLearn(page);
  await reach(page, "trained", minutes(3));

  const result = await snapshot(page);
  expect(result.executor).toBe("wasm");
  expect(result.step).toBe(result.steps);
  expect(result.history.length).toBeGreaterThan(5);
  for (const { loss } of result.history)
    expect(Number.isFinite(loss)).toBe(true);
  expect(result.metrics.accuracy).toBeGreaterThan(0);
  expect(result.metrics.accuracy).toBeLessThanOrEqual(1);
  await seesHowGoodItIs(page);

  const predictions = await predict(
    page,
    "I was charged twice for my subscription this month",
  );
  await expect(predictions).toHaveCount(6);
  const shares = (await predictions.allTextContents()).map((text) =>
    Number(/([\d.]+)\s*%/.exec(text)?.[1]),
  );
  expect(shares).toEqual([...shares].sort((a, b) => b - a));
  expect(shares.reduce((a, b) => a + b)).toBeGreaterThan(97);
  expect(shares.reduce((a, b) => a + b)).toBeLessThan(103);

  const { name, files } = await exported(page);
  expect(name).toMatch(/^[\w-]+-huggingface\.zip$/);
  holdsAllOfTheModel(files);
});

/** While it trains, every chart has numbers behind it, and attention has a picture. */
async function seesItLearn(page: Page) {
  expect(await page.getByRole("main").getAttribute("data-phase")).toBe(
    "training",
  );
  await expect(
    page.getByRole("progressbar", { name: "Training progress" }),
  ).toBeVisible();
  await expect(
    page.getByRole("status", { name: "Training status" }),
  ).not.toBeEmpty();
  for (const name of ["Loss", "Learning rate", "Speed"])
    await expect((await asTable(page, name)).nth(2)).toBeVisible();
  await expect(figure(page, "Attention map")).toBeVisible();
}

/** Afterwards confusion matrix and per-class figures agree in size, and attention can be asked. */
async function seesHowGoodItIs(page: Page) {
  await expect((await asTable(page, "Accuracy")).nth(1)).toBeVisible();
  const evaluation = region(page, "Evaluation");
  const confusion = evaluation.getByRole("table", { name: "Confusion matrix" });
  await expect(confusion).toBeVisible();
  expect(
    await confusion.getByRole("row").count(),
    "six topics and a header",
  ).toBeGreaterThanOrEqual(7);
  expect(
    await evaluation
      .getByRole("table", { name: "Per-class figures" })
      .getByRole("row")
      .count(),
  ).toBeGreaterThanOrEqual(7);
  for (const name of ["Layer", "Head"])
    await expect(
      region(page, "Attention").getByRole("combobox", { name }),
    ).toBeVisible();
}

/** The folder opens in Hugging Face's tools, and says how the run can be repeated. */
function holdsAllOfTheModel(files: Record<string, Uint8Array>) {
  const text = (path: string) => new TextDecoder().decode(files[path]);
  for (const path of [
    "config.json",
    "model.safetensors",
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.txt",
    "README.md",
    "attune.json",
  ])
    expect(Object.keys(files)).toContain(path);
  const config = JSON.parse(text("config.json"));
  expect(config).toMatchObject({
    architectures: ["BertForSequenceClassification"],
    model_type: "bert",
    hidden_size: 128,
  });
  expect(Object.keys(config.id2label)).toEqual(["0", "1", "2", "3", "4", "5"]);
  for (const [id, label] of Object.entries<string>(config.id2label))
    expect(config.label2id[label]).toBe(Number(id));

  const tensors = tensorsOf(files["model.safetensors"]!);
  const base = tensorsOf(
    readFileSync("public/models/attune-tiny-en/model.safetensors"),
  );
  const encoder = Object.keys(base).filter((each) => each.startsWith("bert."));
  expect(encoder.length).toBeGreaterThan(30);
  for (const each of encoder)
    expect(tensors[each], each).toMatchObject({
      dtype: "F32",
      shape: base[each]!.shape,
    });
  expect(tensors["classifier.weight"]!.shape).toEqual([6, 128]);
  expect(tensors["classifier.bias"]!.shape).toEqual([6]);

  const repeat = JSON.parse(text("attune.json"));
  expect(JSON.stringify(repeat)).toContain('"seed":7');
  expect(text("README.md")).toMatch(/^---\n/);
  expect(text("README.md")).toMatch(/accuracy/i);
  expect(text("vocab.txt")).toBe(
    readFileSync("public/models/attune-tiny-en/vocab.txt", "utf8"),
  );
}
