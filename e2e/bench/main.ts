// `npm run bench`: our executors and their competitors on the same steps, in one
// run, side by side.
//
//   npm run bench -- [--json FILE] [--only tiny,base,mini,MiniLM] [--batches 16x64,32x128]
//                    [--engines cpu,torch,…] [--steps 10] [--threads N] [--full]
//
// Engines: cpu, webgpu, tfjs-wasm, tfjs-webgpu, jax-wasm, jax-webgpu (in a browser),
// torch; "dispatches" measures no step, only the GPU's dispatches and the
// script of each. By default the slow ones run on the smallest workload only;
// --full gives every engine every workload, which takes an hour without a GPU.

import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { type Browser, openBrowser } from "./browser.ts";
import { goalLine, goals, productLine } from "./goals.ts";
import { lengthMix } from "./lengths.ts";
import { describeMachine } from "./machine.ts";
import { type Entrant, measure, productSpeeds } from "./measure.ts";
import { planOf, recordFor } from "./program.ts";
import { median, type Report, type Result } from "./report.ts";
import { gpuEngines, markdown, processorEngines, titles } from "./table.ts";
import { findTorch, torch } from "./torch.ts";
import { modelNames, workload } from "./workloads.ts";

const { values: given } = parseArgs({
  options: {
    json: { type: "string" },
    only: { type: "string", default: modelNames.join(",") },
    batches: { type: "string", default: "16x64,32x128" },
    engines: { type: "string" },
    steps: { type: "string", default: "10" },
    threads: { type: "string", default: String(availableParallelism()) },
    full: { type: "boolean", default: false },
  },
});
const threads = Number(given.threads);
const fewSteps = 3;
const say = (line: string) =>
  console.error(
    `${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${line}`,
  );

const python = findTorch();

/** Which engines run on a workload when nobody names them. */
function usual(model: string, batch: string, software: boolean): string[] {
  const smallest = model === "tiny" && batch === "16x64";
  const list = ["cpu", "torch"];
  if (model === "tiny") list.push("jax-wasm");
  if (smallest || !software) list.push("webgpu", "jax-webgpu");
  if (smallest) list.push("tfjs-wasm", "tfjs-webgpu");
  return list;
}

function entrants(
  model: string,
  batch: string,
  software: boolean,
  browser: Browser,
): Entrant[] {
  const names = given.engines
    ? given.engines.split(",")
    : given.full
      ? Object.keys(titles)
      : usual(model, batch, software);
  return Object.keys(titles)
    .filter((name) => names.includes(name))
    .filter((name) => name !== "torch" || python)
    .map((name) => ({
      name,
      steps: name.startsWith("tfjs") ? fewSteps : Number(given.steps),
      engine: python && name === "torch" ? torch(python) : browser.engine(name),
    }));
}

function summary({
  engine,
  median,
  minimum,
  ms,
  detail,
  tokensPerSecond,
}: Result) {
  return `${titles[engine]!.padEnd(18)} ${median.toFixed(1).padStart(9)} ms (${minimum.toFixed(1)}), ${ms.length} steps, ${Math.round(tokensPerSecond)} tokens/s   ${detail}`;
}

/**
 * Dispatches do not depend on the batch, so a small one tells them even where a GPU
 * is emulated. First as many steps as it takes the browser to compile the script
 * that issues them, which a training run is past in its first seconds. Then each
 * after a rest: threads that emulate a GPU go on spinning when a step is done, and
 * would be measured instead of the script.
 */
async function dispatchesOf(model: string, report: Report, browser: Browser) {
  const asked = workload(model, "2x16", threads);
  const engine = browser.engine("webgpu");
  try {
    await engine.open(asked);
    await engine.steps(40);
    const script: number[] = [];
    for (let step = 0; step < 20; step++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const [timing] = await engine.steps(1);
      script.push(timing!.scriptMs!);
    }
    const { dispatches } = await engine.figures();
    report.dispatched.push({
      model,
      layers: asked.config.num_hidden_layers,
      dispatches: dispatches!,
      scriptMicroseconds: (1000 * median(script)) / dispatches!,
    });
  } catch (error) {
    say(`dispatches of ${model}: ${(error as Error).message}`);
  } finally {
    await engine.close();
  }
}

async function main(): Promise<void> {
  if (!python)
    say("No PyTorch here (Debian: python3-torch libopenblas0-pthread).");
  say("Building the page.");
  const browser = await openBrowser();
  const { adapter, software } = await browser.gpu();
  const report: Report = {
    date: new Date().toISOString(),
    machine: describeMachine(browser.version),
    adapter,
    software,
    workloads: [],
    dispatched: [],
    products: [],
    lengths: [],
  };
  try {
    for (const model of given.only.split(","))
      for (const batch of given.batches.split(",")) {
        const asked = workload(model, batch, threads);
        const chosen = entrants(model, batch, software, browser);
        say(`${model} ${batch}: ${chosen.map(({ name }) => name).join(", ")}`);
        const results = await measure(asked, chosen, say, async (left) => {
          if (batch !== given.batches.split(",")[0]) return;
          for (const engines of [processorEngines, gpuEngines])
            report.products.push(
              ...(await productSpeeds(
                asked,
                left.filter(({ name }) => engines.includes(name)),
              )),
            );
        });
        report.workloads.push({
          workload: asked,
          batch,
          ...planOf(recordFor(asked)),
          results,
        });
        for (const result of results) if (!result.failure) say(summary(result));
      }
    if (!given.engines || /\bdispatches\b|\bwebgpu\b/.test(given.engines))
      for (const model of given.only.split(",")) {
        say(`dispatches of ${model}`);
        await dispatchesOf(model, report, browser);
      }
  } finally {
    await browser.close();
  }
  if (!given.engines || given.engines.includes("cpu"))
    report.lengths = await lengthMix(threads, Number(given.steps), say);
  say("done");
  const judged = goals(report);
  console.log(`\n${markdown(report)}\n`);
  for (const model of new Set(report.products.map(({ model }) => model))) {
    const line = productLine(report, model);
    if (line) console.log(line);
  }
  for (const goal of judged) console.log(goalLine(goal));
  if (given.json)
    writeFileSync(
      given.json,
      `${JSON.stringify({ ...report, goals: judged }, null, 1)}\n`,
    );
}

await main();
process.exit(0);
