import { version } from "../../../package.json";
import { told } from "../../fixtures/english";
import { strFromU8, unzipSync } from "fflate";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { createBert } from "../oracle/variables";
import { sparseConfusion } from "../tasks/labels/confusion";
import {
  datasetOf,
  easyLabels,
  easyRows,
  easyVocabulary,
} from "../fixtures/examples";
import { smallModel } from "../fixtures/small-model";
import { exportRun, recordDataset, type FinishedRun } from "../export";
import { huggingFaceFiles } from "./huggingface";
import { loadModel } from "../model";
import type { EvaluationProgress, ExportFormat } from "../protocol";
import { readSafetensors, type Weights } from "../model/weights";

let run: FinishedRun;
let weights: Weights;
let files: Record<string, Uint8Array>;
let zipName: string;

const evaluation: EvaluationProgress = {
  kind: "evaluation",
  task: "one label",
  count: 16,
  mcc: 0.81,
  part: "validation",
  step: 10,
  epoch: 1,
  loss: 0.5,
  accuracy: 0.875,
  macroF1: 0.86,
  confusion: sparseConfusion([3, 0, 0, 0, 2, 1, 0, 0, 2]),
  perClass: easyLabels.map((label) => ({
    label,
    precision: 0.9,
    recall: 0.8,
    f1: 0.85,
    support: 3,
  })),
  mistakes: [
    {
      text: "a private sentence",
      textB: null,
      label: 1,
      predicted: 2,
      confidence: 0.6,
      probabilityOfLabel: 0.3,
    },
  ],
  mistakeCount: 1,
  best: true,
};

beforeAll(async () => {
  await tf.setBackend("cpu");
  const model = await loadModel({
    kind: "files",
    files: await smallModel(easyVocabulary),
  });
  const rows = easyRows();
  run = {
    model,
    dataset: recordDataset(
      datasetOf(easyLabels, {
        train: rows.slice(0, 80),
        validation: rows.slice(80),
      }),
    ),
    options: {
      fineTune: "all layers",
      topLayers: 1,
      epochs: 1,
      batchSize: 8,
      learningRate: 3e-4,
      warmUp: 0.1,
      weightDecay: 0.01,
      dropout: 0.2,
      maxTokens: 32,
      seed: 11,
      classWeights: "none",
      patience: 0,
      evaluationsPerEpoch: 1,
      randomWeights: false,
    },
    summary: {
      step: 10,
      steps: 10,
      outcome: "finished",
      bestStep: 10,
      validation: evaluation,
      test: null,
      seconds: 3,
      tokens: 1234,
      executor: "cpu",
    },
    device: { executors: [], chosen: "cpu", reason: told(""), isolated: false },
    date: new Date("2026-01-02T03:04:05Z"),
  };
  const bert = createBert(model.config, model.weights, 3, {
    seed: 1,
    randomWeights: false,
  });
  weights = await bert.read();
  bert.dispose();
  const zip = exportRun("huggingface", run, weights, "tickets 1/ä");
  zipName = zip.name;
  files = unzipSync(zip.bytes);
});

const text = (name: string) => strFromU8(files[name]!);

/** SHA-256 in hex. */
async function hashOf(bytes: Uint8Array): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes));
  return Array.from(new Uint8Array(hash), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

test("the same run is the same files as ever, byte for byte, and the zip holds nothing else", async () => {
  const list = huggingFaceFiles(run, weights, "tickets 1/ä");
  const hashes: Record<string, string> = {};
  for (const { name, bytes } of list) {
    expect(bytes, name).toEqual(new Uint8Array(files[name]!));
    if (name === "model.safetensors") {
      // The tensors' numbers are compared below; here their names, shapes and places.
      const size = Number(new DataView(bytes.buffer).getBigUint64(0, true));
      hashes[name] = await hashOf(bytes.subarray(8, 8 + size));
    } else
      // Another version of Attune writes its own number, nothing else.
      hashes[name] = await hashOf(
        new TextEncoder().encode(
          strFromU8(bytes).replaceAll(version, "VERSION"),
        ),
      );
  }
  expect(Object.keys(files)).toEqual(list.map(({ name }) => name));
  // Taken from the exports of Attune before the list was told from the zip.
  expect(hashes).toEqual({
    "README.md":
      "ff49adeaac23875b119f8b869a46b9b97d7c30fd1d25f2a7502df9357b3e713c",
    "attune.json":
      "2e4b992ec274b8e092f36d255f5a8762071efae809bdc05a58c45d5eeab2606b",
    "config.json":
      "94b2a9087ce69077ed059756f8045b65cb45cefd7b7bfe56c23c7a0b75e6902b",
    "model.safetensors":
      "21e3412d1118c12153115816df15499ffd04888461f8fe5bce2bb409138afc27",
    "tokenizer.json":
      "87926d1f06e1d1bb85047d06a0c32d7357981d267254d8be2529d00e4aeaae4f",
    "tokenizer_config.json":
      "d842e789b6602d08d7b5a08fe6e7ac82ffd8112132bd9b84f63a8087820603d0",
    "vocab.txt":
      "7c4a871c4a15a30f64310cb5302ec89b941cb9cebb4fe5427b46d083d22ae4d9",
  });
});

test("a format that does not exist is a fault of ours", () => {
  expect(() =>
    exportRun("toString" as ExportFormat, run, weights, "run"),
  ).toThrow("internal: no export format toString");
});

describe("the exported folder", () => {
  test("has the files Hugging Face expects, and a safe name", () => {
    expect(zipName).toBe("tickets-1-ä-huggingface.zip");
    expect(Object.keys(files).sort()).toEqual([
      "README.md",
      "attune.json",
      "config.json",
      "model.safetensors",
      "tokenizer.json",
      "tokenizer_config.json",
      "vocab.txt",
    ]);
  });

  test("holds every tensor bit for bit, under its Hugging Face name", () => {
    const read = readSafetensors(
      files["model.safetensors"]!,
      "model.safetensors",
    );
    expect([...read.keys()].sort()).toEqual([...weights.keys()].sort());
    for (const [name, { shape, data }] of weights) {
      expect(read.get(name)!.shape).toEqual(shape);
      expect(new Uint32Array(read.get(name)!.data.buffer)).toEqual(
        new Uint32Array(data.slice().buffer),
      );
    }
    expect(read.has("classifier.weight")).toBe(true);
    expect(read.has("bert.pooler.dense.weight")).toBe(true);
  });

  test("describes a sequence classifier with its labels", () => {
    expect(JSON.parse(text("config.json"))).toMatchObject({
      architectures: ["BertForSequenceClassification"],
      id2label: { 0: "fruit", 1: "metal", 2: "weather" },
      label2id: { fruit: 0, metal: 1, weather: 2 },
      problem_type: "single_label_classification",
      hidden_dropout_prob: 0.2,
      hidden_size: 32,
      num_hidden_layers: 2,
      layer_norm_eps: 1e-12,
    });
  });

  test("can be loaded as a model again", async () => {
    const again = await loadModel({
      kind: "files",
      files: Object.entries(files).map(
        ([name, bytes]) => new File([bytes as BlobPart], name),
      ),
    });
    expect(again.report.parameters).toBeGreaterThan(0);
    expect(again.tokenizer.encode("the apple", null, 16).ids).toEqual(
      run.model.tokenizer.encode("the apple", null, 16).ids,
    );
  });

  test("tells all that is needed to repeat the run, and no text of the data", () => {
    const attune = JSON.parse(text("attune.json"));
    expect(attune.options).toEqual(run.options);
    expect(attune.data.fingerprint).toBe(run.dataset.fingerprint);
    expect(attune.splits.train.length).toBe(80);
    expect(attune.splits.train[0]).toBe("001f3e5d7c9bbad9");
    expect(attune.splits.validation.length).toBe(16);
    expect(attune.results.validation.accuracy).toBe(0.875);
    for (const name of Object.keys(files))
      if (name !== "model.safetensors")
        expect(text(name)).not.toContain("a private sentence");
  });

  test("has a model card with figures, fingerprint, options and seed", () => {
    const card = text("README.md");
    for (const piece of [
      "87.5 %",
      run.dataset.fingerprint,
      "| seed | 11 |",
      "| executor | cpu |",
      "| part | rows | accuracy | 95 % interval | macro-F1 | MCC | loss |",
      "Intervals are Wilson's",
      "dropped model",
      "pipeline(",
      "| weather | 90.0 % | 80.0 % | 85.0 % | 3 |",
    ])
      expect(card).toContain(piece);
    // 14 of 16, as scipy's binomtest has it.
    expect(card).toMatch(
      /^\| validation \| 16 \| 87.5 % \| 64.0 % – 96.5 % \|/m,
    );
  });
});
