// Small files after public fault reports, each with what a sensible person expects
// of it (fixtures/cases/EXPECT.md): what their cells mean.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { DataConnection } from "../data";
import { inEnglish } from "../fixtures/english";
import type { Check, LabelOverview, Mapping } from "./protocol";
import { reader } from "./fixtures/reader";
import type { FileToRead } from "./protocol";

const given = (name: string, content: BlobPart): FileToRead => ({
  file: new Blob([content]),
  name,
  role: null,
});
const ofCase = (name: string): FileToRead =>
  given(
    name,
    readFileSync(new URL(`./fixtures/cases/${name}`, import.meta.url)),
  );
const OPTIONS = { validationShare: 0.2, seed: 1 };

interface Found {
  guess: Mapping;
  overview: LabelOverview;
  /** Label → rows to train on. */
  labels: Map<string, number>;
  /** What stands open on the page. */
  seen: string[];
  data: DataConnection;
}
async function found(...files: FileToRead[]): Promise<Found> {
  const data = reader();
  const { guess } = await data.call("read", files);
  const overview = await data.call("overview", guess);
  return {
    guess,
    overview,
    labels: new Map(overview.labels.map(({ label, rows }) => [label, rows])),
    seen: inEnglish(overview.checks.filter(isSeen)).map(said),
    data,
  };
}
const cases = (...names: string[]) => found(...names.map(ofCase));
const isSeen = ({ level, visible }: Check) => level !== "info" || visible;
const said = ({ level, message }: { level: string; message: string }) =>
  `${level}: ${message}`;
const each = (rows: number, ...labels: string[]) =>
  new Map(labels.map((label) => [label, rows]));
const sorted = (labels: Map<string, number>) =>
  [...labels].sort(([a], [b]) => (a < b ? -1 : 1));
const asideOf = ({ setAside }: LabelOverview) =>
  setAside.map(({ reason, count }) => [reason, count]);
const table = (header: string, rows: number, row: (i: number) => string) =>
  `${header}\n${Array.from({ length: rows }, (_, i) => row(i)).join("\n")}\n`;

test.each<[string, Mapping["text"], Mapping["label"]]>([
  ["first-label-id.csv", "Message", "Category"],
  ["g-airline.csv", "text", "airline_sentiment"],
  ["g-faq.csv", "Question", "Intent"],
  ["g-gender.csv", "text", "topic"],
  ["g-jobs.csv", "description", "fraudulent"],
  ["g-news.csv", "text", "subject"],
  ["g-products.csv", "description", "category"],
  ["g-sarcasm.csv", "headline", "is_sarcastic"],
  ["g-setfit.csv", "text", "label_text"],
  ["g-shop.csv", "review_body", "star_rating"],
  ["label-studio.csv", "text", "topic"],
  ["s140.csv", "column 6", "column 1"],
  ["unnamed.csv", "text", "label"],
  ["urls.csv", "title", "label"],
])("%s: the text is %s, the label %s", async (name, text, label) => {
  const { guess } = await cases(name);
  expect(guess).toMatchObject({ text, textB: null, label });
});

test.each([
  ["doccano.jsonl", 30, [], "info: Column “label” holds lists or records"],
  ["doccano-unlabelled.jsonl", 24, [["no label", 18]], "18 without any"],
  ["multi-pylist.csv", 0, [["several labels", 15]], "15 rows have several"],
  ["prodigy-choice.jsonl", 27, [["rejected", 9]], "Column “accept” holds"],
  ["spacy-cats.jsonl", 30, [], "Column “cats” holds lists or records"],
  ["onehot.csv", 30, [], "The labels lie in 3 columns of 0 and 1"],
  ["label-blanks.csv", 30, [], "“food” in 5 spellings"],
])(
  "%s: the labels are food, boat and chess, and it is said",
  async (name, rows, aside, sentence) => {
    const { labels, overview, seen, data, guess } = await cases(name);
    expect([...labels.keys()].sort()).toEqual(["boat", "chess", "food"]);
    if (rows > 0)
      expect(sorted(labels)).toEqual(
        sorted(each(rows, "food", "boat", "chess")),
      );
    expect(asideOf(overview)).toEqual(aside);
    expect(seen.join("\n")).toContain(sentence);
    const dataset = await data.call("dataset", guess, OPTIONS);
    expect(dataset.labels).toEqual(["boat", "chess", "food"]);
  },
);

test.each([
  [
    "bool-mixed.csv",
    each(30, "True", "False"),
    "“TRUE” (8 rows), “1” (7 rows)",
  ],
  [
    "float-int.csv",
    each(30, "0", "1"),
    "“1” (20 rows), “1.0” (10 rows) as “1”",
  ],
])(
  "%s: one answer in several spellings is one label",
  async (name, labels, sentence) => {
    const { overview, seen, ...rest } = await cases(name);
    expect(sorted(rest.labels)).toEqual(sorted(labels));
    expect(seen.join("\n")).toContain(sentence);
    expect(overview.merged.map(({ label }) => label).sort()).toEqual(
      [...labels.keys()].sort(),
    );
  },
);

test("floats.test.csv: rows labelled 1.0 test what was trained on 1", async () => {
  const { data, guess, seen } = await cases(
    "floats.train.csv",
    "floats.test.csv",
  );
  const dataset = await data.call("dataset", guess, OPTIONS);
  expect(dataset.labels).toEqual(["0", "1"]);
  expect(dataset.test?.count).toBe(20);
  expect(seen.join("\n")).toContain("are the same number");
});

test("a test file whose labels differ only in capitals is used, however short they are", async () => {
  const { data, guess, seen } = await found(
    given(
      "train.csv",
      table("text,label", 40, (i) => `a text ${i},${i % 2 ? "pos" : "neg"}`),
    ),
    given(
      "test.csv",
      table("text,label", 10, (i) => `new text ${i},${i % 2 ? "POS" : "Neg"}`),
    ),
  );
  const dataset = await data.call("dataset", guess, OPTIONS);
  expect([dataset.labels, dataset.test?.count]).toEqual([["neg", "pos"], 10]);
  expect(seen.join("\n")).toContain("differ only in capitals");
});

test("leading-zero.csv: 007, 07 and 7 stay three labels", async () => {
  const { labels, seen } = await cases("leading-zero.csv");
  expect(sorted(labels)).toEqual(sorted(each(30, "007", "07", "7")));
  expect(seen.join("\n")).toContain("“007”, “07” and “7”");
});

test("split-column.csv: its rows go where the column says", async () => {
  const { data, guess, overview, seen } = await cases("split-column.csv");
  expect(overview.parts).toEqual({ train: 54, validation: 18, test: 18 });
  expect(seen.join("\n")).toContain(
    "54 rows to train, 18 for validation, 18 for the test",
  );
  const { train, validation, test } = await data.call(
    "dataset",
    guess,
    OPTIONS,
  );
  expect([train.count, validation.count, test?.count]).toEqual([54, 18, 18]);
});

test.each([
  ["multi-comma-some.csv", "such as “food, chess”"],
  ["fasttext-multi.txt", "such as “food,boat”"],
  [
    "placeholder-texts.csv",
    "35 texts are “nan” (23), “NULL” (7), “#NAME?” (5)",
  ],
  [
    "near-same.csv",
    "100 % of the rows have a text that stands under another label",
  ],
  ["imbalanced.csv", "99 % of the rows have the label “normal”"],
  ["four-rows.csv", "With 4 usable rows figures mean nothing"],
  ["long.csv", "24 texts are longer than 2,000 characters"],
  ["scripts.csv", "want a model made for their languages"],
])("%s is warned of, and trains", async (name, sentence) => {
  const { seen, data, guess } = await cases(name);
  expect(seen.join("\n")).toContain(sentence);
  await data.call("dataset", guess, OPTIONS);
});

test.each([
  ["classes-1001.csv", "1,001 different labels; at most 1,000"],
  ["date-label.csv", "holds dates such as “2026-01-10”"],
  ["one-row-per-class.csv", "Each of the 3 rows has a label of its own"],
  ["same-texts.csv", "only 1 different text in 60 rows"],
  [
    "score-regression.csv",
    "Choose the task “score” to learn the number itself",
  ],
  ["two-rows.csv", "Each of the 2 rows has a label of its own"],
  ["wide.csv", "If the column names are the labels"],
])("%s is refused with a sentence", async (name, sentence) => {
  const { seen, data, guess } = await cases(name);
  expect(seen[0]).toMatch(/^error: /);
  expect(seen[0]).toContain(sentence);
  await expect(data.call("dataset", guess, OPTIONS)).rejects.toThrow(sentence);
});

test("none-label.csv: “None” stays a class", async () => {
  const { labels, overview } = await cases("none-label.csv");
  expect(sorted(labels)).toEqual(sorted(each(30, "None", "boat", "food")));
  expect(overview.setAside).toEqual([]);
});

test("number-texts.csv: numbers are texts, empty cells are counted", async () => {
  const { overview } = await cases("number-texts.csv");
  expect([overview.usable, asideOf(overview)]).toEqual([83, [["no text", 7]]]);
});

test("score-halfstars.csv: nine classes, in the order of numbers", async () => {
  const { data, guess } = await cases("score-halfstars.csv");
  const { labels } = await data.call("dataset", guess, OPTIONS);
  expect(labels).toEqual("1 1.5 2 2.5 3 3.5 4 4.5 5".split(" "));
});

test("proto-labels.csv: the names of things in JavaScript are labels like others", async () => {
  const names = ["__proto__", "constructor", "toString"];
  const { labels, data, guess } = await cases("proto-labels.csv");
  expect(sorted(labels)).toEqual(sorted(each(30, ...names)));
  expect((await data.call("dataset", guess, OPTIONS)).labels).toEqual(names);
  const { majority } = await data.call("baselines", guess, OPTIONS);
  expect(names).toContain(majority.label);
});

test.each(["classes-1000.csv", "thousand.csv"])(
  "%s is read, with all its labels",
  async (name) => {
    const { overview, data, guess } = await cases(name);
    expect(overview.labels).toHaveLength(1000);
    expect((await data.call("dataset", guess, OPTIONS)).labels).toHaveLength(
      1000,
    );
  },
);

test.each([
  ["NumPy lists", (word: string) => `['${word}']`],
  ["tuples", (word: string) => `"('${word}',)"`],
  ["records of one answer", (word: string) => `"{'choices': ['${word}']}"`],
  [
    "records of truths",
    (word: string) =>
      `"{'food': ${word === "food" ? "True" : "False"}, 'boat': ${word === "boat" ? "True" : "False"}}"`,
  ],
])("%s hold the label too", async (_, cell) => {
  const { labels } = await found(
    given(
      "a.csv",
      table(
        "text,label",
        60,
        (i) => `some text ${i},${cell(i % 2 ? "food" : "boat")}`,
      ),
    ),
  );
  expect(sorted(labels)).toEqual(sorted(each(30, "food", "boat")));
});

test("a label in brackets is a label", async () => {
  const { labels } = await found(
    given(
      "a.csv",
      table(
        "text,label",
        60,
        (i) => `some text ${i},${i % 2 ? "[other]" : "(none)"}`,
      ),
    ),
  );
  expect(sorted(labels)).toEqual(sorted(each(30, "[other]", "(none)")));
});

test("spans are no labels", async () => {
  const { seen } = await found(
    given(
      "a.jsonl",
      table("", 60, (i) =>
        JSON.stringify({
          text: `some text ${i}`,
          label: [[0, 4 + (i % 3), "WORD"]],
        }),
      ),
    ),
  );
  expect(seen[0]).toContain("that no single label can be read from");
});

test("dummies of pandas are read by what their names do not share", async () => {
  const { labels } = await found(
    given(
      "a.csv",
      table(
        "text,topic_food,topic_boat,topic_chess",
        60,
        (i) =>
          `some text ${i},${[0, 1, 2].map((k) => (i % 3 === k ? "True" : "False")).join(",")}`,
      ),
    ),
  );
  expect(sorted(labels)).toEqual(sorted(each(20, "food", "boat", "chess")));
});

test("columns of 0 and 1 with several 1s a row are named, not silently taken as one", async () => {
  const { seen } = await found(
    given(
      "a.csv",
      table(
        "text,toxic,insult,threat",
        90,
        (i) => `some text ${i},${i % 3 ? 1 : 0},${i % 2},${i % 5 ? 0 : 1}`,
      ),
    ),
  );
  expect(seen.join("\n")).toMatch(
    /The labels seem to lie in 3 columns of 0 and 1 .* rows have several/,
  );
});

test("what Prodigy’s own answers say stays a label where it is chosen as one", async () => {
  const { guess, labels } = await found(
    given(
      "a.jsonl",
      table("", 60, (i) =>
        JSON.stringify({
          text: `some text ${i}`,
          label: "SPAM",
          answer: i % 2 ? "accept" : "reject",
        }),
      ),
    ),
  );
  expect([guess.label, sorted(labels)]).toEqual([
    "answer",
    sorted(each(30, "accept", "reject")),
  ]);
});

test("200,000 rows with 1,000 labels are counted in seconds", async () => {
  const csv = table(
    "text,label",
    200_000,
    (i) => `text number ${i} of the file,label ${i % 1000}`,
  );
  const data = reader();
  const { guess } = await data.call("read", [given("big.csv", csv)]);
  const start = performance.now();
  const { labels } = await data.call("overview", guess);
  expect(labels).toHaveLength(1000);
  expect(performance.now() - start).toBeLessThan(10_000);
});
