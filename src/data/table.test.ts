import { expect, test } from "vitest";
import { inEnglish } from "../fixtures/english";
import { made } from "./fixtures/real";
import { roleOf } from "./roles";
import { readTable, viewOf } from "./table";

const CSV = "text,label\ngood,pos\nbad,neg\n";

test("JSON lines become a table, keys in the order they are first seen", () => {
  const table = readTable([
    made(
      "reviews.jsonl",
      '{"text":"good","label":1}\n{"text":"bad","label":0,"meta":{"by":"x"}}\n\n{"label":true,"text":null}\n',
    ),
  ]);
  expect(table.columns).toEqual(["text", "label", "meta"]);
  expect(table.rows).toEqual([
    ["good", "1", ""],
    ["bad", "0", '{"by":"x"}'],
    ["", "true", ""],
  ]);
  expect([...table.number]).toEqual([1, 2, 4]);
  expect(table.files[0]).toMatchObject({ format: "jsonl", delimiter: "" });
});

test("one array of records, and arrays a line, are read too", () => {
  const records =
    '[\n  {"text": "good", "label": "pos"},\n  {"text": "bad", "label": "neg"}\n]';
  expect(readTable([made("a.json", records)]).rows).toEqual([
    ["good", "pos"],
    ["bad", "neg"],
  ]);
  const arrays = '["good", "pos"]\n["bad", "neg"]\n';
  const table = readTable([made("a.jsonl", arrays)]);
  expect(table.columns).toEqual(["column 1", "column 2"]);
  expect(table.rows).toEqual([
    ["good", "pos"],
    ["bad", "neg"],
  ]);
});

test("lines that are not JSON are set aside and placed", () => {
  const table = readTable([
    made("a.jsonl", '{"text":"good","label":1}\n{"text":"bad", label}\n17\n'),
  ]);
  expect(table.rows).toHaveLength(1);
  expect(inEnglish(table.ragged)).toEqual({
    count: 2,
    where: ["a.jsonl, row 2", "a.jsonl, row 3"],
  });
  expect(inEnglish(table.files[0])).toMatchObject({
    rows: 3,
    problems: ["a.jsonl, row 2: not valid JSON. 2 such rows are set aside."],
  });
});

test("label<tab>text without a header is plain text", () => {
  const view = viewOf(
    readTable([
      made(
        "intents.txt",
        "greet\thello, you there\nleave\tso long\ngreet\tgood day\nleave\tbye\ngreet\they\n",
      ),
    ]),
  );
  expect(view.files[0]).toMatchObject({ format: "text", delimiter: "\t" });
  expect(view.guess).toMatchObject({
    text: "column 2",
    textB: null,
    label: "column 1",
  });
});

test("lines that begin with their label are told from prose", () => {
  const lines = Array.from(
    { length: 30 },
    (_, i) =>
      `${["HUM:ind", "LOC:city", "NUM"][i % 3]} what${i % 2 ? ", or who," : ""} is number ${i} ?`,
  );
  const labelled = readTable([made("q.all", lines.join("\n"))]);
  expect(labelled.columns).toEqual(["label", "text"]);
  expect(labelled.rows[1]).toEqual(["LOC:city", "what, or who, is number 1 ?"]);
  const prose = [
    "It was late",
    "The rain had stopped",
    "Nobody came",
    "We left",
    "It rained again",
    "The bus, too, was late",
    "Who knew",
    "Home at last",
  ];
  expect(() => readTable([made("story.txt", prose.join(".\n"))])).toThrow(
    "story.txt has one column",
  );
});

test("fastText lines lose their marks; several labels are joined and mentioned", () => {
  const table = readTable([
    made(
      "ft.txt",
      "__label__spam win a prize\n__label__ham __label__work see you at nine\n__label__ham hi\n",
    ),
  ]);
  expect(table.rows).toEqual([
    ["spam", "win a prize"],
    ["ham,work", "see you at nine"],
    ["ham", "hi"],
  ]);
  expect(inEnglish(table.files[0]?.problems)).toEqual([
    "ft.txt, row 2: several labels, kept as one joined by commas.",
  ]);
});

test("files are laid under each other by column name, whatever the order", () => {
  const table = readTable([
    made("a.csv", CSV),
    made("b.csv", "label;id;text\npos;7;fine\n"),
  ]);
  expect(table.columns).toEqual(["text", "label", "id"]);
  expect(table.rows[2]).toEqual(["fine", "pos", "7"]);
  expect([...table.file]).toEqual([0, 0, 1]);
  expect([...table.number]).toEqual([1, 2, 1]);
});

test("a file without a header beside one with the same number of columns is taken by place", () => {
  const table = readTable([
    made("a.csv", CSV),
    made(
      "b.csv",
      "Not a nice thing at all.,neg\nA nice thing.,pos\nAwful thing.,neg\n",
    ),
  ]);
  expect(table.rows).toHaveLength(5);
  expect(inEnglish(table.files[1]?.problems)).toEqual([
    "b.csv has no header; its columns are taken in the order of a.csv.",
  ]);
});

test("a column that one file lacks is empty there, and that is said", () => {
  const table = readTable([
    made("a.csv", CSV),
    made("test.csv", "text,id\nwhat is this,9\nand that,8\n"),
  ]);
  expect(table.rows[2]).toEqual(["what is this", "", "9"]);
  expect(inEnglish(table.files[1])).toMatchObject({
    role: "test",
    problems: ["test.csv has no column “label”; it is taken as empty there."],
  });
});

test("files with nothing in common are refused together", () => {
  expect(() =>
    readTable([
      made("a.csv", CSV),
      made("b.csv", "city,population\nBern,140000\nRome,2800000\n"),
    ]),
  ).toThrow(
    expect.objectContaining({
      message:
        "b.csv has the columns “city”, “population” where a.csv has “text”, “label”. Give both the same column names, or drop them one at a time.",
    }),
  );
});

test("texts and labels kept in two files are joined line by line", () => {
  const table = readTable([
    made("train_labels.txt", "1\n0\n"),
    made("train_text.txt", '"so good\nso, so bad\n'),
  ]);
  expect(table.columns).toEqual(["text", "label"]);
  expect(table.rows).toEqual([
    ['"so good', "1"],
    ["so, so bad", "0"],
  ]);
  expect(() =>
    readTable([
      made("labels.txt", "1\n0\n1\n"),
      made("text.txt", "a b\nc d\n"),
    ]),
  ).toThrow(
    expect.objectContaining({
      message:
        "text.txt has 2 lines and labels.txt 3; they belong together line by line. Make them equally long.",
    }),
  );
});

test.each([
  ["train.csv", "train"],
  ["reviews_dev.tsv", "validation"],
  ["stsa.binary.test", "test"],
  ["myValidationSet.jsonl", "validation"],
  ["TREC.train.all", "train"],
  ["latest-contest.csv", null],
  ["reviews.csv", null],
])("the name %s says %s", (name, role) => {
  expect(roleOf(name)).toBe(role);
});

test("a guessed role needs a file to train on beside it; a chosen one stands", () => {
  expect(readTable([made("test.csv", CSV)]).files[0]?.role).toBe("train");
  const both = readTable([made("a.csv", CSV), made("test.csv", CSV)]);
  expect(both.files.map((file) => file.role)).toEqual(["train", "test"]);
  expect(viewOf(both).rows).toBe(2);
  const chosen = readTable([
    made("test.csv", CSV, "train"),
    made("more.csv", CSV, "validation"),
  ]);
  expect(chosen.files.map((file) => file.role)).toEqual([
    "train",
    "validation",
  ]);
  expect(() => readTable([made("a.csv", CSV, "test")])).toThrow(
    expect.objectContaining({
      message: "a.csv: no file to train on. Give one of them the role “train”.",
    }),
  );
});

test.each([
  [
    "header.csv",
    "text,label\n",
    "header.csv has a header (text, label) and no rows. Add rows below it.",
  ],
  [
    "one.csv",
    "text\ngood\nbad\n",
    "one.csv has one column, “text”. Attune needs a column of texts and one of labels, separated by commas or tabs.",
  ],
  [
    "list.json",
    '[\n"a",\n"b"\n]',
    'list.json holds no JSON records. Put one object a line, such as {"text": "…", "label": "…"}.',
  ],
])("%s is refused in a sentence", (name, content, sentence) => {
  expect(() => readTable([made(name, content)])).toThrow(
    expect.objectContaining({ message: sentence }),
  );
});

test("no file at all is said to be none", () => {
  expect(() => readTable([])).toThrow(
    expect.objectContaining({
      message: "No file was given. Drop a CSV, TSV, JSONL or text file.",
    }),
  );
});

test("an unknown ending does not matter", () => {
  expect(readTable([made("reviews.dat", CSV)]).rows).toHaveLength(2);
  expect(
    readTable([made("reviews", '{"text":"a","label":"b"}\n')]).files[0]?.format,
  ).toBe("jsonl");
});

test("the view holds at most 100 rows of the training files", () => {
  const rows = Array.from({ length: 300 }, (_, i) => `row ${i},${i % 2}`).join(
    "\n",
  );
  const view = viewOf(
    readTable([
      made("test.csv", "text,label\nnot this,1\n"),
      made("a.csv", `text,label\n${rows}\n`),
    ]),
  );
  expect(view.rows).toBe(300);
  expect(view.preview).toHaveLength(100);
  expect(view.preview[0]).toEqual(["row 0", "0"]);
});

test("keys that objects have by nature, or that differ only in spaces, are ordinary columns", () => {
  const table = readTable([
    made(
      "a.jsonl",
      '{"text":"a","constructor":"x","text ":"b"}\n{"text":"c"}\n',
    ),
  ]);
  expect(table.columns).toEqual(["text", "constructor", "text (2)"]);
  expect(table.rows).toEqual([
    ["a", "x", "b"],
    ["c", "", ""],
  ]);
});
