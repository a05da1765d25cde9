// Chromium with the benchmark's page, built and served as the product is; each
// engine in it is asked from here.

import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser as Chromium, chromium } from "playwright";
import { build, preview } from "vite";
import { browserArgs, haveBrowser } from "../browser.ts";
import type { Engine, Figures } from "./engine.ts";
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

interface Message {
  id?: number;
  result?: { usedSize: number; backingStorageSize?: number };
}

/**
 * Bytes of the JavaScript heap of the worker of that name after garbage collection,
 * typed arrays included, WebAssembly memory not. A worker cannot tell itself, and the
 * page's own measure waits for the engine's threads, which never pause; the debugger
 * asks the one worker it wants.
 */
async function heapOf(
  browser: Chromium,
  worker: string,
): Promise<number | null> {
  const session = await browser.newBrowserCDPSession();
  try {
    const { targetInfos } = await session.send("Target.getTargets");
    const target = targetInfos.find(
      ({ type, title }) => type === "worker" && title === worker,
    );
    if (!target) return null;
    const { sessionId } = await session.send("Target.attachToTarget", {
      targetId: target.targetId,
      flatten: false,
    });
    const send = (id: number, method: string) =>
      session.send("Target.sendMessageToTarget", {
        sessionId,
        message: JSON.stringify({ id, method }),
      });
    return await new Promise((resolve, reject) => {
      session.on("Target.receivedMessageFromTarget", ({ message }) => {
        const { id, result } = JSON.parse(message) as Message;
        if (id !== 2) return;
        resolve(
          result ? result.usedSize + (result.backingStorageSize ?? 0) : null,
        );
      });
      void send(1, "HeapProfiler.collectGarbage")
        .then(() => send(2, "Runtime.getHeapUsage"))
        .catch(reject);
    });
  } finally {
    await session.detach();
  }
}
