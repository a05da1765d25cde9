import { expect, test } from "vitest";
import { bagOfWords, baselines, score } from "./baseline";
import { tokens } from "./baseline/bag";
import { examplesOf } from "./examples";
import type { Mapping } from "./protocol";
import { oneLabel } from "./tasks/labels";
import fixture from "./fixtures/bag-of-words.json";
import { realFile, realTest } from "./fixtures/real";
import { readTable } from "./table";

test.each(["three", "two"] as const)(
  "probabilities for %s classes are scikit-learn's",
  async (name) => {
    const { texts, labels, classes, ask, probabilities } = fixture[name];
    const train = {
      texts,
      labels: labels.map((label) => classes.indexOf(label)),
    };
    const { logits, predicted } = await bagOfWords(
      train,
      ask,
      classes.length,
      undefined,
      1e-9,
    );
    const free = classes.length > 2 ? classes.length : 1;
    ask.forEach((_, row) => {
      const own = [...logits.subarray(row * free, (row + 1) * free)];
      const exps = (free === 1 ? [0, ...own] : own).map(Math.exp);
      const sum = exps.reduce((a, b) => a + b);
      const expected = probabilities[row] as number[];
      exps.forEach((e, c) => expect(e / sum).toBeCloseTo(expected[c]!, 6));
      expect(predicted[row]).toBe(expected.indexOf(Math.max(...expected)));
    });
  },
);

realTest(
  "TREC-6 scores what the model's card says of TF-IDF and logistic regression",
  async () => {
    const table = readTable([
      realFile("text/trec6/TREC.train.all"),
      realFile("text/trec6/TREC.test.all"),
    ]);
    const mapping: Mapping = {
      task: "one label",
      text: "text",
      textB: null,
      label: "label",
      labels: [],
    };
    const { train, test: held } = examplesOf(table, mapping, oneLabel).parts;
    const part = ({ texts, targets }: typeof train) => ({
      texts,
      labels: targets.map(Number),
    });
    const { predicted } = await bagOfWords(part(train), held.texts, 6);
    expect(score(predicted, part(held).labels, 6).accuracy).toBeCloseTo(
      0.882,
      2,
    );
  },
);

test("the majority is the most frequent label of the training rows", async () => {
  const train = { texts: ["a b", "b c", "c d"], labels: [1, 1, 0] };
  const { majority, bagOfWords } = await baselines(["x", "y"], train, {
    texts: ["a b", "c d"],
    labels: [1, 0],
  });
  expect(majority).toEqual({ label: "y", accuracy: 0.5, macroF1: 1 / 3 });
  expect(bagOfWords.trainedOn).toBe(3);
});

test("macro-F1 counts the labels that occur or were answered", () => {
  expect(score([0, 0, 1], [0, 1, 1], 3)).toEqual({
    accuracy: 2 / 3,
    macroF1: 2 / 3,
  });
});

test("words of two letters and more count, and their pairs; Chinese by character", () => {
  expect(tokens("A Kettle, 2 cups!")).toEqual([
    "kettle",
    "cups",
    "kettle cups",
  ]);
  expect(tokens("太慢了 ok")).toEqual([
    "太",
    "慢",
    "了",
    "ok",
    "太 慢",
    "慢 了",
    "了 ok",
  ]);
});

test("the same rows give the same fit", async () => {
  const { texts, labels, classes, ask } = fixture.three;
  const train = {
    texts,
    labels: labels.map((label) => classes.indexOf(label)),
  };
  const fits = [
    await bagOfWords(train, ask, 3),
    await bagOfWords(train, ask, 3),
  ];
  expect(fits[0]).toEqual(fits[1]);
});
