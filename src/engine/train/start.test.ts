// Where training begins, with the bundled model on the bundled tickets, on WebAssembly.

import { smallOptions } from "../fixtures/options";
import { ofOneLabel } from "../fixtures/evaluation";
import { readFileSync } from "node:fs";
import { unzipSync, strFromU8 } from "fflate";
import { beforeAll, expect, test } from "vitest";
import type { Dataset } from "../../data";
import { datasetOf } from "../fixtures/examples";
import { engineInNode } from "../fixtures/node-engine";
import type {
  EvaluationProgress,
  Progress,
  StepProgress,
  TrainingOptions,
} from "../protocol";

const options: TrainingOptions = {
  ...smallOptions,
  batchSize: 16,
  learningRate: 2e-4,
  maxTokens: 48,
};

const folder = "public/models/attune-tiny-en/";
let files: File[];
let dataset: () => Dataset;

beforeAll(() => {
  files = [
    "config.json",
    "vocab.txt",
    "tokenizer.json",
    "tokenizer_config.json",
    "model.safetensors",
  ].map((name) => new File([readFileSync(folder + name)], name));
  const rows = readFileSync("public/samples/tickets.csv", "utf8")
    .trim()
    .split("\n")
    .slice(1)
    // Enough to learn from, few enough to be quick.
    .filter((_, i) => i % 2 === 0)
    .map((line) => /^"?(.*?)"?,([^,]*)$/.exec(line.trim())!)
    .map(([, text, label]) => ({ text: text!, label: label! }));
  const labels = [...new Set(rows.map(({ label }) => label))].sort();
  const numbered = rows.map(({ text, label }) => ({
    text,
    label: labels.indexOf(label),
  }));
  dataset = () =>
    datasetOf(labels, {
      train: numbered.filter((_, i) => i % 5 > 0),
      validation: numbered.filter((_, i) => i % 5 === 0),
    });
});

async function run(changes: Partial<TrainingOptions>) {
  const progress: Progress[] = [];
  const engine = engineInNode((event) => progress.push(event));
  await engine.open("wasm", null);
  await engine.load({ kind: "files", files });
  const summary = await engine.train(dataset(), { ...options, ...changes });
  const of = <K extends Progress["kind"]>(kind: K) =>
    progress.filter((event) => event.kind === kind);
  return {
    engine,
    summary,
    losses: (of("step") as StepProgress[]).map(({ loss }) => loss),
    evaluations: of("evaluation") as EvaluationProgress[],
  };
}

test("a classifier that starts from frozen features is ahead after one epoch", async () => {
  const without = await run({});
  const frozen = await run({ frozenStart: true });
  const mean = (losses: number[]) =>
    losses.slice(0, 5).reduce((sum, loss) => sum + loss) / 5;
  // Six labels: random numbers start at ln 6.
  expect(mean(without.losses)).toBeGreaterThan(1.6);
  expect(mean(frozen.losses)).toBeLessThan(1.2);
  expect(ofOneLabel(frozen.summary.validation).macroF1).toBeGreaterThan(
    ofOneLabel(without.summary.validation).macroF1 + 0.05,
  );
});

test("random weights start at random, whatever is asked", async () => {
  const { losses } = await run({ frozenStart: true, randomWeights: true });
  expect(losses[0]).toBeGreaterThan(1.5);
});

test("a run from frozen features repeats itself to the bit", async () => {
  const { losses } = await run({ frozenStart: true });
  expect((await run({ frozenStart: true })).losses).toEqual(losses);
});

test("a head alone reads what discriminates the validation texts better, and its export has it", async () => {
  const head = {
    fineTune: "head only",
    learningRate: 5e-3,
    epochs: 5,
  } as const;
  const best = await run(head);
  const { features } = best.summary;
  expect(["pooler", "mean"]).toContain(features);

  const mean = await run({ ...head, features: "mean" });
  expect(mean.summary.features).toBe("mean");
  expect(mean.summary.validation!.accuracy).toBeGreaterThan(0.7);
  const zip = unzipSync(
    (await mean.engine.exportRun("huggingface", "m")).bytes,
  );
  const config = JSON.parse(strFromU8(zip["config.json"]!));
  // One layer more: the averaging one.
  expect(config.num_hidden_layers).toBe(5);
  expect(config.architectures).toEqual(["BertForSequenceClassification"]);

  // Its export, loaded again, is the same classifier.
  const inputs = [{ text: "Where is my parcel?", textB: null }];
  const [before] = await mean.engine.predict(inputs);
  const again = Object.entries(zip).map(
    ([name, bytes]) => new File([bytes as BlobPart], name),
  );
  await mean.engine.load({ kind: "files", files: again });
  const followed = await mean.engine.train(dataset(), {
    ...options,
    ...head,
    learningRate: 0,
    epochs: 1,
  });
  expect(followed.features).toBe("pooler");
  const [after] = await mean.engine.predict(inputs);
  before!.probabilities.forEach((p, i) =>
    expect(after!.probabilities[i]).toBeCloseTo(p, 5),
  );
});

test("a run that stops after a share of its steps follows the whole schedule until then", async () => {
  const whole = await run({ epochs: 2 });
  const half = await run({ epochs: 2, stopAfter: 0.5 });
  expect(half.summary.outcome).toBe("finished");
  expect(half.summary.steps).toBe(whole.summary.steps / 2);
  expect(half.losses).toEqual(whole.losses.slice(0, half.summary.steps));
});
