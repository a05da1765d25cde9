// The only GPUDevice; tests run TensorFlow.js on it, too. A lost device stays lost:
// `openDevice` then opens another.

export interface Device {
  adapter: GPUAdapter;
  device: GPUDevice;
  /** "Apple M2", "SwiftShader (software)", …: for people. */
  name: string;
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

/** Whether an adapter only emulates a GPU on the processor. */
export const isSoftware = (info: GPUAdapterInfo): boolean =>
  info.isFallbackAdapter ||
  /swiftshader|llvmpipe|basic render/i.test(
    `${info.architecture} ${info.description}`,
  );

let open: Promise<Device> | undefined;
const listeners = new Set<(message: string) => void>();

/** The device, opened on first use; throws a sentence where there is none. */
export function openDevice(): Promise<Device> {
  open ??= request().catch((error: unknown) => {
    open = undefined;
    throw error;
  });
  return open;
}

/** Calls back with a sentence whenever a device dies. Returns how to stop listening. */
export function onDeviceLost(callback: (message: string) => void): () => void {
  listeners.add(callback);
  return () => listeners.delete(callback);
}

async function request(): Promise<Device> {
  if (!("gpu" in navigator))
    throw new Error(
      "This browser has no WebGPU. Use a current Chrome, Edge, Safari or Firefox, or run on wasm.",
    );
  const adapter = await navigator.gpu.requestAdapter({
    powerPreference: "high-performance",
  });
  if (!adapter)
    throw new Error(
      "WebGPU found no adapter: the GPU or its driver is not supported. Run on wasm.",
    );
  const device = await adapter.requestDevice({
    requiredFeatures: features.filter((name) => adapter.features.has(name)),
    requiredLimits: Object.fromEntries(
      limits.map((name) => [name, adapter.limits[name]]),
    ),
  });
  let dead = false;
  // An error may have left any buffer wrong: no device is better than that one.
  const die = (message: string) => {
    if (dead) return;
    dead = true;
    open = undefined;
    device.destroy();
    console.error(message);
    for (const callback of listeners) callback(message);
  };
  void device.lost.then(({ reason, message }) => {
    if (reason !== "destroyed")
      die(
        `The GPU stopped working (${message || "no reason given"}). Start again, or run on wasm.`,
      );
    if (!dead) open = undefined;
  });
  device.onuncapturederror = ({ error }) =>
    die(
      error instanceof GPUOutOfMemoryError
        ? `The GPU is out of memory (${error.message}). Lower batch size or max tokens.`
        : `internal: WebGPU: ${error.message}`,
    );
  const { vendor, architecture, description } = adapter.info;
  const software = isSoftware(adapter.info);
  const name =
    description ||
    [vendor, architecture].filter(Boolean).join(" ") ||
    "unknown adapter";
  return {
    adapter,
    device,
    name: software ? `${name} (software)` : name,
    software,
  };
}
