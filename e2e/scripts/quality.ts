// `npm run quality`: what the bundled models reach on real sets, beside bag of
// words with logistic (of scores ridge) regression and beside PyTorch with the same
// recipe. Every run trains on all training rows as given and is judged on the test
// rows as given; the recipe is the studio's own for that many rows. Many labels have
// thresholds, which both engines tune on the set's own validation rows (else on every
// tenth training row). Fails where a mean misses its goal. Takes hours; not part of
// `npm test`.
//
//   npm run quality -- [--models tiny,small] [--sets trec6,…] [--seeds 0,1,2] [--fine-tune "head only"]
//                      [--engines attune,torch] [--rows N] [--epochs N] [--run-on wasm]
//                      [--json quality.json] [--keep FOLDER]
//   npm run quality -- few [the same]
//
// "few" trains on 8 and on 16 rows a label, five draws of each, plain and with pairs
// first; nothing is judged.
// Finished runs are kept in the JSON file and not repeated, so it can be stopped and
// gone on with. PyTorch is asked where $PYTHON (else python3) has torch,
// transformers, scikit-learn and seqeval. --keep leaves, of the last run, the export and
// its predictions, for quality/check.py to compare with what transformers computes from
// the same weights; not of spans.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { recipeFor } from "../../src/studio/recipe.ts";
import type { RunOn, TrainingOptions } from "../../src/engine/protocol.ts";
import { haveBrowser } from "../browser.ts";
import { openTrainer } from "./quality/browser.ts";
import { attune, torch } from "./quality/engines.ts";
import { drawn, drawsOf, few, fewTable } from "./quality/few.ts";
import {
  judge,
  type Key,
  keyOf,
  type Measured,
  said,
  table,
} from "./quality/report.ts";
import { placesOf, type Question, type Row } from "./quality/run.ts";
import { hasOwnF1, readSet, setNames } from "./quality/sets.ts";
import { words } from "./quality/words.ts";

const isFew = process.argv[2] === "few";
const { values: flags } = parseArgs({
  args: process.argv.slice(isFew ? 3 : 2),
  options: {
    models: { type: "string", default: "tiny,small" },
    sets: {
      type: "string",
      default: (isFew ? few.sets : setNames).join(","),
    },
    seeds: {
      type: "string",
      default: (isFew ? few.seeds : [0, 1, 2]).join(","),
    },
    engines: { type: "string", default: isFew ? "attune" : "attune,torch" },
    "fine-tune": { type: "string", default: "all layers" },
    "run-on": { type: "string", default: "wasm" },
    epochs: { type: "string" },
    rows: { type: "string" },
    json: { type: "string", default: isFew ? "few.json" : "quality.json" },
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
  const before = measured[name];
  // Older runs did not count the F1 of pairs.
  if (before && (!hasOwnF1(key.set) || before.metrics?.f1 !== undefined))
    return;
  const result = await run();
  measured[name] = result;
  writeFileSync(`${flags.json}.new`, JSON.stringify(measured, null, 1));
  renameSync(`${flags.json}.new`, flags.json);
  console.log(`${name}: ${said(result)}, ${result.seconds.toFixed(0)} s`);
}

/** Labels as numbers, and what is held out. */
function questionOf(name: string): Question {
  const { task, labels, positive, ...parts } = readSet(name);
  const index = new Map(labels.map((label, i) => [label, i]));
  const numbered = (rows: typeof parts.train): Row[] =>
    rows.map((row) => {
      const { text, textB } = row;
      return {
        text,
        ...(textB !== undefined && { textB }),
        ...("words" in row && { words: placesOf(row.words) }),
        answer: of(row),
      };
    });
  const of = (row: (typeof parts.train)[number]): Row["answer"] => {
    if ("score" in row) return row.score;
    const names = "tags" in row ? row.tags : row.labels;
    const own = names.map((name) => index.get(name)!);
    return task === "one label" ? own[0]! : own;
  };
  const given = parts.validation !== null && task === "many labels";
  const rows = numbered(parts.train).slice(0, Number(flags.rows ?? Infinity));
  // A head alone is told by validation what to read, and many labels their
  // thresholds; all others take every row.
  const holdsOut =
    !given && (flags["fine-tune"] === "head only" || task === "many labels");
  const held = (i: number) => holdsOut && i % 10 === 9;
  return {
    task,
    labels,
    train: rows.filter((_, i) => !held(i)),
    validation: given
      ? numbered(parts.validation!)
      : rows.filter((_, i) => held(i)),
    test: numbered(parts.test),
    ...(positive !== undefined && { positive }),
  };
}

async function main(): Promise<number> {
  const sets = list(flags.sets);
  /** What is trained on: all, or so many rows a label. */
  const questions = isFew
    ? few.counts.flatMap((count) =>
        sets.flatMap((set) =>
          few.ways.map(({ name, contrastive }) => ({
            set: drawsOf(set, count, name),
            question: (seed: number) => drawn(questionOf(set), count, seed),
            changes: { contrastive },
          })),
        ),
      )
    : sets.map((set) => ({
        set,
        question: () => questionOf(set),
        changes: {},
      }));
  const models = list(flags.models);
  const seeds = list(flags.seeds).map(Number);
  const fineTune = flags["fine-tune"] as TrainingOptions["fineTune"];
  const engines = list(flags.engines).filter((engine) => {
    if (engine !== "torch") return true;
    // Head only is not PyTorch's recipe: it trains on features that were read once.
    if (fineTune !== "all layers") return false;
    const test = "import torch, transformers, sklearn";
    const has = spawnSync(python, ["-c", test]).status === 0;
    if (!has)
      console.log(
        `${python} has no torch, transformers and scikit-learn: PyTorch's column stays empty. Make a venv with them and set PYTHON.`,
      );
    return has;
  });
  const browserPath = await haveBrowser();
  if (browserPath === undefined) return 1;
  if (!isFew)
    for (const set of sets)
      await once({ engine: "words", set }, () => words(questionOf(set)));
  const trainer = await openTrainer(browserPath);
  try {
    for (const short of models)
      for (const { set, question: ask, changes } of questions)
        for (const seed of seeds)
          for (const engine of engines) {
            const question = ask(seed);
            const options: TrainingOptions = {
              ...recipeFor({ parameters: parameters[short] ?? 0 }, fineTune, {
                rows: question.train.length,
                labels: question.labels.length,
                pairs: question.train[0]?.textB !== undefined,
                task: question.task,
              }),
              ...changes,
              seed,
              ...(flags.epochs && { epochs: Number(flags.epochs) }),
            };
            const { epochs, learningRate } = options;
            const key = { engine, set, model: short, fineTune, seed };
            const recipe = `${epochs} × ${learningRate}`;
            const run = { ...question, model: `attune-${short}-en`, options };
            const runOn = flags["run-on"] as RunOn;
            await once({ ...key, recipe }, () =>
              engine === "torch"
                ? torch(run, python)
                : attune(trainer, { ...run, runOn }, flags.keep),
            );
          }
  } finally {
    await trainer.close();
  }
  const shown = isFew
    ? fewTable(measured, models, fineTune)
    : table(measured, fineTune);
  console.log(`\n${shown}\n`);
  // Draws differ by more than any goal would allow.
  const failures = isFew ? [] : judge(measured, fineTune);
  for (const failure of failures) console.log(failure);
  return failures.length === 0 ? 0 : 1;
}

process.exit(await main());
