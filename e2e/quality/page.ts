// The engine without the studio around it: the run is PyTorch's, on all rows,
// where the studio always holds some out.

import { openEngine } from "../../src/engine.ts";
import type {
  DeviceReport,
  Progress,
  RunOn,
  RunSummary,
  TrainingOptions,
} from "../../src/engine/protocol.ts";
import { datasetOf, type Row } from "../../src/engine/fixtures/examples.ts";

export interface QualityRun {
  labels: string[];
  train: Row[];
  test: Row[];
  options: TrainingOptions;
  runOn: RunOn;
}
export interface QualityResult {
  device: DeviceReport;
  summary: RunSummary;
  /** Of the first test rows, by label. */
  probabilities: number[][];
  /** The export, in Base64. */
  zip: string;
}

async function run(task: QualityRun): Promise<QualityResult> {
  const engine = openEngine((progress: Progress) => {
    if (progress.kind === "step" && progress.step % 50 === 0)
      console.log(
        `step ${progress.step}/${progress.steps}: loss ${progress.loss.toFixed(3)}, ${progress.msPerStep.toFixed(0)} ms/step, ${progress.tokensPerSecond.toFixed(0)} tokens/s, ${progress.secondsLeft.toFixed(0)} s left`,
      );
  });
  const device = await engine.call("open", task.runOn, null);
  await engine.call("load", {
    kind: "bundled",
    name: "attune-tiny-en",
    url: new URL("../../models/attune-tiny-en/", location.href).href,
  });
  const dataset = datasetOf(task.labels, {
    train: task.train,
    validation: [],
    test: task.test,
  });
  const summary = await engine.call("train", dataset, task.options);
  const predictions = await engine.call(
    "predict",
    task.test.slice(0, 100).map(({ text }) => ({ text, textB: null })),
  );
  const { bytes } = await engine.call("exportRun", "huggingface", "trec6");
  let binary = "";
  for (let at = 0; at < bytes.length; at += 32768)
    binary += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return {
    device,
    summary,
    probabilities: predictions.map(({ probabilities }) => probabilities),
    zip: btoa(binary),
  };
}

Object.assign(globalThis, { run });
