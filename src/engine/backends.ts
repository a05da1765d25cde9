// The four TensorFlow.js backends, made ready on request. webgpu runs on our own
// device; wasm takes SIMD and threads where it may have them.

import * as tf from "@tensorflow/tfjs";
import {
  getThreadsCount,
  setThreadsCount,
  setWasmPaths,
} from "@tensorflow/tfjs-backend-wasm";
import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threadedUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import { openDevice } from "./device";
import { registerWasmKernels } from "./kernels/wasm";
import type { ExecutorName } from "./protocol";

export interface BackendState {
  name: ExecutorName;
  /** "2 threads, SIMD", adapter name, … */
  detail: string;
}

/** All four, in the order to try them. */
export const backendNames: ExecutorName[] = ["webgpu", "wasm", "webgl", "cpu"];

/** tfjs-wasm is built with a pool of this many; asking for more waits forever. */
const mostThreads = 8;

/** Makes a backend ready and TensorFlow.js's current one. Throws a sentence where it cannot be had; the former backend stays current then. */
export async function useBackend(name: ExecutorName): Promise<BackendState> {
  const former = tf.engine().backendName;
  try {
    return { name, detail: await ready[name]() };
  } catch (error) {
    if (former) await tf.setBackend(former);
    throw error;
  }
}

const ready: Record<ExecutorName, () => Promise<string>> = {
  async webgpu() {
    const { adapter, device, name } = await openDevice();
    const present = tf.engine().registry["webgpu"] as WebGPUBackend | undefined;
    if (present?.device !== device) {
      // tfjs would open a device of its own; and a lost one is of no use.
      if (tf.findBackendFactory("webgpu")) tf.removeBackend("webgpu");
      tf.registerBackend(
        "webgpu",
        () => new WebGPUBackend(device, adapter.info),
        3,
      );
    }
    await start("webgpu");
    return name;
  },

  async wasm() {
    if (!tf.engine().registry["wasm"]) {
      setWasmPaths({
        "tfjs-backend-wasm.wasm": wasmUrl,
        "tfjs-backend-wasm-simd.wasm": simdUrl,
        "tfjs-backend-wasm-threaded-simd.wasm": threadedUrl,
      });
      setThreadsCount(Math.min(mostThreads, navigator.hardwareConcurrency));
      registerWasmKernels();
    }
    await start("wasm");
    const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
    const threaded = await tf.env().getAsync("WASM_HAS_MULTITHREAD_SUPPORT");
    const threads = simd && threaded ? getThreadsCount() : 1;
    return `${threads} thread${threads === 1 ? "" : "s"}${simd ? ", SIMD" : ""}`;
  },

  async webgl() {
    await start("webgl");
    if (!tf.env().getBool("WEBGL_RENDER_FLOAT32_CAPABLE"))
      throw new Error(
        "WebGL cannot compute in 32-bit floats on this device. Run on wasm.",
      );
    return `WebGL ${tf.env().getNumber("WEBGL_VERSION")}${renderer()}`;
  },

  async cpu() {
    await start("cpu");
    return "plain JavaScript";
  },
};

/** ", Apple M2" where the browser tells; SwiftShader and its like are software. */
function renderer(): string {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
  const shown = gl?.getExtension("WEBGL_debug_renderer_info");
  if (!gl || !shown) return "";
  const name = String(gl.getParameter(shown.UNMASKED_RENDERER_WEBGL));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  // "ANGLE (Apple, ANGLE Metal Renderer: Apple M2, …)": the device is between the commas.
  const device = /^ANGLE \([^,]*, (?:ANGLE [^:]*: )?(.*?)(?:,[^,]*)?\)$/.exec(
    name,
  );
  return `, ${device?.[1] ?? name}`;
}

async function start(name: ExecutorName): Promise<void> {
  let reason = "";
  try {
    if (await tf.setBackend(name)) return;
  } catch (error) {
    reason = ` (${(error as Error).message})`;
  }
  throw new Error(
    `The ${name} backend could not start${reason}. Choose another under "Run on".`,
  );
}
