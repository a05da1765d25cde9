// Where a run computes: each executor the machine has must give the right numbers
// on a tiny model, then does a small but real training step against the clock. The
// fastest is chosen, and the report says why. The surprise: wasm comes first,
// because everything after it need only be measured until it is clearly slower.

import {
  commas,
  Failure,
  reasonOf,
  type Said,
  said,
  type Text,
  sentences,
} from "../said";
import type { OpenClassifier } from "./classifier";
import { open, type Opened } from "./executors/open";
import { measure, selfTest, title, WrongNumbers } from "./executors/probe";
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
  if (remembered && holds(remembered, isolated)) {
    const report = choose(remembered.executors, preference, isolated);
    try {
      const opened = await machine.open(report.chosen, tuning);
      // The same name may be another device by now (another GPU, other threads).
      const former = remembered.executors.find(
        ({ name }) => name === report.chosen,
      );
      if (former && same(former.detail, opened.detail)) {
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

/** Former versions remembered sentences, which are in one language. */
const holds = ({ executors, ...former }: DeviceReport, isolated: boolean) =>
  former.isolated === isolated &&
  executors.every(({ problem }) => typeof problem !== "string");

const same = (a: Text, b: Text) => JSON.stringify(a) === JSON.stringify(b);

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
    software: false,
    probeMs: null,
    problem: null,
    wrong: false,
  };
  try {
    const opened = await opening;
    report.detail = opened.detail;
    report.software = opened.software;
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
    report.problem = reasonOf(error);
    report.wrong = error instanceof WrongNumbers;
  }
  return report;
}

function notWorthMeasuring(
  { name, detail, software }: ExecutorReport,
  fastest: number,
  spentMs: number,
): Said | null {
  if (fastest === Infinity) return null;
  if (name === "cpu") return said("not measured: last resort");
  if (software) return said("not measured: software", { detail });
  if (spentMs > budgetMs)
    return said("not measured: no time", {
      seconds: (spentMs / 1000).toFixed(0),
    });
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
    throw new Failure("run on: nothing here", {
      problems: sentences(
        executors.map(({ name, problem }) =>
          said("run on: problem", { name, problem: problem ?? "" }),
        ),
      ),
    });
  const report = (chosen: ExecutorName, reason: Said): DeviceReport => ({
    executors,
    chosen,
    reason,
    isolated,
  });
  const why = whyBest(best, measured.slice(1));
  if (preference === "auto") {
    // Worth knowing also where nobody asked for it: the driver is broken.
    const wrong = executors.flatMap(({ wrong, problem }) =>
      wrong && problem !== null ? [problem] : [],
    );
    return report(best.name, sentences([...wrong, why]));
  }
  const wanted = executors.find(({ name }) => name === preference);
  if (wanted?.available) {
    const chosen = said("run on: as chosen", { name: title[preference] });
    return report(
      preference,
      best.name !== preference && best.probeMs !== null
        ? sentences([chosen, why])
        : chosen,
    );
  }
  return report(
    best.name,
    said("run on: not to be used", {
      name: title[preference],
      problem: wanted?.problem ?? said("run on: not found"),
      why,
    }),
  );
}

/** `others` were measured, too. */
function whyBest(best: ExecutorReport, others: ExecutorReport[]): Said {
  const name = title[best.name];
  if (best.probeMs === null) return said("run on: what there is", { name });
  const time = milliseconds(best.probeMs);
  if (others.length === 0)
    return said("run on: nothing faster", { name, time });
  const speeds = others.map(({ name, probeMs }) =>
    said("run on: speed", {
      name: title[name],
      time: milliseconds(probeMs!),
    }),
  );
  return said("run on: fastest", { name, time, others: commas(speeds) });
}

const milliseconds = (ms: number) =>
  ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
