// Where a run computes: each executor the machine has must give the right numbers
// on a tiny model, then does a small but real training step against the clock. The
// fastest is chosen, and the report says why. The surprise: wasm comes first,
// because everything after it need only be measured until it is clearly slower.

import type { OpenClassifier } from "./classifier";
import { open, type Opened } from "./executors/open";
import { measure, selfTest, title, wrongly } from "./executors/probe";
import type {
  DeviceReport,
  ExecutorName,
  ExecutorReport,
  RunOn,
} from "./protocol";

const order: ExecutorName[] = ["wasm", "webgpu", "webgl", "cpu"];
/** No further executor is begun after so long. */
const budgetMs = 6000;

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

export const thisMachine: Machine = { open, measure, selfTest };

/**
 * Finds the executors, measures them unless `remembered` still holds, and opens
 * one. What is only measured when a model needs it comes with `onMeasured`.
 */
export async function openExecutor(
  preference: RunOn,
  remembered: DeviceReport | null,
  machine = thisMachine,
  onMeasured: (report: DeviceReport) => void = () => {},
): Promise<OpenExecutor> {
  let { tuning } = remembered ?? {};
  const finish = (report: DeviceReport, opened: Opened): OpenExecutor => {
    const done: OpenExecutor = {
      report: { ...report, tuning: opened.tuning ?? tuning },
      async openClassifier(setup) {
        const classifier = await opened.openClassifier(setup);
        if (opened.tuning && opened.tuning !== done.report.tuning) {
          done.report = { ...done.report, tuning: opened.tuning };
          onMeasured(done.report);
        }
        return classifier;
      },
    };
    return done;
  };
  const isolated = globalThis.crossOriginIsolated === true;
  if (remembered && remembered.isolated === isolated) {
    const report = choose(remembered.executors, preference, isolated);
    try {
      const opened = await machine.open(report.chosen, tuning);
      // The same name may be another device by now (another GPU, other threads).
      const former = remembered.executors.find(
        ({ name }) => name === report.chosen,
      );
      if (former?.detail === opened.detail) {
        await machine.selfTest(report.chosen, opened);
        return finish(report, opened);
      }
    } catch {
      // It is no longer what it was: measure again.
    }
  }
  const executors: ExecutorReport[] = [];
  const began = performance.now();
  for (const name of order) {
    const opening = machine.open(name, tuning);
    executors.push(
      await examine(
        name,
        opening,
        name === preference,
        executors,
        performance.now() - began,
        machine,
      ),
    );
    tuning = (await opening.catch(() => null))?.tuning ?? tuning;
  }
  const report = choose(executors, preference, isolated);
  return finish(report, await machine.open(report.chosen, tuning));
}

async function examine(
  name: ExecutorName,
  opening: Promise<Opened>,
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
    const opened = await opening;
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
  if (/software|swiftshader|llvmpipe|basic render/i.test(String(detail)))
    return `Not measured: ${String(detail)} only emulates a GPU on the processor.`;
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
    .flatMap(({ problem }) =>
      String(problem).includes(wrongly) ? [String(problem)] : [],
    )
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
    `${title[preference]} cannot be used here (${String(wanted?.problem ?? "not found").replace(/\.$/, "")}). ${why}`,
  );
}

const milliseconds = (ms: number) =>
  ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
