// PyTorch as an engine: another process, asked line by line.

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import type { Engine, Timing } from "./engine.ts";

const python = process.env.PYTHON ?? "python3";
const script = new URL("./torch_step.py", import.meta.url).pathname;
const places = [python, "/usr/bin/python3"];

/** A Python that has PyTorch, and CUDA where asked. */
export function findTorch(cuda = false): string | undefined {
  return [...new Set(places)].find((path) => {
    const test = `import torch, sys; sys.exit(${cuda ? "not torch.cuda.is_available()" : "0"})`;
    return spawnSync(path, ["-c", test], { stdio: "ignore" }).status === 0;
  });
}

export interface TorchEngine extends Engine {
  /** Mean milliseconds of so many steps, waiting only at the end. */
  together(count: number): Promise<number>;
}

export function torch(
  path: string,
  options: { device?: "cuda"; compiled?: boolean } = {},
): TorchEngine {
  let child: ChildProcess | undefined;
  let waiting: ((line: string | null) => void) | undefined;
  const ask = async <T>(question: object): Promise<T> => {
    const line = await new Promise<string | null>((resolve) => {
      waiting = resolve;
      child!.stdin!.write(`${JSON.stringify(question)}\n`);
    });
    if (line === null) throw new Error("PyTorch's process ended");
    const { answer, failure } = JSON.parse(line) as {
      answer: T;
      failure?: string;
    };
    if (failure !== undefined) throw new Error(failure);
    return answer;
  };
  return {
    open(workload) {
      child = spawn(path, [script], { stdio: ["pipe", "pipe", "inherit"] });
      createInterface({ input: child.stdout! }).on("line", (line) =>
        waiting?.(line),
      );
      child.once("close", () => waiting?.(null));
      return ask({ open: { workload, ...options } });
    },
    steps: (count) => ask<Timing[]>({ steps: count }),
    async together(count) {
      const [timing] = await ask<Timing[]>({ steps: count, together: true });
      return timing!.ms;
    },
    figures: () => ask({ figures: true }),
    product: (product) => ask({ product }),
    async close() {
      child?.stdin?.end();
      child?.kill();
    },
  };
}
