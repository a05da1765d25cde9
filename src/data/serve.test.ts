import { expect, test } from "vitest";
import { inputAt, targetsOf } from "./dataset";
import { type Mapping } from "./protocol";
import { realFile, realTest } from "./fixtures/real";
import { inEnglish } from "../fixtures/english";
import { reader } from "./fixtures/reader";
import type { FileToRead } from "./protocol";

const file = (name: string, content: string): FileToRead => ({
  file: new Blob([content]),
  name,
  role: null,
});
const real = (path: string): FileToRead => {
  const { name, bytes } = realFile(path);
  return {
    file: new Blob([bytes as Uint8Array<ArrayBuffer>]),
    name,
    role: null,
  };
};
const OPTIONS = { validationShare: 0.2, seed: 1 };
const rows = Array.from(
  { length: 50 },
  (_, i) =>
    `a ${i % 2 ? "good" : "bad"} thing number ${i},${i % 2 ? "pos" : "neg"}`,
);
const CSV = `text,label\n${rows.join("\n")}\nno label here,\n,neg\nsplit, in three,neg\n`;

test("a file goes in and a dataset comes out", async () => {
  const data = reader();
  const view = await data.call("read", [file("reviews.csv", CSV)]);
  expect(view).toMatchObject({
    columns: ["text", "label"],
    rows: 53,
    guess: {
      task: "one label",
      text: "text",
      textB: null,
      label: "label",
      labels: [],
    },
  });
  const overview = await data.call("overview", view.guess);
  expect(inEnglish(overview)).toMatchObject({
    labels: [
      { label: "neg", rows: 25 },
      { label: "pos", rows: 25 },
    ],
    usable: 50,
    setAside: [
      { reason: "no text", count: 1, where: ["reviews.csv, row 52"] },
      { reason: "no label", count: 1, where: ["reviews.csv, row 51"] },
      { reason: "ragged", count: 1, where: ["reviews.csv, row 53"] },
    ],
    lengths: { median: 21, p95: 22, max: 22 },
  });
  const dataset = await data.call("dataset", view.guess, OPTIONS);
  expect(dataset).toMatchObject({
    name: "reviews",
    labels: ["neg", "pos"],
    test: null,
  });
  expect([dataset.train.count, dataset.validation.count]).toEqual([40, 10]);
  expect(dataset.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  expect(dataset.rowHashes.train).toHaveLength(8 * 40);
  const label =
    dataset.labels[targetsOf(dataset.train, "one label").labels[0]!];
  const row = dataset.train.origin.row[0]!;
  expect(`${inputAt(dataset.train, 0).text},${label}`).toBe(rows[row - 1]);
  const { majority, bagOfWords } = await data.call(
    "baselines",
    view.guess,
    OPTIONS,
  );
  expect(majority.accuracy).toBe(0.5);
  expect(bagOfWords).toEqual({ accuracy: 1, macroF1: 1, trainedOn: 40 });
});

test("the fingerprint follows texts, labels and split, and nothing else", async () => {
  const print = async (content: string, options = OPTIONS) => {
    const data = reader();
    const { guess } = await data.call("read", [file("x.csv", content)]);
    return (await data.call("dataset", guess, options)).fingerprint;
  };
  const base = await print(CSV);
  // Reports that were exported earlier hold this number.
  expect(base).toBe(
    "60e894694f168f7ae68fe55f25647e74c6aca5d78a00c344543bd72041e204e9",
  );
  expect(await print(CSV.replaceAll("\n", "\r\n"))).toBe(base);
  expect(await print(CSV, { ...OPTIONS, seed: 2 })).not.toBe(base);
  expect(await print(CSV.replace("number 7", "number 77"))).not.toBe(base);
  expect(await print(CSV.replaceAll(",pos", ",yes"))).not.toBe(base);
});

test("when reading fails, the table read before stays", async () => {
  const data = reader();
  const { guess } = await data.call("read", [file("reviews.csv", CSV)]);
  await expect(data.call("read", [file("empty.csv", "")])).rejects.toThrow(
    "empty.csv is empty. Choose a file with rows of text and labels.",
  );
  expect((await data.call("overview", guess)).usable).toBe(50);
  await data.call("read", [file("b.csv", "text,label\na,b\nc,d\n")]);
  expect((await data.call("overview", guess)).usable).toBe(2);
});

test("before any file, and under columns that are not there, there is a sentence", async () => {
  const data = reader();
  const mapping: Mapping = {
    task: "one label",
    text: "text",
    textB: null,
    label: "stars",
    labels: [],
  };
  await expect(data.call("overview", mapping)).rejects.toThrow(
    "No file has been read yet. Drop one first.",
  );
  await data.call("read", [file("reviews.csv", CSV)]);
  await expect(data.call("overview", mapping)).rejects.toThrow(
    "There is no column “stars”. The columns are “text” and “label”.",
  );
});

test("a mapping that cannot be trained on is an overview with an error, and no dataset", async () => {
  const data = reader();
  await data.call("read", [file("reviews.csv", CSV)]);
  const mapping: Mapping = {
    task: "one label",
    text: "text",
    textB: null,
    label: "text",
    labels: [],
  };
  const { checks } = await data.call("overview", mapping);
  expect(checks).toMatchObject([{ level: "error" }]);
  await expect(data.call("dataset", mapping, OPTIONS)).rejects.toThrow(
    inEnglish(checks)[0]!.message,
  );
});

test("an own validation and test file are kept apart from the split", async () => {
  const data = reader();
  const { guess, files } = await data.call("read", [
    file("dev.csv", "text,label\nan unseen good thing,pos\nodd,sideways\n"),
    file("train.csv", CSV),
    file("test.csv", "text,label\nanother bad thing,neg\n"),
  ]);
  expect(files.map(({ role }) => role)).toEqual([
    "validation",
    "train",
    "test",
  ]);
  const dataset = await data.call("dataset", guess, OPTIONS);
  expect(dataset).toMatchObject({
    name: "train",
    labels: ["neg", "pos"],
    train: { count: 50 },
    validation: { count: 1 },
    test: { count: 1 },
  });
  expect(inputAt(dataset.validation, 0)).toEqual({
    text: "an unseen good thing",
    textB: null,
  });
  expect([...dataset.validation.origin.file]).toEqual([0]);

  // All rows: what was held out is learned from; the test part stays apart.
  const all = await data.call("dataset", guess, { ...OPTIONS, allRows: true });
  expect(all).toMatchObject({
    train: { count: 51 },
    validation: { count: 0 },
    test: { count: 1 },
  });
  expect(inputAt(all.train, 50).text).toBe("an unseen good thing");
});

test("pairs need both texts", async () => {
  const data = reader();
  const lines = Array.from(
    { length: 20 },
    (_, i) => `a question about ${i},an answer about ${i},${i % 2}`,
  );
  await data.call("read", [
    file("pairs.csv", `q,a,label\n${lines.join("\n")}\nalone here,,1\n`),
  ]);
  const mapping: Mapping = {
    task: "one label",
    text: "q",
    textB: "a",
    label: "label",
    labels: [],
  };
  const { usable, setAside } = await data.call("overview", mapping);
  expect(inEnglish([usable, setAside])).toEqual([
    20,
    [{ reason: "no text", count: 1, where: ["pairs.csv, row 21"] }],
  ]);
  const { train } = await data.call("dataset", mapping, OPTIONS);
  expect(inputAt(train, 0).textB).toMatch(/^an answer about \d+$/);
});

test("a text of a megabyte goes through", async () => {
  const data = reader();
  const { guess } = await data.call("read", [
    file("a.csv", `${CSV}${"very ".repeat(200_000)},pos\n`),
  ]);
  const { lengths } = await data.call("overview", guess);
  expect(lengths.max).toBe(999_999);
  await data.call("dataset", guess, OPTIONS);
});

interface Expected {
  files: string[];
  columns: [text: string, label: string, textB?: string];
  rows: number;
  labels: number;
  parts?: [validation: number, test: number | undefined];
}
const SETS: Record<string, Expected> = {
  "TREC-6 (latin-1, label before the text)": {
    files: ["trec6/TREC.train.all", "trec6/TREC.test.all"],
    columns: ["text", "label"],
    rows: 5452,
    labels: 6,
    parts: [1090, 500],
  },
  "TREC-6 with fine labels": {
    files: ["trec6/raw_TREC.train"],
    columns: ["text", "label"],
    rows: 5452,
    labels: 50,
  },
  "SST-2 with its own parts": {
    files: [
      "sst_sentences/stsa.binary.train",
      "sst_sentences/stsa.binary.dev",
      "sst_sentences/stsa.binary.test",
    ],
    columns: ["text", "label"],
    rows: 6920,
    labels: 2,
    parts: [872, 1821],
  },
  "SST-5": {
    files: ["sst_sentences/stsa.fine.train"],
    columns: ["text", "label"],
    rows: 8544,
    labels: 5,
  },
  Banking77: {
    files: ["banking77/train.csv", "banking77/test.csv"],
    columns: ["text", "category"],
    rows: 10_003,
    labels: 77,
    parts: [2001, 3080],
  },
  "MRPC (pairs, stray quotes)": {
    files: ["mrpc/msr_paraphrase_train.txt", "mrpc/msr_paraphrase_test.txt"],
    columns: ["#1 String", "Quality", "#2 String"],
    rows: 4076,
    labels: 2,
    parts: [815, 1725],
  },
  "CoLA (no header)": {
    files: ["cola/in_domain_train.tsv", "cola/in_domain_dev.tsv"],
    columns: ["column 4", "column 2"],
    rows: 8551,
    labels: 2,
    parts: [527, undefined],
  },
  "Waimai (Chinese)": {
    files: ["waimai/waimai_10k.csv"],
    columns: ["review", "label"],
    rows: 11_987,
    labels: 2,
  },
  "GoEmotions (lists of labels)": {
    files: ["goemotions/dev.tsv"],
    columns: ["column 1", "column 2"],
    rows: 5426,
    labels: 296,
  },
  "XLM-T French (texts and labels apart)": {
    files: [
      "train_text",
      "train_labels",
      "val_text",
      "val_labels",
      "test_text",
      "test_labels",
    ].map((n) => `xlmt/french/${n}.txt`),
    columns: ["text", "label"],
    rows: 1839,
    labels: 3,
    parts: [324, 870],
  },
};

for (const [name, expected] of Object.entries(SETS))
  realTest(`${name} is read and its columns are guessed`, async () => {
    const data = reader();
    const view = await data.call(
      "read",
      expected.files.map((path) => real(`text/${path}`)),
    );
    const [text, label, textB = null] = expected.columns;
    expect(view.guess).toMatchObject({ text, textB, label });
    expect(view.rows).toBe(expected.rows);
    const overview = await data.call("overview", view.guess);
    expect(overview.labels).toHaveLength(expected.labels);
    expect(
      overview.usable +
        overview.setAside.reduce((sum, { count }) => sum + count, 0),
    ).toBe(expected.rows);
    expect(overview.checks.filter(({ level }) => level === "error")).toEqual(
      [],
    );
    const {
      train,
      validation,
      test: held,
    } = await data.call("dataset", view.guess, OPTIONS);
    if (expected.parts)
      expect([validation.count, held?.count]).toEqual(expected.parts);
    expect(train.count).toBeGreaterThan(0);
    expect(validation.count).toBeGreaterThan(0);
  });
