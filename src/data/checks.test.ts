import { expect, test } from "vitest";
import type { Mapping } from "./protocol";
import { checkExamples, checkMapping } from "./checks";
import { examplesOf } from "./examples";
import { inEnglish } from "../fixtures/english";
import { made } from "./fixtures/real";
import { readTable, type Source } from "./table";
import { oneLabel } from "./tasks/labels";

const MAPPING: Mapping = {
  task: "one label",
  text: "text",
  textB: null,
  label: "label",
  labels: [],
};

function check(files: Source[], mapping = MAPPING): string[] {
  const table = readTable(files);
  return inEnglish(
    checkExamples(
      oneLabel,
      table,
      mapping,
      examplesOf(table, mapping, oneLabel),
    ),
  ).map(({ level, message }) => `${level}: ${message}`);
}
const csv = (
  rows: [string, string][],
  name = "a.csv",
  role: Source["role"] = null,
) =>
  made(
    name,
    `text,label\n${rows.map(([text, label]) => `"${text}","${label}"`).join("\n")}\n`,
    role,
  );
/** Enough ordinary rows that nothing else is worth a word. */
const plenty = (labels = ["pos", "neg"], each = 30): [string, string][] =>
  labels.flatMap((label) =>
    Array.from({ length: each }, (_, i): [string, string] => [
      `a ${label} text, number ${i}`,
      label,
    ]),
  );

test("good data is left alone", () => {
  expect(check([csv(plenty())])).toEqual([]);
});

test.each<[string, [string, string][], string]>([
  [
    "one label only",
    plenty(["pos"]),
    "error: Every row has the label “pos”. Two different labels are needed at least; choose another label column or add rows.",
  ],
  [
    "no usable row",
    [
      ["a", ""],
      ["b", ""],
      ["", "c"],
    ],
    "error: No row has both a text in “text” and a label in “label” (1 with no text, 2 with no label). Choose other columns.",
  ],
  [
    "labels that are ids",
    plenty().map(([text], i) => [text, `id-${i}`]),
    "error: Column “label” has 60 different values in 60 rows: texts or ids rather than labels. Choose another label column.",
  ],
  [
    "labels that are measurements",
    plenty().map(([text], i) => [text, String(i * 0.71)]),
    "error: Column “label” has 60 different values in 60 rows: numbers to measure rather than classes. Choose the task “score” to learn the number itself, join the numbers into classes, or choose another label column.",
  ],
  [
    "labels with a row each",
    [
      ["a", "x"],
      ["b", "y"],
      ["c", "z"],
    ],
    "error: Each of the 3 rows has a label of its own, so none can be held out for validation. Add rows for each label.",
  ],
  [
    "one text again and again",
    [
      ["same", "x"],
      ["same", "x"],
      ["Same", "y"],
    ],
    "error: There is only 1 different text in 3 rows. Add rows: a few dozen for each label is a start.",
  ],
])("%s stops training", (_, rows, sentence) => {
  expect(check([csv(rows)])).toEqual([sentence]);
});

test("the same column for text and label stops training", () => {
  expect(
    inEnglish(
      checkMapping({
        task: "one label",
        text: "a",
        textB: null,
        label: "a",
        labels: [],
      }),
    ),
  ).toEqual([
    {
      level: "error",
      message:
        "Column “a” is chosen as text and as label. Choose another column for one of them.",
    },
  ]);
  expect(
    inEnglish(
      checkMapping({
        task: "one label",
        text: "a",
        textB: "b",
        label: "b",
        labels: [],
      }),
    )[0]?.message,
  ).toContain("“b” is chosen as text and as label");
  expect(
    inEnglish(
      checkMapping({
        task: "one label",
        text: "a",
        textB: "a",
        label: "b",
        labels: [],
      }),
    )[0]?.message,
  ).toContain("both texts of the pair");
  expect(
    checkMapping({
      task: "one label",
      text: "a",
      textB: "c",
      label: "b",
      labels: [],
    }),
  ).toEqual([]);
});

test.each<[string, [string, string][], string]>([
  [
    "a label with one row",
    [["rare", "odd"]],
    "warning: 1 label has 1 row: “odd”. It is trained on but never validated; add rows, or join it with another label.",
  ],
  [
    "a label with few rows",
    [
      ["rare 1", "odd"],
      ["rare 2", "odd"],
      ["rare 3", "odd"],
      ["rare 4", "odd"],
    ],
    "info: 1 label has fewer than 8 rows: “odd”. Its figures will be rough.",
  ],
  [
    "imbalance",
    plenty(["huge"], 300),
    "warning: “huge” has 300 rows and “pos” 30. Set class weights to “balanced”, and read macro-F1 rather than accuracy.",
  ],
  [
    "repeats",
    [
      ["a pos text, number 3", "pos"],
      ["A pos text,  number 4", "pos"],
    ],
    "info: 2 rows repeat an earlier text with the same label. Repeats stay on one side of the split.",
  ],
  [
    "contradictions",
    [["a pos text, number 3", "neg"]],
    "warning: 1 row repeats a text under another label, such as a.csv, row 61: “a pos text, number 3” is “pos” and “neg”. Decide for one.",
  ],
  [
    "labels that differ in case",
    plenty(["Pos"]),
    "warning: The labels “Pos” and “pos” differ only in case or spacing and count as two. Write them alike if they mean the same.",
  ],
  [
    "labels that stand for nothing",
    plenty(["NaN"]),
    "warning: 30 rows have the label “NaN”, which looks like a missing value. Leave the cell empty to set them aside.",
  ],
  [
    "labels that are lists",
    plenty(["pos,neg"]),
    "warning: 1 label looks like a list of others, such as “pos,neg”. Each combination is learned as a label of its own; the task “many labels” learns the labels in them.",
  ],
  [
    "long texts",
    [["long ".repeat(500).trim(), "pos"]],
    "info: 1 text is longer than 2,000 characters (longest: 2,499, a.csv, row 61). What goes beyond max tokens is not read.",
  ],
  [
    "damaged letters",
    [["sch�n", "pos"]],
    "warning: 1 text contains �, the mark of a wrong encoding. Save the file as UTF-8 from its source.",
  ],
])("%s is worth a word", (_, rows, sentence) => {
  expect(check([csv([...plenty(), ...rows])])).toContain(sentence);
});

test("texts in another script are worth a word, since a model reads its own languages", () => {
  const rows = plenty().map(([, label], i): [string, string] => [
    `味道很好，下次还会再来的 ${i}`,
    label,
  ]);
  expect(check([csv(rows)])).toEqual([
    "info: 100 % of the texts are mostly Chinese, Japanese or Korean: they want a model made for their language.",
  ]);
});

test("marks on single words are recognised", () => {
  expect(check([csv(plenty(["O", "B-person", "I-person"]))])).toEqual([
    "warning: The labels look like marks on single words (“B-person”, “I-person” and 1 more). Attune classifies whole texts.",
  ]);
});

test("texts of the test file that are also trained on are counted", () => {
  const test = csv(
    [
      ["a pos text, number 1", "pos"],
      ["unseen", "neg"],
      ["new", "sideways"],
    ],
    "test.csv",
  );
  expect(check([csv(plenty(), "train.csv"), test])).toEqual([
    "warning: test.csv: 1 row with a label that no training row has (“sideways”) is left out. Use the same labels in all files.",
    "warning: 1 text of test.csv is also in the training rows; figures on it flatter the model. Remove it from one side.",
  ]);
});

test("a validation file without usable rows stops training, a test file does not", () => {
  const none = (name: string) => csv([["unseen", ""]], name);
  expect(check([csv(plenty(), "train.csv"), none("dev.csv")])).toEqual([
    "error: The validation file has no row with both a text and a label. Correct it, or read it without that role.",
  ]);
  expect(check([csv(plenty(), "train.csv"), none("test.csv")])).toEqual([
    "warning: test.csv has no row with both a text and a label, so there will be no test figures. Labels are needed there too.",
  ]);
});
