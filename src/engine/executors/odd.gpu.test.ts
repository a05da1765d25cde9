// Heads of 26 features, which the GPU's kernels do not take, and a hidden size that
// none takes: the engine in its worker runs them where it can, and says where.

import { expect, test } from "vitest";
import { asText } from "../../say";
import { openEngine } from "../../engine";
import { useBackend } from "../oracle/backends";
import { smallOptions } from "../fixtures/options";
import {
  datasetOf,
  easyLabels,
  easyRows,
  easyVocabulary,
} from "../fixtures/examples";
import { smallModel } from "../fixtures/small-model";
import type { Progress, TrainingOptions } from "../protocol";

const options: TrainingOptions = {
  ...smallOptions,
  topLayers: 2,
  epochs: 8,
  learningRate: 1e-2,
  dropout: 0,
  maxTokens: 16,
  seed: 1,
};
const rows = easyRows(16);
const dataset = datasetOf(easyLabels, {
  train: rows.filter((_, i) => i % 4 !== 3),
  validation: rows.filter((_, i) => i % 4 === 3),
});
const input = { text: "the cherry is here", textB: null };

test.each([
  [52, 2, "wasm"],
  [26, 1, "cpu"],
] as const)(
  "where the GPU was asked for, %i features in heads of 26 (%i) train on %s",
  async (hidden_size, num_attention_heads, executor) => {
    await useBackend("cpu");
    const files = await smallModel(easyVocabulary, {
      hidden_size,
      num_attention_heads,
    });
    const events: Progress[] = [];
    const engine = openEngine((event) => events.push(event));
    const device = await engine.call("open", "webgpu", null);
    expect(device.chosen, asText(device.reason)).toBe("webgpu");
    const model = await engine.call("load", { kind: "files", files });
    expect(model.notes.map(asText).join()).toMatch(/CPU/);

    const summary = await engine.call("train", dataset, options);
    expect(summary).toMatchObject({ outcome: "finished", step: 40, executor });
    const losses = events.flatMap((e) => (e.kind === "step" ? [e.loss] : []));
    expect(losses).toHaveLength(40);
    const mean = (some: number[]) => some.reduce((a, b) => a + b) / some.length;
    expect(mean(losses.slice(-5))).toBeLessThan(mean(losses.slice(0, 5)) - 0.1);

    const [prediction] = await engine.call("predict", [input]);
    expect(
      prediction!.probabilities.reduce((sum, share) => sum + share, 0),
    ).toBeCloseTo(1, 6);
    const { tokens, weights } = await engine.call("attention", input);
    expect(weights).toHaveLength(2 * num_attention_heads * tokens.length ** 2);
    engine.close("the test is over");
  },
);
