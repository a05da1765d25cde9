// What a person could lose: weights that are not exported, and sight of whose
// results are on screen.

import { expect, test, type Page } from "@playwright/test";
import {
  button,
  exported,
  minutes,
  open,
  openWith,
  reach,
  region,
  setNumbers,
  short,
  train,
  upload,
} from "./studio.ts";
import { csv, rows, simple } from "./tables.ts";

/** Whether leaving asks; stays on the page then. */
async function asks(page: Page): Promise<boolean> {
  // Whichever comes first; the other one's waiting ends with the page.
  const asked = page.waitForEvent("dialog").then(async (dialog) => {
    await dialog.dismiss();
    return dialog.type() === "beforeunload";
  });
  const left = page.waitForEvent("framenavigated").then(() => false);
  for (const waiting of [asked, left]) waiting.catch(() => {});
  await page.evaluate(() => void setTimeout(() => location.reload()));
  return Promise.race([asked, left]);
}

const other = () => {
  const lines = rows(12).map(({ text, label }) => `${text} today,${label}`);
  return csv("other.csv", lines);
};

test("results of a former table are marked; Train and leaving ask until they are exported", async ({
  page,
}) => {
  test.setTimeout(minutes(3));
  await openWith(page, simple());
  await setNumbers(page, short);
  await train(page);
  const mark = /^Results of things-1 \(things.csv\), not of the data/;
  await expect(page.getByText(mark)).toHaveCount(0);

  await upload(page, other());
  await reach(page, "ready");
  for (const name of ["Training", "Evaluation", "Try it", "Export"])
    await expect(region(page, name).getByText(mark)).toBeVisible();
  await button(page, "Train").click();
  await expect(page.getByRole("alert")).toContainText("is not exported");
  await expect(page.getByRole("alert")).toBeInViewport();
  expect(await asks(page)).toBe(true);

  await exported(page);
  await expect(button(page, "Train anyway")).toHaveCount(0);
  expect(await asks(page)).toBe(false);
});

test("Train is not offered while there is no model", async ({ page }) => {
  await page.route("**/model.safetensors", (route) => route.abort());
  await open(page);
  await upload(page, simple());
  await expect(button(page, "Try again")).toBeVisible();
  await expect(button(page, "Train")).toBeDisabled();
  await expect(
    page.getByRole("status", { name: "Training status" }),
  ).toContainText("There is no model");
  await page.unroute("**/model.safetensors");
  await button(page, "Try again").press("Enter");
  await expect(button(page, "Train")).toBeEnabled({ timeout: minutes(1) });
  await expect(button(page, "Train"), "the focus goes on").toBeFocused();
});
