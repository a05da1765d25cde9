import { expect, test } from "vitest";
import { inputAt } from "../../../src/data/dataset.ts";
import {
  datasetFor,
  marksOf,
  placesOf,
  tagsOf,
  wordsOf,
  type Question,
} from "./run.ts";

const question = (
  task: Question["task"],
  answers: Question["train"][number]["answer"][],
): Question => {
  const rows = answers.map((answer, i) => ({ text: `text ${i}`, answer }));
  const labels = task === "score" ? ["stars"] : ["a", "b", "c"];
  return { task, labels, train: rows, validation: [], test: rows };
};

test("marks are row by row", () => {
  const rows = [
    { text: "x", answer: [2, 0] },
    { text: "y", answer: [] },
  ];
  expect([...marksOf(rows, 3)]).toEqual([1, 0, 1, 0, 0, 0]);
});

test("each task's answers are packed as the engine takes them", () => {
  expect(datasetFor(question("one label", [2, 0])).train.targets).toEqual({
    task: "one label",
    labels: Int32Array.of(2, 0),
  });
  const many = datasetFor(question("many labels", [[1], [0, 2]]));
  expect(many.test!.targets).toEqual({
    task: "many labels",
    marks: Uint8Array.of(0, 1, 0, 1, 0, 1),
  });
  expect(many.validation.count).toBe(0);
  expect(inputAt(many.train, 1)).toEqual({ text: "text 1", textB: null });
  const scored = datasetFor(question("score", [4.5]));
  expect([scored.task, scored.train.targets]).toEqual([
    "score",
    { task: "score", scores: Float32Array.of(4.5) },
  ]);
  expect(() => datasetFor(question("score", [[1, 2]]))).toThrow("not 2");
});

test("tagged words are packed with their places in the text", () => {
  const words = ["Anna", "in", "😀town"];
  const row = {
    text: words.join(" "),
    answer: [1, 0, 3],
    words: placesOf(words),
  };
  expect(wordsOf(row)).toEqual(words);
  const second = { text: "no", answer: [0], words: placesOf(["no"]) };
  const { train } = datasetFor({
    ...{ task: "spans", labels: ["O", "B-p", "I-p", "B-q"] },
    ...{ train: [row, second], validation: [], test: [] },
  });
  expect(train.targets).toEqual({
    task: "spans",
    words: Int32Array.of(0, 4, 5, 7, 8, 14, 0, 2),
    offsets: Uint32Array.of(0, 3, 4),
    tags: Int32Array.of(1, 0, 3, 0),
  });
  expect(() => tagsOf({ ...row, answer: [1, 0] })).toThrow("One tag a word");
});
