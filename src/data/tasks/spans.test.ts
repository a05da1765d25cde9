// Tables with spans, through the reader: each fault is found and said with its place.

import { expect, test } from "vitest";
import { inEnglish } from "../../fixtures/english";
import { targetsOf } from "../dataset";
import { made } from "../fixtures/real";
import { readTable, viewOf } from "../table";
import { preparedFor } from "../tasks";
import { suggestion } from "../suggestion";
import type { Mapping } from "../protocol";

const mapping: Mapping = {
  task: "spans",
  text: "text",
  textB: null,
  label: "tags",
  labels: [],
};
const line = (text: string, tags: unknown) =>
  JSON.stringify({ text, tags: typeof tags === "string" ? tags : tags });
const NAMES = ["Ana", "Bo", "Cleo", "Dora", "Egil"];
const plain = Array.from({ length: 60 }, (_, i) =>
  line(`${NAMES[i % 5]} saw tree ${i}`, "B-PER O O O"),
);
function prepare(lines: string[], ...more: string[][]) {
  const table = readTable([
    made("a.jsonl", lines.join("\n") + "\n"),
    ...more.map((each, i) => made(`b${i}.jsonl`, each.join("\n") + "\n")),
  ]);
  const prepared = preparedFor(table, mapping);
  const overview = prepared.overview();
  return {
    prepared,
    overview,
    said: inEnglish(overview.checks)
      .map(({ level, message }) => `${level}: ${String(message)}`)
      .join("\n"),
  };
}

test("tags become words with IOB2 tags, entities are counted by type", async () => {
  const { prepared, overview } = prepare([
    ...plain,
    line("in  Old   Rome", ["O", "B-LOC", "I-LOC"]),
    line("in New Rome", ["O", "B-LOC", "I-LOC"]),
    line("to New Rome", ["O", "B-LOC", "I-LOC"]),
  ]);
  expect(overview.labels).toEqual([
    { label: "PER", rows: 60 },
    { label: "LOC", rows: 3 },
  ]);
  const { labels, train, validation } = prepared.dataset({
    validationShare: 0.2,
    seed: 1,
    allRows: false,
  });
  expect(labels).toEqual(["O", "B-LOC", "I-LOC", "B-PER", "I-PER"]);
  const { words, offsets, tags } = targetsOf(train, "spans");
  expect(offsets.length).toBe(train.count + 1);
  expect(words.length).toBe(2 * tags.length);
  expect(tags.length).toBe(offsets.at(-1));
  expect(train.count + validation.count).toBe(63);
  // Baselines: names come again, so looking them up finds them.
  const { majority, bagOfWords } = await prepared.baselines(
    { validationShare: 0.2, seed: 1, allRows: false },
    async () => {},
  );
  expect(majority).toMatchObject({ strictEntityF1: 0, label: null });
  expect(bagOfWords.strictEntityF1).toBeGreaterThan(0.9);
});

test.each([
  ["B O O O", "1 tag has no type", "a.jsonl, row 61", 61],
  ["I-PER O O O", "1 span goes on without having begun", "“I-PER (Ana)”", 61],
  ["B-PER O", "another number of words than of tags", "“4 / 2”", 60],
  [[0, 1, 0, 0], "numbers for tags", "nobody could tell", 60],
  [{ start: 1 }, "cannot be read as tags or spans", "a.jsonl, row 61", 60],
  [[[0, 99, "PER"]], "1 span lies outside the text", "“PER 0–99”", 61],
  [[[0, "PER"]], "no start, end and label", '[start, end, "TYPE"]', 61],
  [[[3, 4, "PER"]], "1 span covers no word", "“PER 3–4”", 61],
  [
    [
      [0, 3, "PER"],
      [0, 7, "X"],
    ],
    "1 span overlaps a longer one",
    "“PER: Ana”",
    61,
  ],
  [[[0, 2, "PER"]], "within a word", "widened to whole words", 61],
  [
    [{ start: 0, end: 3, labels: ["A", "B"] }],
    "several types",
    "the first is taken",
    61,
  ],
])("%j: %s", (tags, fault, detail, usable) => {
  const { said, overview } = prepare([...plain, line("Ana saw tree x", tags)]);
  const found = said.split("\n").find((each) => each.includes(fault));
  expect(said).toContain(fault);
  expect(found).toContain(detail);
  expect(overview.usable).toBe(usable);
});

test.each([
  ["UTF-16 units", 3, 6],
  ["bytes (UTF-8)", 5, 8],
])("offsets in %s", (unit, start, end) => {
  const { said, prepared } = prepare(
    Array.from({ length: 12 }, (_, i) =>
      line(`😀 Ana saw tree ${i}`, [[start, end, "PER"]]),
    ),
  );
  expect(said).toContain(`count ${unit}, not characters`);
  expect(said).not.toContain("widened");
  expect(prepared.overview().labels).toEqual([{ label: "PER", rows: 12 }]);
});

test("a file in another scheme than the rest", () => {
  const bilou = plain.slice(0, 6).map((each) => each.replace("B-PER", "U-PER"));
  const { said } = prepare(plain, plain.slice(6), bilou);
  expect(said).toContain(
    "The tags of b1.jsonl are written as BILOU, those of the other files as IOB2",
  );
});

test("brat's standoff is texts with spans", () => {
  const at = (path: string, content: string) => ({
    ...made(path.slice(path.lastIndexOf("/") + 1), content),
    path,
  });
  const table = readTable(
    Array.from({ length: 12 }, (_, i) => [
      at(`news/${i}.txt`, `\nAna Lopes saw 😀 Rome ${i}.\n`),
      at(
        `news/${i}.ann`,
        "T1\tPER 1 10\tAna Lopes\nT2\tLOC 17 21\tRome\nR1\tIn Arg1:T1 Arg2:T2\n",
      ),
    ]).flat(),
  );
  expect(table.rows).toHaveLength(12);
  const { labels, checks, usable } = preparedFor(table, {
    ...mapping,
    label: "spans",
  }).overview();
  expect(usable).toBe(12);
  expect(labels).toEqual([
    { label: "LOC", rows: 12 },
    { label: "PER", rows: 12 },
  ]);
  expect(JSON.stringify(checks)).not.toContain("widened");
});

test("no span at all stops", () => {
  const { said } = prepare(plain.map((each) => each.replace("B-PER", "O")));
  expect(said).toContain("error: No span is marked in “tags”");
});

test.each([
  ["tags", (i: number) => (i % 2 ? "B-PER O O O" : "O O O O"), "spans"],
  ["lists", (i: number) => (i % 2 ? [[0, 3, "PER"]] : []), "spans"],
  ["labels", (i: number) => (i % 2 ? "good" : "bad"), "one label"],
  ["a letter", (i: number) => (i % 2 ? "B" : "O"), "one label"],
])("a column of %s suggests its task", (_, tags, task) => {
  const table = readTable([
    made(
      "a.jsonl",
      Array.from({ length: 40 }, (_, i) =>
        line(`Ana saw tree ${i}`, tags(i)),
      ).join("\n"),
    ),
  ]);
  expect(viewOf(table).guess.label).toBe("tags");
  expect(suggestion(table, { ...mapping, task: "one label" }).task).toBe(task);
});
