// The TensorFlow.js backends that train where the program cannot run, made ready
// on request. Its other two, webgpu and wasm, only judge: fixtures/backends.ts.

import * as tf from "@tensorflow/tfjs";
import type { ExecutorName } from "../protocol";

/** Makes a backend ready and TensorFlow.js's current one; returns what it is: "plain JavaScript", … Throws a sentence where it cannot be had; the former backend stays current then. */
export const useBackend = (name: "webgl" | "cpu"): Promise<string> =>
  keepFormer(ready[name]);

/** Leaves the former backend current where `begin` throws. */
export async function keepFormer(
  begin: () => Promise<string>,
): Promise<string> {
  const former = tf.engine().backendName;
  try {
    return await begin();
  } catch (error) {
    if (former) await tf.setBackend(former);
    throw error;
  }
}

const ready = {
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

export async function start(name: ExecutorName): Promise<void> {
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
