// Our CPU executor in Node, in this process.

import { createInNode } from "../../src/engine/program/node.ts";
import type { WasmExecutor } from "../../src/engine/program/wasm.ts";
import type { Engine } from "./engine.ts";
import { ours } from "./program.ts";

export function cpuInNode(): Engine {
  const before = process.memoryUsage().heapUsed;
  return ours<WasmExecutor>(
    (program, { threads }) => createInNode(program, threads),
    {
      detail: ({ threads }) =>
        `Node ${process.versions.node}, ${threads} thread${threads > 1 ? "s" : ""}`,
      dispatches: () => null,
      bytes: (executor) => executor.bytes,
      bytesOf: "WebAssembly memory",
      heap: () => Math.max(0, process.memoryUsage().heapUsed - before),
      async runOne(executor, index, times) {
        for (let i = 0; i < times; i++) executor.runOne("train", index);
      },
    },
  );
}
