// Heads of 26 features, and hidden sizes that no kernel takes: the browser has a
// place for them, and the run says which.

import { expect, test } from "vitest";
import { useBackend } from "../backends";
import { startingWeights } from "../bert/parameters";
import type { Classifier } from "../classifier";
import { openTensorFlow } from "../classifier/tensorflow";
import { batches, setup } from "../fixtures/classifier";
import { open } from "./open";

const given = (hidden_size: number, num_attention_heads: number) => {
  const { config, ...rest } = setup({ fineTune: "all layers" });
  const odd = { ...config, hidden_size, num_attention_heads };
  const weights = startingWeights(odd, new Map(), rest.labelCount, {
    seed: 1,
    randomWeights: true,
  });
  return { ...rest, config: odd, weights };
};

async function trained(classifier: Classifier): Promise<number[]> {
  for (const batch of batches) classifier.train(batch, 5e-3);
  const figures = (await classifier.figures()).flatMap(({ loss, norm }) => [
    loss,
    norm,
  ]);
  const logits = await classifier.predict(batches[0]!);
  const seen = await classifier.attend({
    ...batches[0]!,
    size: 1,
    lengths: Int32Array.of(5),
    ids: batches[0]!.ids.slice(0, 5),
    segments: batches[0]!.segments.slice(0, 5),
    labels: Int32Array.of(0),
  });
  classifier.dispose();
  return [...figures, ...logits, ...seen.weights];
}

test.each([
  ["webgpu", 52, 2, "wasm"],
  ["wasm", 52, 2, undefined], // where it was asked for
  ["webgpu", 26, 1, "cpu"],
  ["wasm", 26, 1, "cpu"],
] as const)(
  "asked for %s, a model of %i features in heads of 26 (%i) trains as the judge does, on the CPU",
  async (wanted, hidden, heads, ranOn) => {
    const odd = given(hidden, heads);
    const opened = await (await open(wanted)).openClassifier(odd);
    expect(opened.executor).toBe(ranOn);
    const ours = await trained(opened);
    await useBackend("cpu");
    const judge = await trained(openTensorFlow(odd));
    expect(ours).toHaveLength(judge.length);
    ours.forEach((value, i) =>
      expect(Math.abs(value - judge[i]!)).toBeLessThan(
        1e-3 * (1 + Math.abs(judge[i]!)),
      ),
    );
  },
);
