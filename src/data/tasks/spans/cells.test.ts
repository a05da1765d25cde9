// Text and label cells → words and IOB2 tags.

import { expect, test } from "vitest";
import cut from "../../fixtures/spans/words.json";
import { made } from "../../fixtures/real";
import { readTable } from "../../table";
import { conventionsOf, readCells } from "./cells";
import { wordsOf } from "../../words";

function read(text: string, label: string) {
  const { example, faults } = readCells(
    { text, label },
    conventionsOf([{ text, label }]),
  );
  return {
    words: example?.words.map(([from, to]) => example.text.slice(from, to)),
    tags: example?.tags.join(" "),
    faults: faults.map(({ fault, what }) => `${fault}: ${what}`),
  };
}

test("words are cut as BERT’s own normalizer and pre-tokenizer cut them", () => {
  for (const { text, words } of cut)
    expect(
      wordsOf(text).map(([from, to]) =>
        text.slice(from, to).replace(/[\p{Cc}\p{Cf}\ufffd]/gu, ""),
      ),
    ).toEqual(words);
});

test.each([
  ["Ada ran home", "B-PER O O"],
  ['["Ada","ran","home"]', '["B-PER","O","O"]'],
  ["['Ada', 'ran', 'home']", "['B-PER', 'O', 'O']"],
  ["Ada ran home", '[[0, 3, "PER"]]'],
  ["Ada ran home", "[(0, 3, 'PER')]"],
  ["Ada ran home", '{"entities":[[0,3,"PER"]]}'],
  ["Ada ran home", '[{"start":0,"end":3,"label":"PER"}]'],
  ["Ada ran home", '[{"start":0,"end":3,"labels":["PER"],"text":"Ada"}]'],
  ["Ada ran home", '[{"id":1,"start_offset":0,"end_offset":3,"label":"PER"}]'],
])("%s with %s", (text, label) => {
  expect(read(text, label)).toEqual({
    words: ["Ada", "ran", "home"],
    tags: "B-PER O O",
    faults: [],
  });
});

test.each([
  ["code points", 7, 11],
  ["UTF-16", 8, 12],
  ["bytes", 10, 14],
])("offsets that count %s are told by where words lie", (unit, start, end) => {
  const text = "Hallo \u{1f600}Bonn";
  const label = JSON.stringify([{ start, end, label: "LOC", text: "Bonn" }]);
  expect(conventionsOf([{ text, label }]).unit).toBe(unit);
  expect(read("\u{1f600} Bonn ist", JSON.stringify([[2, 6, "LOC"]])).tags).toBe(
    "O B-LOC O",
  );
});

test.each([
  ["Ada ran", "", "no label: "],
  ["Ada ran", "B-PER", "not equally long: 2 / 1"],
  ['["Ada","ran"]', "[1,0]", "tags are numbers: [1,0]"],
  ["Ada ran off", "B-PER O I-LOC", "not begun: I-LOC (off)"],
  ["Ada ran", '[[4, 70, "X"]]', "outside: X 4–70"],
  ["Ada ran", '[[3, 4, "X"]]', "no word: X 3–4"],
  ["Ada ran", '[[0, 2, "X"]]', "widened: X 0–2"],
  ["Ada ran", '["O", 3]', "no span: "],
])("%s with %s: %s", (text, label, fault) => {
  expect(read(text, label).faults).toContain(fault);
});

test("of overlapping spans the longest is kept", () => {
  expect(
    read("Uni Bonn am Rhein", '[[4,8,"LOC"],[0,8,"ORG"],[12,17,"LOC"]]'),
  ).toMatchObject({
    tags: "B-ORG I-ORG O B-LOC",
    faults: ["overlap: LOC: Bonn"],
  });
});

const lines = (...rows: unknown[]) =>
  rows.map((row) => JSON.stringify(row)).join("\n");
test.each<[string, string, string[]]>([
  [
    "Label Studio",
    JSON.stringify(
      ["Ada ran", "Ada sat"].map((text) => ({
        data: { text },
        annotations: [
          { result: [{ value: { start: 0, end: 3, labels: ["PER"] } }] },
        ],
      })),
    ),
    ["text", "spans"],
  ],
  [
    "Prodigy",
    lines(
      {
        text: "Ada ran",
        spans: [{ start: 0, end: 3, label: "PER" }],
        answer: "accept",
      },
      {
        text: "Ada sat",
        spans: [{ start: 0, end: 3, label: "PER" }],
        answer: "reject",
      },
    ),
    ["text", "spans"],
  ],
  [
    "spaCy",
    JSON.stringify(
      ["ran", "sat"].map((verb) => [
        `Ada ${verb}`,
        { entities: [[0, 3, "PER"]] },
      ]),
    ),
    ["text", "entities"],
  ],
  [
    "Hugging Face",
    lines(
      ...["ran", "sat"].map((verb) => ({
        tokens: ["Ada", verb],
        ner_tags: ["B-PER", "O"],
      })),
    ),
    ["tokens", "ner_tags"],
  ],
])("%s’s JSON keeps its spans in a column", (tool, content, [text, label]) => {
  const { columns, rows } = readTable([made("a.json", content)]);
  const cell = (row: string[], name = "") => row[columns.indexOf(name)] ?? "";
  expect(columns).not.toContain("label");
  expect(read(cell(rows[0]!, text), cell(rows[0]!, label)).tags).toBe(
    "B-PER O",
  );
  if (tool === "Prodigy") expect(cell(rows[1]!, label)).toBe("");
});
