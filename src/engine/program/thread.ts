// A helping thread of the CPU executor: joins, then runs every list it is told
// of. It never returns to its event loop, so it is ended, not asked to stop.

import type { ThreadStart } from "./wasm";

self.onmessage = async ({ data }: MessageEvent<ThreadStart>) => {
  const { exports } = await WebAssembly.instantiate(data.module, {
    env: { memory: data.memory },
  });
  const { join, help } = exports as unknown as {
    join(thread: number, threads: number): void;
    help(seen: number): void;
  };
  join(data.thread, data.threads);
  self.postMessage("joined");
  help(data.seen);
};
