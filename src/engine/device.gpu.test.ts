import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { expect, test, vi } from "vitest";
import { asText, say } from "../say";
import { backendNames, useBackend } from "./fixtures/backends";
import { onDeviceLost, openDevice } from "./device";

const sum = async () => {
  const result = tf.tidy(() => tf.sum(tf.mul(tf.range(0, 2000), 2)));
  const [value] = await result.data();
  result.dispose();
  return value;
};

test.each(backendNames)(
  "%s starts, says what it is, and computes",
  async (name) => {
    const detail = await useBackend(name);
    expect(tf.getBackend()).toBe(name);
    expect(detail).not.toBe("");
    expect(await sum()).toBe(3_998_000);
  },
);

test("TensorFlow.js runs on our device, with the adapter's limits", async () => {
  await useBackend("webgpu");
  const { adapter, device, name, software } = await openDevice();
  expect((tf.backend() as WebGPUBackend).device).toBe(device);
  expect(device.limits.maxBufferSize).toBe(adapter.limits.maxBufferSize);
  expect(name).not.toBe("");
  if (software) expect(asText(name)).toMatch(/\(software\)$/);
});

test("a lost device is replaced on next use", async () => {
  await useBackend("webgpu");
  const { device: lost } = await openDevice();
  lost.destroy();
  await lost.lost;
  await useBackend("cpu");
  await useBackend("webgpu");
  const { device } = await openDevice();
  expect(device).not.toBe(lost);
  expect(await sum()).toBe(3_998_000);
});

test("an error on the device is told in a sentence, once, and the next device is sound", async () => {
  const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
  const told: string[] = [];
  const forget = onDeviceLost((message) => told.push(say(message)));
  for (const times of [1, 2]) {
    await useBackend("webgpu");
    const { device } = await openDevice();
    for (let i = 0; i < 2; i++)
      device.createBuffer({
        size: 16,
        usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.STORAGE,
      });
    // Errors come back with the next answer of the GPU process.
    await device.queue.onSubmittedWorkDone().catch(() => {});
    await vi.waitFor(() => expect(told).toHaveLength(times));
    expect(told.at(-1)).toMatch(/^internal: WebGPU: /);
    await device.lost;
    await useBackend("cpu");
    await useBackend("webgpu");
    expect(await sum()).toBe(3_998_000);
  }
  expect(told).toHaveLength(2);
  forget();
  quiet.mockRestore();
});
