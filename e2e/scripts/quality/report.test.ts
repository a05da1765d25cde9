import { expect, test } from "vitest";
import { cell, judge, keyOf, mean, table, type Measured } from "./report.ts";

const run = (accuracy: number, macroF1 = accuracy): Measured => ({
  accuracy,
  macroF1,
  seconds: 2,
  detail: "",
});
const key = (engine: string, seed: number, set = "trec6") =>
  keyOf({
    ...{ engine, set, model: "tiny", fineTune: "all layers" },
    ...{ recipe: "3 × 0.0005", seed },
  });
const words = keyOf({ engine: "words", set: "trec6" });
const results = (ours: number, theirs: number, bag = 0.8) => ({
  [words]: run(bag, 0.7),
  [key("attune", 0)]: run(ours - 0.01),
  [key("attune", 1)]: run(ours + 0.01),
  [key("torch", 0)]: run(theirs),
});

test("a cell is the mean over seeds, in percent", () => {
  expect(mean([1, 2, 6])).toBe(3);
  const all = results(0.93, 0.93);
  const wanted = { set: "trec6", model: "tiny", fineTune: "all layers" };
  const ours = cell(all, { engine: "attune", ...wanted })!;
  expect(ours.accuracy).toBeCloseTo(93, 9);
  expect([ours.seeds, ours.seconds]).toEqual([2, 2]);
  expect(
    cell(all, { engine: "attune", ...wanted, fineTune: "head only" }),
  ).toBeUndefined();
});

test("the table has a row a set, and a dash where nothing was measured", () => {
  const all = { ...results(0.93, 0.934), [key("attune", 0, "mrpc")]: run(0.7) };
  expect(table(all, "all layers").split("\n")).toEqual([
    "| set | bag of words | tiny | tiny, PyTorch |",
    "| --- | ---: | ---: | ---: |",
    "| trec6 | 80.0 (70.0) | 93.0 (93.0) | 93.4 (93.4) |",
    "| mrpc | – | 70.0 (70.0) | – |",
  ]);
});

test("what misses a goal, PyTorch or bag of words is told, and nothing else", () => {
  const told = (...of: Parameters<typeof results>) =>
    judge(results(...of), "all layers");
  expect(told(0.93, 0.934)).toEqual([]);
  expect(told(0.92, 0.922)).toEqual(["tiny on trec6: 92.00, goal 92.5."]);
  expect(told(0.94, 0.93)).toEqual([
    "tiny on trec6: 94.00, PyTorch with the same recipe 93.00: more than 0.5 points apart.",
  ]);
  expect(told(0.93, 0.93, 0.95)).toEqual([
    "tiny on trec6: 93.00, not better than bag of words with 95.00.",
  ]);
});

const emotions = (engine: string, macroF1: number, microF1: number) => ({
  [engine === "words"
    ? keyOf({ engine, set: "goemotions" })
    : key(engine, 0, "goemotions")]: {
    task: "many labels",
    metrics: { macroF1, microF1 },
    seconds: 1,
    detail: "",
  } as const,
});

const entities = (
  engine: string,
  entityF1: number,
  strictEntityF1: number,
) => ({
  [engine === "words"
    ? keyOf({ engine, set: "names" })
    : key(engine, 0, "names")]: {
    task: "spans",
    metrics: { entityF1, strictEntityF1 },
    seconds: 1,
    detail: "",
  } as const,
});

test("each task has its own table, by its own figures", () => {
  const all = {
    ...results(0.93, 0.93),
    ...emotions("words", 0.4, 0.5),
    ...emotions("attune", 0.45, 0.55),
    [key("attune", 0, "overlap")]: {
      task: "score",
      metrics: { pearson: 0.9, r2: 0.8, rmse: 1.5 },
      seconds: 1,
      detail: "",
    } as const,
    ...entities("words", 0.2, 0.15),
    ...entities("attune", 0.4, 0.45),
  };
  expect(table(all, "all layers").split("\n")).toEqual([
    "| set | bag of words | tiny | tiny, PyTorch |",
    "| --- | ---: | ---: | ---: |",
    "| trec6 | 80.0 (70.0) | 93.0 (93.0) | 93.0 (93.0) |",
    "",
    "| many labels: macro-F1 (micro-F1) | bag of words | tiny | tiny, PyTorch |",
    "| --- | ---: | ---: | ---: |",
    "| goemotions | 40.0 (50.0) | 45.0 (55.0) | – |",
    "",
    "| score: 100 × Pearson (R²) | bag of words | tiny | tiny, PyTorch |",
    "| --- | ---: | ---: | ---: |",
    "| overlap | – | 90.0 (80.0) | – |",
    "",
    "| spans: entity F1 (strict) | looked up | tiny | tiny, PyTorch |",
    "| --- | ---: | ---: | ---: |",
    "| names | 20.0 (15.0) | 40.0 (45.0) | – |",
  ]);
});

test("the F1 of pairs is of the runs that have it, beside their accuracy", () => {
  const pairs = (accuracy: number, f1: number): Measured => ({
    ...run(accuracy),
    task: "one label",
    metrics: { accuracy, macroF1: accuracy, f1 },
  });
  const all = {
    [key("attune", 0, "mrpc")]: run(0.7),
    [key("attune", 1, "mrpc")]: pairs(0.72, 0.8),
    [key("torch", 0, "mrpc")]: pairs(0.713, 0.811),
  };
  expect(table(all, "all layers").split("\n").slice(2)).toEqual([
    "| mrpc | – | 71.0 (71.0) | 71.3 (71.3) |",
    "",
    "| F1 of paraphrases (accuracy) | bag of words | tiny | tiny, PyTorch |",
    "| --- | ---: | ---: | ---: |",
    "| mrpc | – | 80.0 (72.0) | 81.1 (71.3) |",
  ]);
  expect(judge(all, "all layers")).toEqual([
    "tiny on mrpc: F1 80.00, PyTorch with the same recipe 81.10: more than 1 point apart.",
  ]);
});

test("other tasks are held to PyTorch within a point", () => {
  const told = (ours: number, theirs: number) =>
    judge(
      {
        ...emotions("words", 0.6, 0.6),
        ...emotions("attune", ours, 0.1),
        ...emotions("torch", theirs, 0.9),
      },
      "all layers",
    );
  expect(told(0.45, 0.459)).toEqual([]);
  expect(told(0.45, 0.465)).toEqual([
    "tiny on goemotions: macro-F1 45.00, PyTorch with the same recipe 46.50: more than 1 point apart.",
  ]);
  const ofSpans = {
    ...entities("attune", 0.4, 0),
    ...entities("torch", 0.42, 0),
  };
  expect(judge(ofSpans, "all layers")).toEqual([
    "tiny on names: entity F1 40.00, PyTorch with the same recipe 42.00: more than 1 point apart.",
  ]);
});
