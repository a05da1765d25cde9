import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { inEnglish } from "../../fixtures/english";
import { parseDelimited } from "./csv";
import { decode } from "./encoding";
import { made, REAL, realFile, realTest } from "../fixtures/real";
import { findLayout } from "./layout";
import { readTable, viewOf } from "../table";
import type { Table } from "../table/shape";

const read = (content: string, name = "reviews.csv"): Table =>
  readTable([made(name, content)]);
const problemsOf = (content: string, name?: string) =>
  inEnglish(read(content, name).files).flatMap((file) => file.problems);

/** Rows as objects, the way csv-spectrum writes down what it expects. */
function objects(name: string, bytes: Uint8Array): Record<string, string>[] {
  const { text } = decode(name, bytes);
  const layout = findLayout(text, true);
  if (!layout) throw new Error(`${name}: no layout found`);
  const { columns, rows } = parseDelimited(name, text, layout, true);
  return rows.map((row) =>
    Object.fromEntries(columns.map((column, i) => [column, row[i] ?? ""])),
  );
}

realTest("every case of csv-spectrum reads as its authors say", () => {
  const names = readdirSync(`${REAL}/csv/csv-spectrum/csvs`);
  expect(names).toHaveLength(12);
  for (const name of names) {
    const { bytes } = realFile(`csv/csv-spectrum/csvs/${name}`);
    const expected: unknown = JSON.parse(
      readFileSync(
        `${REAL}/csv/csv-spectrum/json/${name.replace(".csv", ".json")}`,
        "utf8",
      ),
    );
    if (name === "location_coordinates.csv") {
      // Its JSON is one record and its number is not the one in the CSV.
      const [row] = objects(name, bytes);
      expect(row).toEqual({
        ...(expected as object),
        "Contact Phone Number": "2095257564",
      });
    } else expect(objects(name, bytes), name).toEqual(expected);
  }
});

realTest(
  "every messy table of frictionless is read, or refused in a sentence",
  () => {
    const names = readdirSync(`${REAL}/csv/frictionless`, {
      recursive: true,
      withFileTypes: true,
    })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        `${entry.parentPath}/${entry.name}`.slice(REAL.length + 1),
      );
    expect(names.length).toBeGreaterThan(40);
    const refused: Record<string, string> = {};
    for (const path of names) {
      const file = realFile(path);
      try {
        const view = viewOf(readTable([file]));
        expect(view.rows, path).toBeGreaterThan(0);
        expect(new Set(view.columns).size, path).toBe(view.columns.length);
        expect(
          view.columns.every((column) => column.trim() !== ""),
          path,
        ).toBe(true);
        expect(view.columns, path).toContain(view.guess.text);
        expect(view.guess.label, path).not.toBe(view.guess.text);
      } catch (error) {
        expect((error as Error).name, `${path}: ${String(error)}`).toBe(
          "Failure",
        );
        expect((error as Error).message, path).toMatch(
          /^[^:]+ (is|has|holds) .+\. .+\.$/s,
        );
        refused[file.name] = (error as Error).message;
      }
    }
    expect(refused).toEqual({
      "empty.csv":
        "empty.csv is empty. Choose a file with rows of text and labels.",
      "leading-zeros.csv":
        "leading-zeros.csv has one column, “column 1”. Attune needs a column of texts and one of labels, separated by commas or tabs.",
      "without-rows.csv":
        "without-rows.csv has a header (id, name) and no rows. Add rows below it.",
    });
  },
);

realTest("headers and encodings of the messy tables are found", () => {
  const view = (path: string) =>
    inEnglish(viewOf(readTable([realFile(`csv/frictionless/${path}`)])));
  expect(view("without-headers.csv").columns).toEqual(["column 1", "column 2"]);
  expect(view("without-headers-extra.csv").files[0]?.problems).toEqual([
    "without-headers-extra.csv, row 3: 3 columns where the others have 2. Quote text that contains commas. It is set aside.",
  ]);
  expect(view("blank-headers.csv").columns).toEqual(["id", "column 2", "age"]);
  expect(view("duplicate-headers.csv").columns).toEqual([
    "id",
    "name",
    "id (2)",
    "age",
    "id (3)",
  ]);
  expect(view("numeric-labels.csv").columns.slice(0, 3)).toEqual([
    "id",
    "100022",
    "100025",
  ]);
  expect(view("bom.csv").columns).toEqual(["id", "name"]);
  expect(view("issue-811.csv").files[0]).toMatchObject({
    encoding: "windows-1252",
    delimiter: ";",
    rows: 7904,
  });
  expect(view("table-with-accents.csv").columns[3]).toBe("Année");
  expect(view("skip-rows.csv").columns).toEqual(["id", "name"]);
});

test("the delimiter is found, also where texts are full of the others", () => {
  const rows = [
    "good, really; yes|so",
    "bad, slow; no|never",
    "fine, thanks; ok|well",
  ];
  for (const delimiter of ["\t", ",", ";", "|"]) {
    const text = ["text", ...rows]
      .map(
        (row, i) => `${i ? `"${row}"` : row}${delimiter}${i ? i % 2 : "label"}`,
      )
      .join("\n");
    const table = read(text);
    expect(table.files[0]?.delimiter).toBe(delimiter);
    expect(table.rows.map((row) => row[0])).toEqual(rows);
  }
});

test("line ends of all three kinds are understood, even mixed", () => {
  const rows = [
    ["one two", "a"],
    ["three", "b"],
    ["four", "a"],
  ];
  for (const ends of [["\n"], ["\r\n"], ["\r"], ["\r\n", "\n"]]) {
    const lines = [["text", "label"], ...rows].map((row) => row.join(","));
    const text = lines.map((line, i) => line + ends[i % ends.length]).join("");
    expect(read(text).rows, JSON.stringify(text)).toEqual(rows);
  }
});

test("quoted line ends and doubled quotes belong to the text", () => {
  expect(
    read('text,label\n"She said ""no"",\nthen left",rude\nfine,ok\n').rows,
  ).toEqual([
    ['She said "no",\nthen left', "rude"],
    ["fine", "ok"],
  ]);
});

test("rows with too many columns are set aside, counted and placed", () => {
  const table = read(
    "text,label\ngood,pos\nslow, rude,neg\nbad,neg\nold, dusty, dark,neg\n",
  );
  expect(table.rows).toEqual([
    ["good", "pos"],
    ["bad", "neg"],
  ]);
  expect([...table.number]).toEqual([1, 3]);
  expect(inEnglish(table.ragged)).toEqual({
    count: 2,
    where: ["reviews.csv, row 2", "reviews.csv, row 4"],
  });
  expect(inEnglish(table.files[0])).toMatchObject({
    rows: 4,
    problems: [
      "reviews.csv, row 2: 3 columns where the header has 2. Quote text that contains commas. 1 more row like it; all are set aside.",
    ],
  });
});

test("rows with too few columns are kept with what they have", () => {
  const table = read("id,text,label\n1,good,pos\n2,bad\n3,fine,pos\n");
  expect(table.rows[1]).toEqual(["2", "bad", ""]);
  expect(inEnglish(table.files[0]?.problems)).toEqual([
    "reviews.csv, row 2: fewer than 3 columns; what is missing is taken as empty.",
  ]);
});

test("trailing separators make no columns", () => {
  const table = read("text,label,,\ngood,pos,,\nbad,neg,,\n");
  expect(table.rows.map((row) => row.slice(0, 2))).toEqual([
    ["good", "pos"],
    ["bad", "neg"],
  ]);
  expect(read("text,label\ngood,pos,\nbad,neg,\n").rows).toEqual([
    ["good", "pos"],
    ["bad", "neg"],
  ]);
});

test("names used twice or left out are made usable, and that is said", () => {
  const content = "text,label,text,\ngood,pos,x,y\nbad,neg,z,w\n";
  expect(read(content).columns).toEqual([
    "text",
    "label",
    "text (2)",
    "column 4",
  ]);
  expect(problemsOf(content)).toEqual([
    "reviews.csv: 1 column without a name; called after its place.",
  ]);
  expect(inEnglish(read(content).files[0]!.warnings)).toEqual([
    "reviews.csv: 1 column name used twice; the later one is called “text (2)”.",
  ]);
});

test("quotes inside tab-separated cells are part of the text", () => {
  const content =
    'label\ttext\n1\t"It works," she said.\n0\t"No\n1\tfine "as is"\n';
  const table = read(content, "quotes.tsv");
  expect(table.rows).toEqual([
    ["1", '"It works," she said.'],
    ["0", '"No'],
    ["1", 'fine "as is"'],
  ]);
  expect(inEnglish(table.files[0]?.problems)).toEqual([
    "quotes.tsv: quotation marks do not enclose cells here, so they were read as part of the text.",
  ]);
});

test("one unclosed quote costs its own line and not the rest of the file", () => {
  const good = Array.from(
    { length: 40 },
    (_, i) => `"row ${i}, quoted",${i % 2 ? "pos" : "neg"}`,
  );
  const content = [
    "text,label",
    ...good.slice(0, 20),
    '"never closed,neg',
    ...good.slice(20),
  ].join("\n");
  const table = read(content);
  expect(table.rows).toHaveLength(41);
  expect(table.rows[20]).toEqual(['"never closed', "neg"]);
  expect(table.rows[40]).toEqual(["row 39, quoted", "pos"]);
  expect(inEnglish(table.files[0]?.problems[0])).toBe(
    'reviews.csv, row 21: a quotation mark is opened and never closed; it was read as part of the text. Close it or double it ("").',
  );
});

test("a cell of a megabyte is kept, and its place is told", () => {
  const huge = "very ".repeat(200_000);
  const table = read(`text,label\ngood,pos\n${huge},neg\nbad,neg\n`);
  expect(table.rows[1]?.[0]).toHaveLength(1_000_000);
  expect(inEnglish(table.files[0]?.problems)).toEqual([
    "reviews.csv, row 2, column “text”: a cell of 1,000,000 characters. It is kept, but a model reads only its beginning; check that a quotation mark is not missing.",
  ]);
  expect(viewOf(table).preview[1]?.[0]).toHaveLength(400);
});

test("a line that names the separator is obeyed", () => {
  expect(read("sep=;\r\ntext;label\r\ngood;pos\r\nbad;neg\r\n").rows).toEqual([
    ["good", "pos"],
    ["bad", "neg"],
  ]);
});

/** Pieces of which trouble is made. */
const piece = fc.constantFrom(
  "a",
  "b c",
  "label",
  "text",
  "1",
  ",",
  ";",
  "\t",
  "|",
  '"',
  '""',
  "\n",
  "\r\n",
  "\r",
  "{",
  "}",
  "[",
  ":",
  " ",
  "#",
  "é",
  "味",
);

test("whatever is in a file, it is read or refused in our own words", () => {
  const anything = fc.oneof(
    fc
      .array(piece, { maxLength: 80 })
      .map((pieces) => new TextEncoder().encode(pieces.join(""))),
    fc.uint8Array({ maxLength: 200 }),
  );
  const name = fc.constantFrom("a.csv", "a.tsv", "a.txt", "a.jsonl", "a");
  fc.assert(
    fc.property(name, anything, (name, bytes) => {
      try {
        const table = readTable([made(name, bytes)]);
        const view = viewOf(table);
        expect(
          table.rows.every((row) => row.length === view.columns.length),
        ).toBe(true);
        expect(table.rows.length + table.ragged.count).toBe(view.rows);
        expect(view.guess.label).not.toBe(view.guess.text);
      } catch (error) {
        expect((error as Error).message).toMatch(
          /^a(\.\w+)? (is|has|holds) |^a(\.\w+)?: none /,
        );
        expect((error as Error).name).toBe("Failure");
      }
    }),
    // What gzip begins with.
    { numRuns: 1000, examples: [["a.csv", Uint8Array.of(31, 139)]] },
  );
});

test("a table that a program wrote comes back cell by cell", () => {
  const cell = fc
    .array(piece, { minLength: 1, maxLength: 8 })
    .map((pieces) => `x${pieces.join("")}x`);
  const rows = fc.array(fc.tuple(cell, fc.constantFrom("pos", "neg")), {
    minLength: 3,
    maxLength: 30,
  });
  fc.assert(
    fc.property(
      rows,
      fc.constantFrom(",", ";", "\t", "|"),
      fc.constantFrom("\n", "\r\n"),
      (rows, delimiter, newline) => {
        const content = Papa.unparse([["text", "label"], ...rows], {
          delimiter,
          newline,
          quotes: true,
        });
        const table = read(content);
        expect(table.columns).toEqual(["text", "label"]);
        expect(table.rows).toEqual(rows);
      },
    ),
  );
});
