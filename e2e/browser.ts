// Which browser the checks run in, and with which switches. Configuration files
// only look for one; `npm test` and `npm run demo` install one when there is none.

import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright";

const names = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];
const elsewhere = [
  "/usr/bin/chromium",
  "/snap/bin/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of a Chrome or Chromium: $CHROME, then Playwright's own, then the system's. */
export function findBrowser(): string | undefined {
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [
    process.env.CHROME,
    chromium.executablePath(),
    ...onPath,
    ...elsewhere,
  ]
    .filter((path): path is string => !!path)
    .find(runnable);
}

/** Software Vulkan gives WebGPU for real where there is no GPU; the rest keeps the browser off the network. */
export const browserArgs = [
  "--headless=new",
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--enable-unsafe-webgpu",
  "--enable-features=Vulkan",
];

async function starts(path: string): Promise<boolean> {
  try {
    const browser = await chromium.launch({
      executablePath: path,
      args: browserArgs,
      timeout: 60_000,
    });
    await browser.close();
    return true;
  } catch (error) {
    console.error(`${path} does not start: ${(error as Error).message}`);
    return false;
  }
}

/** Finds a browser that starts, or installs one: Playwright's own, else Debian's package as root. */
export async function haveBrowser(): Promise<string | undefined> {
  const asRoot = process.getuid?.() === 0;
  const ways: string[][][] = [
    [],
    [["npx", "playwright", "install", "chromium"]],
    asRoot
      ? [
          ["apt-get", "update"],
          ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
        ]
      : [],
  ];
  for (const way of ways) {
    for (const [command, ...args] of way) {
      console.log(`No browser yet: ${command} ${args.join(" ")}`);
      spawnSync(command!, args, {
        stdio: ["ignore", "inherit", "inherit"],
        timeout: 240_000,
        killSignal: "SIGKILL",
        shell: process.platform === "win32",
        env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      });
    }
    const path = findBrowser();
    if (path !== undefined && (await starts(path))) return path;
  }
  console.error(
    "No Chrome or Chromium starts here. Install one, or set CHROME to its path.",
  );
  return undefined;
}
