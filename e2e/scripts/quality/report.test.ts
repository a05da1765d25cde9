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
