// Our two executors in a browser.

import { openDevice } from "../../../src/engine/device";
import {
  availableThreads,
  createInBrowser,
} from "../../../src/engine/program/browser";
import type { WasmExecutor } from "../../../src/engine/program/wasm";
import { WebgpuExecutor } from "../../../src/engine/program/webgpu";
import { asText } from "../../../src/say";
import type { Program } from "../../../src/engine/program";
import { type Engine, timeOf, type Timing, type Workload } from "../engine";
import {
  indexOf,
  optimizer,
  recordFor,
  setFirstValues,
  type Trains,
} from "../program";
import { randomBatch, randomFrom } from "../workloads";
import { counted } from "./gpu";

/** Where an engine's numbers come from besides its steps. */
interface Place<E> {
  detail(executor: E): string;
  /** Since the last call. */
  dispatches(): number | null;
  bytes(executor: E): number;
  bytesOf: string;
  /** Runs one operation of the training list so often; resolves when it is done. */
  runOne(executor: E, index: number, times: number): Promise<void>;
}

function ours<E extends Trains>(
  create: (program: Program, workload: Workload) => Promise<E>,
  place: Place<E>,
): Engine {
  let executor: E;
  let workload: Workload;
  let dispatches: number | null = null;
  const random = randomFrom(2);
  return {
    async open(asked) {
      workload = asked;
      executor = await create(recordFor(workload), workload);
      setFirstValues(executor);
      executor.setSeed(5);
      return { detail: place.detail(executor), omits: "" };
    },
    async steps(count) {
      const timings: Timing[] = [];
      for (let i = 0; i < count; i++) {
        const batches = [randomBatch(workload, random)];
        place.dispatches();
        const start = performance.now();
        const later = executor.train(batches, optimizer);
        const scriptMs = performance.now() - start;
        const { loss } = await later;
        const ms = performance.now() - start;
        dispatches = place.dispatches();
        timings.push({ ms, scriptMs, loss });
      }
      return timings;
    },
    async figures() {
      return {
        dispatches,
        bytes: place.bytes(executor),
        bytesOf: place.bytesOf,
        // The runner outside asks the browser.
        heap: null,
      };
    },
    async product(shape) {
      const index = indexOf(executor.program, shape);
      if (index < 0) return null;
      return timeOf((times) => place.runOne(executor, index, times));
    },
    async close() {
      executor.close();
    },
  };
}

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
      async runOne(executor, index, times) {
        await executor.runOne("train", index, times);
      },
    },
  );
}
