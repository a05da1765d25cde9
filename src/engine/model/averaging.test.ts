import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { openProgram } from "../executors/program";
import { fixture, fixtureBatch } from "../fixtures/bundled";
import { createInNode } from "../program/node";
import { readSafetensors } from "./weights";
import { withAveraging } from "./averaging";
import { readConfig } from "./config";
import { startingWeights } from "./parameters";

const folder = "public/models/attune-tiny-en";

test("the averaging layer gives [CLS] the mean of PyTorch's hidden states, normalised", async () => {
  const base = readConfig(readFileSync(`${folder}/config.json`, "utf8"));
  const read = readSafetensors(
    readFileSync(`${folder}/model.safetensors`),
    "model.safetensors",
  );
  const { config, weights } = withAveraging(base, read);
  expect(config.num_hidden_layers).toBe(base.num_hidden_layers + 1);
  expect(config.raw.num_hidden_layers).toBe(base.num_hidden_layers + 1);
  expect(read.has("bert.encoder.layer.4.output.dense.weight")).toBe(false);

  const H = config.hidden_size;
  const options = { seed: 1, randomWeights: false };
  const classifier = await openProgram(
    {
      config,
      weights: startingWeights(config, weights, 3, options),
      head: "labels",
      labelCount: 3,
      capacity: { sequences: 4, tokens: 128, length: 32 },
      training: {
        fineTune: "head only",
        topLayers: 0,
        dropout: 0,
        seed: 1,
        weightDecay: 0,
        classWeights: null,
      },
    },
    (program) => createInNode(program),
  );
  const features = await classifier.encode(fixtureBatch(false));
  classifier.dispose();
  for (let text = 0; text < 4; text++) {
    const mean: number[] = fixture.mean_hidden.slice(text * H, (text + 1) * H);
    const centre = mean.reduce((sum, x) => sum + x) / H;
    const variance = mean.reduce((sum, x) => sum + (x - centre) ** 2, 0) / H;
    mean.forEach((x, k) => {
      const normalised = (x - centre) / Math.sqrt(variance);
      // What is left of [CLS] itself is a thousandth of it.
      const found = features[text * H + k]!;
      expect(Math.abs(found - normalised)).toBeLessThan(0.01);
    });
  }
});
