// More kinds of files: joined exports, drawn tables, a file or folder for each
// class, documents of annotation tools, and what lies beside a table.

import { describe, expect, test } from "vitest";
import { inEnglish } from "../fixtures/english";
import { made } from "./fixtures/real";
import { labelIn, structured } from "./tasks/labels/values";
import { readTable, viewOf, type Source } from "./table";

const WORDS = ["food", "boat", "chess"];
const word = (i: number) => WORDS[i % 3]!;
const SAYINGS = ["warm soup and bread", "a sail in the wind", "her rook moved"];
const text = (i: number) => `${SAYINGS[i % 3]!} on day ${i}`;
const rows = (count: number, row: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => row(i)).join("\n");
const at = (
  path: string,
  content: string | Uint8Array<ArrayBuffer>,
): Source => ({
  ...made(path.slice(path.lastIndexOf("/") + 1), content),
  path,
});

function read(...sources: Source[]) {
  const table = readTable(sources);
  const { guess } = viewOf(table);
  const [texts, labels] = [guess.text, guess.label].map((name) =>
    table.rows.map((row) => row[table.columns.indexOf(name)]!),
  ) as [string[], string[]];
  return {
    table,
    guess,
    texts,
    labels: [...new Set(labels)].sort(),
    files: table.files.map(({ name, role, rows }) => [name, role, rows]),
    seen: inEnglish(table.files)
      .flatMap(({ warnings }) => warnings)
      .join("\n"),
    said: inEnglish(table.files)
      .flatMap(({ problems }) => problems)
      .join("\n"),
  };
}

test.each([
  ["sentence,category", (i: number) => `${text(i)},${word(i)}`],
  ["category,sentence", (i: number) => `${word(i)},${text(i)}`],
])("a second header “%s” of a joined export is no row", (header, row) => {
  const { table, labels, texts, seen } = read(
    made(
      "a.csv",
      `text,label\n${rows(30, (i) => `${text(i)},${word(i)}`)}\n${header}\n${rows(30, row)}\n`,
    ),
  );
  expect(table.rows).toHaveLength(60);
  expect(labels).toEqual(["boat", "chess", "food"]);
  expect(texts[30]).toBe(text(0));
  expect(seen).toContain(
    "row 31: the header stands there again in other words",
  );
});

test("cells that hold names and more are no header", () => {
  const { table } = read(
    made(
      "a.csv",
      `text,label\n${rows(20, (i) => `some text ${i},"{'choices': ['${word(i)}']}"`)}\n`,
    ),
  );
  expect(table.rows).toHaveLength(20);
});

test("rows whose words are names elsewhere stay rows", () => {
  const { table, labels } = read(
    made(
      "a.csv",
      `text,label\n${rows(20, (i) => `${text(i)},${["quality", "price"][i % 2]!}`)}\ncomment,quality\n`,
    ),
  );
  expect(table.rows).toHaveLength(21);
  expect(labels).toEqual(["price", "quality"]);
});

test.each<[string, string[], string[]]>([
  ["Markdown", ["| text | label |", "|:---|---:|"], ["| ", " | ", " |"]],
  ["Markdown without edges", ["text | label", "--- | ---"], ["", " | ", ""]],
  [
    "MySQL",
    ["+------+-----+", "| text | label |", "+------+-----+"],
    ["| ", " | ", " |"],
  ],
  ["psql", [" text | label", "------+-------"], [" ", " | ", ""]],
])("a table as %s draws it", (_, head, [left, middle, right]) => {
  const { guess, table, labels, said } = read(
    made(
      "a.txt",
      `About this\n\n${head.join("\n")}\n${rows(12, (i) => `${left}${text(i)}, or \\| so${middle}${word(i)}${right}`)}\n(12 rows)\n`,
    ),
  );
  expect(guess).toMatchObject({
    task: "one label",
    text: "text",
    textB: null,
    label: "label",
    labels: [],
  });
  expect(table.rows[0]).toEqual([`${text(0)}, or | so`, "food"]);
  expect([table.rows.length, labels]).toEqual([12, ["boat", "chess", "food"]]);
  expect(said).toContain("2 lines outside the table left out");
});

test.each(["__class__", "__LABEL__", "__intent__"])(
  "labels marked by %s lose their marks",
  (mark) => {
    const { labels, texts } = read(
      made(
        "a.txt",
        rows(12, (i) => `${mark}${word(i)} ${text(i)}`),
      ),
    );
    expect(labels).toEqual(["boat", "chess", "food"]);
    expect(texts[0]).toBe(text(0));
  },
);

describe("JSON of tools", () => {
  const labelOf = (cell: string) => labelIn(structured(cell)!);

  test("spaCy 2's paragraphs are rows with their cats", () => {
    const { table, guess } = read(
      made(
        "a.json",
        JSON.stringify(
          SAYINGS.map((_, id) => ({
            id,
            paragraphs: [0, 3].map((more) => ({
              raw: text(id + more),
              sentences: [{ tokens: [{ orth: "x" }] }],
              cats: WORDS.map((label, k) => ({ label, value: +(k === id) })),
            })),
          })),
        ),
      ),
    );
    expect(guess).toMatchObject({
      task: "one label",
      text: "text",
      textB: null,
      label: "cats",
      labels: [],
    });
    expect(table.rows).toHaveLength(6);
    expect(labelOf(table.rows[1]![2]!)).toEqual({ kind: "one", label: "food" });
  });

  test("a text and a label that are both records", () => {
    const { texts, table, guess } = read(
      made(
        "a.jsonl",
        rows(12, (i) =>
          JSON.stringify({
            text: { value: text(i), lang: "en" },
            label: { value: word(i) },
          }),
        ),
      ),
    );
    expect(texts[0]).toBe(text(0));
    expect(table.columns).toEqual(["text", "text.lang", "label"]);
    expect(guess.label).toBe("label");
    expect(labelOf(table.rows[0]![2]!)).toEqual({ kind: "one", label: "food" });
  });

  test("where nested rows are from is said once", () => {
    const items = SAYINGS.map((text, i) => ({ text, label: word(i) }));
    const { said } = read(
      made("a.json", JSON.stringify({ data: { page: { items }, more: 1 } })),
    );
    expect(said).toBe(
      "a.json: the rows are taken from its list “data.page.items”.",
    );
  });
});

describe("a file or folder for each class", () => {
  const lines = rows(12, text);

  test.each([
    [["pos.txt", "neg.txt"]],
    [["rt-polarity.pos", "rt-polarity.neg"]],
    [["reviews_pos.txt", "reviews_neg.txt"]],
  ])("%j: each line is a text, the name its label", (names) => {
    const { table, labels, seen } = read(
      ...names.map((name) => made(name, lines)),
    );
    expect([table.rows.length, labels]).toEqual([24, ["neg", "pos"]]);
    expect(seen).toContain("each is taken as one class, called after its file");
  });

  test("in folders of parts", () => {
    const { files, labels } = read(
      ...["train", "test"].flatMap((part) =>
        ["pos", "neg"].map((label) => at(`set/${part}/${label}.txt`, lines)),
      ),
    );
    expect(labels).toEqual(["neg", "pos"]);
    expect(files.map(([, role]) => role)).toEqual([
      "train",
      "train",
      "test",
      "test",
    ]);
  });

  test("tables without a label column", () => {
    const content = `id,text\n${rows(12, (i) => `${i},${text(i)}`)}`;
    const { labels, guess } = read(
      made("food.csv", content),
      made("boat.csv", content),
    );
    expect(labels).toEqual(["boat", "food"]);
    expect(guess).toMatchObject({
      task: "one label",
      text: "text",
      textB: null,
      label: "label",
      labels: [],
    });
    // Pieces of one table are no classes.
    expect(
      read(made("part-1.csv", content), made("part-2.csv", content)).table
        .columns,
    ).toEqual(["id", "text"]);
  });

  test("parts of mere lines have no labels", () => {
    expect(() =>
      read(made("train.txt", lines), made("test.txt", lines)),
    ).toThrow("has one column");
  });

  test("folders of parts below the labels", () => {
    const { files, labels } = read(
      ...["train", "test"].flatMap((part) =>
        ["pos", "neg"].flatMap((label) =>
          [0, 1].map((i) => at(`set/${label}/${part}/${i}.txt`, text(i))),
        ),
      ),
    );
    expect(labels).toEqual(["neg", "pos"]);
    expect(files).toEqual([
      ["set/train", "train", 4],
      ["set/test", "test", 4],
    ]);
  });

  test("the encoding of a folder of texts can be set by hand", () => {
    const bytes = new TextEncoder().encode("grün");
    const sources = ["a", "b"].flatMap((label) =>
      [0, 1].map((i) => at(`set/${label}/${i}.txt`, bytes)),
    );
    const found = readTable(sources);
    expect(found.rows[0]![0]).toBe("grün");
    expect(found.files[0]).toMatchObject({ encoding: "utf-8", whole: true });
    const set = readTable(sources, { set: { encoding: "windows-1252" } });
    expect(set.rows[0]![0]).toBe("grÃ¼n");
    expect(set.files[0]).toMatchObject({
      encoding: "windows-1252",
      chosen: { encoding: "windows-1252" },
    });
  });
});

test.each([
  ["labels.csv", "id,name\n0,food\n1,boat\n2,chess\n"],
  ["label_map.csv", "label,name\n0,food\n1,boat\n2,chess\n"],
  ["classes.csv", "label\nfood\nboat\nchess\n"],
  ["classes.txt", "food\nboat\nchess\n"],
  ["mapping.txt", "0\tfood\n1\tboat\n2\tchess\n"],
  ["my_submission_2.csv", `id,label\n${rows(40, (i) => `${i},food`)}\n`],
  ["submission.csv", `id,label\n${rows(40, (i) => `${i},food`)}\n`],
])("%s beside a table is left out in a sentence", (name, content) => {
  const train = made(
    "train.csv",
    `id,text,label\n${rows(60, (i) => `${i},${text(i)},${i % 3}`)}\n`,
  );
  for (const sources of [
    [made(name, content), train],
    [train, made(name, content)],
  ]) {
    const { files, seen } = read(...sources);
    expect(files).toEqual([["train.csv", "train", 60]]);
    expect(seen).toContain(`“${name}” is left out`);
  }
});
