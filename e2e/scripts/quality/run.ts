// What one run trains on and is judged by: texts beside answers in numbers, and the
// same as the engine takes them.

import type { Dataset, Targets } from "../../../src/data.ts";
import type { RunOn, TrainingOptions } from "../../../src/engine/protocol.ts";
import { datasetOf } from "../../../src/engine/fixtures/examples.ts";
import type { MeasuredTask } from "./sets.ts";

export interface Row {
  text: string;
  textB?: string;
  /** The label's index, those of all its labels, the score, or the index of each word's tag. */
  answer: number | number[];
  /** [start, end) in the text, in UTF-16 units, where each word has a tag. */
  words?: [start: number, end: number][];
}

/** Of words with a space between. */
export function placesOf(words: string[]): [start: number, end: number][] {
  let end = -1;
  return words.map((word) => {
    const start = end + 1;
    end = start + word.length;
    return [start, end];
  });
}

/** The words that have tags. */
export const wordsOf = ({ text, words = [] }: Row): string[] =>
  words.map(([start, end]) => text.slice(start, end));

/** The tags of the words. */
export function tagsOf({ answer, words }: Row): number[] {
  if (typeof answer === "number" || answer.length !== words?.length)
    throw new Error("One tag a word is meant.");
  return answer;
}

export interface Question {
  task: MeasuredTask;
  labels: string[];
  train: Row[];
  /** Empty: all rows are trained on, and the last step's weights are judged. */
  validation: Row[];
  test: Row[];
  /** The label whose own F1 is a figure, too. */
  positive?: string;
}

export interface QualityRun extends Question {
  /** A bundled one. */
  model: string;
  options: TrainingOptions;
  runOn: RunOn;
  /** Predictions of so many test rows and the export come back as well. */
  keep: number;
}

/** [row, label]: 1 where the row has the label. */
export function marksOf(rows: Row[], labels: number): Uint8Array<ArrayBuffer> {
  const marks = new Uint8Array(rows.length * labels);
  rows.forEach(({ answer }, row) => {
    for (const label of [answer].flat()) marks[row * labels + label] = 1;
  });
  return marks;
}

/** The one number a row is answered with. */
export function numberOf({ answer }: Row): number {
  if (typeof answer !== "number")
    throw new Error(`One answer a row is meant, not ${answer.length}.`);
  return answer;
}

function targetsOf(task: MeasuredTask, rows: Row[], labels: number): Targets {
  switch (task) {
    case "one label":
      return { task, labels: Int32Array.from(rows, numberOf) };
    case "many labels":
      return { task, marks: marksOf(rows, labels) };
    case "score":
      return { task, scores: Float32Array.from(rows, numberOf) };
    case "spans": {
      const offsets = new Uint32Array(rows.length + 1);
      const tags = rows.map(tagsOf);
      tags.forEach(
        ({ length }, row) => (offsets[row + 1] = offsets[row]! + length),
      );
      return {
        task,
        words: Int32Array.from(rows.flatMap(({ words = [] }) => words.flat())),
        offsets,
        tags: Int32Array.from(tags.flat()),
      };
    }
  }
}

export function datasetFor(question: Question): Dataset {
  const { task, labels } = question;
  const texts = (rows: Row[]) =>
    rows.map(({ text, textB }) => ({
      text,
      ...(textB !== undefined && { textB }),
      label: 0,
    }));
  const packed = datasetOf(labels, {
    train: texts(question.train),
    validation: texts(question.validation),
    test: texts(question.test),
  });
  const part = (name: "train" | "validation" | "test") => ({
    ...packed[name]!,
    targets: targetsOf(task, question[name], labels.length),
  });
  return {
    ...packed,
    task,
    train: part("train"),
    validation: part("validation"),
    test: part("test"),
  };
}
