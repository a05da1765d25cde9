import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, test } from "./language.ts";
import {
  button,
  choose,
  exported,
  figure,
  minutes,
  open,
  predict,
  reach,
  reachStep,
  region,
  reveal,
  setNumber,
  setNumbers,
  short,
  snapshot,
  tensorsOf,
  train,
  trySample,
  upload,
} from "./studio.ts";
import { german, labels, simple } from "./tables.ts";

/** Opens the studio with the small table, ready to train. */
async function openReady(page: Page, perLabel = 40, query?: string) {
  await open(page, query);
  await upload(page, simple(perLabel));
  await reach(page, "ready");
}

/** The rows below the header of a table in a region or figure. */
const tableRows = (page: Page, name: string) =>
  page
    .getByRole("table", { name, exact: true })
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });

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
  await button(page, "Train").click();
  await reachStep(page, 2);
  expect(await page.getByRole("main").getAttribute("data-phase")).toBe(
    "training",
  );
  await expect(
    page.getByRole("progressbar", { name: "Training progress" }),
  ).toBeVisible();
  await expect(
    page.getByRole("status", { name: "Training status" }),
  ).not.toBeEmpty();

  // Watch: every chart has numbers behind it, and attention has a picture.
  for (const name of ["Loss", "Learning rate", "Speed"]) {
    const chart = figure(page, name);
    await chart.getByRole("button", { name: "Show as table" }).click();
    await expect(
      chart.getByRole("table").getByRole("row").nth(2),
    ).toBeVisible();
  }
  const map = figure(page, "Attention map");
  await expect(map).toBeVisible();
  await reach(page, "trained", minutes(3));

  const result = await snapshot(page);
  expect(result.executor).toBe("wasm");
  expect(result.step).toBe(result.steps);
  expect(result.history.length).toBeGreaterThan(5);
  for (const { loss } of result.history)
    expect(Number.isFinite(loss)).toBe(true);
  expect(result.metrics.accuracy).toBeGreaterThan(0);
  expect(result.metrics.accuracy).toBeLessThanOrEqual(1);
  const accuracy = figure(page, "Accuracy");
  await accuracy.getByRole("button", { name: "Show as table" }).click();
  await expect(
    accuracy.getByRole("table").getByRole("row").nth(1),
  ).toBeVisible();

  // Look: confusion matrix, per-class figures and mistakes agree in size.
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
  await expect(
    region(page, "Attention").getByRole("combobox", { name: "Layer" }),
  ).toBeVisible();
  await expect(
    region(page, "Attention").getByRole("combobox", { name: "Head" }),
  ).toBeVisible();

  // Use.
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

  // Leave.
  const { name, files } = await exported(page);
  expect(name).toMatch(/^[\w-]+-huggingface\.zip$/);
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
});

test("a spreadsheet's CSV with odd columns is read as its author meant it", async ({
  page,
}) => {
  await open(page);
  await upload(page, german());
  await reach(page, "ready");
  const chosen = async (name: string) =>
    page
      .getByRole("combobox", { name, exact: true })
      .evaluate((box) =>
        box instanceof HTMLSelectElement
          ? box.selectedOptions[0]?.text
          : (box as HTMLInputElement).value || box.textContent,
      );
  expect(await chosen("Label column")).toContain("Kategorie");
  expect(await chosen("Text column")).toContain("Nachricht");
  const data = region(page, "Data");
  await expect(data).toContainText("Früchte");
  await expect(
    page.getByRole("table", { name: "Preview", exact: true }),
  ).toContainText("Größe");
  await expect(data).toContainText("windows-1252");

  await choose(page, "Text column", "Notiz");
  await choose(page, "Text column", "Nachricht");
  await choose(page, "Second text column", "Betreff");
  await setNumbers(page, { ...short, "Max tokens": 32 });
  await train(page);
  const { metrics } = await snapshot(page);
  expect(metrics.accuracy).toBeGreaterThan(0);
  expect(
    await tableRows(page, "Confusion matrix").count(),
  ).toBeGreaterThanOrEqual(3);
});

test("head only trains on fixed features, in moments", async ({ page }) => {
  await openReady(page);
  await choose(page, "Fine-tune", "head only");
  await setNumbers(page, {
    ...short,
    Epochs: 20,
    "Learning rate": 0.01,
  });
  await train(page);
  const { history, steps, metrics } = await snapshot(page);
  expect(steps).toBe(20 * Math.ceil((120 * 0.8) / 16));
  expect(history.at(-1)!.loss).toBeLessThan(history[0]!.loss);
  expect(metrics.accuracy).toBeGreaterThan(0.5);
  await expect(
    await predict(page, "the rusty iron was there again"),
  ).toHaveCount(labels.length);
});

test("a run pauses, resumes and stops at a step, and a stopped run keeps its model", async ({
  page,
}) => {
  await openReady(page);
  await setNumbers(page, { ...short, Epochs: 50 });
  await button(page, "Train").click();
  await reachStep(page, 2);

  const before = (await snapshot(page)).step;
  await button(page, "Pause").click();
  await reach(page, "paused", 20_000);
  const paused = (await snapshot(page)).step;
  // How many steps pass until the click arrives is the machine's business
  // (handlers.test.ts proves that a pause holds the run before its next step).
  expect(paused).toBeGreaterThanOrEqual(before);
  await page.waitForTimeout(1500);
  expect((await snapshot(page)).step).toBe(paused);

  await button(page, "Resume").click();
  await reach(page, "training");
  await reachStep(page, paused + 2);

  await button(page, "Stop").click();
  await reach(page, "trained");
  const stopped = await snapshot(page);
  expect(stopped.step).toBeLessThan(stopped.steps);
  expect(stopped.problem).toBeNull();
  await expect(
    await predict(page, "the ripe apple was there again"),
  ).toHaveCount(labels.length);
  const { files } = await exported(page);
  expect(Object.keys(files)).toContain("model.safetensors");
});

test("the same seed gives the same losses, another seed others", async ({
  page,
}) => {
  await openReady(page);
  await setNumbers(page, short);
  const losses: number[][] = [];
  for (const seed of [3, 3, 4]) {
    await setNumber(page, "Seed", seed);
    await train(page);
    losses.push((await snapshot(page)).history.map(({ loss }) => loss));
  }
  expect(losses[0]!.length).toBeGreaterThan(4);
  expect(losses[1]).toEqual(losses[0]);
  expect(losses[2]).not.toEqual(losses[0]);
});

test("WebGPU trains for real, on a software adapter where there is no GPU", async ({
  page,
}) => {
  test.setTimeout(minutes(5));
  await openReady(page, 10, "run-on=webgpu");
  await setNumbers(page, { Epochs: 1, "Batch size": 4, "Max tokens": 12 });
  await train(page, minutes(4));
  const { executor, history } = await snapshot(page);
  expect(executor).toBe("webgpu");
  expect(history.length).toBeGreaterThan(2);
  for (const { loss } of history) {
    expect(loss).toBeGreaterThan(0);
    expect(loss).toBeLessThan(5);
  }
});

test("closing or reloading the page while it trains asks first", async ({
  page,
}) => {
  await openReady(page);
  await setNumbers(page, { ...short, Epochs: 50 });
  await button(page, "Train").click();
  await reachStep(page, 1);

  const asked = page.waitForEvent("dialog");
  await page.evaluate(() => void setTimeout(() => location.reload()));
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await reachStep(page, (await snapshot(page)).step + 1);

  await button(page, "Stop").click();
  await reach(page, "trained");
});

/** Presses Tab until the wanted thing has focus. */
async function tabTo(page: Page, role: string, name: string) {
  const target = page.getByRole(role as "button", { name, exact: true });
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement))
      return target;
    await page.keyboard.press("Tab");
  }
  throw new Error(`80 presses of Tab do not reach ${role} "${name}".`);
}

test("everything from the empty page to a trained model works by keyboard", async ({
  page,
}) => {
  test.setTimeout(minutes(3));
  await open(page);
  await tabTo(page, "button", "Try a sample");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await reach(page, "ready");

  await tabTo(page, "button", "Train");
  await page.keyboard.press("Enter");
  await reachStep(page, 1);
  await tabTo(page, "button", "Pause");
  await page.keyboard.press("Space");
  await reach(page, "paused", 20_000);
  await tabTo(page, "button", "Stop");
  await page.keyboard.press("Enter");
  await reach(page, "trained");

  await tabTo(page, "textbox", "Text to classify");
  await page.keyboard.type("I cannot log in any more");
  await tabTo(page, "button", "Predict");
  await page.keyboard.press("Enter");
  await expect(
    page
      .getByRole("list", { name: "Predictions", exact: true })
      .getByRole("listitem")
      .first(),
  ).toBeVisible();
});

test("options and address presets are the same controls", async ({ page }) => {
  await open(page, "run-on=wasm&seed=123&model=attune-tiny-en");
  await upload(page, simple(10));
  await reach(page, "ready");
  await expect(
    await reveal(page, page.getByRole("spinbutton", { name: "Seed" })),
  ).toHaveValue("123");
  const { options } = await snapshot(page);
  expect(options.seed).toBe(123);
});
