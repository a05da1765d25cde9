// Files of the kinds of fixtures/cases/EXPECT.md in other words, names and marks:
// what is mended is the kind, not the file.

import { expect, test } from "vitest";
import type { LabelOverview, Mapping } from "./protocol";
import { inEnglish } from "../fixtures/english";
import { reader } from "./fixtures/reader";
import type { FileToRead } from "./protocol";
import { roleOf } from "./roles";

interface Found {
  guess: Mapping;
  overview: LabelOverview;
  /** Label → rows to train on. */
  labels: Record<string, number>;
  /** What stands open on the page. */
  seen: string;
  /** Name, role and rows. */
  files: [string, string, number][];
}
async function found(
  ...given: [name: string, content: string, path?: string][]
): Promise<Found> {
  const data = reader();
  const table = await data.call(
    "read",
    given.map(([name, content, path]): FileToRead => ({
      file: new Blob([content]),
      name,
      role: null,
      ...(path ? { path } : {}),
    })),
  );
  const overview = await data.call("overview", table.guess);
  return {
    guess: table.guess,
    overview,
    labels: Object.fromEntries(
      overview.labels.map(({ label, rows }) => [label, rows]),
    ),
    seen: [
      ...inEnglish(table.files).flatMap(({ warnings }) => warnings),
      ...inEnglish(overview.checks)
        .filter(({ level, visible }) => level !== "info" || visible)
        .map(({ message }) => message),
    ].join("\n"),
    files: table.files.map(({ name, role, rows }) => [name, role, rows]),
  };
}

const WORDS = ["food", "boat", "chess"];
const word = (i: number) => WORDS[i % 3]!;
const SAYINGS = ["warm soup and bread", "a sail in the wind", "her rook moved"];
const text = (i: number) => `${SAYINGS[i % 3]!} on day ${i}`;
const lines = (rows: number, line: (i: number) => string) =>
  `${Array.from({ length: rows }, (_, i) => line(i)).join("\n")}\n`;
const table = (header: string, line: (i: number) => string, rows = 60) =>
  `${header}\n${lines(rows, line)}`;
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const three = { food: 20, boat: 20, chess: 20 };

test.each<[string, (word: string) => string]>([
  ["bare words in braces", (w) => `{${w}}`],
  ["bare words in brackets", (w) => `[${w}]`],
  ["arrays of NumPy", (w) => `array(['${w}'])`],
  ["arrays with their type", (w) => `array(['${w}'], dtype=object)`],
  ["strings of NumPy", (w) => `[np.str_('${w}')]`],
  ["frozen sets", (w) => `frozenset({'${w}'})`],
  ["bytes", (w) => `[b'${w}']`],
  ["a semicolon at the end", (w) => `${w};`],
  ["a bar at the end", (w) => `${w}|`],
  ["a comma at the end", (w) => `${w},`],
  ["single quotes", (w) => `'${w}'`],
  ["double quotes", (w) => `"${w}"`],
  ["records with a value", (w) => `{"value": "${w}", "confidence": 0.9}`],
  ["records with a display name", (w) => `{"displayName": "${w}"}`],
  ["records of cats", (w) => `{"cats": {"${w}": 1, "other": 0}}`],
  [
    "scored answers",
    (w) =>
      `[{'label': '${w}', 'score': 0.9}, {'label': 'other', 'score': 0.1}]`,
  ],
])("labels as %s are read as the words", async (_, cell) => {
  const { labels, seen } = await found([
    "a.csv",
    table("text,label", (i) => `${text(i)},${quoted(cell(word(i)))}`),
  ]);
  expect(labels).toEqual(three);
  expect(seen).toContain("are read as that label");
});

test("numbers of labels beside who gave them are labels", async () => {
  const { labels } = await found([
    "a.jsonl",
    lines(60, (i) =>
      JSON.stringify({
        text: text(i),
        annotations: [{ label: i % 3, user: 1 }],
      }),
    ),
  ]);
  expect(labels).toEqual({ 0: 20, 1: 20, 2: 20 });
});

test.each(["/", "+", " & ", " and ", "#"])(
  "labels joined by “%s” are warned of",
  async (mark) => {
    const { seen } = await found([
      "a.csv",
      table(
        "text,tags",
        (i) => `${text(i)},${word(i)}${i % 5 ? "" : mark + word(i + 1)}`,
      ),
    ]);
    expect(seen).toContain("look like lists of others");
  },
);

test.each([
  ["yes and no", "yes", "no"],
  ["“x” and blanks", "x", ""],
  ["0 and 1", "TRUE", "FALSE"],
])("classes in columns of %s", async (marks, on, off) => {
  const { labels, seen } = await found([
    "a.csv",
    table(
      "comment,food,boat,chess",
      (i) =>
        `${text(i)},${WORDS.map((w) => (w === word(i) ? on : off)).join(",")}`,
    ),
  ]);
  expect(labels).toEqual(three);
  expect(seen).toContain(`3 columns of ${marks}`);
});

test.each<[string, string[], number[]]>([
  ["subset", ["train", "train", "unsup", "test"], [30, 0, 15]],
  ["data_type", ["train", "train", "valid", "test"], [30, 15, 15]],
  ["split", ["tr", "tr", "va", "te"], [30, 15, 15]],
  ["_split", ["train", "train", "dev", "test"], [30, 15, 15]],
  ["is_train", ["True", "True", "True", "False"], [45, 0, 15]],
  ["is_valid", ["0", "0", "0", "1"], [45, 15, 0]],
  ["test", ["no", "no", "no", "yes"], [45, 0, 15]],
])("a column “%s” of %j divides the rows", async (name, values, parts) => {
  const { overview, seen, guess } = await found([
    "a.csv",
    table(
      `text,${name},label`,
      (i) => `${text(i)},${values[i % 4]!},${word(i)}`,
    ),
  ]);
  const { train, validation, test } = overview.parts;
  expect([guess.label, train, validation, test]).toEqual(["label", ...parts]);
  expect(seen).toContain(`Column “${name}” says what each row is for`);
});

test("a split column whose values name no part is named", async () => {
  const { seen } = await found([
    "a.csv",
    table("text,label,fold", (i) => `${text(i)},${word(i)},${i % 2}`),
  ]);
  expect(seen).toContain("“0” and “1” name no part, so it is not used");
});

test.each(["text,label,label", "text,label,label.1"])(
  "of the columns %s the first label is taken",
  async (header) => {
    const { guess } = await found([
      "a.csv",
      table(header, (i) => `${text(i)},${word(i)},${i % 2}`),
    ]);
    expect(guess.label).toBe("label");
  },
);

test.each(["-", "?", "...", "[removed]", "[deleted]", "(null)", "TBD", "[]"])(
  "texts “%s” are warned of",
  async (mark) => {
    const { seen } = await found([
      "a.csv",
      table("text,label", (i) => `${i % 6 ? text(i) : mark},${word(i)}`),
    ]);
    expect(seen).toContain(`10 texts are “${mark}”`);
  },
);

test.each(["unlabelled", "not annotated", "TBD", ".", "(null)"])(
  "labels “%s” are warned of",
  async (mark) => {
    const { seen } = await found([
      "a.csv",
      table("text,label", (i) => `${text(i)},${i % 6 ? word(i) : mark}`),
    ]);
    expect(seen).toContain(`10 rows have the label “${mark}”`);
  },
);

test.each([
  ["Mar 3 2019", (i: number) => `Mar ${1 + (i % 28)} 20${10 + (i % 10)}`],
  ["2024-03", (i: number) => `2024-0${1 + (i % 9)}`],
  ["2014", (i: number) => String(2000 + (i % 20))],
])("labels such as %s are called dates", async (_, date) => {
  const { seen } = await found([
    "a.csv",
    table("text,when", (i) => `${text(i)},${date(i)}`),
  ]);
  expect(seen).toMatch(/holds dates such as|look like dates/);
});

test.each(["%", " €", "e-1"])("numbers with %s are measures", async (unit) => {
  const { seen } = await found([
    "a.csv",
    table("text,score", (i) => `${text(i)},${(i * 37) % 89}${unit}`),
  ]);
  expect(seen).toContain("Choose the task “score” to learn the number itself");
});

test("labels of a test file that differ in marks between words are used", async () => {
  const { overview, seen } = await found(
    [
      "train.csv",
      table("text,label", (i) => `${text(i)},${i % 2 ? "very good" : "so-so"}`),
    ],
    [
      "test.csv",
      table(
        "text,label",
        (i) => `new ${text(i)},${i % 2 ? "very_good" : "so so"}`,
      ),
    ],
  );
  expect([overview.labels.length, overview.parts.test]).toEqual([2, 60]);
  expect(seen).not.toContain("none of its labels");
});

test.each(["?", "-1"])(
  "a test file whose every label is %s is said to have none",
  async (mark) => {
    const { seen } = await found(
      ["train.csv", table("text,label", (i) => `${text(i)},${i % 2}`)],
      ["test.csv", table("text,label", (i) => `new ${text(i)},${mark}`)],
    );
    expect(seen).toContain(
      `every row has the label “${mark}”, which stands for none`,
    );
  },
);

test.each(["TEXT,LABEL", " Label ,TEXT"])(
  "a header that comes again as “%s” is no row",
  async (again) => {
    const { labels, seen } = await found([
      "a.csv",
      table("Text,Label", (i) =>
        i === 30
          ? again
          : again.startsWith("T") || i < 30
            ? `${text(i)},${word(i)}`
            : `${word(i)},${text(i)}`,
      ),
    ]);
    expect(labels).toEqual({ food: 19, boat: 20, chess: 20 });
    expect(seen).toContain("the header stands there again");
  },
);

test("a test file whose columns are written in other capitals is used", async () => {
  const { overview } = await found(
    ["train.csv", table("text,label", (i) => `${text(i)},${word(i)}`)],
    ["test.csv", table("Text,LABEL", (i) => `new ${text(i)},${word(i)}`)],
  );
  expect(overview.parts).toEqual({ train: 60, validation: 0, test: 60 });
});

test("JSON that describes tables, and submissions, are left out in a sentence", async () => {
  const { files, seen } = await found(
    ["train.csv", table("id,text,label", (i) => `${i},${text(i)},${word(i)}`)],
    ["state.json", JSON.stringify({ _data_files: [{ filename: "a" }] })],
    ["dataset_dict.json", JSON.stringify({ splits: ["train", "test"] })],
    [
      "dataset_info.json",
      JSON.stringify({ features: { text: { dtype: "string" } } }),
    ],
    ["sample_sub.csv", table("id,label", (i) => `${i},food`)],
  );
  expect(files).toEqual([["train.csv", "train", 60]]);
  for (const name of ["state.json", "dataset_dict.json", "sample_sub.csv"])
    expect(seen).toContain(`“${name}”`);
});

test("commas that are not quoted set rows aside, and move no label", async () => {
  const { labels, overview } = await found([
    "a.csv",
    table(
      "text,label",
      (i) => `${text(i)}${i % 2 ? ", and so, on" : ""},${word(i)}`,
    ),
  ]);
  expect(labels).toEqual({ food: 10, boat: 10, chess: 10 });
  expect(overview.setAside).toMatchObject([{ reason: "ragged", count: 30 }]);
});

test("a title above the table is skipped", async () => {
  const { labels } = await found([
    "a.csv",
    `My export\n\n${table("text,label", (i) => `${text(i)},${word(i)}`)}`,
  ]);
  expect(labels).toEqual(three);
});

test("a colon behind the label of a line is no part of it", async () => {
  const { labels } = await found([
    "a.txt",
    lines(60, (i) => `${word(i)}: ${text(i)}`),
  ]);
  expect(labels).toEqual(three);
});

test("lines of mere texts have no labels", async () => {
  await expect(
    found(["a.txt", lines(90, (i) => `${i % 2 ? "the" : "we"} came by ${i}`)]),
  ).rejects.toThrow("a.txt has one column");
});

test.each([
  ["testset.csv", "test"],
  ["devset.csv", "validation"],
  ["traindata.csv", "train"],
  ["reviewsTest.csv", "test"],
  ["测试集.csv", "test"],
  ["验证集.csv", "validation"],
  ["latest.csv", null],
  ["contest.csv", null],
  ["validity.csv", null],
  ["developers.csv", null],
  ["trainers.csv", null],
  ["dataset.csv", null],
])("the name %s says %s", (name, role) => {
  expect(roleOf(name)).toBe(role);
});
