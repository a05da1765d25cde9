// `npm test`: everything continuous integration runs, lane after lane. A lane
// that fails does not hide the others. The last line is the sum of all of them.

import { type SpawnOptions, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { haveBrowser } from "../browser.ts";

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}
interface Lane {
  name: string;
  command: string[];
  minutes: number;
  env?: Record<string, string>;
  /** Reads what the lane reported; a lane without one counts as a single check. */
  count?: () => Count | undefined;
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const reports = mkdtempSync(join(tmpdir(), "attune-test-"));
process.env.PATH = `${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH ?? ""}`;

/** Runs to the end or to the time limit, whichever is first; its children die with it. */
function execute(
  [command, ...args]: string[],
  minutes: number,
  env: Record<string, string> = {},
): Promise<number> {
  const options: SpawnOptions = {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    detached: process.platform !== "win32",
    shell: process.platform === "win32",
    env: { ...process.env, ...env },
  };
  return new Promise((done) => {
    const child = spawn(command!, args, options);
    const timer = setTimeout(() => {
      console.error(`${command} took more than ${minutes} minutes: ended.`);
      end("SIGKILL");
    }, minutes * 60_000);
    const end = (signal: NodeJS.Signals) => {
      try {
        process.kill(options.detached ? -child.pid! : child.pid!, signal);
      } catch {
        // It ended by itself in the meantime.
      }
    };
    const interrupted = () => {
      end("SIGTERM");
      process.exit(130);
    };
    process.once("SIGINT", interrupted).once("SIGTERM", interrupted);
    const finish = (code: number) => {
      clearTimeout(timer);
      process.off("SIGINT", interrupted).off("SIGTERM", interrupted);
      done(code);
    };
    child.on("error", (error) => {
      console.error(error.message);
      finish(127);
    });
    child.on("exit", (code) => finish(code ?? 1));
  });
}

function report<T>(file: string): T | undefined {
  const path = join(reports, file);
  return existsSync(path)
    ? (JSON.parse(readFileSync(path, "utf8")) as T)
    : undefined;
}

function vitestCount(file: string): Count | undefined {
  const result = report<{
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    testResults: { status: string; assertionResults: unknown[] }[];
  }>(file);
  // A file that does not even load has no tests to fail.
  const unloaded = result?.testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && assertionResults.length === 0,
  ).length;
  return (
    result && {
      passed: result.numPassedTests,
      failed: result.numFailedTests + (unloaded ?? 0),
      skipped: result.numPendingTests,
    }
  );
}

function playwrightCount(file: string): Count | undefined {
  const stats = report<{
    stats: Record<"expected" | "unexpected" | "flaky" | "skipped", number>;
  }>(file)?.stats;
  return (
    stats && {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }
  );
}

const vitest = (project: string, minutes: number): Lane => ({
  name: `vitest ${project}`,
  command: [
    "vitest",
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${join(reports, `${project}.json`)}`,
  ],
  minutes,
  count: () => vitestCount(`${project}.json`),
});

const lanes: Lane[] = [
  { name: "lint", command: ["npm", "run", "--silent", "lint"], minutes: 6 },
  vitest("node", 8),
  vitest("browser", 12),
  { name: "build", command: ["vite", "build"], minutes: 3 },
  {
    name: "journeys",
    command: ["playwright", "test"],
    minutes: 10,
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, "journeys.json") },
    count: () => playwrightCount("journeys.json"),
  },
];

const browser = await haveBrowser();
if (browser !== undefined) process.env.CHROME = browser;

const wanted = process.argv.slice(2);
const sum: Count = { passed: 0, failed: 0, skipped: 0 };
const lines: string[] = [];
for (const lane of lanes) {
  if (wanted.length > 0 && !wanted.some((word) => lane.name.includes(word)))
    continue;
  console.log(`\n── ${lane.name} ${"─".repeat(60 - lane.name.length)}`);
  const started = performance.now();
  const code = await execute(lane.command, lane.minutes, lane.env);
  const count = lane.count?.() ?? {
    passed: code === 0 ? 1 : 0,
    failed: code === 0 ? 0 : 1,
    skipped: 0,
  };
  // Failing without a failed test is a failure all the same.
  if (code !== 0 && count.failed === 0) count.failed = 1;
  sum.passed += count.passed;
  sum.failed += count.failed;
  sum.skipped += count.skipped;
  lines.push(
    `${lane.name.padEnd(16)}${String(count.passed).padStart(5)} passed ${String(count.failed).padStart(3)} failed ${String(count.skipped).padStart(3)} skipped ${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s`,
  );
}
rmSync(reports, { recursive: true, force: true });
console.log(`\n${lines.join("\n")}\n`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
