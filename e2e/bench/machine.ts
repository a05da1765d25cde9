// Which machine, and which versions: a number without them means nothing.

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, cpus, platform, release, totalmem } from "node:os";

export interface Machine {
  processor: string;
  cores: number;
  memory: number;
  system: string;
  node: string;
  browser: string;
  commit: string;
  libraries: Record<string, string>;
}

export function describeMachine(browser: string): Machine {
  const version = (name: string) =>
    (
      JSON.parse(readFileSync(`node_modules/${name}/package.json`, "utf8")) as {
        version: string;
      }
    ).version;
  let commit = "";
  try {
    const git = (...args: string[]) =>
      execFileSync("git", args, { stdio: ["ignore", "pipe", "ignore"] })
        .toString()
        .trim();
    commit =
      git("rev-parse", "--short", "HEAD") +
      (git("status", "--porcelain", "--untracked-files=no") ? "+" : "");
  } catch {
    // Not a checkout.
  }
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memory: totalmem(),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.versions.node,
    browser,
    commit,
    libraries: Object.fromEntries(
      ["@tensorflow/tfjs", "@jax-js/jax"].map((name) => [name, version(name)]),
    ),
  };
}
