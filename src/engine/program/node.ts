// The CPU executor under Node: tests and benchmarks.

import { readFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Program } from "../program";
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

export const compile = (name: "single" | "threads"): WebAssembly.Module =>
  new WebAssembly.Module(
    readFileSync(new URL(`./${name}.wasm`, import.meta.url)),
  );

export const createInNode = (
  program: Program,
  threads = 1,
  shared = threads > 1,
): Promise<WasmExecutor> =>
  WasmExecutor.create(program, {
    module: compile(shared ? "threads" : "single"),
    shared,
    threads,
    spawn,
  });
