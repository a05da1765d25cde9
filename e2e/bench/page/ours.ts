// Our two executors in a browser.

import { openDevice } from "../../../src/engine/device";
import {
  availableThreads,
  createInBrowser,
} from "../../../src/engine/program/browser";
import type { WasmExecutor } from "../../../src/engine/program/wasm";
import { WebgpuExecutor } from "../../../src/engine/program/webgpu";
import { asText } from "../../../src/say";
import type { Engine } from "../engine";
import { ours } from "../program";
import { counted } from "./count";

export const cpu = (): Engine =>
  ours<WasmExecutor>(
    (program, { threads }) =>
      createInBrowser(program, Math.min(threads, availableThreads())),
    {
      detail: ({ threads }) =>
        `${threads} thread${threads > 1 ? "s" : ""}, ${crossOriginIsolated ? "cross-origin isolated" : "not isolated"}`,
      dispatches: () => null,
      bytes: (executor) => executor.bytes,
      bytesOf: "WebAssembly memory",
      heap: () => null,
      async runOne(executor, index, times) {
        for (let i = 0; i < times; i++) executor.runOne("train", index);
      },
    },
  );

export function webgpu(): Engine {
  let adapter = "";
  return ours<WebgpuExecutor>(
    async (program) => {
      const { device, name } = await openDevice();
      adapter = asText(name);
      return WebgpuExecutor.create(program, device);
    },
    {
      detail: () => adapter,
      dispatches() {
        const { dispatches } = counted;
        counted.dispatches = 0;
        return dispatches;
      },
      bytes: () => counted.most,
      bytesOf: "GPU buffers",
      heap: () => null,
      async runOne(executor, index, times) {
        await executor.runOne("train", index, times);
      },
    },
  );
}
