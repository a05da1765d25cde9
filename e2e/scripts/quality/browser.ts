// Attune's side: the built engine in a headless browser, one page for each run.

import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright";
import { build, preview } from "vite";
import { browserArgs } from "../../browser.ts";
import type { QualityResult } from "./page.ts";
import type { QualityRun } from "./run.ts";

export interface Trainer {
  train(task: QualityRun): Promise<QualityResult>;
  close(): Promise<void>;
}

export async function openTrainer(executablePath: string): Promise<Trainer> {
  const outDir = mkdtempSync(join(tmpdir(), "attune-quality-"));
  await build({
    logLevel: "warn",
    build: {
      outDir,
      emptyOutDir: true,
      rolldownOptions: { input: "e2e/scripts/quality/index.html" },
    },
  });
  const server = await preview({
    logLevel: "warn",
    build: { outDir },
    preview: { port: 0, strictPort: false },
  });
  const browser = await chromium.launch({ executablePath, args: browserArgs });
  return {
    async train(task) {
      const page = await browser.newPage();
      page.on("console", (message) => console.log(message.text()));
      page.on("pageerror", (error) => console.error(error));
      const { port } = server.httpServer.address() as AddressInfo;
      await page.goto(`http://localhost:${port}/e2e/scripts/quality/`);
      try {
        return await page.evaluate(
          (task) =>
            (
              globalThis as unknown as {
                run(task: QualityRun): Promise<QualityResult>;
              }
            ).run(task),
          task,
        );
      } finally {
        await page.close();
      }
    },
    async close() {
      await browser.close();
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
