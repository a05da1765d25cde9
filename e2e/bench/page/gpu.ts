// The GPU the page got, and a count of what an engine asks of it, whichever engine
// it is: dispatches, and the bytes of all buffers alive at once. Imported before any
// engine.

import { openDevice } from "../../../src/engine/device";
import { asText } from "../../../src/say";

/** "Google SwiftShader (software)", "Apple M2", … */
export const adapterName = async (): Promise<string> =>
  asText((await openDevice()).name);

export const counted = { dispatches: 0, bytes: 0, most: 0 };

if (typeof GPUDevice !== "undefined") {
  const device = GPUDevice.prototype;
  const { createBuffer } = device;
  const alive = new WeakMap<GPUBuffer, number>();
  device.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    alive.set(buffer, descriptor.size);
    counted.bytes += descriptor.size;
    counted.most = Math.max(counted.most, counted.bytes);
    return buffer;
  };
  const { destroy } = GPUBuffer.prototype;
  GPUBuffer.prototype.destroy = function () {
    counted.bytes -= alive.get(this) ?? 0;
    alive.delete(this);
    return destroy.call(this);
  };
  const pass = GPUComputePassEncoder.prototype;
  const { dispatchWorkgroups, dispatchWorkgroupsIndirect } = pass;
  pass.dispatchWorkgroups = function (...groups) {
    counted.dispatches++;
    return dispatchWorkgroups.apply(this, groups);
  };
  pass.dispatchWorkgroupsIndirect = function (...where) {
    counted.dispatches++;
    return dispatchWorkgroupsIndirect.apply(this, where);
  };
}
