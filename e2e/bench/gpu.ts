// `npm run bench:gpu`: the WebGPU executor without a browser, on Dawn in Node,
// beside PyTorch on the same card. For a machine with a GPU.
//
//   npm install --no-save webgpu     (137 MB, so it is no dependency)
//   npm run bench:gpu -- [--only …] [--batches …] [--steps 50] [--peak TFLOP/s]
//                        [--allow-software] [--json FILE]
//
// Steps are submitted one after the other and waited for at the end, as training
// does, so that the card is never idle for JavaScript's sake.

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { openDevice } from "../../src/engine/device.ts";
import { WebgpuExecutor } from "../../src/engine/program/webgpu.ts";
import { asText } from "../../src/say.ts";
import { type Product, timeOf, type Workload } from "./engine.ts";
import {
  indexOf,
  optimizer,
  productsOf,
  recordFor,
  setFirstValues,
} from "./program.ts";
import { flopsOf, tokensPerSecond } from "./report.ts";
import { findTorch, torch, type TorchEngine } from "./torch.ts";
import { modelNames, randomBatch, randomFrom, workload } from "./workloads.ts";

const { values: given } = parseArgs({
  options: {
    only: { type: "string", default: modelNames.join(",") },
    batches: { type: "string", default: "16x64,32x128" },
    steps: { type: "string", default: "50" },
    peak: { type: "string" },
    json: { type: "string" },
    "allow-software": { type: "boolean", default: false },
  },
});

/** Multiplications and additions in fp32, TFLOP/s, without tensor cores, as the makers state them. */
const peaks: [RegExp, number][] = [
  [/H200|H100.*SXM|H100 80GB HBM3/i, 67],
  [/H100/i, 51],
  [/A100/i, 19.5],
  [/L40S/i, 91.6],
  [/\bL4\b/i, 30.3],
  [/\bT4\b/i, 8.1],
  [/V100/i, 15.7],
  [/RTX 4090/i, 82.6],
  [/RTX 3090/i, 35.6],
];

async function useDawn(): Promise<void> {
  // A name the compiler does not look up: the package need not be here.
  const name = "webgpu";
  let dawn: { create(flags: string[]): GPU; globals: object };
  try {
    dawn = (await import(name)) as typeof dawn;
  } catch {
    throw new Error(
      "WebGPU for Node is not installed. Run: npm install --no-save webgpu",
    );
  }
  Object.assign(globalThis, dawn.globals);
  Object.defineProperty(globalThis, "navigator", {
    value: { gpu: dawn.create([]) },
    configurable: true,
  });
}

async function oursOn(device: GPUDevice, asked: Workload, steps: number) {
  const executor = await WebgpuExecutor.create(recordFor(asked), device);
  setFirstValues(executor);
  executor.setSeed(5);
  const random = randomFrom(2);
  const batches = Array.from({ length: 8 }, () => randomBatch(asked, random));
  const train = (i: number) =>
    executor.train([batches[i % batches.length]!], optimizer);
  for (let i = 0; i < 3; i++) await train(i);
  let best = Infinity;
  for (let round = 0; round < 3; round++) {
    const start = performance.now();
    let last = train(0);
    for (let i = 1; i < steps; i++) last = train(i);
    await last;
    best = Math.min(best, (performance.now() - start) / steps);
  }
  const products: (Product & { times: number; tflops: number })[] = [];
  for (const shape of productsOf(executor.program)) {
    const { times: _, ...product } = shape;
    const index = indexOf(executor.program, product);
    const ms = await timeOf(async (times) => {
      for (let i = 0; i < times; i++) executor.runOne("train", index);
      await device.queue.onSubmittedWorkDone();
    });
    products.push({ ...shape, tflops: flopsOf(product) / ms / 1e9 });
  }
  executor.close();
  return { ms: best, products };
}

async function theirs(engine: TorchEngine, asked: Workload, steps: number) {
  try {
    const { detail } = await engine.open(asked);
    await engine.together(10);
    let best = Infinity;
    for (let round = 0; round < 3; round++)
      best = Math.min(best, await engine.together(steps));
    return { detail, ms: best };
  } catch (error) {
    return { detail: (error as Error).message, ms: null };
  } finally {
    await engine.close();
  }
}

async function main(): Promise<void> {
  await useDawn();
  const { device, name: text, software } = await openDevice();
  const name = asText(text);
  const peak = given.peak
    ? Number(given.peak)
    : peaks.find(([pattern]) => pattern.test(name))?.[1];
  console.log(
    `Dawn in Node ${process.versions.node} on ${name}; fp32 peak ${peak ? `${peak} TFLOP/s` : "unknown: give --peak"}`,
  );
  if (software && !given["allow-software"])
    throw new Error(
      `${name} only emulates a GPU; --allow-software measures it all the same.`,
    );
  const python = findTorch(true);
  if (!python) console.log("No PyTorch with CUDA here: Attune only.");
  const steps = Number(given.steps);
  const rows: object[] = [];
  for (const model of given.only.split(","))
    for (const batch of given.batches.split(",")) {
      const asked = workload(model, batch, 1);
      const rate = (ms: number) =>
        `${ms.toFixed(2)} ms, ${Math.round(tokensPerSecond(asked, ms)).toLocaleString("en")} tokens/s`;
      const ours = await oursOn(device, asked, steps);
      console.log(`\n${model} ${batch}: Attune ${rate(ours.ms)}`);
      const others = [];
      for (const compiled of python ? [false, true] : []) {
        const engine = torch(python!, { device: "cuda", compiled });
        const other = await theirs(engine, asked, steps);
        others.push(other);
        console.log(
          `  ${other.detail}${other.ms === null ? "" : `: ${rate(other.ms)}, Attune takes ${(ours.ms / other.ms).toFixed(2)}×`}`,
        );
      }
      for (const { form, m, n, k, times, tflops } of ours.products)
        console.log(
          `  ×${times} ${form} ${m}×${n}×${k}: ${tflops.toPrecision(3)} TFLOP/s${peak ? `, ${((100 * tflops) / peak).toFixed(1)} % of peak` : ""}`,
        );
      rows.push({ model, batch, adapter: name, peak, ours, others });
    }
  if (given.json)
    writeFileSync(given.json, `${JSON.stringify(rows, null, 1)}\n`);
}

try {
  await main();
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
process.exit(0);
