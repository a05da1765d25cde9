import { resolve } from "node:path";
import { playwright } from "@vitest/browser-playwright";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { browserArgs, findBrowser } from "./e2e/browser.ts";
import { isolation } from "./vite.config.ts";

/** Vitest's own pages answer before `server.headers` are applied, so isolate everything first. */
const isolate: Plugin = {
  name: "attune:isolate",
  enforce: "pre",
  configureServer(server) {
    server.middlewares.use((_, response, next) => {
      for (const [name, value] of Object.entries(isolation))
        response.setHeader(name, value);
      next();
    });
  },
};

const onlyInBrowser = "src/**/*.gpu.test.{ts,tsx}";

export default defineConfig({
  test: {
    setupFiles: ["src/fixtures/english.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        plugins: [react()],
        test: {
          name: "node",
          environment: "node",
          include: ["src/**/*.test.{ts,tsx}", "e2e/**/*.test.ts"],
          exclude: [onlyInBrowser],
        },
      },
      {
        extends: true,
        plugins: [isolate, react()],
        server: {
          headers: isolation,
          // Real data lies beside the checkout and is never copied into it.
          fs: {
            allow: [
              ".",
              resolve("../shared/data"),
              resolve("../shared/models"),
            ],
          },
        },
        worker: { format: "es" },
        optimizeDeps: {
          // Found late, these would reload the page in the middle of a test.
          include: [
            "@base-ui/react/menu",
            "@base-ui/react/popover",
            "@huggingface/tokenizers",
            "@noble/hashes/sha2.js",
            "@noble/hashes/utils.js",
            "@tanstack/react-virtual",
            "@tensorflow/tfjs",
            "@tensorflow/tfjs-backend-wasm",
            "@tensorflow/tfjs-backend-webgpu",
            "axe-core",
            "chardet/lib/encoding/mbcs",
            "chardet/lib/encoding/sbcs",
            "fflate",
            "react",
            "react-dom",
            "react-dom/client",
            "recharts",
            "zustand",
          ],
        },
        test: {
          name: "browser",
          include: [onlyInBrowser],
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: findBrowser(),
                args: [
                  ...browserArgs,
                  // What a soak test holds flat.
                  "--enable-precise-memory-info",
                  "--js-flags=--expose-gc",
                ],
              },
            }),
            instances: [{ browser: "chromium" }],
          },
        },
      },
    ],
  },
});
