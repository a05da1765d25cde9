import { expect, test } from "vitest";
import { drawn, drawsOf, fewTable } from "./few.ts";
import { keyOf, type Measured } from "./report.ts";
import type { Question } from "./run.ts";

const rows = Array.from({ length: 60 }, (_, i) => ({
  text: `text ${i}`,
  // Label 2 has three rows.
  answer: i < 3 ? 2 : i % 2,
}));
const question: Question = {
  task: "one label",
  labels: ["a", "b", "c"],
  train: rows,
  validation: [],
  test: rows.slice(0, 5),
};

test("so many rows of each label are drawn, or all that there are", () => {
  const { train, test } = drawn(question, 8, 0);
  const counts = [0, 1, 2].map(
    (label) => train.filter(({ answer }) => answer === label).length,
  );
  expect(counts).toEqual([8, 8, 3]);
  expect(new Set(train.map(({ text }) => text)).size).toBe(19);
  for (const row of train) expect(rows).toContain(row);
  expect(test).toBe(question.test);
});

test("a seed draws the same again, and another one others", () => {
  const texts = (seed: number) =>
    drawn(question, 8, seed).train.map(({ text }) => text);
  expect(texts(1)).toEqual(texts(1));
  expect(new Set(texts(1))).not.toEqual(new Set(texts(2)));
});

test("only rows with one label each are drawn from", () => {
  expect(() => drawn({ ...question, task: "score" }, 8, 0)).toThrow("score");
});

test("both ways stand side by side: means of the draws with their deviation", () => {
  const run = (way: string, seed: number, accuracy: number) => [
    keyOf({
      engine: "attune",
      set: drawsOf("trec6", 8, way),
      model: "tiny",
      fineTune: "all layers",
      recipe: "10 × 0.0003",
      seed,
    }),
    { accuracy, seconds: 1, detail: "" } satisfies Measured,
  ];
  const results = Object.fromEntries([
    run("plain", 0, 0.4),
    run("plain", 1, 0.5),
    run("pairs first", 0, 0.55),
  ]) as Record<string, Measured>;
  const [head, , first] = fewTable(results, ["tiny"], "all layers").split("\n");
  expect(head).toBe("| accuracy (draws) | tiny, plain | tiny, pairs first |");
  // The deviation of 40 and 50 is 5 · √2.
  expect(first).toBe("| trec6, 8 a label | 45.0 ± 7.1 (2) | 55.0 ± 0.0 (1) |");
});
