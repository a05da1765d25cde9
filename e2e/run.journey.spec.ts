// A run while it goes: paused, resumed, stopped, and not lost by a slip.

import { expect, test } from "./language.ts";
import {
  button,
  exported,
  openWith,
  predict,
  reach,
  reachStep,
  setNumbers,
  short,
  snapshot,
  startTraining,
} from "./studio.ts";
import { labels, simple } from "./tables.ts";

test("a run pauses, resumes and stops at a step, and a stopped run keeps its model", async ({
  page,
}) => {
  await openWith(page, simple());
  await setNumbers(page, { ...short, Epochs: 50 });
  await startTraining(page, 2);

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

test("closing or reloading the page while it trains asks first", async ({
  page,
}) => {
  await openWith(page, simple());
  await setNumbers(page, { ...short, Epochs: 50 });
  await startTraining(page, 1);

  const asked = page.waitForEvent("dialog");
  await page.evaluate(() => void setTimeout(() => location.reload()));
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await reachStep(page, (await snapshot(page)).step + 1);

  await button(page, "Stop").click();
  await reach(page, "trained");
});
