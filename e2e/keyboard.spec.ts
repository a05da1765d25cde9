// Without a mouse, with a thumb, and from the right to the left.

import { expect, test, type Page } from "@playwright/test";
import {
  button,
  minutes,
  open,
  reach,
  region,
  setNumbers,
  short,
  trySample,
  upload,
} from "./studio.ts";
import { simple } from "./tables.ts";

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

test("a long label from the right to the left is shown from its beginning", async ({
  page,
}) => {
  const label = "شكوى حول موعد التسليم ".repeat(9).trim();
  const lines = Array.from({ length: 40 }, (_, i) =>
    i % 2 ? `text number ${i} of one kind,${label}` : `row ${i} of another,b`,
  );
  await open(page);
  await upload(page, {
    name: "labels.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(["text,label", ...lines].join("\n")),
  });
  await reach(page, "ready");
  const name = region(page, "Data")
    .getByRole("list", { name: "Labels", exact: true })
    .getByText(label);
  await expect(name).toBeVisible();
  /** Whether the first letter lies inside the box that cuts the rest. */
  expect(
    await name.evaluate((element) => {
      const range = document.createRange();
      let text: Node = element;
      while (text.firstChild) text = text.firstChild;
      range.setStart(text, 0);
      range.setEnd(text, 1);
      const letter = range.getBoundingClientRect();
      const box = element.getBoundingClientRect();
      return letter.left >= box.left - 1 && letter.right <= box.right + 1;
    }),
  ).toBe(true);
});
