// With a thumb.

import { expect, test, type Page } from "@playwright/test";
import {
  button,
  minutes,
  open,
  reach,
  setNumbers,
  short,
  upload,
} from "./studio.ts";
import { simple } from "./tables.ts";

/** What can be pressed and is less than 24 pixels wide or high. */
const small = (page: Page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        "button, a[href], select, summary, input, textarea, [role=slider]",
      ),
    ].flatMap((element) => {
      const target = element.closest("label") ?? element;
      const { width, height } = target.getBoundingClientRect();
      if (width === 0 || getComputedStyle(element).visibility === "hidden")
        return [];
      if (element.closest(".skip-links, .unseen")) return [];
      return width >= 23.5 && height >= 23.5
        ? []
        : [
            `${element.getAttribute("aria-label") ?? element.textContent} (${element.tagName}.${element.className}) ${width}×${height}`,
          ];
    }),
  );

for (const width of [1440, 390])
  test(`everything to press is at least 24 pixels each way, ${width} wide`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    await open(page);
    expect(await small(page)).toEqual([]);
    await upload(page, simple());
    await reach(page, "ready");
    await page.waitForTimeout(500);
    // One after the other: the list of closed ones shrinks with each press.
    const closed = page.locator("details:not([open]) > summary:visible");
    while ((await closed.count()) > 0) await closed.first().click();
    await page.waitForTimeout(300);
    expect(await small(page)).toEqual([]);
    await setNumbers(page, short);
    await button(page, "Train").click();
    await reach(page, "trained", minutes(2));
    await page.waitForTimeout(500);
    expect(await small(page)).toEqual([]);
  });
