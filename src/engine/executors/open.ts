// The four executors, made ready on request: the recorded program on the GPU or
// in WebAssembly, and TensorFlow.js's webgl and cpu backends, which are only
// loaded when one of them is asked for.

import type { OpenClassifier } from "../classifier";
import { openProgram } from "../classifier/program";
import { openDevice } from "../device";
import { availableThreads, createInBrowser } from "../program/browser";
import { WebgpuExecutor } from "../program/webgpu";
import type { ExecutorName } from "../protocol";

export interface Opened {
  /** "2 threads", adapter name, … */
  detail: string;
  openClassifier: OpenClassifier;
}

/** Throws a sentence where it cannot be had. */
export const open = (name: ExecutorName): Promise<Opened> => ready[name]();

const ready: Record<ExecutorName, () => Promise<Opened>> = {
  async webgpu() {
    const { device, name } = await openDevice();
    return {
      detail: name,
      openClassifier: (setup) =>
        openProgram(setup, (program) => WebgpuExecutor.create(program, device)),
    };
  },

  async wasm() {
    const threads = availableThreads();
    return {
      detail: `${threads} thread${threads === 1 ? "" : "s"}`,
      openClassifier: (setup) =>
        openProgram(setup, (program) =>
          // One that only reads has little to share out.
          createInBrowser(program, setup.training ? threads : 1),
        ),
    };
  },

  webgl: () => tensorFlow("webgl"),
  cpu: () => tensorFlow("cpu"),
};

async function tensorFlow(name: "webgl" | "cpu"): Promise<Opened> {
  const { useBackend } = await import("../backends");
  const { openTensorFlow } = await import("../classifier/tensorflow");
  const detail = await useBackend(name);
  return {
    detail,
    openClassifier: (setup) => Promise.resolve(openTensorFlow(setup)),
  };
}
