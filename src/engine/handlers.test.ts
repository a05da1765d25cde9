// The engine as the page sees it, over a MessageChannel, on plain JavaScript.

import { smallOptions } from "./fixtures/options";
import { ofOneLabel } from "./fixtures/evaluation";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import * as tf from "@tensorflow/tfjs";
import { unzipSync, strFromU8 } from "fflate";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Dataset } from "../data";
import { connect, serve, type Connection, type Port } from "../port";
import {
  datasetOf,
  easyLabels,
  easyRows,
  easyVocabulary,
} from "./fixtures/examples";
import { smallModel } from "./fixtures/small-model";
import { createEngine, transfersOf } from "./handlers";
import type {
  AttentionCapture,
  Calls,
  DeviceReport,
  EvaluationProgress,
  Progress,
  Signal,
  StepProgress,
  TrainingOptions,
} from "./protocol";
import { readSafetensors } from "./model/weights";

const options: TrainingOptions = {
  ...smallOptions,
  epochs: 4,
  learningRate: 1e-2,
};
const rows = easyRows();
/** A quarter: each of its words and each of its frames is in the rest too. */
const held = (i: number) => ((i & 7) + (i >> 3)) % 4 === 3;
const dataset = (): Dataset =>
  datasetOf(easyLabels, {
    train: rows.filter((_, i) => !held(i)),
    validation: rows.filter((_, i) => held(i) && i % 2 === 0),
    test: rows.filter((_, i) => held(i) && i % 2 === 1),
  });

let files: File[];
let server: Server;
/** Where `server` has them. */
let url: string;
const opened: Connection<Calls, Signal>[] = [];

interface Opened extends Connection<Calls, Signal> {
  progress: Progress[];
  /** Called with every event as it arrives. */
  onProgress: (progress: Progress) => void;
}

function openEngine(): Opened {
  const { port1, port2 } = new MessageChannel();
  const engine = createEngine((progress) => report(progress));
  const report = serve<Calls, Signal, Progress>(
    port2 as unknown as Port,
    engine.handlers,
    (signal) => engine.signal(signal),
    transfersOf,
  );
  const progress: Progress[] = [];
  const page = Object.assign(
    connect<Calls, Signal, Progress>(
      port1 as unknown as Port,
      { code: "training engine" },
      (event) => {
        progress.push(event);
        page.onProgress(event);
      },
      () => port1.close(),
    ),
    { progress, onProgress: (_: Progress) => {} },
  );
  opened.push(page);
  return page;
}

/** The first report: measuring anew for every test would take seconds. */
let device: DeviceReport | null = null;

async function withDevice(): Promise<Opened> {
  const engine = openEngine();
  device = await engine.call("open", "cpu", device);
  return engine;
}

async function ready(): Promise<Opened> {
  const engine = await withDevice();
  await engine.call("load", { kind: "bundled", name: "small", url });
  return engine;
}

const stepsOf = ({ progress }: Opened) =>
  progress.filter((p): p is StepProgress => p.kind === "step");
const evaluationsOf = ({ progress }: Opened) =>
  progress.filter((p): p is EvaluationProgress => p.kind === "evaluation");
const stagesOf = ({ progress }: Opened) =>
  progress.flatMap((p) => (p.kind === "stage" ? [p.stage] : []));

beforeAll(async () => {
  await tf.setBackend("cpu");
  files = await smallModel(easyVocabulary);
  server = createServer(async (request, response) => {
    const [, folder, wanted] = request.url!.split("/");
    const file = files.find(({ name }) => name === wanted);
    if (!file || !["small", "broken"].includes(folder!))
      return void response.writeHead(404).end();
    const bytes = new Uint8Array(await file.arrayBuffer());
    // All made of the largest floats there are, whose sums overflow: what is no
    // number at all would be refused at loading.
    if (folder === "broken" && wanted === "model.safetensors")
      bytes.fill(0x7f, 8 + new DataView(bytes.buffer).getUint32(0, true));
    response.end(bytes);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/small/`;
});
afterAll(() => server.close());
afterEach(() => {
  for (const engine of opened.splice(0)) engine.close();
});

describe("a run", () => {
  test("learns, reports every step once, and ends with the best weights", async () => {
    const engine = await ready();
    const summary = await engine.call("train", dataset(), {
      ...options,
      // One of those that find the way early: so small a model may take longer.
      seed: 8,
      epochs: 6,
    });
    const steps = stepsOf(engine);
    expect(steps.map(({ step }) => step)).toEqual(
      Array.from({ length: 54 }, (_, i) => i + 1),
    );
    expect(summary).toMatchObject({
      step: 54,
      steps: 54,
      outcome: "finished",
      executor: "cpu",
    });
    expect(steps[0]!.learningRate).toBe(0);
    expect(steps[0]!.loss).toBeGreaterThan(0.8);
    expect(steps.at(-1)!.loss).toBeLessThan(0.4);
    for (const { gradientNorm, memory, msPerStep, tokensPerSecond } of steps) {
      expect(gradientNorm).toBeGreaterThan(0);
      expect(memory.tensors).toBeGreaterThan(0);
      expect(msPerStep).toBeGreaterThan(0);
      expect(tokensPerSecond).toBeGreaterThan(0);
    }
    expect(steps.at(-1)!.epoch).toBe(6);

    const evaluations = evaluationsOf(engine);
    expect(evaluations.map(({ part }) => part)).toEqual([
      ...new Array<string>(6).fill("validation"),
      "test",
    ]);
    expect(summary.test!.accuracy).toBeGreaterThan(0.7);
    expect(summary.validation!.macroF1).toBe(
      Math.max(
        ...evaluations
          .filter((e) => e.part === "validation")
          .map((e) => ofOneLabel(e).macroF1),
      ),
    );
    expect(summary.bestStep).toBe(summary.validation!.step);
    expect(summary.tokens).toBeGreaterThan(72 * 6 * 4);

    // The kept weights are the ones that were measured.
    const validation = rows.filter((_, i) => held(i) && i % 2 === 0);
    const predictions = await engine.call(
      "predict",
      validation.map(({ text }) => ({ text, textB: null })),
    );
    const right = predictions.filter(
      ({ probabilities }, i) =>
        probabilities.indexOf(Math.max(...probabilities)) ===
        validation[i]!.label,
    ).length;
    expect(right / validation.length).toBeCloseTo(
      ofOneLabel(summary.validation).accuracy,
      9,
    );
  });

  test("gives the same losses for the same seed, others for another", async () => {
    const losses = async (seed: number) => {
      const engine = await ready();
      await engine.call("train", dataset(), { ...options, seed, epochs: 1 });
      return stepsOf(engine).map(({ loss }) => loss);
    };
    const first = await losses(7);
    expect(await losses(7)).toEqual(first);
    expect(await losses(8)).not.toEqual(first);
  });

  test("repeats itself in one engine, from the loaded weights", async () => {
    const engine = await ready();
    await engine.call("train", dataset(), { ...options, epochs: 1 });
    const first = stepsOf(engine).map(({ loss }) => loss);
    engine.progress.length = 0;
    await engine.call("train", dataset(), { ...options, epochs: 1 });
    expect(stepsOf(engine).map(({ loss }) => loss)).toEqual(first);
  });

  test("keeps no tensors but its model", async () => {
    const engine = await ready();
    await engine.call("train", dataset(), { ...options, epochs: 1 });
    const { numTensors } = tf.memory();
    await engine.call("train", dataset(), { ...options, epochs: 2 });
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  test("stops early when the validation macro-F1 gets no better", async () => {
    const engine = await ready();
    const summary = await engine.call("train", dataset(), {
      ...options,
      learningRate: 0,
      patience: 2,
    });
    expect(summary).toMatchObject({
      outcome: "stopped early",
      step: 27,
      bestStep: 9,
    });
    expect(summary.test).not.toBeNull();
  });

  test("trains only the top layers when asked", async () => {
    const engine = await ready();
    await engine.call("train", dataset(), {
      ...options,
      fineTune: "top layers",
      topLayers: 1,
      epochs: 1,
    });
    const zip = await engine.call("exportRun", "huggingface", "top");
    const after = readSafetensors(
      unzipSync(zip.bytes)["model.safetensors"]!,
      "x",
    );
    const before = readSafetensors(
      new Uint8Array(await files.at(-1)!.arrayBuffer()),
      "x",
    );
    const changed = (name: string) =>
      after.get(name)!.data.some((x, i) => x !== before.get(name)!.data[i]);
    expect(changed("bert.encoder.layer.1.output.dense.weight")).toBe(true);
    expect(changed("bert.encoder.layer.0.output.dense.weight")).toBe(false);
    expect(changed("bert.embeddings.word_embeddings.weight")).toBe(false);
  });

  test("with head only encodes once, and leaves the encoder alone", async () => {
    const engine = await ready();
    const summary = await engine.call("train", dataset(), {
      ...options,
      fineTune: "head only",
      epochs: 60,
      learningRate: 1e-2,
    });
    expect(stagesOf(engine)).toContain("encoding");
    expect(summary.step).toBe(540);
    expect(stepsOf(engine).length).toBe(540);
    expect(stepsOf(engine)[0]!.gradientNorm).toBeNull();
    const losses = stepsOf(engine).map(({ loss }) => loss);
    const mean = (some: number[]) => some.reduce((a, b) => a + b) / some.length;
    expect(mean(losses.slice(-50))).toBeLessThan(
      mean(losses.slice(0, 50)) - 0.05,
    );
    const zip = await engine.call("exportRun", "huggingface", "head");
    const after = readSafetensors(
      unzipSync(zip.bytes)["model.safetensors"]!,
      "x",
    );
    const before = readSafetensors(
      new Uint8Array(await files.at(-1)!.arrayBuffer()),
      "x",
    );
    for (const [name, { data }] of before)
      if (!name.startsWith("bert.pooler"))
        expect(after.get(name)!.data).toEqual(data);
  });

  test("weighs labels when asked: the loss of a balanced run differs", async () => {
    const few = datasetOf(easyLabels, {
      train: rows.filter((_, i) => i % 4 < 3 && (i < 32 || i % 8 === 0)),
      validation: rows.filter((_, i) => held(i)),
    });
    const first = async (classWeights: "none" | "balanced") => {
      const engine = await ready();
      await engine.call("train", few, { ...options, classWeights, epochs: 1 });
      return stepsOf(engine)[0]!.loss;
    };
    expect(await first("balanced")).not.toBe(await first("none"));
  });
});

describe("signals", () => {
  test("stop ends a run within one step, and it keeps its model", async () => {
    const engine = await ready();
    engine.onProgress = (p) => {
      if (p.kind === "step" && p.step === 12) engine.signal({ kind: "stop" });
    };
    const summary = await engine.call("train", dataset(), options);
    expect(summary.outcome).toBe("stopped");
    expect(summary.step).toBeGreaterThanOrEqual(12);
    // Fast steps share one read; each read is a boundary.
    expect(summary.step).toBeLessThanOrEqual(12 + 17);
    expect(summary.validation!.step).toBe(9);
    expect(summary.bestStep).toBe(9);
    expect(summary.test).toBeNull();
    const [prediction] = await engine.call("predict", [
      { text: "the apple is here", textB: null },
    ]);
    expect(prediction!.probabilities.length).toBe(3);
    await engine.call("exportRun", "huggingface", "stopped");
  });

  test("pause holds the run, answers calls meanwhile, and resume goes on", async () => {
    const engine = await ready();
    const paused = new Promise<void>((resolve) => {
      engine.onProgress = (p) => {
        if (p.kind === "step" && p.step === 3) engine.signal({ kind: "pause" });
        if (p.kind === "stage" && p.stage === "paused") resolve();
      };
    });
    const training = engine.call("train", dataset(), { ...options, epochs: 2 });
    await paused;
    const before = stepsOf(engine).length;
    const input = { text: "the apple is here", textB: null };
    const [prediction] = await engine.call("predict", [input]);
    expect(prediction!.tokens).toBe(6);
    expect(prediction).toMatchObject({ pieces: 4, unknown: 0 });
    const [strange] = await engine.call("predict", [
      { text: "猫 犬", textB: null },
    ]);
    expect(strange).toMatchObject({ pieces: 2, unknown: 2 });
    const capture = await engine.call("attention", input);
    expect(capture.step).toBe(before);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(stepsOf(engine).length).toBe(before);
    engine.signal({ kind: "resume" });
    expect((await training).outcome).toBe("finished");
    expect(stepsOf(engine).length).toBe(18);
  });

  test("pause holds it before the next step", async () => {
    const figures: StepProgress[] = [];
    let pausedAt: StepProgress | null = null;
    const server = createEngine((p) => {
      if (p.kind === "step") {
        figures.push(p);
        if (p.step >= 3 && pausedAt === null) {
          pausedAt = p;
          server.signal({ kind: "pause" });
        }
      }
      if (p.kind === "stage" && p.stage === "paused")
        server.signal({ kind: "stop" });
    });
    await server.handlers.open("cpu", device);
    await server.handlers.load({ kind: "bundled", name: "small", url });
    await server.handlers.train(dataset(), options);
    // Figures that were read together carry one speed: whatever came after the
    // signal had been computed before it.
    const after = figures.slice(figures.indexOf(pausedAt!));
    expect(new Set(after.map(({ msPerStep }) => msPerStep)).size).toBe(1);
  });

  test("a paused run gives the losses of one that was not", async () => {
    const plain = await ready();
    await plain.call("train", dataset(), { ...options, epochs: 2 });
    const held = await ready();
    held.onProgress = (p) => {
      if (p.kind === "step" && p.step === 5) held.signal({ kind: "pause" });
      if (p.kind === "stage" && p.stage === "paused")
        setTimeout(() => held.signal({ kind: "resume" }), 20);
    };
    await held.call("train", dataset(), { ...options, epochs: 2 });
    expect(stagesOf(held)).toContain("paused");
    expect(stepsOf(held).map(({ loss }) => loss)).toEqual(
      stepsOf(plain).map(({ loss }) => loss),
    );
  });

  test("a run's time does not count the time it was paused", async () => {
    const engine = await ready();
    engine.onProgress = (p) => {
      if (p.kind === "step" && p.step === 5) engine.signal({ kind: "pause" });
      if (p.kind === "stage" && p.stage === "paused")
        setTimeout(() => engine.signal({ kind: "resume" }), 600);
    };
    const began = performance.now();
    const { seconds } = await engine.call("train", dataset(), {
      ...options,
      epochs: 2,
    });
    expect(stagesOf(engine)).toContain("paused");
    expect(seconds).toBeLessThan((performance.now() - began) / 1000 - 0.55);
  });

  test("stop works while paused", async () => {
    const engine = await ready();
    engine.onProgress = (p) => {
      if (p.kind === "step" && p.step === 3) engine.signal({ kind: "pause" });
      if (p.kind === "stage" && p.stage === "paused")
        engine.signal({ kind: "stop" });
    };
    const summary = await engine.call("train", dataset(), options);
    expect(summary.outcome).toBe("stopped");
    expect(summary.validation).toBeNull();
    expect(summary.bestStep).toBe(summary.step);
  });

  test("the watched sentence is captured while training, at most twice a second, and after evaluations", async () => {
    const engine = await ready();
    engine.signal({
      kind: "watch",
      input: { text: "the apple is here", textB: null },
    });
    const began = performance.now();
    await engine.call("train", dataset(), options);
    const seconds = (performance.now() - began) / 1000;
    const captures = engine.progress.filter(
      (p): p is AttentionCapture => p.kind === "attention",
    );
    expect(captures.length).toBeGreaterThanOrEqual(4);
    expect(captures.length).toBeLessThanOrEqual(4 + 1 + 2 * seconds);
    const { tokens, words, layers, heads, weights, probabilities } =
      captures.at(-1)!;
    expect(tokens).toEqual(["[CLS]", "the", "apple", "is", "here", "[SEP]"]);
    expect([...words]).toEqual([-1, 0, 1, 2, 3, -1]);
    expect(weights.length).toBe(layers * heads * 36);
    for (let row = 0; row < weights.length; row += 6)
      expect(
        weights.subarray(row, row + 6).reduce((a, b) => a + b),
      ).toBeCloseTo(1, 5);
    expect(probabilities!.length).toBe(3);
  });

  test("a sentence watched while paused is shown at once", async () => {
    const engine = await ready();
    const shown = new Promise<AttentionCapture>((resolve) => {
      engine.onProgress = (p) => {
        if (p.kind === "step" && p.step === 3) engine.signal({ kind: "pause" });
        if (p.kind === "stage" && p.stage === "paused")
          engine.signal({
            kind: "watch",
            input: { text: "the storm", textB: null },
          });
        if (p.kind === "attention") resolve(p);
      };
    });
    const training = engine.call("train", dataset(), options);
    expect((await shown).tokens).toEqual(["[CLS]", "the", "storm", "[SEP]"]);
    engine.signal({ kind: "stop" });
    await training;
  });
});

describe("calls that cannot be answered say why", () => {
  test("predict and export before training", async () => {
    const engine = await ready();
    await expect(
      engine.call("predict", [{ text: "x", textB: null }]),
    ).rejects.toThrow(
      "There is no trained model yet. Train first, then predict.",
    );
    await expect(engine.call("exportRun", "huggingface", "x")).rejects.toThrow(
      "There is no trained model yet. Train first, then export.",
    );
  });

  test("train without a model", async () => {
    const engine = await withDevice();
    await expect(engine.call("train", dataset(), options)).rejects.toThrow(
      "No model is loaded. Choose a model first.",
    );
  });

  test("a second run, an export and another device during a run", async () => {
    const engine = await ready();
    const training = engine.call("train", dataset(), options);
    await expect(engine.call("train", dataset(), options)).rejects.toThrow(
      "A run is under way. Stop it first, then train.",
    );
    await expect(engine.call("exportRun", "huggingface", "x")).rejects.toThrow(
      "A run is under way.",
    );
    await expect(engine.call("open", "auto", null)).rejects.toThrow(
      "A run is under way.",
    );
    engine.signal({ kind: "stop" });
    await training;
  });

  test.each([
    [
      { maxTokens: 400 },
      "Max tokens is 400: choose a whole number from 4 to 48.",
    ],
    [{ epochs: 0 }, "Epochs is 0: choose a whole number from 1 to 1000."],
    [
      { learningRate: NaN },
      "Learning rate is empty: choose a number from 0 to 0.1.",
    ],
  ])("options out of range: %o", async (changes, sentence) => {
    const engine = await ready();
    await expect(
      engine.call("train", dataset(), { ...options, ...changes }),
    ).rejects.toThrow(sentence);
  });

  test("one label", async () => {
    const engine = await ready();
    const one = datasetOf(["only"], {
      train: rows.slice(0, 8),
      validation: rows.slice(8, 10),
    });
    await expect(engine.call("train", one, options)).rejects.toThrow(
      "1 label in the data. Training needs at least 2.",
    );
  });

  test("a loss that is no longer a number", async () => {
    const engine = await withDevice();
    await engine.call("load", {
      kind: "bundled",
      name: "broken",
      url: url.replace("small", "broken"),
    });
    await expect(engine.call("train", dataset(), options)).rejects.toThrow(
      "Step 1: the loss is no longer a number. Lower the learning rate (now 0.01) and train again.",
    );
    // The engine is not broken by it.
    await engine.call("load", { kind: "bundled", name: "small", url });
    await engine.call("train", dataset(), { ...options, epochs: 1 });
  });
});

test("attention can be seen before training", async () => {
  const engine = await ready();
  const capture = await engine.call("attention", {
    text: "the apple",
    textB: null,
  });
  expect(capture).toMatchObject({
    step: 0,
    layers: 2,
    heads: 2,
    probabilities: null,
  });
});

test("a model that is incomplete leaves the former one in place", async () => {
  const engine = await ready();
  await expect(
    engine.call("load", {
      kind: "bundled",
      name: "other",
      url: url.replace("small", "other"),
    }),
  ).rejects.toThrow("The model other lacks config.json and tokenizer.json");
  const summary = await engine.call("train", dataset(), {
    ...options,
    epochs: 1,
  });
  expect(summary.outcome).toBe("finished");
});

test("the device may be opened again, and the trained model comes along", async () => {
  const engine = await ready();
  await engine.call("train", dataset(), { ...options, epochs: 1 });
  const inputs = rows.slice(0, 40).map(({ text }) => ({ text, textB: null }));
  const before = await engine.call("predict", inputs);
  const device = await engine.call("open", "cpu", null);
  expect(device.chosen).toBe("cpu");
  const after = await engine.call("predict", inputs);
  expect(after).toEqual(before);
  expect(
    strFromU8(
      unzipSync((await engine.call("exportRun", "huggingface", "x")).bytes)[
        "attune.json"
      ]!,
    ),
  ).toContain('"executor": "cpu"');
});
