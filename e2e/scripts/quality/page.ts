// The engine without the studio around it: the run is PyTorch's, on all rows,
// where the studio always holds some out.

import { openEngine } from "../../../src/engine.ts";
import type {
  DeviceReport,
  EvaluationProgress,
  Progress,
  RunSummary,
} from "../../../src/engine/protocol.ts";
import { metricsOf } from "../../../src/task.ts";
import type { Figures } from "./report.ts";
import { datasetFor, type QualityRun } from "./run.ts";

export interface QualityResult {
  device: DeviceReport;
  summary: Pick<RunSummary, "executor" | "seconds">;
  /** Of the test rows. */
  metrics: Figures;
  /** Of the first test rows, by label; of scores the score. */
  answers: number[][];
  /** The export, in Base64; empty where nothing is kept. */
  zip: string;
}

function figuresOf(test: EvaluationProgress, positive?: string): Figures {
  if (test.task !== "one label" || positive === undefined)
    return metricsOf(test);
  const f1 = test.perClass.find(({ label }) => label === positive)?.f1 ?? 0;
  return { ...metricsOf(test), f1 };
}

async function run(task: QualityRun): Promise<QualityResult> {
  const engine = openEngine((progress: Progress) => {
    if (progress.kind === "step" && progress.step % 250 === 0)
      console.log(
        `  step ${progress.step}/${progress.steps}: loss ${progress.loss.toFixed(3)}, ${progress.msPerStep.toFixed(0)} ms/step, ${progress.secondsLeft.toFixed(0)} s left`,
      );
  });
  const device = await engine.call("open", task.runOn, null);
  await engine.call("load", {
    kind: "bundled",
    name: task.model,
    url: new URL(`../../../models/${task.model}/`, location.href).href,
  });
  const { executor, seconds, test } = await engine.call(
    "train",
    datasetFor(task),
    task.options,
  );
  const result: QualityResult = {
    device,
    summary: { executor, seconds },
    metrics: figuresOf(test!, task.positive),
    answers: [],
    zip: "",
  };
  if (task.keep > 0) {
    const predictions = await engine.call(
      "predict",
      task.test
        .slice(0, task.keep)
        .map(({ text, textB }) => ({ text, textB: textB ?? null })),
    );
    result.answers = predictions.map(({ score, probabilities }) =>
      score === undefined ? probabilities : [score],
    );
    const { bytes } = await engine.call("exportRun", "huggingface", "kept");
    let binary = "";
    for (let at = 0; at < bytes.length; at += 32768)
      binary += String.fromCharCode(...bytes.subarray(at, at + 32768));
    result.zip = btoa(binary);
  }
  engine.close("this run is over");
  return result;
}

Object.assign(globalThis, { run });
