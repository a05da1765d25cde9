// How files become a table, on the small files of fixtures/cases (EXPECT.md says
// what a sensible person expects of each) and others of the same kinds.

import { readdirSync, readFileSync } from "node:fs";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import type { FileChoice } from "./protocol";
import { inEnglish } from "../fixtures/english";
import { made } from "./fixtures/real";
import { roleOf } from "./roles";
import { readTable, viewOf, type Source } from "./table";

const folder = new URL("./fixtures/cases/", import.meta.url);

const given = (name: string): Source => ({
  name,
  bytes: new Uint8Array(readFileSync(new URL(encodeURI(name), folder))),
  role: null,
});

/** What the page would show, and all that was said. */
function read(...sources: Source[]) {
  const table = readTable(sources);
  const view = viewOf(table);
  const at = table.columns.indexOf(view.guess.label);
  const labels = [...new Set(table.rows.map((row) => row[at]))].sort();
  const said = inEnglish(table.files).flatMap(({ problems, warnings }) => [
    ...problems,
    ...warnings,
  ]);
  return {
    table,
    view,
    labels,
    rows: table.rows.length,
    said: said.join("\n"),
  };
}

const THREE = ["boat", "chess", "food"];
const texts = Array.from({ length: 12 }, (_, i) => `the text number ${i}`);
const labels = texts.map((_, i) => ["food", "boat", "chess"][i % 3]!);
const records = texts.map((text, i) => ({ text, label: labels[i]! }));
const index = Object.fromEntries(records.map((record, i) => [i, record]));
const byColumn = {
  text: Object.fromEntries(texts.map((text, i) => [i, text])),
  label: Object.fromEntries(labels.map((label, i) => [i, label])),
};
const grid = records.map(({ text, label }) => [text, label]);

test.each([
  "pandas-columns.json",
  "pandas-lists.json",
  "wrapped-data.json",
  "jsonl-pretty.jsonl",
  "jsonl-trailing-comma.jsonl",
  "label-studio.json",
  "py-dicts.jsonl",
])("%s: 90 rows of three labels", (name) => {
  const { view, rows, labels } = read(given(name));
  expect(rows).toBe(90);
  expect(view.guess).toMatchObject({
    task: "one label",
    text: "text",
    textB: null,
    label: "label",
    labels: [],
  });
  expect(labels).toEqual(THREE);
});

test("Python's dictionaries are read, and said to be no JSON", () => {
  expect(read(given("py-dicts.jsonl")).said).toContain("is not JSON");
});

test("null texts and missing labels stay rows that are counted as empty", () => {
  const { table, rows } = read(given("jsonl-nulls.jsonl"));
  expect(rows).toBe(90);
  expect(table.rows[0]).toEqual(["the bread tasted of lemon and salt", ""]);
});

describe("a JSON file is read whatever shape its table has", () => {
  test.each<[string, unknown]>([
    ["records", records],
    ["pandas' index", index],
    ["pandas' columns", byColumn],
    ["pandas' values", grid],
    ["pandas' split", { columns: ["text", "label"], index: [0], data: grid }],
    [
      "pandas' table",
      {
        schema: {
          fields: [{ name: "text" }, { name: "label" }],
          primaryKey: ["index"],
        },
        data: records.map((record, index) => ({ index, ...record })),
      },
    ],
    ["columns", { text: texts, label: labels }],
    [
      "columns with numbers as labels",
      { sentence: texts, target: texts.map((_, i) => i % 3) },
    ],
    ["rows under a name", { rows: records, total: 12 }],
    [
      "rows of a datasets server",
      {
        features: [{ name: "text" }],
        rows: records.map((row, row_idx) => ({
          row_idx,
          row,
          truncated_cells: [],
        })),
      },
    ],
    [
      "a name within a name",
      {
        rasa_nlu_data: { common_examples: records, synonyms: [{ value: "x" }] },
      },
    ],
    ["a header and rows", [["text", "label"], ...grid]],
    [
      "texts under their labels",
      {
        food: texts.slice(0, 5),
        boat: texts.slice(5, 8),
        chess: texts.slice(8),
      },
    ],
    [
      "labels by text",
      Object.fromEntries(records.map(({ text, label }) => [text, label])),
    ],
    [
      "records by id",
      Object.fromEntries(records.map((record, i) => [`r-${i}`, record])),
    ],
    [
      "search results",
      { hits: { hits: records.map((_source) => ({ _score: 1, _source })) } },
    ],
    [
      "intents with patterns",
      {
        intents: ["food", "boat", "chess"].map((tag, i) => ({
          tag,
          patterns: texts.slice(4 * i, 4 * i + 4),
          responses: ["ok"],
        })),
      },
    ],
    [
      "train and test parts",
      { train: records.slice(0, 8), test: records.slice(8) },
    ],
    [
      "labels and rows side by side",
      { labels: ["food", "boat", "chess"], data: records },
    ],
  ])("%s", (_, value) => {
    for (const indent of [0, 2]) {
      const { rows, labels } = read(
        made("a.json", JSON.stringify(value, null, indent)),
      );
      expect(rows).toBe(12);
      expect(labels).toHaveLength(3);
    }
  });

  test.each([
    [
      "one behind the other",
      records.map((record) => JSON.stringify(record)).join(""),
    ],
    [
      "one behind the other, indented",
      records.map((record) => JSON.stringify(record, null, 2)).join("\n"),
    ],
    [
      "with a comma behind the last",
      `[${records.map((record) => JSON.stringify(record)).join(",\n")},\n]`,
    ],
    [
      "with commas within records",
      `[${records.map(({ text, label }) => `{"text": "${text}",\n "label": "${label}",}`).join(",")}]`,
    ],
    [
      "a list without its brackets",
      records.map((record) => JSON.stringify(record, null, 2)).join(",\n"),
    ],
    [
      "a list that opens on a line of its own",
      `[\n${records.map((record) => JSON.stringify(record)).join(",\n")}\n`,
    ],
    [
      "NaN among them",
      `[${records.map(({ text, label }) => `{"text": "${text}", "label": "${label}", "score": NaN}`).join(",")}]`,
    ],
    [
      "Python's list of dictionaries",
      `[${records.map(({ text, label }) => `{'text': '${text}', 'label': '${label}', 'seen': None, 'ok': True}`).join(", ")}]`,
    ],
    [
      "Python's list of tuples",
      `[${records.map(({ text, label }) => `('${text}', "${label}")`).join(", ")}]`,
    ],
    [
      "Windows' line ends",
      records.map((record) => JSON.stringify(record)).join("\r\n"),
    ],
  ])("%s", (_, text) => {
    const { rows, labels } = read(made("a.json", text));
    expect(rows).toBe(12);
    expect(labels).toEqual(THREE);
  });

  test("a list that was cut off gives what it holds and says what is lost", () => {
    const text = JSON.stringify(records).slice(0, -20);
    const { rows, said } = read(made("a.json", text));
    expect(rows).toBe(11);
    expect(said).toContain("not valid JSON");
  });

  test.each<[string, unknown, string]>([
    [
      "settings",
      { lr: 0.1, epochs: 3 },
      "a.json is one JSON object with 2 keys (“lr” and “epochs”), which is no table known here.",
    ],
    [
      "uneven columns",
      { text: ["a b", "c d", "e f"], label: [1, 0] },
      "a.json holds columns of different lengths (“text” 3, “label” 2). Make them equally long.",
    ],
  ])("%s: the shape is named", (_, value, sentence) => {
    expect(() => read(made("a.json", JSON.stringify(value)))).toThrow(sentence);
  });
});

test("Label Studio's answers: several choices stay a list, none or a cancelled one is no label", () => {
  const task = (text: string, ...results: unknown[]) => ({
    id: 1,
    data: { review: text, source: "web" },
    annotations: results.map((choices) => ({
      was_cancelled: choices === null,
      result:
        choices === null
          ? []
          : [{ from_name: "kind", type: "choices", value: { choices } }],
    })),
  });
  const { table } = read(
    made(
      "tasks.json",
      JSON.stringify([
        task("one text here", ["food"]),
        task("two texts here", ["food", "boat"]),
        task("no answer here"),
        task("cancelled here", ["chess"], null),
      ]),
    ),
  );
  expect(table.columns).toEqual(["id", "text", "label", "source"]);
  expect(table.rows.map((row) => row.slice(1, 3))).toEqual([
    ["one text here", "food"],
    ["two texts here", '["food","boat"]'],
    ["no answer here", ""],
    ["cancelled here", "chess"],
  ]);
});

test.each([
  ["bom-middle.csv", "text", "label"],
  ["cr-only.csv", "text", "label"],
  ["header-zwsp.csv", "text", "label"],
  ["html.csv", "text", "label"],
  ["inches.csv", "note", "kind"],
  ["nohead-01.csv", "0", "1"],
  ["nul.csv", "text", "label"],
  ["pandas-index-text-num.csv", "0", "1"],
  ["semicolon-decimal.csv", "Text", "Klasse"],
  ["sep.csv", "text", "rating"],
  ["tweet-quotes.csv", "tweet", "label"],
  ["two-headers.csv", "text", "label"],
  ["unnamed.csv", "text", "label"],
  ["my test results.csv", "text", "label"],
  ["label-studio.csv", "text", "topic"],
  ["spam.tsv", "column 2", "column 1"],
])("%s: 90 rows, texts in %s, three labels in %s", (name, text, label) => {
  const { view, rows, labels, table } = read(given(name));
  expect(rows).toBe(90);
  expect(view.guess).toMatchObject({ text, textB: null, label });
  expect(labels).toEqual(THREE);
  expect(table.ragged.count).toBe(0);
  expect(table.files[0]?.role).toBe("train");
});

test("what was odd about a file is said", () => {
  expect(
    inEnglish(read(given("two-headers.csv")).table.files[0]?.warnings),
  ).toEqual([
    "two-headers.csv, row 46: the header stands there again, as where files were joined. It is left out as a row.",
  ]);
  expect(read(given("bom-middle.csv")).said).toContain(
    "the header stands there again",
  );
  expect(read(given("bom-middle.csv")).said).toContain("byte order mark");
  expect(read(given("dup-columns.csv")).table.columns).toEqual([
    "text",
    "text (2)",
    "label",
    "label (2)",
  ]);
  expect(read(given("dup-columns.csv")).said).toContain(
    "2 column names used twice",
  );
  expect(read(given("nul.csv")).said).toContain("90 NUL characters removed");
  expect(read(given("semicolon-decimal.csv")).table.columns).toHaveLength(3);
  expect(read(given("sep.csv")).table.columns).toHaveLength(3);
});

test("the other tables keep all their rows", () => {
  expect(read(given("s140.csv")).view.guess).toMatchObject({
    text: "column 6",
    textB: null,
    label: "column 1",
  });
  expect(read(given("scripts.csv")).said).toBe("");
  expect(read(given("long.csv")).rows).toBeGreaterThan(0);
  expect(read(given("thousand.csv")).rows).toBe(2000);
  expect(read(given("classes-1000.csv")).rows).toBe(3000);
});

test("a quote left open beside a comma swallows no other rows, and what is lost is counted", () => {
  const { table, said, rows } = read(given("tweet-quotes-comma.csv"));
  expect(rows + table.ragged.count).toBe(90);
  expect(said).toContain("4 columns where the header has 3");
});

test.each([
  ["names nobody knows", "Satz;Art\n", ";"],
  ["a byte order mark and no line end between the files", "text,label\n", ","],
])("a header that comes again: %s", (what, header, by) => {
  const rows = (from: number) =>
    texts
      .slice(from, from + 6)
      .map((text, i) => `${text}${by}${labels[i]!}`)
      .join("\n");
  const second = what.startsWith("a byte") ? "\uFEFF" : "\n";
  const { table, said } = read(
    made("a.csv", `${header}${rows(0)}${second}${header}${rows(6)}\n`),
  );
  expect(table.rows).toHaveLength(12);
  expect(said).toContain("the header stands there again");
});

test("a header that comes again in another order is followed", () => {
  const { table, said } = read(
    made(
      "a.csv",
      "text,label\na b,x\nc d,y\ne f,x\nlabel,text\ny,g h\nx,i j\ny,k l\n",
    ),
  );
  expect(table.rows.map(([text]) => text)).toEqual([
    "a b",
    "c d",
    "e f",
    "g h",
    "i j",
    "k l",
  ]);
  expect(said).toContain("another order");
});

const fastText = records.map(
  ({ text, label }) => [`__label__${label}`, text] as const,
);

test.each([
  "fasttext.txt",
  "fasttext-tab.txt",
  "fasttext-comma.txt",
  "fasttext-after.txt",
  "fasttext.csv",
])("%s: fastText's labels lose their marks", (name) => {
  const { view, rows, labels } = read(given(name));
  expect(rows).toBe(90);
  expect(view.guess).toMatchObject({
    task: "one label",
    text: "text",
    textB: null,
    label: "label",
    labels: [],
  });
  expect(labels).toEqual(THREE);
});

test.each([
  [
    "a header and quotes",
    [
      "label,text",
      ...fastText.map(([label, text]) => `${label},"${text}, he said"`),
    ],
  ],
  [
    "quotes around lines",
    ["text", ...fastText.map(([label, text]) => `"${label} ${text}, he said"`)],
  ],
  [
    "an index",
    [",text", ...fastText.map(([label, text], i) => `${i},${label} ${text}`)],
  ],
  [
    "commas in texts",
    fastText.map(([label, text]) => `${label} ${text}, or not, or so`),
  ],
  [
    "labels in a last column",
    [
      "id,text,label",
      ...fastText.map(([label, text], i) => `${i},${text},${label}`),
    ],
  ],
  [
    "labels behind a comma",
    fastText.map(([label, text]) => `${text}, ${label}`),
  ],
  ["a tab behind", fastText.map(([label, text]) => `${text}\t${label}`)],
  [
    "JSON lines",
    fastText.map(([label, text]) =>
      JSON.stringify({ text: `${label} ${text}` }),
    ),
  ],
])("fastText with %s", (_, all) => {
  const { table, view, rows, labels } = read(
    made("a.csv", `${all.join("\n")}\n`),
  );
  expect(rows).toBe(12);
  expect(labels).toEqual(THREE);
  expect(table.rows[0]![table.columns.indexOf(view.guess.text)]).toMatch(
    /^the text number 0/,
  );
});

test("several labels of fastText are kept together and told", () => {
  const { rows, said } = read(given("fasttext-multi.txt"));
  expect(rows).toBe(90);
  expect(said).toContain("several labels");
});

test("what is no table is left out beside one, and that must be seen", () => {
  const { table, rows } = read(given("readme.txt"), given("spam.tsv"));
  expect(rows).toBe(90);
  expect(table.files.map(({ name }) => name)).toEqual(["spam.tsv"]);
  expect(inEnglish(table.files[0]?.warnings)).toEqual([
    "“readme.txt” is left out: it is no table to train on. Drop it alone to read it all the same.",
  ]);
  const notes = read(
    made("about this.txt", "A few lines.\nOf prose, that is.\nAnd no more.\n"),
    given("spam.tsv"),
  );
  expect(notes.rows).toBe(90);
  expect(notes.said).toContain("“about this.txt” is left out");
});

test("a competition's files: test rows without a target, the sample submission left out", () => {
  const { table, view } = read(
    given("kaggle.sample_submission.csv"),
    given("kaggle.test.csv"),
    given("kaggle.train.csv"),
  );
  expect(table.files.map(({ name, role }) => [name, role])).toEqual([
    ["kaggle.test.csv", "test"],
    ["kaggle.train.csv", "train"],
  ]);
  expect(view.guess).toMatchObject({
    task: "one label",
    text: "text",
    textB: null,
    label: "target",
    labels: [],
  });
  expect(
    inEnglish(table.files)
      .flatMap(({ warnings }) => warnings)
      .join(),
  ).toContain("sample_submission.csv” is left out");
  expect(inEnglish(table.files[0]?.problems)?.join()).toContain(
    "no column “target”",
  );
});

test("floats.train.csv and floats.test.csv are read as train and test", () => {
  const { table } = read(given("floats.test.csv"), given("floats.train.csv"));
  expect(table.files.map(({ role }) => role)).toEqual(["test", "train"]);
});

test.each([
  ["reviews_val.csv", "validation"],
  ["reviews-valid.tsv", "validation"],
  ["devel.jsonl", "validation"],
  ["eval.csv", "validation"],
  ["testing.csv", "test"],
  ["held-out.csv", "test"],
  ["heldout.csv", "test"],
  ["held_out set.csv", "test"],
  ["reviews.constructor.csv", null],
])("the name %s says %s", (name, role) => {
  expect(roleOf(name)).toBe(role);
});

const text = (path: string, content: string): Source => ({
  ...made(path.slice(path.lastIndexOf("/") + 1), content),
  path,
});

test("folders of texts: the folder is the label", () => {
  const sources = ["pos", "neg"].flatMap((label) =>
    readdirSync(new URL(`folder/${label}/`, folder)).map((name) => ({
      ...given(`folder/${label}/${name}`),
      name,
      path: `folder/${label}/${name}`,
    })),
  );
  const { table, view, rows, labels } = read(...sources);
  expect(rows).toBe(24);
  expect(labels).toEqual(["neg", "pos"]);
  expect(view.guess).toMatchObject({
    task: "one label",
    text: "text",
    textB: null,
    label: "label",
    labels: [],
  });
  expect(table.files[0]?.name).toBe("folder");
});

test("parts above the labels, unlabelled texts and what lies about are told apart", () => {
  const all = ["train", "test"].flatMap((part) =>
    ["pos", "neg"].flatMap((label) =>
      texts.map((each, i) => text(`imdb/${part}/${label}/${i}.txt`, each)),
    ),
  );
  const { table, said } = read(
    ...all,
    text("imdb/train/unsup/0.txt", "who knows"),
    text("imdb/README", "about"),
    text("imdb/imdb.vocab", "the\nand\n"),
  );
  expect(table.files.map(({ name, role, rows }) => [name, role, rows])).toEqual(
    [
      ["imdb/train", "train", 24],
      ["imdb/test", "test", 24],
    ],
  );
  expect(said).toContain("imdb/train/unsup is left out");
  expect(said).toContain("“README” and “imdb.vocab” are left out");
});

test("gzip and zip files are read as what is in them", () => {
  expect(read(given("data.csv.gz")).rows).toBe(90);
  expect(read(given("data.csv.gz")).table.files[0]?.name).toBe("data.csv");
  expect(read(given("data.zip")).table.rows).toEqual([["a", "b"]]);
  const { table } = read(
    made(
      "set.zip",
      zipSync({
        "set/train.csv": strToU8("text,label\na b,x\nc d,y\n"),
        "set/test.csv": strToU8("text,label\ne f,x\n"),
        "set/README.md": strToU8("# a set"),
        "__MACOSX/set/._train.csv": strToU8("\0\0"),
      }),
    ),
  );
  expect(table.files.map(({ name, role }) => [name, role])).toEqual([
    ["train.csv", "train"],
    ["test.csv", "test"],
  ]);
});

test.each([["book.xlsx", "Save the sheet as CSV"]])(
  "%s is refused with what to do",
  (name, sentence) => {
    expect(() => read(given(name))).toThrow(sentence);
  },
);

test("delimiter, header and encoding can be set by hand", () => {
  const file = made("a.csv", "a;b,c\nd;e,f\ng;h,i\n");
  const by = (choice: FileChoice) => readTable([file], { "a.csv": choice });
  expect(by({ delimiter: ";", header: true }).columns).toEqual(["a", "b,c"]);
  expect(by({ delimiter: ",", header: false }).rows[0]).toEqual(["a;b", "c"]);
  expect(by({ delimiter: ",", header: false }).files[0]).toMatchObject({
    header: false,
    chosen: { delimiter: ",", header: false, encoding: null },
  });
  expect(() => by({ delimiter: "\t" })).toThrow(
    "tabs divide none of its rows. Choose another delimiter.",
  );
  const bytes = new Uint8Array([
    ...new TextEncoder().encode("text,label\ngr"),
    0xc3,
    0xbc,
    ...new TextEncoder().encode("n,a\nrot,b\n"),
  ]);
  expect(
    readTable([made("b.csv", bytes)], { "b.csv": { encoding: "windows-1252" } })
      .rows[0],
  ).toEqual(["grÃ¼n", "a"]);
});
