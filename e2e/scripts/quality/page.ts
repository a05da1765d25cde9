// The engine without the studio around it: the run is PyTorch's, on all rows,
// where the studio always holds some out.

import { openEngine } from "../../../src/engine.ts";
import type {
  DeviceReport,
  Progress,
  RunOn,
  RunSummary,
  TrainingOptions,
} from "../../../src/engine/protocol.ts";
import { datasetOf, type Row } from "../../../src/engine/fixtures/examples.ts";

export interface QualityRun {
  /** A bundled one. */
  model: string;
  labels: string[];
  train: Row[];
  /** Empty: all rows are trained on, and the last step's weights are judged. */
  validation: Row[];
  test: Row[];
  options: TrainingOptions;
  runOn: RunOn;
  /** Predictions of so many test rows and the export come back as well. */
  keep: number;
}
export interface QualityResult {
  device: DeviceReport;
  summary: RunSummary;
  /** Of the first test rows, by label. */
  probabilities: number[][];
  /** The export, in Base64; empty where nothing is kept. */
  zip: string;
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
    url: new URL(`../../models/${task.model}/`, location.href).href,
  });
  const { train, validation, test, labels } = task;
  const dataset = datasetOf(labels, { train, validation, test });
  const summary = await engine.call("train", dataset, task.options);
  const result: QualityResult = { device, summary, probabilities: [], zip: "" };
  if (task.keep > 0) {
    const predictions = await engine.call(
      "predict",
      test
        .slice(0, task.keep)
        .map(({ text, textB }) => ({ text, textB: textB ?? null })),
    );
    result.probabilities = predictions.map((each) => each.probabilities);
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
