// `npm run quality`: what the bundled models reach on real sets, beside bag of
// words with logistic regression and beside PyTorch with the same recipe. Every
// run trains on all training rows as given and is judged on the test rows as
// given; the recipe is the studio's own for that many rows. Fails where a mean
// misses its goal. Takes an hour or two; not part of `npm test`.
//
//   npm run quality -- [--models tiny,small] [--sets trec6,…] [--seeds 0,1,2] [--fine-tune "head only"]
//                      [--engines attune,torch] [--rows N] [--epochs N] [--run-on wasm]
//                      [--json quality.json] [--keep FOLDER]
//
// Finished runs are kept in the JSON file and not repeated, so it can be stopped and
// gone on with. PyTorch is asked where $PYTHON (else python3) has torch and
// transformers. --keep leaves, of the last run, the export and its predictions, for
// quality/check.py to compare with what transformers computes from the same weights.

import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { bagOfWords, score } from "../../src/data/baseline.ts";
import { recipeFor } from "../../src/studio/recipe.ts";
import type { TrainingOptions } from "../../src/engine/protocol.ts";
import { haveBrowser } from "../browser.ts";
import { openTrainer, type Trainer } from "./quality/browser.ts";
import type { QualityRun } from "./quality/page.ts";
import {
  judge,
  type Key,
  keyOf,
  type Measured,
  table,
} from "./quality/report.ts";
import { readSet, setNames } from "./quality/sets.ts";

const { values: flags } = parseArgs({
  options: {
    models: { type: "string", default: "tiny,small" },
    sets: { type: "string", default: setNames.join(",") },
    seeds: { type: "string", default: "0,1,2" },
    engines: { type: "string", default: "attune,torch" },
    "fine-tune": { type: "string", default: "all layers" },
    "run-on": { type: "string", default: "wasm" },
    epochs: { type: "string" },
    rows: { type: "string" },
    json: { type: "string", default: "quality.json" },
    keep: { type: "string" },
  },
});
/** With a pooler and a classifier, as config.json has it. */
const parameters: Record<string, number> = { tiny: 2.97e6, small: 9.15e6 };
const list = (text: string) => text.split(",").filter(Boolean);
const python = process.env.PYTHON ?? "python3";

const measured: Record<string, Measured> = existsSync(flags.json)
  ? (JSON.parse(readFileSync(flags.json, "utf8")) as Record<string, Measured>)
  : {};

/** A run's result, from the file where it is there already. */
async function once(key: Key, run: () => Promise<Measured>): Promise<void> {
  const name = keyOf(key);
  if (measured[name] !== undefined) return;
  const result = await run();
  measured[name] = result;
  writeFileSync(`${flags.json}.new`, JSON.stringify(measured, null, 1));
  renameSync(`${flags.json}.new`, flags.json);
  console.log(
    `${name}: test accuracy ${result.accuracy.toFixed(4)}, macro-F1 ${result.macroF1.toFixed(4)}, ${result.seconds.toFixed(0)} s`,
  );
}

interface Task extends Omit<QualityRun, "options" | "runOn" | "keep"> {
  set: string;
}

function taskOf(set: string, model: string): Task {
  const { train, test } = readSet(set);
  const labels = [...new Set(train.map(({ label }) => label))].sort();
  const index = new Map(labels.map((label, i) => [label, i]));
  const numbered = (rows: typeof train) =>
    rows.map(({ label, ...texts }) => ({ ...texts, label: index.get(label)! }));
  const rows = numbered(train).slice(0, Number(flags.rows ?? Infinity));
  // A head alone is told by validation what to read; all layers take every row.
  const held = (i: number) =>
    flags["fine-tune"] === "head only" && i % 10 === 9;
  return {
    set,
    model,
    labels,
    train: rows.filter((_, i) => !held(i)),
    validation: rows.filter((_, i) => held(i)),
    test: numbered(test),
  };
}

async function attune(
  trainer: Trainer,
  task: Task,
  options: TrainingOptions,
): Promise<Measured> {
  const { device, summary, probabilities, zip } = await trainer.train({
    ...task,
    options,
    runOn: flags["run-on"] as QualityRun["runOn"],
    keep: flags.keep === undefined ? 0 : 100,
  });
  if (flags.keep !== undefined) {
    mkdirSync(flags.keep, { recursive: true });
    writeFileSync(join(flags.keep, "kept.zip"), Buffer.from(zip, "base64"));
    const texts = task.test.slice(0, probabilities.length);
    writeFileSync(
      join(flags.keep, "predictions.json"),
      JSON.stringify({
        texts: texts.map(({ text }) => text),
        textsB: texts.map(({ textB }) => textB ?? null),
        maxTokens: options.maxTokens,
        probabilities,
      }),
    );
  }
  const { detail = "" } =
    device.executors.find(({ name }) => name === device.chosen) ?? {};
  const { accuracy = NaN, macroF1 = NaN } = summary.test!;
  return {
    accuracy,
    macroF1,
    seconds: summary.seconds,
    detail: `${summary.executor}, ${detail}`,
  };
}

/** PyTorch's answer to the same question. */
function torch(task: Task, options: TrainingOptions): Promise<Measured> {
  const rows = (part: Task["train"]) =>
    part.map(({ text, textB, label }) => [text, textB ?? null, label]);
  const { status, stdout } = spawnSync(
    python,
    ["e2e/scripts/quality/recipe.py"],
    {
      input: JSON.stringify({
        model: `public/models/${task.model}`,
        labels: task.labels,
        train: rows(task.train),
        test: rows(task.test),
        options,
      }),
      stdio: ["pipe", "pipe", "inherit"],
      encoding: "utf8",
      maxBuffer: 1 << 26,
    },
  );
  if (status !== 0) throw new Error("PyTorch's run failed");
  const { torch, ...result } = JSON.parse(stdout) as Measured & {
    torch: string;
  };
  return Promise.resolve({ ...result, detail: `PyTorch ${torch}` });
}

async function words(set: string): Promise<Measured> {
  const began = performance.now();
  const { labels, train, test } = taskOf(set, "");
  const part = (rows: typeof train) => ({
    texts: rows.map(({ text, textB }) => (textB ? `${text} ${textB}` : text)),
    labels: rows.map(({ label }) => label),
  });
  const { predicted } = await bagOfWords(
    part(train),
    part(test).texts,
    labels.length,
    undefined,
    undefined,
    { products: Infinity, weights: Infinity },
  );
  return {
    ...score(predicted, part(test).labels, labels.length),
    seconds: (performance.now() - began) / 1000,
    detail: "TF-IDF of words and pairs, logistic regression (C 10)",
  };
}

async function main(): Promise<number> {
  const sets = list(flags.sets);
  const models = list(flags.models);
  const seeds = list(flags.seeds).map(Number);
  const fineTune = flags["fine-tune"] as TrainingOptions["fineTune"];
  const engines = list(flags.engines).filter((engine) => {
    if (engine !== "torch") return true;
    // Head only is not PyTorch's recipe: it trains on features that were read once.
    if (fineTune !== "all layers") return false;
    const test = "import torch, transformers";
    const has = spawnSync(python, ["-c", test]).status === 0;
    if (!has)
      console.log(
        `${python} has no torch and transformers: PyTorch's column stays empty. Make a venv with both and set PYTHON.`,
      );
    return has;
  });
  const browserPath = await haveBrowser();
  if (browserPath === undefined) return 1;
  for (const set of sets)
    await once({ engine: "words", set }, () => words(set));
  const trainer = await openTrainer(browserPath);
  try {
    for (const short of models)
      for (const set of sets)
        for (const seed of seeds)
          for (const engine of engines) {
            const task = taskOf(set, `attune-${short}-en`);
            const options: TrainingOptions = {
              ...recipeFor({ parameters: parameters[short] ?? 0 }, fineTune, {
                rows: task.train.length,
                labels: task.labels.length,
                pairs: task.train[0]?.textB !== undefined,
              }),
              seed,
              ...(flags.epochs && { epochs: Number(flags.epochs) }),
            };
            const { epochs, learningRate } = options;
            const key = { engine, set, model: short, fineTune, seed };
            const recipe = `${epochs} × ${learningRate}`;
            await once({ ...key, recipe }, () =>
              engine === "torch"
                ? torch(task, options)
                : attune(trainer, task, options),
            );
          }
  } finally {
    await trainer.close();
  }
  console.log(`\n${table(measured, fineTune)}\n`);
  const failures = judge(measured, fineTune);
  for (const failure of failures) console.log(failure);
  return failures.length === 0 ? 0 : 1;
}

process.exit(await main());
