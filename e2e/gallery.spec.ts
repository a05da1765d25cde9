// The gallery of panels, in the states that are hard to reach by hand: it opens, holds
// what it shows, and leaves a picture of each in test-results/gallery to look at.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import react from "@vitejs/plugin-react";
import { build, preview, type PreviewServer } from "vite";
import { region } from "./studio.ts";

let folder: string;
let server: PreviewServer;
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "attune-gallery-"));
  const outDir = folder;
  await build({
    configFile: false,
    logLevel: "error",
    base: "./",
    plugins: [react()],
    build: {
      outDir,
      target: "es2023",
      chunkSizeWarningLimit: 3000,
      rolldownOptions: { input: "src/views/gallery/gallery.html" },
    },
  });
  server = await preview({
    configFile: false,
    logLevel: "error",
    build: { outDir },
    preview: { port: 0 },
  });
});
test.afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const state of [
  ...["usual", "empty", "one", "many", "thousand", "wide", "chinese", "rtl"],
  ...["many-labels", "many-labels-62", "score", "score-prices"],
  ...["spans", "spans-rtl", "spans-chinese", "spans-many"],
])
  test(`the gallery shows the state ${state}, light, dark and 390 pixels wide`, async ({
    page,
  }, { outputDir }) => {
    const problems: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    const at = `${server.resolvedUrls!.local[0]}src/views/gallery/gallery.html`;
    for (const [theme, width] of [
      ["light", 1440],
      ["dark", 1440],
      ["light", 390],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(`${at}?state=${state}&theme=${theme}`);
      for (const name of ["Attention", "Try it"])
        await expect(region(page, name)).toBeVisible();
      // The charts come one after the other.
      if (state !== "empty")
        await expect(page.locator(".recharts-surface")).toHaveCount(5);
      if (/^(many-labels|score|spans)/.test(state)) {
        const watched = page.getByRole("textbox", {
          name: "Sentence to watch",
        });
        const typed = page.getByRole("textbox", { name: "Text to classify" });
        await typed.fill(await watched.inputValue());
        await expect(page.locator(".predictions li").first()).toBeVisible();
        const preview = page.locator("summary", { hasText: "Preview" });
        for (const each of await preview.all()) await each.click();
      }
      // Nothing hangs over the edge of a phone.
      await expect
        .poll(() => page.evaluate(() => document.body.scrollWidth))
        .toBeLessThanOrEqual(width);
      await page.screenshot({
        path: join(
          outputDir,
          "..",
          "gallery",
          `${state}-${theme}-${width}.png`,
        ),
        fullPage: true,
      });
    }
    expect(problems.filter((text) => !/favicon|404/.test(text))).toEqual([]);
  });
