// One engine in a worker of its own, as the product runs; gone with it is all it held.

import "./gpu";
import type { Engine } from "../engine";

const engines: Record<string, () => Promise<Engine>> = {
  cpu: async () => (await import("./ours")).cpu(),
  webgpu: async () => (await import("./ours")).webgpu(),
  "tfjs-wasm": async () => (await import("./tfjs")).stock("wasm"),
  "tfjs-webgpu": async () => (await import("./tfjs")).stock("webgpu"),
  "jax-wasm": async () => (await import("./jax")).jaxjs("wasm"),
  "jax-webgpu": async () => (await import("./jax")).jaxjs("webgpu"),
};

export interface Ask {
  name: string;
  method: keyof Engine;
  argument: unknown;
}

let engine: Engine | undefined;
self.onmessage = async ({ data }: MessageEvent<Ask>) => {
  try {
    engine ??= await engines[data.name]!();
    const method = engine[data.method] as (of: unknown) => Promise<unknown>;
    self.postMessage({ answer: await method(data.argument) });
  } catch (error) {
    self.postMessage({ failure: String((error as Error)?.message ?? error) });
  }
};
