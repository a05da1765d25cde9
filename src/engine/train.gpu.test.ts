// The engine in its real worker, with the bundled model, as the page has it.

import { smallOptions } from "./fixtures/options";
import { ofOneLabel } from "./fixtures/evaluation";
import { inEnglish } from "../fixtures/english";
import { asText } from "../say";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEngine, type Engine } from "../engine";
import { denseConfusion } from "./tasks/labels/confusion";
import { openDevice } from "./device";
import { datasetOf, easyLabels, easyRows } from "./fixtures/examples";
import { bundledModel, engineInPage } from "./fixtures/page-engine";
import type {
  DeviceReport,
  EvaluationProgress,
  ModelReport,
  Progress,
  StepProgress,
  TrainingOptions,
} from "./protocol";
import { readSafetensors } from "./model/weights";

const options: TrainingOptions = {
  ...smallOptions,
  topLayers: 2,
  epochs: 3,
  seed: 1,
};
const rows = easyRows();
const held = (i: number) => ((i & 7) + (i >> 3)) % 4 === 3;
const dataset = () =>
  datasetOf(easyLabels, {
    train: rows.filter((_, i) => !held(i)),
    validation: rows.filter((_, i) => held(i)),
  });
const input = { text: "the cherry is here", textB: null };

let engine: Engine;
let progress: Progress[] = [];
let onProgress: (progress: Progress) => void = () => {};
const stepsOf = () =>
  progress.filter((p): p is StepProgress => p.kind === "step");

function open(): Engine {
  return openEngine((event) => {
    progress.push(event);
    onProgress(event);
  });
}
const loadBundled = (engine: Engine) => engine.call("load", bundledModel());

describe("in its worker, on wasm", () => {
  let device: DeviceReport;
  let model: ModelReport;

  beforeAll(async () => {
    engine = open();
    const began = performance.now();
    device = await engine.call("open", "wasm", null);
    const seconds = (performance.now() - began) / 1000;
    console.log(`open: ${seconds.toFixed(1)} s`, JSON.stringify(device));
    model = await loadBundled(engine);
  });
  afterAll(() => engine.close("the test is over"));

  test("the device report names all executors and says why this one", () => {
    expect(device.chosen).toBe("wasm");
    expect(device.isolated).toBe(true);
    expect(asText(device.reason)).toContain("WebAssembly");
    const by = Object.fromEntries(
      device.executors.map((executor) => [executor.name, executor]),
    );
    expect(by["wasm"]).toMatchObject({ available: true, problem: null });
    expect(by["wasm"]!.probeMs).toBeGreaterThan(0);
    expect(asText(by["wasm"]!.detail)).toMatch(/threads?$/);
    expect(by["cpu"]).toMatchObject({ available: true, probeMs: null });
    expect(asText(by["cpu"]!.problem)).toMatch(/^Not measured/);
    for (const { available, problem } of device.executors)
      expect(available || problem).toBeTruthy();
  });

  test("a remembered report is not measured again", async () => {
    const again = open();
    const began = performance.now();
    const report = await again.call("open", "auto", device);
    const seconds = (performance.now() - began) / 1000;
    again.close("the test is over");
    console.log(`open, remembered: ${seconds.toFixed(1)} s`);
    expect(report.executors).toEqual(device.executors);
    expect(report.chosen).toBe("wasm");
  });

  test("the bundled model is described", () => {
    expect(model).toMatchObject({
      name: "attune-tiny-en",
      layers: 4,
      heads: 4,
      hidden: 128,
      vocabulary: 16_384,
      maxPositions: 256,
      english: true,
      cased: false,
    });
    expect(model.parameters).toBeGreaterThan(2_900_000);
    expect(model.parameters).toBeLessThan(3_000_000);
  });

  test("a run learns; its first step arrives within 3 seconds", async () => {
    progress = [];
    const began = performance.now();
    let first = 0;
    onProgress = (p) => {
      if (p.kind === "step" && first === 0) first = performance.now() - began;
    };
    engine.signal({ kind: "watch", input });
    const summary = await engine.call("train", dataset(), options);
    console.log(
      `first step after ${first.toFixed(0)} ms; ${summary.step} steps in ${summary.seconds.toFixed(1)} s; ${stepsOf().at(-1)!.msPerStep.toFixed(0)} ms/step; accuracy ${ofOneLabel(summary.validation).accuracy.toFixed(3)}`,
    );
    expect(first).toBeLessThan(3000);
    expect(summary).toMatchObject({
      outcome: "finished",
      step: 27,
      executor: "wasm",
    });
    expect(summary.validation!.accuracy).toBeGreaterThan(0.6);
    expect(progress.some((p) => p.kind === "attention")).toBe(true);
  });

  test("the same seed gives the same losses", async () => {
    const losses = async () => {
      progress = [];
      await engine.call("train", dataset(), { ...options, epochs: 1 });
      return stepsOf().map(({ loss }) => loss);
    };
    expect(await losses()).toEqual(await losses());
  });

  test("pause holds it, calls are answered, resume goes on, stop keeps its model", async () => {
    progress = [];
    const paused = new Promise<void>((resolve) => {
      onProgress = (p) => {
        if (p.kind === "step" && p.step === 4) engine.signal({ kind: "pause" });
        if (p.kind === "stage" && p.stage === "paused") resolve();
      };
    });
    // Long enough that the run cannot be over before the page's answer is here:
    // how many steps pass meanwhile is the machine's business.
    const training = engine.call("train", dataset(), {
      ...options,
      epochs: 20,
    });
    await paused;
    const before = stepsOf().length;
    expect(before).toBeLessThan(180);
    const [prediction] = await engine.call("predict", [input]);
    expect(
      prediction!.probabilities.reduce((sum, share) => sum + share, 0),
    ).toBeCloseTo(1, 6);
    const capture = await engine.call("attention", input);
    expect(capture.step).toBe(before);
    expect(capture.weights.length).toBe(4 * 4 * capture.tokens.length ** 2);
    expect(stepsOf().length).toBe(before);

    const resumed = new Promise<void>((resolve) => {
      onProgress = (p) => {
        if (p.kind === "step" && p.step === before + 3) resolve();
      };
    });
    engine.signal({ kind: "resume" });
    await resumed;
    // While training, too.
    expect((await engine.call("predict", [input])).length).toBe(1);
    const reached = stepsOf().length;
    engine.signal({ kind: "stop" });
    const summary = await training;
    expect(summary.outcome).toBe("stopped");
    expect(summary.step).toBeGreaterThanOrEqual(reached);
    expect(summary.step).toBeLessThan(180);
    expect((await engine.call("predict", [input])).length).toBe(1);
  });

  test("head only encodes once and then takes milliseconds a step", async () => {
    progress = [];
    const summary = await engine.call("train", dataset(), {
      ...options,
      fineTune: "head only",
      epochs: 30,
    });
    const { msPerStep } = stepsOf().at(-1)!;
    console.log(
      `head only: ${summary.step} steps in ${summary.seconds.toFixed(1)} s, ${msPerStep.toFixed(1)} ms/step, accuracy ${ofOneLabel(summary.validation).accuracy.toFixed(3)}`,
    );
    expect(summary.step).toBe(270);
    expect(msPerStep).toBeLessThan(60);
  });

  test("the export holds the trained weights and the labels", async () => {
    await engine.call("train", dataset(), { ...options, epochs: 1 });
    const file = await engine.call("exportRun", "huggingface", "things-1");
    expect(file.name).toBe("things-1-huggingface.zip");
    const files = unzipSync(file.bytes);
    const config = JSON.parse(strFromU8(files["config.json"]!));
    expect(config.id2label).toEqual({ 0: "fruit", 1: "metal", 2: "weather" });
    const weights = readSafetensors(files["model.safetensors"]!, "x");
    expect(weights.get("classifier.weight")!.shape).toEqual([3, 128]);
    expect(
      weights.get("bert.embeddings.word_embeddings.weight")!.shape,
    ).toEqual([16_384, 128]);
    expect([...weights.keys()].some((name) => name.startsWith("cls."))).toBe(
      false,
    );
  });

  test("attention while training costs at most about a tenth", async () => {
    const msPerStep = async (watched: typeof input | null) => {
      engine.signal({ kind: "watch", input: watched });
      progress = [];
      const began = performance.now();
      const summary = await engine.call("train", dataset(), {
        ...options,
        epochs: 4,
      });
      return (performance.now() - began) / summary.step;
    };
    const without = await msPerStep(null);
    const captured = await msPerStep(input);
    const captures = progress.filter((p) => p.kind === "attention").length;
    console.log(
      `${without.toFixed(1)} ms/step unwatched, ${captured.toFixed(1)} watched, ${captures} captures`,
    );
    // Measured together with evaluations; the margin is for a busy machine.
    expect(captured / without).toBeLessThan(1.5);
  });

  test("evaluations list figures for every label", () => {
    const evaluation = ofOneLabel(
      progress.findLast(
        (p): p is EvaluationProgress => p.kind === "evaluation",
      ),
    );
    expect(evaluation.perClass.map(({ label }) => label)).toEqual(easyLabels);
    expect(denseConfusion(evaluation.confusion).reduce((a, b) => a + b)).toBe(
      24,
    );
    expect(evaluation.mistakes.length).toBe(evaluation.mistakeCount);
  });
});

test("auto picks the fastest in a few seconds, software GPUs included", async () => {
  const auto = open();
  const began = performance.now();
  const report = await auto.call("open", "auto", null);
  const seconds = (performance.now() - began) / 1000;
  console.log(`auto: ${seconds.toFixed(1)} s`, JSON.stringify(report));
  auto.close("the test is over");
  const measured = report.executors.filter(({ probeMs }) => probeMs !== null);
  expect(report.chosen).toBe(
    measured.reduce((a, b) => (a.probeMs! <= b.probeMs! ? a : b)).name,
  );
  expect(seconds).toBeLessThan(30);
});

test("on webgpu a run trains, too", async () => {
  progress = [];
  onProgress = () => {};
  const gpu = open();
  const device = await gpu.call("open", "webgpu", null);
  expect(device.chosen, asText(device.reason)).toBe("webgpu");
  await loadBundled(gpu);
  const small = datasetOf(easyLabels, {
    train: rows.filter((_, i) => i % 6 === 0),
    validation: rows.filter((_, i) => i % 12 === 5),
  });
  const summary = await gpu.call("train", small, { ...options, epochs: 1 });
  const { msPerStep } = stepsOf().at(-1)!;
  console.log(
    `webgpu (${asText(device.reason)}): ${msPerStep.toFixed(0)} ms/step`,
  );
  expect(summary).toMatchObject({ outcome: "finished", executor: "webgpu" });
  const [prediction] = await gpu.call("predict", [input]);
  expect(prediction!.probabilities.length).toBe(3);
  gpu.close("the test is over");
}, 300_000);

test("when the GPU dies, the run fails with a sentence and the page is told", async () => {
  // In the page, so that the test can reach the device.
  const events: Progress[] = [];
  let died = () => {};
  const here = engineInPage((event) => {
    events.push(event);
    if (event.kind === "step" && event.step === 2) died();
  });
  expect((await here.call("open", "webgpu", null)).chosen).toBe("webgpu");
  await loadBundled(here);
  const { device } = await openDevice();
  died = () => void device.createBuffer({ size: 4, usage: 0x40000000 });
  await expect(here.call("train", dataset(), options)).rejects.toThrow(
    /^internal: WebGPU: /,
  );
  expect(inEnglish(events.filter(({ kind }) => kind === "lost"))).toEqual([
    { kind: "lost", message: expect.stringMatching(/^internal: WebGPU: /) },
  ]);
  await expect(here.call("predict", [input])).rejects.toThrow("WebGPU");
  here.close("the test is over");
}, 300_000);

test("a closed engine answers every call with a sentence", async () => {
  const closed = open();
  const pending = closed.call("open", "wasm", null);
  closed.close("the test closed it");
  await expect(pending).rejects.toThrow(
    "The training engine stopped: the test closed it. Reload the page to start a new one.",
  );
  await expect(closed.call("predict", [])).rejects.toThrow(
    "The training engine stopped",
  );
});
