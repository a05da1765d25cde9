// Where the focus is, and where it goes next.

import { expect, test, type Page } from "@playwright/test";
import { button, minutes, open, reach, trySample } from "./studio.ts";

const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement!;
    return {
      name: at.textContent?.trim() ?? "",
      region: at.closest("section")?.getAttribute("aria-label") ?? null,
      isBody: at === document.body,
    };
  });

for (const [way, choose] of [
  ["its card", (page: Page) => page.locator(".sample").first().press("Enter")],
  ["the menu", (page: Page) => trySample(page, /tickets/i)],
  [
    "the menu by keyboard",
    async (page: Page) => {
      // A key goes nowhere while the list of samples is on its way.
      await expect(button(page, "Try a sample")).toBeEnabled();
      await button(page, "Try a sample").press("Enter");
      await page.getByRole("menuitem").first().press("Enter");
    },
  ],
] as const)
  test(`the focus goes on to the data after a sample was chosen by ${way}`, async ({
    page,
  }) => {
    await open(page);
    await choose(page);
    await reach(page, "ready");
    await expect
      .poll(() => focused(page))
      .toMatchObject({ region: "Data", isBody: false });
    // It stays there while the rest of the page comes.
    await page.waitForTimeout(500);
    expect(await focused(page)).toMatchObject({ region: "Data" });
    await button(page, "Start over").press("Enter");
    await reach(page, "empty");
    await expect
      .poll(() => focused(page))
      .toMatchObject({ region: "Data", isBody: false });
  });

test("the first stops of Tab lead to the data and to Train", async ({
  page,
}) => {
  await open(page);
  await page.keyboard.press("Tab");
  expect((await focused(page)).name).toBe("Skip to data");
  await expect(button(page, "Skip to data")).toBeInViewport();
  await page.goto("./?run-on=wasm&sample=tickets");
  await reach(page, "ready");
  await page.keyboard.press("Tab");
  expect((await focused(page)).name).toBe("Skip to data");
  await page.keyboard.press("Enter");
  expect(await focused(page)).toMatchObject({ region: "Data" });
  await button(page, "Skip to data").focus();
  await page.keyboard.press("Tab");
  expect((await focused(page)).name).toBe("Skip to Train");
  await page.keyboard.press("Enter");
  expect((await focused(page)).name).toBe("Train");
  await page.keyboard.press("Enter");
  await reach(page, "training", minutes(1));
});
