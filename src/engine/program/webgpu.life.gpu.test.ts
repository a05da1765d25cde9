// What the GPU executor holds, and how it ends: memory over many steps, a device
// that dies, shaders that do not compile, measurements that are kept.

import { beforeAll, expect, it } from "vitest";
import { type Config, record } from "../program";
import type { Batch } from "./batch";
import { defaultOptimizer } from "./step";
import { type Tuning, WebgpuExecutor } from "./webgpu";
import { pipelinesOf } from "./webgpu/pipelines";
import { readTuning, untuned } from "./webgpu/tuning";

const config: Config = {
  vocab_size: 50,
  hidden_size: 8,
  num_hidden_layers: 1,
  num_attention_heads: 1,
  intermediate_size: 8,
  hidden_act: "gelu",
  max_position_embeddings: 8,
  type_vocab_size: 2,
  layer_norm_eps: 1e-12,
};
const program = record(
  config,
  { labels: 2, dropout: 0.1 },
  { tokens: 16, sequences: 2, length: 8, batches: 1 },
);
const batch = (step: number): Batch => ({
  size: 2,
  lengths: Int32Array.of(3 + (step % 5), 5),
  padded: 0,
  ids: Int32Array.from({ length: 12 }, (_, i) => (i * 7 + step * 3) % 50),
  segments: new Int32Array(12),
  labels: Int32Array.of(0, 1),
});

async function openDevice(): Promise<GPUDevice> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error("no WebGPU adapter: this lane needs one");
  return adapter.requestDevice();
}
let tuning: Tuning;
let device: GPUDevice;
beforeAll(async () => {
  device = await openDevice();
  const executor = await WebgpuExecutor.create(program, device);
  ({ tuning } = executor);
  executor.close();
});

const fill = (executor: WebgpuExecutor) => {
  for (const { name, size } of program.parameters.values())
    executor.setParameter(
      name,
      Float32Array.from(
        { length: size },
        (_, i) => 0.3 * Math.sin(i * 1.7 + size),
      ),
    );
};

/** The page's JavaScript heap in bytes, after collecting: see `vitest.config.ts` for the switches. */
function heap(): number {
  const { gc, performance: clock } = globalThis as typeof globalThis & {
    gc?: () => void;
    performance: { memory?: { usedJSHeapSize: number } };
  };
  if (!gc || !clock.memory) throw new Error("no --expose-gc in this browser");
  gc();
  return clock.memory.usedJSHeapSize;
}

it("500 steps hold the GPU memory of the third, and the heap", async () => {
  let made = 0;
  const create = device.createBuffer;
  device.createBuffer = function (descriptor) {
    made += descriptor.size;
    return create.call(this, descriptor);
  };
  const executor = await WebgpuExecutor.create(program, device, { tuning });
  fill(executor);
  let bytes = 0;
  let loss = NaN;
  // V8 compiles and learns for the first thousand.
  const [settled, steps, window] = [1000, 1500, 50];
  const heaps: number[] = [];
  for (let step = 1; step <= steps; step++) {
    ({ loss } = await executor.train([batch(step)], defaultOptimizer));
    if (step === 3) bytes = made;
    if (step >= settled && step % window === 0) heaps.push(heap());
  }
  device.createBuffer = create;
  expect(loss).toBeGreaterThan(0);
  expect(bytes).toBeGreaterThan(program.end);
  expect(made).toBe(bytes);
  expect(executor.bytes).toBe(bytes);
  // The page itself takes and returns memory now and then; what every step leaves
  // behind shows in most windows. No object is smaller than 16 bytes with what holds it.
  const growth = heaps
    .slice(1)
    .map((now, i) => now - heaps[i]!)
    .sort((a, b) => a - b);
  console.log(`heap after ${settled} steps ${heaps[0]}; then by ${growth}`);
  expect(growth[growth.length >> 1]).toBeLessThan(8 * window);
  executor.close();
});

it("Steps asked for at once are those asked for one by one", async () => {
  const losses = async (atOnce: boolean) => {
    const executor = await WebgpuExecutor.create(program, device, { tuning });
    fill(executor);
    const all: (number | Promise<{ loss: number }>)[] = [];
    for (let step = 1; step <= 5; step++) {
      const result = executor.train([batch(step)], defaultOptimizer);
      all.push(atOnce ? result : (await result).loss);
    }
    const found = await Promise.all(
      all.map(async (one) =>
        typeof one === "number" ? one : (await one).loss,
      ),
    );
    executor.close();
    return found;
  };
  expect(await losses(true)).toEqual(await losses(false));
});

it("What was kept comes back, also after steps that owe updates", async () => {
  const executor = await WebgpuExecutor.create(program, device, { tuning });
  fill(executor);
  await executor.train([batch(1)], defaultOptimizer);
  executor.keep();
  const before = await executor.readParameters();
  for (let step = 2; step < 5; step++)
    await executor.train([batch(step)], {
      ...defaultOptimizer,
      learningRate: 1e-2,
    });
  expect(await executor.readParameters()).not.toEqual(before);
  executor.restore();
  expect(await executor.readParameters()).toEqual(before);
  executor.close();
});

it("A state taken elsewhere goes on with the same numbers", async () => {
  const whole = await WebgpuExecutor.create(program, device, { tuning });
  fill(whole);
  for (let step = 1; step < 4; step++)
    await whole.train([batch(step)], defaultOptimizer);
  whole.keep();
  const state = await whole.save();
  const other = await WebgpuExecutor.create(program, device, { tuning });
  other.resume(structuredClone(state));
  expect(other.step).toBe(3);
  for (const executor of [whole, other])
    for (let step = 4; step < 8; step++)
      await executor.train([batch(step)], defaultOptimizer);
  expect(await other.readParameters()).toEqual(await whole.readParameters());
  other.restore();
  whole.restore();
  expect(await other.readParameters()).toEqual(await whole.readParameters());
  other.close();
  whole.close();
});

it("A device that dies rejects what was asked of it, and what is asked later", async () => {
  const dying = await openDevice();
  const executor = await WebgpuExecutor.create(program, dying, { tuning });
  fill(executor);
  const pending = executor.train([batch(1)], defaultOptimizer);
  dying.destroy();
  await expect(pending).rejects.toThrow(/^The GPU stopped working/);
  await expect(executor.train([batch(2)], defaultOptimizer)).rejects.toThrow(
    /^The GPU stopped working/,
  );
});

it("A shader that does not compile names the line", async () => {
  await expect(
    pipelinesOf(device).compile(
      "crooked",
      "fn one() {}\nfn two() { let x = ; }",
    ),
  ).rejects.toThrow(/shader crooked\n2: .*\n {2}fn two\(\) \{ let x = ; \}/);
});

const larger = record(
  { ...config, hidden_size: 64, intermediate_size: 256 },
  { labels: 2 },
  { tokens: 128, sequences: 16, length: 8, batches: 1 },
);

it("A tuning that was kept is used as it is, and nothing is measured again", async () => {
  const first = await WebgpuExecutor.create(larger, device);
  const measured = Object.keys(first.tuning.tiles);
  expect(measured.length).toBeGreaterThan(0);
  first.close();
  const kept = JSON.parse(
    JSON.stringify({
      ...first.tuning,
      sharing: 1,
      tiles: Object.fromEntries(measured.map((name) => [name, "4×4"])),
    }),
  ) as unknown;
  const slowest = readTuning(kept, device);
  expect(slowest).toEqual(kept);
  let waits = 0;
  const { queue } = device;
  const wait = queue.onSubmittedWorkDone.bind(queue);
  queue.onSubmittedWorkDone = () => {
    waits++;
    return wait();
  };
  const second = await WebgpuExecutor.create(larger, device, {
    tuning: slowest,
  });
  expect(waits).toBe(0);
  expect(second.tuning).toEqual(kept);
  second.close();
  // The same without it: that measuring waits is what the count above rests on.
  const third = await WebgpuExecutor.create(larger, device, {
    tuning: untuned(device),
  });
  expect(waits).toBeGreaterThan(0);
  expect(Object.keys(third.tuning.tiles)).toEqual(measured);
  third.close();
  queue.onSubmittedWorkDone = wait;
});

it.each([
  ["another adapter", { adapter: "another" }],
  ["other kernels", { kernels: "0" }],
  ["no number of threads", { sharing: 2 }],
  ["no tiles", { tiles: null }],
])("A tuning of %s says nothing", (_, other) => {
  expect(readTuning(untuned(device), device)).toEqual(untuned(device));
  expect(readTuning({ ...untuned(device), ...other }, device)).toBeNull();
  expect(readTuning(null, device)).toBeNull();
});

it("A tile that is no more is measured again", () => {
  const tiles = { "NT, few tiles": "9×9", "NN, few tiles": "8×8" };
  expect(
    readTuning({ ...untuned(device), sharing: 1, tiles }, device)?.tiles,
  ).toEqual({ "NN, few tiles": "8×8" });
});
