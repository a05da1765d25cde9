import { expect, test } from "vitest";
import type { Task } from "../task";
import {
  recipeFor,
  usualContrastive,
  usualEpochs,
  usualLearningRate,
} from "./recipe";

const data = (rows: number, labels: number, pairs = false) => ({
  rows,
  labels,
  pairs,
});

test("epochs fall with the rows of a label, and pairs take a third", () => {
  const epochs = (...size: Parameters<typeof data>) =>
    usualEpochs("all layers", data(...size));
  expect(epochs(5452, 6)).toBe(3);
  expect(epochs(10_003, 77)).toBe(5);
  expect(epochs(717, 6)).toBe(6);
  expect(epochs(80, 2)).toBe(10);
  expect(epochs(4076, 2, true)).toBe(1);
  expect(epochs(300, 2, true)).toBe(2);
});

test("the larger the model, the smaller the rate; a head alone takes a large one", () => {
  const rates = [2.9e6, 9.1e6, 22e6, 110e6].map((parameters) =>
    usualLearningRate("all layers", { parameters }),
  );
  expect(rates).toEqual([3e-4, 2e-4, 1e-4, 3e-5]);
  expect(usualLearningRate("head only", { parameters: 110e6 })).toBe(5e-3);
});

test("only many labels start from frozen features", () => {
  const start = (labels: number) =>
    recipeFor({ parameters: 3e6 }, "all layers", data(5000, labels))
      .frozenStart;
  expect([start(6), start(20), start(21), start(77)]).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

const ofTask = (task: Task, rows: number, labels = 8) => ({
  ...data(rows, labels),
  task,
});

test("spans: epochs by sentences, whatever the types, and a larger rate for small models", () => {
  const epochs = (rows: number, types = 9) =>
    usualEpochs("all layers", ofTask("spans", rows, types));
  expect([202, 252, 1000, 3394].map((rows) => epochs(rows))).toEqual([
    20, 20, 10, 3,
  ]);
  expect(epochs(252, 100)).toBe(20);
  const rates = [2.9e6, 9.1e6, 22e6, 110e6].map((parameters) =>
    usualLearningRate("all layers", { parameters }, ofTask("spans", 252)),
  );
  expect(rates).toEqual([1e-3, 6e-4, 1e-4, 3e-5]);
});

test("a score counts as five labels and few rows take longer, however it is counted", () => {
  const epochs = (rows: number, labels: number) =>
    usualEpochs("all layers", ofTask("score", rows, labels));
  expect([epochs(254, 0), epochs(254, 1), epochs(4000, 0)]).toEqual([
    20, 20, 3,
  ]);
});

test("spans, scores and many labels start from frozen features", () => {
  for (const task of ["spans", "score", "many labels"] as const)
    expect(
      recipeFor({ parameters: 3e6 }, "all layers", ofTask(task, 300))
        .frozenStart,
    ).toBe(true);
});

test("pairs come first for few rows of one label each, and for nothing else", () => {
  const first = (...size: Parameters<typeof data>) =>
    usualContrastive("all layers", data(...size));
  expect([first(12, 6), first(48, 6), first(192, 6)]).toEqual([
    true,
    true,
    true,
  ]);
  // One a label makes no pair; 33 a label are many, and so are 21 labels.
  expect([first(6, 6), first(198, 6), first(168, 21)]).toEqual([
    false,
    false,
    false,
  ]);
  expect(first(48, 6, true)).toBe(false);
  expect(usualContrastive("all layers", ofTask("many labels", 64))).toBe(false);
  expect(usualContrastive("head only", data(48, 6))).toBe(false);
  expect(usualContrastive("top layers", data(48, 6))).toBe(true);
  expect(usualContrastive("all layers", null)).toBe(false);
});
