// Chromium with the benchmark's page, built and served as the product is; each
// engine in it is asked from here.

import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright";
import { build, preview } from "vite";
import { browserArgs, haveBrowser } from "../browser.ts";
import type { Engine, Figures } from "./engine.ts";
import { heapOf } from "./heap.ts";
import type { PageApi } from "./page/page.ts";

export interface Browser {
  version: string;
  engine(name: string): Engine;
  gpu(): Promise<{ adapter: string; software: boolean }>;
  close(): Promise<void>;
}

declare const bench: PageApi;

export async function openBrowser(): Promise<Browser> {
  const executablePath = await haveBrowser();
  if (executablePath === undefined) throw new Error("no browser");
  const outDir = mkdtempSync(join(tmpdir(), "attune-bench-"));
  await build({
    logLevel: "error",
    build: {
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      // Stock TensorFlow.js starts its threads from the text of a function, which
      // minified names something that lies outside of it.
      minify: false,
      rolldownOptions: { input: "e2e/bench/page/index.html" },
    },
  });
  const server = await preview({
    logLevel: "warn",
    build: { outDir },
    preview: { port: 0, strictPort: false },
  });
  const browser = await chromium.launch({
    executablePath,
    args: browserArgs,
  });
  const page = await browser.newPage();
  page.on("pageerror", (error) => console.error(error));
  page.on("console", (message) => {
    if (message.type() === "error") console.error(message.text());
  });
  const { port } = server.httpServer.address() as AddressInfo;
  await page.goto(`http://localhost:${port}/e2e/bench/page/`);

  const engine = (name: string): Engine => {
    const ask = async <T>(method: keyof Engine, argument?: unknown) => {
      const { answer, failure } = await page.evaluate(
        (question) => bench.ask(question),
        { name, method, argument },
      );
      if (failure !== undefined) throw new Error(failure);
      return answer as T;
    };
    return {
      open: (workload) => ask("open", workload),
      steps: (count) => ask("steps", count),
      async figures() {
        const figures = await ask<Figures>("figures");
        return { ...figures, heap: await heapOf(browser, name) };
      },
      product: (product) => ask("product", product),
      close: () => page.evaluate((name) => bench.end(name), name),
    };
  };
  return {
    version: browser.version(),
    engine,
    gpu: () => page.evaluate(() => bench.gpu()),
    async close() {
      await browser.close();
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
