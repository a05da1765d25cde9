import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";

interface Sample {
  name: string;
  file: string;
  title: { en: string; zh: string };
  description: { en: string; zh: string };
  rows: number;
  labels: number;
  language: string;
}

interface Row {
  text: string;
  label: string;
}

const folder = new URL("../public/samples/", import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), "utf8");
const samples = JSON.parse(read("samples.json")) as Sample[];

function parse(file: string) {
  return Papa.parse<Row>(read(file), { header: true, skipEmptyLines: true });
}

function counts(rows: Row[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { label } of rows) found.set(label, (found.get(label) ?? 0) + 1);
  return found;
}

/** Words, or single characters where words are not set apart by spaces. */
function tokens(text: string, language: string): Set<string> {
  const pattern = language === "zh" ? /\p{L}|\p{N}/gu : /[\p{L}\p{N}']+/gu;
  return new Set(text.toLowerCase().match(pattern) ?? []);
}

/** Shared tokens over all tokens. */
function jaccard(a: Set<string>, b: Set<string>): number {
  let shared = 0;
  for (const token of a) if (b.has(token)) shared++;
  return shared / (a.size + b.size - shared);
}

it("lists the three samples by the names that URLs use", () => {
  expect(samples.map((s) => s.name)).toEqual([
    "tickets",
    "reviews",
    "outings-zh",
  ]);
});

describe.each(samples)("sample $name", (sample) => {
  const parsed = parse(sample.file);
  const rows = parsed.data;

  it("is valid CSV with the header text,label", () => {
    expect(parsed.errors).toEqual([]);
    expect(parsed.meta.fields).toEqual(["text", "label"]);
    expect(parsed.meta.delimiter).toBe(",");
  });

  it("has as many rows and labels as samples.json says", () => {
    expect(rows.length).toBe(sample.rows);
    expect(counts(rows).size).toBe(sample.labels);
  });

  it("fills every cell, with no control characters and no space around it", () => {
    for (const { text, label } of rows) {
      expect(text).not.toBe("");
      expect(label).not.toBe("");
      expect(text + label).not.toMatch(/\p{Cc}|\uFEFF|\uFFFD/u);
      expect(text).toBe(text.trim());
      expect(label).toBe(label.trim());
    }
  });

  it("names no e-mail address, web address or telephone number", () => {
    for (const { text } of rows)
      expect(text).not.toMatch(/\S@\S|https?:|www\.|\+?\d[\d ()-]{6,}\d/);
  });

  it("holds no two rows that share three quarters of their words", () => {
    const sets = rows.map((row) => tokens(row.text, sample.language));
    const close: string[] = [];
    sets.forEach((a, i) => {
      for (let j = 0; j < i; j++)
        if (jaccard(a, sets[j]!) >= 0.75)
          close.push(`${rows[i]!.text} | ${rows[j]!.text}`);
    });
    expect(close).toEqual([]);
  });

  it("is shuffled, so that no label stands in one block", () => {
    let run = 0;
    let previous = "";
    for (const { label } of rows) {
      run = label === previous ? run + 1 : 1;
      previous = label;
      expect(run).toBeLessThan(20);
    }
  });
});

it("gives tickets at least 480 rows, unequal but not extreme labels, and varied lengths", () => {
  const rows = parse("tickets.csv").data;
  expect(rows.length).toBeGreaterThanOrEqual(480);
  const sizes = [...counts(rows).values()];
  expect(new Set(sizes).size).toBeGreaterThan(3);
  expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(2);
  const words = rows.map((row) => row.text.split(" ").length);
  expect(Math.min(...words)).toBeLessThanOrEqual(4);
  expect(Math.max(...words)).toBeGreaterThanOrEqual(55);
  expect(new Set(words).size).toBeGreaterThanOrEqual(40);
});

it("gives reviews at least 400 rows, mostly positive and rarely neutral", () => {
  const rows = parse("reviews.csv").data;
  expect(rows.length).toBeGreaterThanOrEqual(400);
  const share = (label: string) => (counts(rows).get(label) ?? 0) / rows.length;
  expect(share("positive")).toBeGreaterThan(0.5);
  expect(share("positive")).toBeLessThan(0.7);
  expect(share("neutral")).toBeLessThan(0.2);
  expect(share("negative")).toBeGreaterThan(0.2);
});

it("says of the Chinese sample that the bundled models read English", () => {
  const chinese = samples.find((s) => s.language === "zh");
  expect(chinese?.description.en).toContain("bundled models read English");
  const { data } = parse("outings-zh.csv");
  expect(data.every((row) => /\p{Script=Han}/u.test(row.text))).toBe(true);
});
