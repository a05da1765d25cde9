// Both executors in a browser: against PyTorch's fixture, and against each other.

import { afterAll, beforeAll, expect, it } from "vitest";
import { tuningTo } from "../fixtures/recorded";
import { expectGradients } from "../fixtures/gradients";
import fixture from "../fixtures/attune-tiny-en.json";
import { readSafetensors, type Weights } from "../model/weights";
import { type Config, record, type Job } from "../program";
import type { Batch } from "./batch";
import { createInBrowser } from "./browser";
import { defaultOptimizer } from "./step";
import { tiles } from "../kernels/gemm/tiles";
import { WebgpuExecutor } from "./webgpu";

const model = "/models/attune-tiny-en";
let config: Config;
let weights: Weights;
let device: GPUDevice;
beforeAll(async () => {
  config = (await (await fetch(`${model}/config.json`)).json()) as Config;
  const file = await fetch(`${model}/model.safetensors`);
  weights = readSafetensors(new Uint8Array(await file.arrayBuffer()), model);
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error("no WebGPU adapter: this lane needs one");
  device = await adapter.requestDevice({
    requiredLimits: {
      maxStorageBufferBindingSize: adapter.limits.maxStorageBufferBindingSize,
      maxBufferSize: adapter.limits.maxBufferSize,
    },
  });
  device.onuncapturederror = ({ error }) => {
    console.error(error.message);
  };
});
afterAll(() => device.destroy());

const given = (name: string): Float32Array => {
  if (name === "classifier.weight")
    return Float32Array.from(fixture.classifier.weight);
  if (name === "classifier.bias")
    return Float32Array.from(fixture.classifier.bias);
  const array = weights.get(name);
  if (!array) throw new Error(`no ${name}`);
  return array.data;
};
const batch = (): Batch => {
  const lengths = fixture.attention_mask.map((row) =>
    row.reduce((sum, x) => sum + x, 0),
  );
  const ids = fixture.input_ids.flatMap((row, b) => row.slice(0, lengths[b]));
  return {
    size: lengths.length,
    lengths: Int32Array.from(lengths),
    padded: 0,
    ids: Int32Array.from(ids),
    segments: new Int32Array(ids.length),
    labels: Int32Array.from(fixture.labels),
  };
};
const program = (job: Partial<Job>, batches = 1) =>
  record(
    config,
    { labels: 3, dropout: 0, ...job },
    {
      tokens: 128,
      sequences: 4,
      length: 32,
      batches,
    },
  );
const onGpu = async (job: Partial<Job>) => {
  const executor = await WebgpuExecutor.create(program(job), device);
  for (const { name } of executor.program.parameters.values())
    executor.setParameter(name, given(name));
  return executor;
};
const onCpu = async (job: Partial<Job>) => {
  const executor = await createInBrowser(program(job), 1);
  for (const { name } of executor.program.parameters.values())
    executor.parameter(name).set(given(name));
  return executor;
};
const worst = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let i = 0; i < a.length; i++)
    if (!(Math.abs(a[i]! - b[i]!) <= most)) most = Math.abs(a[i]! - b[i]!);
  return most;
};
const optimizer = { ...defaultOptimizer, learningRate: 1e-3 };

it("A page runs threads", () => {
  expect(crossOriginIsolated).toBe(true);
});

it("The CPU executor gives PyTorch's ten losses", async () => {
  const executor = await onCpu({});
  const losses = fixture.adamw.losses.map(
    () => executor.train([batch()], optimizer).loss,
  );
  expect(worst(losses, fixture.adamw.losses)).toBeLessThan(1e-3);
  executor.close();
});

it.each([true, false])(
  "The GPU executor gives PyTorch's logits and attention, [CLS] only %s",
  async (clsOnly) => {
    const executor = await onGpu({ clsOnly });
    const logits = await executor.predict(batch());
    const rows = [0, 1, 2, 3].flatMap((r) =>
      Array.from(logits.subarray(4 * r, 4 * r + 3)),
    );
    expect(worst(rows, fixture.logits)).toBeLessThan(1e-4);
    const n = batch().lengths[0]!;
    const [, A, T] = fixture.attention.shape as [
      number,
      number,
      number,
      number,
    ];
    (await executor.watch(batch())).attention.forEach((layer, l) => {
      const theirs = Array.from(layer, (_, i) => {
        const [a, q, k] = [Math.floor(i / n / n), Math.floor(i / n) % n, i % n];
        return fixture.attention.values[((l * A + a) * T + q) * T + k]!;
      });
      expect(worst(layer, theirs)).toBeLessThan(1e-5);
    });
    executor.close();
  },
);

it.each([true, false])(
  "The GPU executor gives PyTorch's gradients to 1e-3 of their size, [CLS] only %s",
  async (clsOnly) => {
    const executor = await onGpu({ clsOnly, denseEmbeddings: true });
    executor.accumulate([batch()]);
    const all = await executor.readRegion("gradients");
    const { gradients, parameters } = executor.program;
    expectGradients(fixture, (name) => {
      const at = gradients.get(name)!;
      return all.subarray(at, at + parameters.get(name)!.size);
    });
    executor.close();
  },
);

it.each([
  [true, false],
  [false, false],
  [true, true],
])(
  "The GPU executor gives PyTorch's ten losses, [CLS] only %s, dense %s",
  async (clsOnly, denseEmbeddings) => {
    const executor = await onGpu({ clsOnly, denseEmbeddings });
    const losses: number[] = [];
    for (let i = 0; i < 10; i++)
      losses.push((await executor.train([batch()], optimizer)).loss);
    expect(worst(losses, fixture.adamw.losses)).toBeLessThan(1e-3);
    console.log(
      `${executor.dispatches.train! + executor.dispatches.update!} dispatches`,
    );
    executor.close();
  },
);

it("50 steps with dropout are the same on both executors to 1e-4", async () => {
  const [gpu, cpu] = [
    await onGpu({ dropout: 0.1 }),
    await onCpu({ dropout: 0.1 }),
  ];
  gpu.setSeed(5);
  cpu.setSeed(5);
  const small = { ...optimizer, learningRate: 5e-5 };
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let i = 0; i < 50; i++) {
    ours.push((await gpu.train([batch()], small)).loss);
    theirs.push(cpu.train([batch()], small).loss);
  }
  expect(worst(ours, theirs)).toBeLessThan(1e-4);
  gpu.close();
  cpu.close();
});

it("What is chosen of the logits has the same gradients on both executors", async () => {
  const job = { explains: true, dropout: 0.1 };
  const [gpu, cpu] = [await onGpu(job), await onCpu(job)];
  const chosen = Float32Array.from({ length: 12 }, (_, i) => Math.cos(i));
  const asked = { ...batch(), chosen };
  const theirs = cpu.explain(asked);
  const ours = await gpu.explain(asked);
  const used = asked.ids.length * config.hidden_size;
  for (const name of ["gradients", "inputs"] as const)
    expect(
      worst(ours[name].subarray(0, used), theirs[name].subarray(0, used)),
    ).toBeLessThan(1e-4);
  expect(Math.max(...theirs.gradients.subarray(0, used))).toBeGreaterThan(1e-3);
  gpu.close();
  cpu.close();
});

// Every tile by itself: webgpu.products.gpu.test.ts. Here, one of either kind.
const oneOfEither = tiles.filter(({ name }) =>
  ["8×16", "shared 32×32"].includes(name),
);
it.each(oneOfEither.map((tile) => [tile.name, tile] as const))(
  "every task has the same gradients on both executors, at %s",
  async (_, tile) => {
    for (const kind of [
      "labels",
      "many labels",
      "score",
      "tokens",
      "words",
    ] as const) {
      const tiny: Config = {
        ...config,
        vocab_size: 91,
        hidden_size: 24,
        num_attention_heads: 2,
        num_hidden_layers: 2,
        intermediate_size: 44,
      };
      const made = record(
        tiny,
        { kind, labels: 5, dropout: 0.1, denseEmbeddings: true },
        {
          tokens: 200,
          sequences: 4,
          length: 60,
          batches: 2,
        },
      );
      const lengths = [1, 60, 7, 33];
      const rows = 101;
      const batch: Batch = {
        size: 4,
        lengths: Int32Array.from(lengths),
        padded: 0,
        ids: Int32Array.from({ length: rows }, (_, i) => (i * i * 7 + 3) % 91),
        segments: Int32Array.from({ length: rows }, (_, i) => i & 1),
        labels:
          kind === "labels"
            ? Int32Array.of(0, 4, 2, 1)
            : kind === "many labels"
              ? Float32Array.from({ length: 20 }, (_, i) => (i % 3 ? 0 : 1))
              : kind === "score"
                ? Float32Array.from({ length: 20 }, (_, i) => Math.sin(3 * i))
                : kind === "tokens"
                  ? Int32Array.from({ length: rows }, (_, i) => (i % 6) - 1)
                  : Int32Array.of(5, 80, 33),
        ...(kind === "words" && { selected: Int32Array.of(4, 50, 99) }),
      };
      const gpu = await WebgpuExecutor.create(made, device, {
        tuning: tuningTo(device, tile),
      });
      const cpu = await createInBrowser(made, 1);
      for (const { name, size } of made.parameters.values()) {
        const data = Float32Array.from(
          { length: size },
          (_, i) =>
            0.4 * Math.sin(i * 1.7 + size) +
            (name.endsWith("LayerNorm.weight") ? 1 : 0),
        );
        gpu.setParameter(name, data);
        cpu.parameter(name).set(data);
      }
      gpu.accumulate([batch, batch]);
      cpu.accumulate([batch, batch]);
      const [ours, theirs] = [
        await gpu.readRegion("gradients"),
        cpu.region("gradients"),
      ];
      const size = Math.sqrt(theirs.reduce((sum, x) => sum + x * x, 0));
      expect(size).toBeGreaterThan(0.01);
      expect(worst(ours, theirs), kind).toBeLessThan(1e-5 * size);
      gpu.close();
      cpu.close();
    }
  },
);
