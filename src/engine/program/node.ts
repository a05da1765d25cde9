// The CPU executor under Node: tests and benchmarks.

import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { Program } from "./shape";
import { hasRelaxedSimd } from "./relaxed";
import { type ThreadStart, WasmExecutor } from "./wasm";

const helper = `
  const { parentPort, workerData } = require("node:worker_threads");
  WebAssembly.instantiate(workerData.module, { env: { memory: workerData.memory } }).then(({ exports }) => {
    exports.join(workerData.thread, workerData.threads);
    parentPort.postMessage("joined");
    exports.help(workerData.seen);
  });
`;

const spawn = (start: ThreadStart): Promise<() => void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(helper, { eval: true, workerData: start });
    worker.once("message", () => resolve(() => void worker.terminate()));
    worker.once("error", reject);
  });

type Build = "single" | "threads" | "single.relaxed" | "threads.relaxed";

function compile(name: Build): WebAssembly.Module {
  // Node 20 can, but has to be told; browsers need no telling.
  if (name.endsWith("relaxed") && !hasRelaxedSimd())
    setFlagsFromString("--experimental-wasm-relaxed-simd");
  return new WebAssembly.Module(
    readFileSync(new URL(`./${name}.wasm`, import.meta.url)),
  );
}

export const createInNode = (
  program: Program,
  threads = 1,
  relaxed = false,
): Promise<WasmExecutor> => {
  const shared = threads > 1;
  return WasmExecutor.create(program, {
    module: compile(
      `${shared ? "threads" : "single"}${relaxed ? ".relaxed" : ""}`,
    ),
    shared,
    threads,
    spawn,
  });
};
