import { defineConfig } from "@playwright/test";
import { browserArgs, findBrowser } from "./e2e/browser.ts";
import type { Language } from "./src/say.ts";

// The journeys walk through the built app; `npm run build` comes first. The
// port is of this run alone, so that a studio left open is in nobody's way.
const port = (process.env.ATTUNE_PORT ??= String(
  20_000 + (process.pid % 10_000),
));

export default defineConfig<object, { language: Language }>({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  outputDir: "test-results",
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: !!process.env.CI,
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME
    ? [["list"], ["json"]]
    : [["list"]],
  projects: [
    { name: "english" },
    {
      name: "中文",
      testMatch: "*.journey.spec.ts",
      use: { locale: "zh-CN", language: "zh" },
    },
  ],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1440, height: 900 },
    screenshot: "off",
    trace: "off",
    locale: "en-GB",
    launchOptions: { executablePath: findBrowser(), args: browserArgs },
  },
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    url: `http://localhost:${port}/`,
    timeout: 30_000,
    reuseExistingServer: false,
    stdout: "ignore",
  },
});
