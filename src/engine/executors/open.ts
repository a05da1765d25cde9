// The four executors, made ready on request: the recorded program on the GPU or
// in WebAssembly, and TensorFlow.js's webgl and cpu backends, which are only
// loaded when one of them is asked for.

import { said, type Text } from "../../said";
import type { OpenClassifier, Setup } from "../classifier";
import { openProgram } from "./program";
import { isEmulated, openDevice } from "../device";
import { availableThreads, createInBrowser } from "../program/browser";
import { WebgpuExecutor } from "../program/webgpu";
import { readTuning } from "../program/webgpu/tuning";
import type { ExecutorName } from "../protocol";

export interface Opened {
  /** "2 threads", adapter name, … */
  detail: Text;
  /** True where it only emulates a GPU on the processor. */
  software: boolean;
  openClassifier: OpenClassifier;
  /** What was measured of it so far, to be remembered; grows with what is opened. */
  readonly tuning?: unknown;
}

/** Throws a sentence where it cannot be had. `tuning`: of an earlier one, if it still holds. */
export const open = (name: ExecutorName, tuning?: unknown): Promise<Opened> =>
  ready[name](tuning);

const ready: Record<ExecutorName, (tuning: unknown) => Promise<Opened>> = {
  async webgpu(remembered) {
    const { device, name, software } = await openDevice();
    let tuning = readTuning(remembered, device);
    return {
      detail: name,
      software,
      get tuning() {
        return tuning;
      },
      openClassifier: fitted("webgpu", (setup) =>
        openProgram(setup, async (program) => {
          const executor = await WebgpuExecutor.create(program, device, {
            tuning,
          });
          ({ tuning } = executor);
          return executor;
        }),
      ),
    };
  },

  async wasm() {
    const threads = availableThreads();
    return {
      detail: said("threads", { count: threads }),
      software: false,
      openClassifier: fitted("wasm", (setup) =>
        openProgram(setup, (program) =>
          // One that only reads has little to share out.
          createInBrowser(program, setup.training ? threads : 1),
        ),
      ),
    };
  },

  webgl: () => tensorFlow("webgl"),
  cpu: () => tensorFlow("cpu"),
};

/**
 * The kernels work on vectors of four, on the GPU also within a head. A model of
 * another shape runs where it can: in WebAssembly, or in plain TensorFlow.js.
 */
const fitted =
  (name: "webgpu" | "wasm", openClassifier: OpenClassifier): OpenClassifier =>
  async (setup) => {
    const able = ableTo(setup.config, name);
    if (able === name) return openClassifier(setup);
    const classifier = await (await open(able)).openClassifier(setup);
    classifier.executor = able;
    return classifier;
  };

export function ableTo(
  { hidden_size, num_attention_heads, intermediate_size }: Setup["config"],
  wanted: "webgpu" | "wasm",
): ExecutorName {
  if (hidden_size % 4 !== 0 || intermediate_size % 4 !== 0) return "cpu";
  return (hidden_size / num_attention_heads) % 4 === 0 ? wanted : "wasm";
}

async function tensorFlow(name: "webgl" | "cpu"): Promise<Opened> {
  const { useBackend } = await import("../oracle/backends");
  const { openTensorFlow } = await import("./tensorflow");
  const { detail, gpu } = await useBackend(name);
  return {
    detail,
    software: isEmulated(gpu),
    openClassifier: (setup) => Promise.resolve(openTensorFlow(setup)),
  };
}
