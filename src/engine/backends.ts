// The four TensorFlow.js backends, made ready on request.

import type { ExecutorName } from "./protocol";

export interface BackendState {
  name: ExecutorName;
  /** "2 threads, SIMD", adapter name, … */
  detail: string;
}

/** Makes a backend ready and TensorFlow.js's current one. Throws a sentence where it cannot be had; the former backend stays current then. */
export async function useBackend(name: ExecutorName): Promise<BackendState> {
  throw new Error(`internal: not written yet ${name}`);
}

/** All four, in the order to try them. */
export const backendNames: ExecutorName[] = ["webgpu", "wasm", "webgl", "cpu"];
