// The only GPUDevice; tests run TensorFlow.js on it, too. A lost device stays lost:
// `openDevice` then opens another.

import { Failure, type Said, said, type Text } from "../said";

export interface Device {
  adapter: GPUAdapter;
  device: GPUDevice;
  /** "Apple M2", "SwiftShader (software)", …: for people. */
  name: Text;
  /** True where the adapter is a software one. */
  software: boolean;
}

/** Asked for where the adapter has them. */
const features: GPUFeatureName[] = [
  "shader-f16",
  "subgroups",
  "timestamp-query",
];
const limits = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupSizeX",
  "maxComputeWorkgroupSizeY",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBuffersPerShaderStage",
] as const;

/** Whether a GPU of this name only emulates one on the processor: all that WebGL tells. */
export const isEmulated = (name: string): boolean =>
  /software|swiftshader|llvmpipe|basic render/i.test(name);

/** Whether an adapter only emulates a GPU on the processor. */
export const isSoftware = (info: GPUAdapterInfo): boolean =>
  info.isFallbackAdapter ||
  isEmulated(`${info.architecture} ${info.description}`);

let open: Promise<Device> | undefined;
const listeners = new Set<(message: Said) => void>();

/** The device, opened on first use; throws a sentence where there is none. */
export function openDevice(): Promise<Device> {
  open ??= request().catch((error: unknown) => {
    open = undefined;
    throw error;
  });
  return open;
}

/** Calls back with what to say whenever a device dies. Returns how to stop listening. */
export function onDeviceLost(callback: (message: Said) => void): () => void {
  listeners.add(callback);
  return () => listeners.delete(callback);
}

async function request(): Promise<Device> {
  if (!("gpu" in navigator)) throw new Failure("run on: no WebGPU");
  const adapter = await navigator.gpu.requestAdapter({
    powerPreference: "high-performance",
  });
  if (!adapter) throw new Failure("run on: no adapter");
  const device = await adapter.requestDevice({
    requiredFeatures: features.filter((name) => adapter.features.has(name)),
    requiredLimits: Object.fromEntries(
      limits.map((name) => [name, adapter.limits[name]]),
    ),
  });
  let dead = false;
  // An error may have left any buffer wrong: no device is better than that one.
  const die = (message: Said) => {
    if (dead) return;
    dead = true;
    open = undefined;
    device.destroy();
    console.error(Failure.inWords(message));
    for (const callback of listeners) callback(message);
  };
  void device.lost.then(({ reason, message }) => {
    if (reason !== "destroyed")
      die(
        said("GPU stopped", {
          reason: message || said("GPU stopped: no reason"),
        }),
      );
    if (!dead) open = undefined;
  });
  device.onuncapturederror = ({ error }) =>
    die(
      error instanceof GPUOutOfMemoryError
        ? said("GPU is out of memory", { message: error.message })
        : said("internal", { message: `internal: WebGPU: ${error.message}` }),
    );
  const { vendor, architecture, description } = adapter.info;
  const software = isSoftware(adapter.info);
  const name =
    description ||
    [vendor, architecture].filter(Boolean).join(" ") ||
    said("adapter: unknown");
  return {
    adapter,
    device,
    name: software ? said("adapter: software", { name }) : name,
    software,
  };
}
