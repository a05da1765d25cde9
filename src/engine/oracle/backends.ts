// The TensorFlow.js backends that train where the program cannot run, made ready
// on request. Its other two, webgpu and wasm, only judge: fixtures/backends.ts.

import * as tf from "@tensorflow/tfjs";
import { Failure, reasonOf, said, type Text } from "../../said";
import type { ExecutorName } from "../protocol";

/** A backend that is ready. */
export interface Ready {
  /** What it is: "plain JavaScript", … */
  detail: Text;
  /** The GPU's name, where the browser tells. */
  gpu: string;
}

/** Makes a backend ready and TensorFlow.js's current one. Throws a sentence where it cannot be had; the former backend stays current then. */
export const useBackend = (name: "webgl" | "cpu"): Promise<Ready> =>
  keepFormer(ready[name]);

/** Leaves the former backend current where `begin` throws. */
export async function keepFormer<T>(begin: () => Promise<T>): Promise<T> {
  const former = tf.engine().backendName;
  try {
    return await begin();
  } catch (error) {
    if (former) await tf.setBackend(former);
    throw error;
  }
}

const ready: Record<"webgl" | "cpu", () => Promise<Ready>> = {
  async webgl() {
    await start("webgl");
    if (!tf.env().getBool("WEBGL_RENDER_FLOAT32_CAPABLE"))
      throw new Failure("run on: WebGL without 32-bit floats");
    const device = renderer();
    return {
      detail: `WebGL ${tf.env().getNumber("WEBGL_VERSION")}${device && `, ${device}`}`,
      gpu: device,
    };
  },

  async cpu() {
    await start("cpu");
    return { detail: said("plain JavaScript"), gpu: "" };
  },
};

/** "Apple M2" where the browser tells; SwiftShader and its like are software. */
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
  return device?.[1] ?? name;
}

export async function start(name: ExecutorName): Promise<void> {
  try {
    if (await tf.setBackend(name)) return;
  } catch (error) {
    throw new Failure("run on: backend failed", {
      name,
      reason: reasonOf(error),
    });
  }
  throw new Failure("run on: backend did not start", { name });
}
