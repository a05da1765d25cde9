// How smooth the charts are: builds the gallery of panels, fills it with 100,000
// steps, streams 1,000 more a second, and prints how far apart the animation
// frames were. `npx tsx e2e/scripts/frames.ts`. A busy machine shows in the idle line.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { chromium } from "playwright";
import { build, preview } from "vite";
import { browserArgs, findBrowser } from "../browser.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-frames-"));
await build({
  configFile: false,
  logLevel: "error",
  base: "./",
  plugins: [react()],
  build: {
    outDir: folder,
    target: "es2023",
    chunkSizeWarningLimit: 3000,
    rolldownOptions: { input: "src/views/gallery/gallery.html" },
  },
});
const server = await preview({
  configFile: false,
  logLevel: "error",
  build: { outDir: folder },
  preview: { port: 5190 },
});
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: browserArgs,
});
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
  });
  await page.goto(
    `${server.resolvedUrls!.local[0]}src/views/gallery/gallery.html`,
  );
  await page.getByRole("figure", { name: "Loss" }).waitFor();
  await page.waitForTimeout(1000);
  const protocol = await page.context().newCDPSession(page);
  // CPU time of the page's thread: other programs do not count.
  await protocol.send("Performance.enable", { timeDomain: "threadTicks" });
  const busy = async () =>
    (await protocol.send("Performance.getMetrics")).metrics.find(
      ({ name }) => name === "TaskDuration",
    )!.value;

  async function measure(what: string, seconds: number): Promise<void> {
    const before = await busy();
    // As text, because tsx would call helpers in it that the page does not have.
    const gaps = (await page.evaluate(`new Promise((done) => {
      const gaps = [];
      const start = performance.now();
      let last = start;
      requestAnimationFrame(function next(now) {
        gaps.push(now - last);
        last = now;
        if (now - start < ${seconds * 1000}) requestAnimationFrame(next);
        else done(gaps.slice(2));
      });
    })`)) as number[];
    const share = ((await busy()) - before) / seconds;
    const sorted = gaps.toSorted((a, b) => a - b);
    const at = (q: number) =>
      sorted[Math.floor(q * (sorted.length - 1))]!.toFixed(1);
    console.log(
      `${what.padEnd(34)} median ${at(0.5)} ms, p95 ${at(0.95)} ms, ` +
        `${(gaps.length / seconds).toFixed(1)} frames/s, ` +
        `page's thread busy ${(100 * share).toFixed(0)} %`,
    );
  }

  await measure("idle", 5);
  await page.evaluate("gallery.fill(100_000)");
  await page.waitForTimeout(1500);
  await measure("100,000 steps, idle", 5);
  await page.evaluate("gallery.stream(1000)");
  await measure("100,000 steps and 1,000 a second", 10);
} finally {
  await browser.close();
  await server.close();
  rmSync(folder, { recursive: true });
}
