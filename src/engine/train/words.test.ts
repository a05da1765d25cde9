// A small model that learns masked words on WebAssembly, and what becomes of it.

import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import type { Dataset, Examples } from "../../data";
import { smallOptions } from "../fixtures/options";
import { datasetOf, easyRows, easyVocabulary } from "../fixtures/examples";
import { engineInNode } from "../fixtures/node-engine";
import { smallModel } from "../fixtures/small-model";
import type {
  EvaluationProgress,
  MaskedWordsEvaluation,
  Progress,
  TrainingOptions,
} from "../protocol";

const options: TrainingOptions = {
  ...smallOptions,
  epochs: 6,
  learningRate: 5e-3,
  dropout: 0,
};

const unlabelled = (part: Examples): Examples => ({
  ...part,
  targets: { task: "masked words" },
});
function texts(): Dataset {
  const rows = easyRows();
  const dataset = datasetOf([], {
    train: rows.filter((_, i) => i % 4 > 0),
    validation: rows.filter((_, i) => i % 4 === 0),
  });
  return {
    ...dataset,
    task: "masked words",
    train: unlabelled(dataset.train),
    validation: unlabelled(dataset.validation),
  };
}

beforeAll(() => tf.setBackend("cpu"));

const evaluations = (progress: Progress[]) =>
  progress.filter(
    (each): each is MaskedWordsEvaluation =>
      each.kind === "evaluation" && each.task === "masked words",
  );

async function trained(changes: Partial<TrainingOptions> = {}) {
  const progress: Progress[] = [];
  const engine = engineInNode((each) => progress.push(each));
  await engine.open("wasm", null);
  await engine.load({ kind: "files", files: await smallModel(easyVocabulary) });
  const summary = await engine.train(texts(), { ...options, ...changes });
  return { engine, progress, summary };
}

test("its loss falls below what it was before the first step; the best weights stay", async () => {
  const { engine, progress, summary } = await trained();
  const [before, ...after] = evaluations(progress);
  expect(before!.step).toBe(0);
  const best = summary.validation as EvaluationProgress;
  expect(best.loss).toBe(Math.min(...after.map(({ loss }) => loss)));
  expect(best.loss).toBeLessThan(before!.loss - 0.5);
  expect(best.perplexity).toBeCloseTo(Math.exp(best.loss), 6);
  expect(before!.pieces).toBe(after[0]!.pieces);

  const [answer] = await engine.predict([
    { text: "the [MASK] is ___", textB: null },
  ]);
  expect(answer!.fillings).toHaveLength(2);
  const [first] = answer!.fillings!;
  expect(first!.guesses).toHaveLength(8);
  const shares = first!.guesses.map(({ probability }) => probability);
  expect(shares).toEqual([...shares].sort((a, b) => b - a));
});

test("a sentence without a mask can be watched, and is not guessed at", async () => {
  const { engine } = await trained({ epochs: 1 });
  const input = { text: "the apple is here", textB: null };
  const { weights, probabilities } = await engine.attention(input);
  expect(weights.every(Number.isFinite)).toBe(true);
  expect(probabilities).toBeNull();
});

test("starts another task, and goes on guessing, from its own files", async () => {
  const { engine, summary } = await trained();
  const files = (await engine.baseModel("warm")).map(
    ({ name, bytes }) => new File([bytes], name),
  );
  const config = JSON.parse(
    await files.find(({ name }) => name === "config.json")!.text(),
  ) as { architectures: string[] };
  expect(config.architectures).toEqual(["BertForMaskedLM"]);

  const progress: Progress[] = [];
  const next = engineInNode((each) => progress.push(each));
  await next.open("wasm", null);
  const report = await next.load({ kind: "files", files });
  expect(report.labels).toBeNull();
  // The pooler came along, though masked words have none.
  expect(JSON.stringify(report.notes)).not.toContain("no pooler");
  await next.train(texts(), { ...options, epochs: 1, learningRate: 1e-9 });
  expect(evaluations(progress)[0]!.loss).toBeCloseTo(
    summary.validation!.loss,
    5,
  );
  const rows = easyRows();
  const labelled = datasetOf(["fruit", "metal", "weather"], {
    train: rows.filter((_, i) => i % 4 > 0),
    validation: rows.filter((_, i) => i % 4 === 0),
  });
  const { outcome } = await next.train(labelled, { ...options, epochs: 1 });
  expect(outcome).toBe("finished");
});

test("only in all layers", async () => {
  await expect(trained({ fineTune: "head only" })).rejects.toThrow(
    "Masked words are learned in all layers",
  );
});
