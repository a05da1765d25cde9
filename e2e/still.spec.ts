// Numbers arrive, and nothing else moves.

import { type Page, expect, test } from "@playwright/test";
import {
  minutes,
  openWith,
  reach,
  setNumbers,
  short,
  startTraining,
} from "./studio.ts";
import { simple } from "./tables.ts";

interface Shift {
  value: number;
  sources: string[];
}

/** From now on, collects layout shifts. */
async function watchShifts(page: Page) {
  await page.evaluate(() => {
    const seen: Shift[] = [];
    (window as unknown as { seen: Shift[] }).seen = seen;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const shift = entry as PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
          sources?: { node?: Element | null }[];
        };
        if (!shift.hadRecentInput)
          seen.push({
            value: shift.value,
            sources: (shift.sources ?? []).map(({ node }) =>
              node instanceof Element
                ? node.outerHTML.slice(0, 120)
                : String(node?.["textContent"] ?? node),
            ),
          });
      }
    }).observe({ type: "layout-shift" });
  });
  return () =>
    page.evaluate(() => (window as unknown as { seen: Shift[] }).seen);
}

for (const width of [1440, 1000, 390])
  test(`nothing on a page of ${width} pixels moves while numbers arrive`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 844 });
    await openWith(page, simple());
    await setNumbers(page, { ...short, Epochs: 2 });
    await startTraining(page, 1);
    const seen = await watchShifts(page);
    await reach(page, "trained", minutes(1.5));
    await page.waitForTimeout(500);
    const shifts = await seen();
    const sum = shifts.reduce((total, { value }) => total + value, 0);
    expect(sum, JSON.stringify(shifts, null, 1)).toBeLessThan(0.01);
  });
