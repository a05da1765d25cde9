// What pulls at embeddings, on WebGPU, against PyTorch (fixtures/sentence/make.py).

import { expect, test } from "vitest";
import { openDevice } from "../device";
import { openProgram } from "../executors/program";
import {
  furthest,
  headBatch,
  headCases,
  headConfig,
  headOptimizer,
} from "../fixtures/heads";
import json from "../fixtures/sentence/sentence.json";
import { parameterShapes } from "../model/parameters";
import { WebgpuExecutor } from "../program/webgpu";
import { cosineLoss, supervisedLoss } from "./pairs";

test.each(json.cases)("$name: PyTorch's ten losses", async (expected) => {
  const loss =
    expected.name === "cosine" ? cosineLoss : supervisedLoss(json.temperature);
  const [anyHead] = headCases;
  const H = headConfig.hidden_size;
  const start = new Map(
    anyHead!.start.map(({ name, values }) => [name, values]),
  );
  const { device } = await openDevice();
  const classifier = await openProgram(
    {
      config: headConfig,
      weights: new Map(
        [...parameterShapes(headConfig, H, "sentence")].map(([name, shape]) => [
          name,
          { shape, data: Float32Array.from(start.get(name)!) },
        ]),
      ),
      head: "sentence",
      labelCount: H,
      capacity: { tokens: 32, sequences: 4, length: 8 },
      training: {
        fineTune: "all layers",
        topLayers: 1,
        dropout: 0,
        seed: 1,
        weightDecay: headOptimizer.weightDecay,
        classWeights: null,
      },
    },
    (program) => WebgpuExecutor.create(program, device),
  );
  const { labels: _, ...batch } = headBatch(anyHead!, false);
  const found: number[] = [];
  for (let step = 0; step < 10; step++) {
    const embeddings = await classifier.predict(batch);
    const { loss: now, gradient } = loss(embeddings, json.labels);
    found.push(now);
    classifier.pull(batch, gradient, headOptimizer.learningRate);
  }
  expect(furthest(found, expected.losses)).toBeLessThan(5e-5);
  classifier.dispose();
});
