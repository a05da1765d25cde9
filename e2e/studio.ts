// The studio as a person with a screen reader meets it: roles and names of
// CONTRACT.md, nothing else. Every journey drives it through this file.

import { readFileSync } from "node:fs";
import { type Locator, type Page, expect } from "@playwright/test";
import { unzipSync } from "fflate";
import type { Upload } from "./tables.ts";

/** What `window.attune.snapshot()` promises. */
export interface Snapshot {
  phase: string;
  executor: string;
  device: unknown;
  model: unknown;
  options: Record<string, unknown>;
  step: number;
  steps: number;
  epoch: number;
  task: string;
  metrics: Record<string, number> & {
    loss: number;
    accuracy: number;
    macroF1: number;
  };
  baselines: {
    majority: { accuracy: number };
    bagOfWords: { accuracy: number };
  } | null;
  history: { step: number; loss: number }[];
  problem: string | null;
}

export const minutes = (count: number) => count * 60_000;

export async function snapshot(page: Page): Promise<Snapshot> {
  return page.evaluate(() =>
    (
      window as unknown as { attune: { snapshot(): Snapshot } }
    ).attune.snapshot(),
  );
}

export async function open(page: Page, query = "run-on=wasm", path = "./") {
  await page.goto(`${path}?${query}`);
  await reach(page, "empty");
}

/** Waits for one of the phases; says the problem when the run failed instead. */
export async function reach(
  page: Page,
  phases: string | string[],
  timeout = minutes(1),
): Promise<string> {
  const wanted = [phases].flat();
  const main = page.getByRole("main");
  await expect(async () => {
    const phase = await main.getAttribute("data-phase", { timeout: 1000 });
    if (phase === "failed" && !wanted.includes("failed"))
      throw new Error(`failed: ${(await snapshot(page)).problem}`);
    expect(wanted).toContain(phase);
  }).toPass({ timeout, intervals: [50] });
  return (await main.getAttribute("data-phase"))!;
}

export const region = (page: Page, name: string) =>
  page.getByRole("region", { name, exact: true });
export const button = (page: Page, name: string) =>
  page.getByRole("button", { name, exact: true });
export const figure = (page: Page, name: string) =>
  page.getByRole("figure", { name, exact: true });
export const alerts = (page: Page) => page.getByRole("alert");

/** The rows of a table that are not its header. */
export const rowsOf = (page: Page, name: string) =>
  page
    .getByRole("table", { name, exact: true })
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });

/** Shows the numbers behind a chart: the rows of its table, the header first. */
export async function asTable(page: Page, name: string) {
  const chart = figure(page, name);
  await chart.getByRole("button", { name: "Show as table" }).click();
  return chart.getByRole("table").getByRole("row");
}

export async function upload(page: Page, ...files: (Upload | string)[]) {
  await page.getByLabel("Upload data").setInputFiles(files as string[]);
}

/** Opens the studio and drops a table, ready to train. */
export async function openWith(page: Page, table: Upload, query?: string) {
  await open(page, query);
  await upload(page, table);
  await reach(page, "ready");
}

export async function trySample(page: Page, name: RegExp) {
  await button(page, "Try a sample").click();
  await page.getByRole("menuitem", { name }).click();
}

/**
 * Opens whatever hides a control: options beyond the first few live behind
 * disclosures. Looks again until it is there, since panels may still be mounting.
 */
export async function reveal(page: Page, control: Locator): Promise<Locator> {
  const closed = page.locator(
    '[aria-expanded="false"]:not([role=combobox]):not([aria-haspopup]), details:not([open]) > summary',
  );
  await expect(async () => {
    if (await control.isVisible()) return;
    for (const each of await closed.elementHandles()) {
      if (!(await each.isVisible())) continue;
      await each.click();
      // What it discloses may take a frame or two to mount.
      const shown = await control
        .waitFor({ state: "visible", timeout: 1500 })
        .then(
          () => true,
          () => false,
        );
      if (shown) return;
      await each.click();
    }
    await expect(control).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  return control;
}

/** Picks an option of a combobox, native or not. */
export async function choose(page: Page, name: string, option: string) {
  const box = await reveal(
    page,
    page.getByRole("combobox", { name, exact: true }),
  );
  if ((await box.evaluate((element) => element.tagName)) === "SELECT") {
    await box.selectOption({ label: option });
    return;
  }
  await box.click();
  await page.getByRole("option", { name: option }).first().click();
}

export async function setNumber(page: Page, name: string, value: number) {
  const box = await reveal(
    page,
    page.getByRole("spinbutton", { name, exact: true }),
  );
  await box.fill(String(value));
  await box.press("Tab");
}

export async function setNumbers(page: Page, values: Record<string, number>) {
  for (const [name, value] of Object.entries(values))
    await setNumber(page, name, value);
}

/** Small and quick: what most journeys train with. */
export const short = { Epochs: 1, "Batch size": 16, "Max tokens": 16 };

export async function train(page: Page, timeout = minutes(2)) {
  await button(page, "Train").click();
  await reach(page, ["loading", "training", "trained"]);
  await reach(page, "trained", timeout);
}

/** Waits until at least `step` steps are done. */
export async function reachStep(
  page: Page,
  step: number,
  timeout = minutes(1),
) {
  await expect
    .poll(async () => (await snapshot(page)).step, {
      timeout,
      intervals: [50],
    })
    .toBeGreaterThanOrEqual(step);
}

/** Presses Train and waits until so many steps are done. */
export async function startTraining(page: Page, step: number) {
  await button(page, "Train").click();
  await reachStep(page, step);
}

export async function predict(page: Page, text: string) {
  await page
    .getByRole("textbox", { name: "Text to classify", exact: true })
    .fill(text);
  await button(page, "Predict").click();
  const items = page
    .getByRole("list", { name: "Predictions", exact: true })
    .getByRole("listitem");
  await expect(items.first()).toBeVisible();
  return items;
}

/** Exports the run and reads the archive. */
export async function exported(page: Page) {
  const arriving = page.waitForEvent("download");
  await button(page, "Export").click();
  const download = await arriving;
  const path = await download.path();
  return {
    name: download.suggestedFilename(),
    path,
    files: unzipSync(new Uint8Array(readFileSync(path))),
  };
}

export interface TensorHeader {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

/** A safetensors file's header, checked for gaps and overlaps. */
export function tensorsOf(file: Uint8Array): Record<string, TensorHeader> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const header = JSON.parse(
    new TextDecoder().decode(file.subarray(8, 8 + length)),
  ) as Record<string, TensorHeader>;
  delete header.__metadata__;
  const spans = Object.values(header)
    .map(({ data_offsets }) => data_offsets)
    .sort(([a], [b]) => a - b);
  let end = 0;
  for (const [from, to] of spans) {
    expect(from).toBe(end);
    end = to;
  }
  expect(8 + length + end).toBe(file.byteLength);
  return header;
}
