import { expect, test } from "vitest";
import { guessColumns } from "./columns";
import { inEnglish } from "../fixtures/english";
import { hasHeader } from "./formats/header";

const TEXTS = [
  "The parcel never arrived and nobody answers",
  "Works as described, would buy again",
  "Which city has the oldest underground?",
  "It broke after two days of careful use",
];
/** Twelve rows whose cells come from the functions, one for each column. */
const table = (...cells: ((i: number) => string)[]) =>
  Array.from({ length: 12 }, (_, i) => cells.map((cell) => cell(i)));
const text = (i: number) => `${TEXTS[i % 4]} (${i})`;
const label = (i: number) => ["pos", "neg", "mixed"][i % 3]!;
const id = (i: number) => `r${1000 + 7 * i}`;

test.each([
  ["English", ["id", "review", "sentiment"]],
  ["German", ["Nummer", "Nachricht", "Kategorie"]],
  ["French", ["identifiant", "commentaire", "catégorie"]],
  ["Spanish", ["fecha", "reseña", "etiqueta"]],
  ["Russian", ["номер", "отзыв", "тональность"]],
  ["Chinese", ["编号", "评论", "标签"]],
  ["Japanese", ["番号", "本文", "カテゴリ"]],
  ["none", ["column 1", "column 2", "column 3"]],
])("text and label are found under %s names", (_, columns) => {
  const { mapping } = guessColumns(columns, table(id, text, label));
  expect(mapping).toMatchObject({
    task: "one label",
    text: columns[1],
    textB: null,
    label: columns[2],
    labels: [],
  });
});

test("names decide between columns that look alike", () => {
  const { mapping } = guessColumns(
    ["summary", "stars", "review_text", "product"],
    table(text, (i) => String(1 + (i % 5)), text, label),
  );
  expect(mapping).toMatchObject({
    task: "one label",
    text: "review_text",
    textB: null,
    label: "stars",
    labels: [],
  });
});

test("a label named so is taken though another column has fewer values", () => {
  const { mapping } = guessColumns(
    ["text", "country", "intent"],
    table(
      text,
      (i) => ["CH", "AT"][i % 2]!,
      (i) => `intent ${i % 5}`,
    ),
  );
  expect(mapping.label).toBe("intent");
});

test.each([
  ["sentence1", "sentence2"],
  ["question_a", "question_b"],
  ["premise", "hypothesis"],
  ["question", "context"],
  ["#1 String", "#2 String"],
])("%s and %s are a pair, first half first", (a, b) => {
  const { mapping } = guessColumns(
    [a, b, "label"],
    table(text, (i) => text(i + 1), label),
  );
  expect(mapping).toMatchObject({
    task: "one label",
    text: a,
    textB: b,
    label: "label",
    labels: [],
  });
});

test("two long columns that are no pair stay two columns", () => {
  const { mapping } = guessColumns(
    ["title", "body", "label"],
    table((i) => text(i).slice(0, 20), text, label),
  );
  expect(mapping).toMatchObject({
    task: "one label",
    text: "body",
    textB: null,
    label: "label",
    labels: [],
  });
});

test("an id, a date, a link or a measurement is no label and no text", () => {
  const { mapping } = guessColumns(
    ["a", "b", "c", "d", "e", "f"],
    table(
      id,
      (i) => `2024-05-${10 + i}`,
      (i) => `https://example.org/${i}`,
      (i) => String(i * 1.37),
      text,
      label,
    ),
  );
  expect(mapping).toMatchObject({
    task: "one label",
    text: "e",
    textB: null,
    label: "f",
    labels: [],
  });
});

test("the guess is explained", () => {
  expect(
    inEnglish(
      guessColumns(
        ["id", "review", "stars"],
        table(id, text, (i) => String(1 + (i % 5))),
      ),
    ).why,
  ).toBe(
    "Text: “review” (named so, about 8 words a row). Label: “stars” (named so, 5 different values in the rows looked at).",
  );
});

test.each<[string, boolean, string[][]]>([
  [
    "known names",
    true,
    [
      ["text", "label"],
      ["a b c", "x"],
    ],
  ],
  [
    "unknown names over numbers",
    true,
    [
      ["größe", "wert"],
      ["12", "3"],
      ["13", "4"],
    ],
  ],
  [
    "a first label that comes again",
    false,
    [
      ["pos", "I liked it"],
      ["neg", "I did not"],
      ["pos", "Me too"],
      ["neg", "Nor I"],
      ["pos", "Fine"],
      ["neg", "Bad"],
    ],
  ],
  [
    "numbers over numbers",
    false,
    [
      ["1", "english"],
      ["2", "german"],
      ["3", "french"],
    ],
  ],
  [
    "a sentence over sentences",
    false,
    [
      ["This is the first sentence of the file.", "x9"],
      ["And this is the second one.", "x7"],
    ],
  ],
  [
    "names over long texts",
    true,
    [
      ["äußerung", "art"],
      [TEXTS[0]!, "x"],
      [TEXTS[1]!, "y"],
    ],
  ],
])("%s: a header is %s", (_, expected, rows) => {
  expect(hasHeader(rows)).toBe(expected);
});

test("a label column whose name has no letters never becomes the text", () => {
  const { mapping } = guessColumns(["text", "|"], [["a", ""]]);
  expect(mapping).toMatchObject({
    task: "one label",
    text: "text",
    textB: null,
    label: "|",
    labels: [],
  });
});
