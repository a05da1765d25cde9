// The whole way of a run with pairs first, on a small model: texts drawn together,
// the classifier fitted to what came of it, the run, and what is exported.

import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { unzipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { smallOptions } from "../fixtures/options";
import {
  datasetOf,
  easyLabels,
  easyRows,
  easyVocabulary,
} from "../fixtures/examples";
import { engineInNode, wholeEngineInNode } from "../fixtures/node-engine";
import { smallModel } from "../fixtures/small-model";
import type { Progress, Signal, TrainingOptions } from "../protocol";

let files: File[];
beforeAll(async () => {
  await tf.setBackend("cpu");
  files = await smallModel(easyVocabulary);
});

const texts = () => {
  // The same words in other sentences.
  const rows = easyRows();
  return datasetOf(easyLabels, {
    train: rows.filter((_, i) => i % 32 < 16),
    validation: rows.filter((_, i) => i % 32 >= 16),
  });
};

async function run(
  changes: Partial<TrainingOptions> = {},
  on: (each: Progress, signal: (signal: Signal) => void) => void = () => {},
  of: File[] = files,
) {
  const progress: Progress[] = [];
  const { handlers: engine, signal } = wholeEngineInNode((each) => {
    progress.push(each);
    on(each, signal);
  });
  await engine.open("wasm", null);
  await engine.load({ kind: "files", files: of });
  const summary = await engine.train(texts(), { ...smallOptions, ...changes });
  const stages = progress.flatMap((each) =>
    each.kind === "stage" ? [each.stage] : [],
  );
  return {
    engine,
    progress,
    summary,
    /** One after the other, without repetition. */
    stages: stages.filter((stage, i) => stage !== stages[i - 1]),
    losses: progress.flatMap((each) =>
      each.kind === "step" ? [each.loss] : [],
    ),
  };
}

test("a run goes from pairs to the fitted classifier, and begins ahead of one without", async () => {
  const paired = await run({ contrastive: true });
  const frozen = await run({ frozenStart: true });
  expect(paired.stages.slice(0, 3)).toEqual([
    "tokenizing",
    "pairing",
    "encoding",
  ]);
  expect(frozen.stages).not.toContain("pairing");
  // Before the first step changed anything: what the fitted classifier makes of a batch.
  expect(paired.losses[0]!).toBeLessThan(frozen.losses[0]! / 2);
});

test("a fitted classifier that tells all texts apart leaves something to learn", async () => {
  const bundled = "public/models/attune-tiny-en/";
  const { losses } = await run(
    { contrastive: true },
    () => {},
    [
      ...[
        "config.json",
        "vocab.txt",
        "tokenizer.json",
        "tokenizer_config.json",
      ],
      "model.safetensors",
    ].map((name) => new File([readFileSync(bundled + name)], name)),
  );
  expect(Math.min(...losses)).toBeGreaterThan(1e-6);
});

test("pairs repeat themselves to the bit, and another seed draws others", async () => {
  const { losses } = await run({ contrastive: true });
  expect((await run({ contrastive: true })).losses).toEqual(losses);
  expect((await run({ contrastive: true, seed: 8 })).losses).not.toEqual(
    losses,
  );
});

test.each<Partial<TrainingOptions>>([
  { randomWeights: true },
  { fineTune: "head only" },
])("there are no pairs with %o", async (changes) => {
  const paired = await run({ ...changes, contrastive: true });
  expect(paired.stages).not.toContain("pairing");
  expect(paired.losses).toEqual((await run(changes)).losses);
});

test("the export is the model that was drawn together", async () => {
  const { engine } = await run({ contrastive: true });
  const input = [{ text: "we saw melon again today", textB: null }];
  const [before] = await engine.predict(input);
  const { bytes } = await engine.exportRun("huggingface", "m");
  const exported = Object.entries(unzipSync(bytes)).map(
    ([name, content]) => new File([Uint8Array.from(content)], name),
  );
  const next = engineInNode();
  await next.open("wasm", null);
  const report = await next.load({ kind: "files", files: exported });
  // The layer that averages was only there for the pairs.
  expect(report.layers).toBe(2);
  expect(report.labels).toEqual(easyLabels);
  const [after] = await next.predict(input);
  before!.probabilities.forEach((p, i) =>
    expect(after!.probabilities[i]).toBeCloseTo(p, 5),
  );
});

test("stopped among the pairs, there is a model all the same, and the next run can begin", async () => {
  let stopped = false;
  const { engine, summary, progress, losses } = await run(
    { contrastive: true },
    (each, signal) => {
      if (each.kind !== "stage" || stopped) return;
      if (each.stage !== "pairing" || each.done < 5) return;
      stopped = true;
      signal({ kind: "stop" });
    },
  );
  expect(summary).toMatchObject({ outcome: "stopped", step: 0, test: null });
  expect(losses).toEqual([]);
  const done = progress.flatMap((each) =>
    each.kind === "stage" && each.stage === "pairing" ? [each.done] : [],
  );
  expect(Math.max(...done)).toBe(5);
  const input = { text: "the apple is here", textB: null };
  const [answer] = await engine.predict([input]);
  expect(answer!.probabilities).toHaveLength(3);
  // And the next run on the same engine begins anew.
  const again = await engine.train(texts(), {
    ...smallOptions,
    contrastive: true,
  });
  expect(again.outcome).toBe("finished");
});

test("a pause among the pairs is waited out, and changes nothing", async () => {
  const { losses } = await run({ contrastive: true });
  let paused = false;
  const halted = await run({ contrastive: true }, (each, signal) => {
    if (each.kind !== "stage") return;
    if (each.stage === "pairing" && each.done === 5 && !paused) {
      paused = true;
      signal({ kind: "pause" });
    }
    if (each.stage === "paused")
      setTimeout(() => signal({ kind: "resume" }), 5);
  });
  expect(halted.stages.slice(0, 4)).toEqual([
    "tokenizing",
    "pairing",
    "paused",
    "pairing",
  ]);
  expect(halted.losses).toEqual(losses);
});
