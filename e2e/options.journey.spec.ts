// What one may choose before a run, and what comes of it.

import { expect, test } from "./language.ts";
import {
  choose,
  minutes,
  openWith,
  predict,
  reveal,
  setNumber,
  setNumbers,
  short,
  snapshot,
  train,
} from "./studio.ts";
import { labels, simple } from "./tables.ts";

test("head only trains on fixed features, in moments", async ({ page }) => {
  await openWith(page, simple());
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

test("the same seed gives the same losses, another seed others", async ({
  page,
}) => {
  await openWith(page, simple());
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
  // More rows of a label than pairs are drawn of, in few steps: a software adapter is slow.
  await openWith(page, simple(40), "run-on=webgpu");
  await setNumbers(page, { Epochs: 1, "Batch size": 24, "Max tokens": 12 });
  await train(page, minutes(4));
  const { executor, history } = await snapshot(page);
  expect(executor).toBe("webgpu");
  expect(history.length).toBeGreaterThan(2);
  for (const { loss } of history) {
    expect(loss).toBeGreaterThan(0);
    expect(loss).toBeLessThan(5);
  }
});

test("options and address presets are the same controls", async ({ page }) => {
  await openWith(page, simple(10), "run-on=wasm&seed=123&model=attune-tiny-en");
  await expect(
    await reveal(page, page.getByRole("spinbutton", { name: "Seed" })),
  ).toHaveValue("123");
  const { options } = await snapshot(page);
  expect(options.seed).toBe(123);
});
