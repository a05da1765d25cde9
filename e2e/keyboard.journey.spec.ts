// The main job without a mouse.

import { type Page } from "@playwright/test";
import { expect, test } from "./language.ts";
import { minutes, open, reach, reachStep } from "./studio.ts";

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
