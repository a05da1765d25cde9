// Keeps the workers; the runner outside asks them through this page.

import { openDevice } from "../../../src/engine/device";
import { asText } from "../../../src/say";
import type { Ask } from "./worker";

type Answer = { answer?: unknown; failure?: string };
const workers = new Map<string, Worker>();

/** One question to the engine of that name; it starts with the first one. */
function ask(question: Ask): Promise<Answer> {
  const { name } = question;
  let worker = workers.get(name);
  if (!worker) {
    worker = new Worker(new URL("./worker.ts", import.meta.url), {
      type: "module",
      name,
    });
    workers.set(name, worker);
  }
  return new Promise((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    worker.onerror = ({ message }) =>
      resolve({ failure: message || "its worker did not load" });
    worker.postMessage(question);
  });
}

function end(name: string): void {
  workers.get(name)?.terminate();
  workers.delete(name);
}

/** What WebGPU runs on here. */
async function gpu(): Promise<{ adapter: string; software: boolean }> {
  try {
    const { name, software } = await openDevice();
    return { adapter: asText(name), software };
  } catch (error) {
    return { adapter: (error as Error).message, software: true };
  }
}

Object.assign(globalThis, { bench: { ask, end, gpu } });
export interface PageApi {
  ask: typeof ask;
  end: typeof end;
  gpu: typeof gpu;
}
