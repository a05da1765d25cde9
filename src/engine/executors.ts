// Which TensorFlow.js backend a run uses: each one the machine has must give the
// right numbers on a tiny model, then does a small but real training step against
// the clock. The fastest is chosen, and the report says why. The surprise: wasm
// comes first, because everything after it need only be measured until it is
// clearly slower.

import * as tf from "@tensorflow/tfjs";
import { AdamW } from "./adamw";
import { useBackend } from "./backends";
import {
  createBert,
  crossEntropy,
  forward,
  gradients,
  trainableNames,
  type BatchTensors,
  type BertConfig,
} from "./bert";
import { randomNumbers } from "./batches";
import type {
  DeviceReport,
  ExecutorName,
  ExecutorReport,
  RunOn,
} from "./protocol";

const order: ExecutorName[] = ["wasm", "webgpu", "webgl", "cpu"];
/** No further executor is begun after so long. */
const budgetMs = 6000;
const title: Record<ExecutorName, string> = {
  webgpu: "WebGPU",
  wasm: "WebAssembly",
  webgl: "WebGL",
  cpu: "plain JavaScript",
};

/** What depends on the machine; tests pass their own. */
export interface Machine {
  useBackend: typeof useBackend;
  measure: typeof measure;
  selfTest: typeof selfTest;
}

/** Finds the executors, measures them unless `remembered` still holds, and makes one current. */
export async function openExecutor(
  preference: RunOn,
  remembered: DeviceReport | null,
  machine: Machine = { useBackend, measure, selfTest },
): Promise<DeviceReport> {
  const isolated = globalThis.crossOriginIsolated === true;
  if (remembered && remembered.isolated === isolated) {
    const report = choose(remembered.executors, preference, isolated);
    try {
      const { detail } = await machine.useBackend(report.chosen);
      // The same name may be another device by now (another GPU, other threads).
      const former = remembered.executors.find(
        ({ name }) => name === report.chosen,
      );
      if (former?.detail === detail) {
        await machine.selfTest(report.chosen);
        return report;
      }
    } catch {
      // It is no longer what it was: measure again.
    }
  }
  const executors: ExecutorReport[] = [];
  const began = performance.now();
  for (const name of order)
    executors.push(
      await examine(
        name,
        name === preference,
        executors,
        performance.now() - began,
        machine,
      ),
    );
  const report = choose(executors, preference, isolated);
  await machine.useBackend(report.chosen);
  return report;
}

async function examine(
  name: ExecutorName,
  preferred: boolean,
  before: ExecutorReport[],
  spentMs: number,
  machine: Machine,
): Promise<ExecutorReport> {
  const report: ExecutorReport = {
    name,
    available: false,
    detail: "",
    probeMs: null,
    problem: null,
  };
  try {
    report.detail = (await machine.useBackend(name)).detail;
    const fastest = Math.min(
      ...before.map(({ probeMs }) => probeMs ?? Infinity),
    );
    const unmeasured = notWorthMeasuring(report, fastest, spentMs);
    // Software GPUs take seconds even for this; they are tested when asked for.
    if (unmeasured === null || preferred) await machine.selfTest(name);
    report.available = true;
    if (unmeasured === null) report.probeMs = await machine.measure(fastest);
    else report.problem = unmeasured;
  } catch (error) {
    report.problem = (error as Error).message;
  }
  return report;
}

function notWorthMeasuring(
  { name, detail }: ExecutorReport,
  fastest: number,
  spentMs: number,
): string | null {
  if (fastest === Infinity) return null;
  if (name === "cpu")
    return "Not measured: plain JavaScript is the last resort, many times slower than the others.";
  if (/software|swiftshader|llvmpipe|basic render/i.test(detail))
    return `Not measured: ${detail} only emulates a GPU on the processor.`;
  if (spentMs > budgetMs)
    return `Not measured: the others took ${(spentMs / 1000).toFixed(0)} s already.`;
  return null;
}

/** The fastest, or what was asked for. */
function choose(
  executors: ExecutorReport[],
  preference: RunOn,
  isolated: boolean,
): DeviceReport {
  const available = executors.filter(({ available }) => available);
  const measured = available
    .filter(({ probeMs }) => probeMs !== null)
    .sort((a, b) => a.probeMs! - b.probeMs!);
  const best = measured[0] ?? available[0];
  if (!best)
    throw new Error(
      `Nothing here can train: ${executors.map(({ name, problem }) => `${name}: ${problem}`).join(" ")} Use a current Chrome, Edge, Firefox or Safari.`,
    );
  const report = (chosen: ExecutorName, reason: string): DeviceReport => ({
    executors,
    chosen,
    reason,
    isolated,
  });
  const speeds = measured
    .slice(1)
    .map(({ name, probeMs }) => `${title[name]} ${milliseconds(probeMs!)}`);
  const why =
    best.probeMs === null
      ? `${title[best.name]} is what this browser offers.`
      : speeds.length > 0
        ? `${title[best.name]} was fastest: ${milliseconds(best.probeMs)} for a small training step (${speeds.join(", ")}).`
        : `${title[best.name]} took ${milliseconds(best.probeMs)} for a small training step; nothing faster is here.`;
  if (preference === "auto") return report(best.name, why);
  const wanted = executors.find(({ name }) => name === preference);
  if (wanted?.available)
    return report(
      preference,
      `${title[preference]}, as chosen.${best.name !== preference && best.probeMs !== null ? ` ${why}` : ""}`,
    );
  return report(
    best.name,
    `${title[preference]} cannot be used here (${(wanted?.problem ?? "not found").replace(/\.$/, "")}). ${why}`,
  );
}

const milliseconds = (ms: number) =>
  ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;

function smallConfig(size: {
  layers: number;
  hidden: number;
  vocabulary: number;
}): BertConfig {
  return {
    vocab_size: size.vocabulary,
    hidden_size: size.hidden,
    num_hidden_layers: size.layers,
    num_attention_heads: 2,
    intermediate_size: 4 * size.hidden,
    hidden_act: "gelu",
    max_position_embeddings: 64,
    type_vocab_size: 2,
    layer_norm_eps: 1e-12,
    initializer_range: 0.02,
    pad_token_id: 0,
    raw: {},
  };
}

function someBatch(
  size: number,
  tokens: number,
  vocabulary: number,
): BatchTensors & { labels: Int32Array } {
  const random = randomNumbers(1);
  return {
    size,
    tokens,
    ids: Int32Array.from({ length: size * tokens }, () =>
      Math.floor(random() * vocabulary),
    ),
    segments: new Int32Array(size * tokens),
    lengths: Int32Array.from({ length: size }, (_, i) => tokens - (i % 3)),
    labels: Int32Array.from({ length: size }, (_, i) => i % 2),
  };
}

/** Losses and gradient norms of `steps` training steps from fixed weights on the current backend; the times of each. */
async function trainSome(
  config: BertConfig,
  batch: ReturnType<typeof someBatch>,
  steps: number,
  enough: (stepsMs: number[]) => boolean = () => false,
): Promise<{ numbers: number[]; stepsMs: number[] }> {
  const bert = createBert(config, new Map(), 2, {
    seed: 0,
    randomWeights: true,
  });
  const names = trainableNames(bert, "all layers", 0);
  const optimizer = new AdamW(bert.variables, names, { weightDecay: 0.01 });
  const numbers: number[] = [];
  const stepsMs: number[] = [];
  try {
    for (let step = 1; step <= steps && !enough(stepsMs); step++) {
      const began = performance.now();
      const { loss, gradients: slopes } = gradients(bert, names, () =>
        crossEntropy(
          forward(bert, batch, { dropout: { rate: 0.1, seed: 0, step } })
            .logits,
          batch.labels,
          null,
        ),
      );
      const norm = optimizer.step(slopes, 1e-3, 1);
      const values = tf.stack([loss, norm]);
      tf.dispose([loss, norm]);
      numbers.push(...(await values.data()));
      values.dispose();
      stepsMs.push(performance.now() - began);
    }
  } finally {
    optimizer.dispose();
    bert.dispose();
  }
  return { numbers, stepsMs };
}

/** Milliseconds of one small training step on the current backend. Stops early once clearly slower than `fastest`. */
export async function measure(fastest: number): Promise<number> {
  const config = smallConfig({ layers: 2, hidden: 128, vocabulary: 1000 });
  const batch = someBatch(8, 32, 1000);
  const { stepsMs } = await trainSome(
    config,
    batch,
    4,
    (soFar) =>
      soFar.length > 1 &&
      (soFar.at(-1)! > 3 * fastest || soFar.reduce((a, b) => a + b) > 1500),
  );
  // The first step compiles.
  return Math.min(...stepsMs.slice(stepsMs.length > 1 ? 1 : 0));
}

let expected: number[] | null = null;

/** Throws a sentence when the current backend's numbers differ from plain JavaScript's. */
export async function selfTest(name: ExecutorName): Promise<void> {
  const config = smallConfig({ layers: 1, hidden: 16, vocabulary: 50 });
  const batch = someBatch(3, 8, 50);
  if (expected === null) {
    await useBackend("cpu");
    expected = (await trainSome(config, batch, 2)).numbers;
  }
  if (name === "cpu") return;
  await useBackend(name);
  const { numbers } = await trainSome(config, batch, 2);
  const wrong = expected.findIndex(
    (right, i) => !(Math.abs(numbers[i]! - right) <= 1e-3 * Math.max(1, right)),
  );
  if (wrong >= 0)
    throw new Error(
      `${title[name]} computes wrong numbers on this machine (${numbers[wrong]} where ${expected[wrong]} is right).`,
    );
}
