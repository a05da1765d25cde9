// Every task from a dropped table to an export that loads again and answers alike.

import { existsSync, readFileSync } from "node:fs";
import { type Page } from "@playwright/test";
import { expect, test } from "./language.ts";
import {
  alerts,
  button,
  choose,
  exported,
  openWith,
  predict,
  reach,
  region,
  rowsOf,
  setNumbers,
  snapshot,
  train,
  tensorsOf,
  upload,
} from "./studio.ts";
import { file, several, temperatures, type Upload } from "./tables.ts";

const real = (path: string) =>
  readFileSync(new URL(`../../shared/data/text/${path}`, import.meta.url));
const json = (bytes: Uint8Array | undefined) =>
  JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
const chosenTask = (page: Page) =>
  page.getByRole("combobox", { name: "Task", exact: true });

/** The exported folder, dropped on a new page: what it says of a text without training. */
async function answersAgain(
  page: Page,
  files: Record<string, Uint8Array>,
  text: string,
): Promise<string[]> {
  await page.reload();
  await reach(page, "empty");
  await upload(
    page,
    ...Object.entries(files).map(([name, bytes]): Upload =>
      file(name, bytes, "application/octet-stream"),
    ),
  );
  return (await predict(page, text)).allInnerTexts();
}

test("texts with many labels each", async ({ page }) => {
  await openWith(page, several());
  await expect(chosenTask(page)).toHaveValue("many labels");
  expect((await snapshot(page)).task).toBe("many labels");
  await expect(region(page, "Data")).toContainText("cold");
  await setNumbers(page, { Epochs: 8, "Batch size": 16, "Max tokens": 16 });
  await train(page);
  const { metrics } = await snapshot(page);
  expect(metrics.microF1).toBeGreaterThan(0.8);
  expect(metrics.macroF1).toBeGreaterThan(0.8);
  expect(metrics.subsetAccuracy).toBeGreaterThan(0.5);
  expect(await rowsOf(page, "Per-class figures").count()).toBe(3);

  const text = "the soup was cold and the bill was wrong";
  const before = await (await predict(page, text)).allInnerTexts();
  const { files } = await exported(page);
  expect(json(files["config.json"])).toMatchObject({
    architectures: ["BertForSequenceClassification"],
    problem_type: "multi_label_classification",
    attune: { thresholds: { cold: expect.any(Number) as unknown } },
  });
  expect(
    tensorsOf(files["model.safetensors"]!)["classifier.weight"]!.shape,
  ).toEqual([3, 128]);
  expect(await answersAgain(page, files, text)).toEqual(before);
});

test("a score for each text", async ({ page }) => {
  await openWith(page, temperatures());
  await expect(chosenTask(page)).toHaveValue("score");
  await setNumbers(page, { Epochs: 8, "Batch size": 16, "Max tokens": 16 });
  await train(page);
  const { metrics } = await snapshot(page);
  expect(metrics.r2).toBeGreaterThan(0.8);
  expect(metrics.spearman).toBeGreaterThan(0.8);
  expect(metrics.rmse).toBeLessThan(6);

  const text = "it is freezing outside";
  const [before] = await (await predict(page, text)).allInnerTexts();
  const { files } = await exported(page);
  expect(json(files["config.json"])).toMatchObject({
    problem_type: "regression",
    id2label: { 0: "degrees" },
  });
  const [again] = await answersAgain(page, files, text);
  const number = (line: string | undefined) =>
    Number(/-?[\d.]+$/.exec(line ?? "")?.[0]);
  expect(number(again)).toBeCloseTo(number(before), 1);
});

test("another task is chosen where the columns suggest the wrong one", async ({
  page,
}) => {
  await openWith(page, temperatures());
  await choose(page, "Task", "one label");
  await reach(page, "mapping");
  await expect(alerts(page)).toContainText("degrees");
  await choose(page, "Task", "score");
  await reach(page, "ready");
  await expect(button(page, "Train")).toBeEnabled();
});

const goemotions = "goemotions/dev.tsv";
const hasReal = existsSync(
  new URL(`../../shared/data/text/${goemotions}`, import.meta.url),
);
(hasReal ? test : test.skip)(
  "GoEmotions is read as many labels",
  async ({ page }) => {
    const lines = String(real(goemotions)).split("\n").slice(0, 400);
    await openWith(page, file("dev.tsv", lines.join("\n")));
    await expect(chosenTask(page)).toHaveValue("many labels");
    await setNumbers(page, { Epochs: 1, "Batch size": 32, "Max tokens": 32 });
    await train(page);
    const { metrics } = await snapshot(page);
    expect(metrics.microF1).toBeGreaterThan(0.08);
    const { files } = await exported(page);
    expect(
      Object.keys(json(files["config.json"]).id2label as object).length,
    ).toBeGreaterThan(20);
  },
);
