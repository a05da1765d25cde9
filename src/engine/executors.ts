// Where a run computes: each executor the machine has must give the right numbers
// on a tiny model, then does a small but real training step against the clock. The
// fastest is chosen, and the report says why. The surprise: wasm comes first,
// because everything after it need only be measured until it is clearly slower.

import { startingWeights } from "./bert/parameters";
import { randomNumbers } from "./batches";
import type { Batch, Classifier, OpenClassifier, Setup } from "./classifier";
import { open, type Opened } from "./executors/open";
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
  open: typeof open;
  measure: typeof measure;
  selfTest: typeof selfTest;
}

export interface OpenExecutor {
  report: DeviceReport;
  /** How models are opened on the chosen one. */
  openClassifier: OpenClassifier;
}

/** Finds the executors, measures them unless `remembered` still holds, and opens one. */
export async function openExecutor(
  preference: RunOn,
  remembered: DeviceReport | null,
  machine: Machine = { open, measure, selfTest },
): Promise<OpenExecutor> {
  const isolated = globalThis.crossOriginIsolated === true;
  if (remembered && remembered.isolated === isolated) {
    const report = choose(remembered.executors, preference, isolated);
    try {
      const opened = await machine.open(report.chosen);
      // The same name may be another device by now (another GPU, other threads).
      const former = remembered.executors.find(
        ({ name }) => name === report.chosen,
      );
      if (former?.detail === opened.detail) {
        await machine.selfTest(report.chosen, opened);
        return { report, openClassifier: opened.openClassifier };
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
  const { openClassifier } = await machine.open(report.chosen);
  return { report, openClassifier };
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
    const opened = await machine.open(name);
    report.detail = opened.detail;
    const fastest = Math.min(
      ...before.map(({ probeMs }) => probeMs ?? Infinity),
    );
    const unmeasured = notWorthMeasuring(report, fastest, spentMs);
    // Software GPUs take seconds even for this; they are tested when asked for.
    if (unmeasured === null || preferred) await machine.selfTest(name, opened);
    report.available = true;
    if (unmeasured === null)
      report.probeMs = await machine.measure(opened, fastest);
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
  // Worth knowing also where nobody asked for it: the driver is broken.
  const wrong = executors
    .flatMap(({ problem }) => (problem?.includes(wrongly) ? [problem] : []))
    .join(" ");
  const why =
    best.probeMs === null
      ? `${title[best.name]} is what this browser offers.`
      : speeds.length > 0
        ? `${title[best.name]} was fastest: ${milliseconds(best.probeMs)} for a small training step (${speeds.join(", ")}).`
        : `${title[best.name]} took ${milliseconds(best.probeMs)} for a small training step; nothing faster is here.`;
  if (preference === "auto")
    return report(best.name, wrong ? `${wrong} ${why}` : why);
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

/** A model to try things with, from fixed random weights. */
function smallModel(
  size: { layers: number; hidden: number; vocabulary: number },
  training: { dropout: number },
  capacity: Setup["capacity"],
): Setup {
  const config: Setup["config"] = {
    vocab_size: size.vocabulary,
    hidden_size: size.hidden,
    num_hidden_layers: size.layers,
    num_attention_heads: 2,
    intermediate_size: 4 * size.hidden,
    hidden_act: "gelu",
    max_position_embeddings: 64,
    type_vocab_size: 2,
    layer_norm_eps: 1e-12,
    // Large enough that the numbers say something.
    initializer_range: 0.2,
    pad_token_id: 0,
    raw: {},
  };
  return {
    config,
    weights: startingWeights(config, new Map(), 2, {
      seed: 0,
      randomWeights: true,
    }),
    labelCount: 2,
    capacity,
    training: {
      fineTune: "all layers",
      topLayers: 0,
      dropout: training.dropout,
      seed: 0,
      weightDecay: 0.01,
      classWeights: null,
    },
  };
}

/** Texts of nearly equal length, with labels. */
function someBatch(size: number, tokens: number, vocabulary: number): Batch {
  const random = randomNumbers(1);
  const lengths = Int32Array.from({ length: size }, (_, i) => tokens - (i % 3));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return {
    size,
    lengths,
    padded: 0,
    ids: Int32Array.from({ length: total }, () =>
      Math.floor(random() * vocabulary),
    ),
    segments: new Int32Array(total),
    labels: Int32Array.from({ length: size }, (_, i) => i % 2),
  };
}

/** Milliseconds of one small training step. Stops early once clearly slower than `fastest`. */
export async function measure(
  { openClassifier }: Pick<Opened, "openClassifier">,
  fastest: number,
): Promise<number> {
  const classifier = await openClassifier(
    smallModel(
      { layers: 2, hidden: 128, vocabulary: 1000 },
      { dropout: 0.1 },
      { sequences: 8, tokens: 256, length: 32 },
    ),
  );
  const batch = someBatch(8, 32, 1000);
  const stepsMs: number[] = [];
  try {
    for (let step = 0; step < 4; step++) {
      const began = performance.now();
      classifier.train(batch, 1e-3);
      await classifier.figures();
      stepsMs.push(performance.now() - began);
      if (
        step > 0 &&
        (stepsMs.at(-1)! > 3 * fastest ||
          stepsMs.reduce((a, b) => a + b) > 1500)
      )
        break;
    }
  } finally {
    classifier.dispose();
  }
  // The first step compiles.
  return Math.min(...stepsMs.slice(stepsMs.length > 1 ? 1 : 0));
}

const wrongly = "computes wrong numbers";

/** What the self-test must give: plain JavaScript's numbers (executors.test.ts asks it again). */
export const rightNumbers = [
  0.601084, 1.208544, 0.265363, 1.200744, 1.246121, -0.798716, -1.153511,
  0.71359, 1.141085, -0.827098,
];

/** Loss and gradient norm of two steps, and the logits after them: every kind of operation has a part in these. */
export async function testNumbers(
  openClassifier: OpenClassifier,
): Promise<number[]> {
  let classifier: Classifier | null = null;
  try {
    classifier = await openClassifier(
      smallModel(
        { layers: 2, hidden: 16, vocabulary: 50 },
        { dropout: 0 },
        { sequences: 3, tokens: 24, length: 8 },
      ),
    );
    const batch = someBatch(3, 8, 50);
    classifier.train(batch, 1e-2);
    classifier.train(batch, 1e-2);
    const figures = await classifier.figures();
    const logits = await classifier.predict(batch);
    return [
      ...figures.flatMap(({ loss, norm }) => [loss, norm]),
      ...logits.subarray(0, 6),
    ];
  } finally {
    classifier?.dispose();
  }
}

/** Throws a sentence when an executor computes other numbers than plain JavaScript. */
export async function selfTest(
  name: ExecutorName,
  { openClassifier }: Pick<Opened, "openClassifier">,
): Promise<void> {
  const numbers = await testNumbers(openClassifier);
  const wrong = rightNumbers.findIndex(
    (right, i) => !(Math.abs(numbers[i]! - right) <= 1e-3),
  );
  if (wrong >= 0)
    throw new Error(
      `${title[name]} ${wrongly} on this machine (${numbers[wrong]} where ${rightNumbers[wrong]} is right).`,
    );
}
