// The only GPUDevice. TensorFlow.js is given this one, so that our own kernels
// and its operations share one queue and one set of buffers.

export interface Device {
  adapter: GPUAdapter;
  device: GPUDevice;
  /** "Apple M2", "SwiftShader (software)", …: for people. */
  name: string;
  /** True where the adapter is a software one. */
  software: boolean;
}

/** The device, opened on first use; throws a sentence where there is none. */
export function openDevice(): Promise<Device> {
  throw new Error("internal: not written yet");
}

/** Calls back once with a sentence when the device dies (also when it died already). */
export function onDeviceLost(callback: (message: string) => void): void {
  void callback;
}
