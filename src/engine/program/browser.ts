// The CPU executor in a page's worker (or, in tests, a page on one thread).

import { Failure } from "../../said";
import type { Program } from "./shape";
import { type ThreadStart, WasmExecutor } from "./wasm";
import { hasRelaxedSimd } from "./relaxed";
import singleRelaxed from "./single.relaxed.wasm?url";
import single from "./single.wasm?url";
import threadsRelaxed from "./threads.relaxed.wasm?url";
import threads from "./threads.wasm?url";

const urls = {
  single: { plain: single, relaxed: singleRelaxed },
  threads: { plain: threads, relaxed: threadsRelaxed },
};

const compiled = new Map<string, Promise<WebAssembly.Module>>();

function compile(url: string): Promise<WebAssembly.Module> {
  const present = compiled.get(url);
  if (present) return present;
  const module = (async () => {
    const response = await fetch(url);
    if (!response.ok)
      throw new Failure("run on: kernels did not load", {
        status: response.status,
      });
    // Not streaming: a static host may send another content type.
    return WebAssembly.compile(await response.arrayBuffer());
  })();
  module.catch(() => compiled.delete(url));
  compiled.set(url, module);
  return module;
}

const spawn = (start: ThreadStart): Promise<() => void> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./thread.ts", import.meta.url), {
      type: "module",
    });
    worker.onmessage = () => resolve(() => worker.terminate());
    worker.onerror = ({ message }) =>
      reject(new Failure("run on: thread did not start", { message }));
    worker.postMessage(start);
  });

/** As many threads as this page may use and this machine has. */
export const availableThreads = (): number =>
  globalThis.crossOriginIsolated
    ? Math.max(1, Math.min(16, navigator.hardwareConcurrency))
    : 1;

export async function createInBrowser(
  program: Program,
  threads = availableThreads(),
  relaxed = hasRelaxedSimd(),
): Promise<WasmExecutor> {
  const shared = threads > 1;
  const url =
    urls[shared ? "threads" : "single"][relaxed ? "relaxed" : "plain"];
  return WasmExecutor.create(program, {
    module: await compile(url),
    shared,
    threads,
    spawn,
  });
}
