import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { TASKS } from "./task";

interface Sample {
  name: string;
  file: string;
  title: { en: string; zh: string };
  description: { en: string; zh: string };
  rows: number;
  labels: number;
  language: string;
  task: string;
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

it("lists the samples by the names that URLs use, one at least for each task", () => {
  expect(samples.map((s) => s.name)).toEqual([
    "tickets",
    "reviews",
    "outings-zh",
    "requests",
    "walks",
    "notices",
    "roles",
    "garden",
  ]);
  expect(new Set(samples.map(({ task }) => task))).toEqual(new Set(TASKS));
});

it("says of every sample how many rows it has", () => {
  const count = (file: string) =>
    file.endsWith(".conll")
      ? read(file).trim().split("\n\n").length
      : /\.(txt|jsonl)$/.test(file)
        ? numbered(file).length
        : parse(file).data.length;
  for (const { file, rows } of samples) expect(count(file), file).toBe(rows);
});

describe.each(samples.filter(({ task }) => task === "one label"))(
  "sample $name",
  (sample) => {
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
  },
);

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

/** The lines of a file, its last line break aside. */
const numbered = (file: string) => read(file).trimEnd().split("\n");
const notices = read("notices.conll")
  .trimEnd()
  .split("\n\n")
  .map((block) => block.split("\n").map((line) => line.split("\t")));
interface RoleRow {
  tokens: string[];
  predicate: number;
  tags: string[];
}
const roles = numbered("roles.jsonl").map(
  (line) => JSON.parse(line) as RoleRow,
);
const requests = Papa.parse<{ text: string; labels: string }>(
  read("requests.csv"),
  { header: true, skipEmptyLines: true },
);
const walks = Papa.parse<{ text: string; score: string }>(read("walks.csv"), {
  header: true,
  skipEmptyLines: true,
});

/** Tags that IOB2 forbids: an inside that continues nothing of its type. */
function misplaced(tags: string[]): string[] {
  return tags.filter((tag, i) => {
    if (!tag.startsWith("I-")) return false;
    const before = tags[i - 1] ?? "O";
    return before === "O" || before.slice(2) !== tag.slice(2);
  });
}

/** How many spans of each type begin. */
function beginnings(rows: string[][]): Map<string, number> {
  const begun = rows.flat().filter((tag) => tag.startsWith("B-"));
  return counts(begun.map((tag) => ({ text: "", label: tag.slice(2) })));
}

const further: [string, string[]][] = [
  ["requests.csv", requests.data.map((row) => row.text)],
  ["walks.csv", walks.data.map((row) => row.text)],
  ["notices.conll", notices.map((rows) => rows.map(([w]) => w).join(" "))],
  ["roles.jsonl", [...new Set(roles.map((row) => row.tokens.join(" ")))]],
  ["garden.txt", numbered("garden.txt")],
];

describe.each(further)("sample file %s", (file, texts) => {
  it("holds at least 240 texts of its own, none twice", () => {
    expect(texts.length).toBeGreaterThanOrEqual(240);
    expect(new Set(texts.map((text) => text.toLowerCase())).size).toBe(
      texts.length,
    );
  });

  it("is clean text that names no address and no telephone number", () => {
    expect(read(file)).not.toMatch(/\r|\uFEFF|\uFFFD/u);
    for (const text of texts) {
      expect(text).not.toMatch(/\p{Cc}/u);
      expect(text).toBe(text.trim());
      expect(text).not.toBe("");
      expect(text).not.toMatch(/\S@\S|https?:|www\.|\+?\d[\d ()-]{6,}\d/);
    }
  });

  it("holds no two texts that share three quarters of their words", () => {
    const sets = texts.map((text) => tokens(text, "en"));
    const close: string[] = [];
    sets.forEach((a, i) => {
      for (let j = 0; j < i; j++)
        if (jaccard(a, sets[j]!) >= 0.75)
          close.push(`${texts[i]!} | ${texts[j]!}`);
    });
    expect(close).toEqual([]);
  });
});

it("gives requests eight labels, none to three a row", () => {
  expect(requests.errors).toEqual([]);
  expect(requests.meta.fields).toEqual(["text", "labels"]);
  const sets = requests.data.map((row) =>
    row.labels.split(";").filter(Boolean),
  );
  for (const set of sets) expect(new Set(set).size).toBe(set.length);
  const share = (n: number) =>
    sets.filter((set) => set.length === n).length / sets.length;
  expect(share(0)).toBeCloseTo(0.15, 1);
  expect(share(1)).toBeCloseTo(0.5, 1);
  expect(share(2)).toBeGreaterThan(0.2);
  expect(share(3)).toBeGreaterThan(0.03);
  expect(Math.max(...sets.map((set) => set.length))).toBe(3);
  const sizes = counts(sets.flat().map((label) => ({ text: "", label })));
  expect([...sizes.keys()].sort()).toEqual(
    "accessibility billing garden heating noise parking praise safety".split(
      " ",
    ),
  );
  for (const size of sizes.values()) expect(size).toBeGreaterThan(40);
});

it("scores walks from 1.0 to 10.0 with one decimal, all parts of the scale used", () => {
  expect(walks.errors).toEqual([]);
  expect(walks.meta.fields).toEqual(["text", "score"]);
  const parts = new Map<number, number>();
  for (const { score } of walks.data) {
    expect(score).toMatch(/^([1-9]\.\d|10\.0)$/);
    const part = Math.min(9, Math.floor(Number(score)));
    parts.set(part, (parts.get(part) ?? 0) + 1);
  }
  expect(parts.size).toBe(9);
  for (const size of parts.values()) expect(size).toBeGreaterThanOrEqual(15);
});

it("tags notices in IOB2 with four types, punctuation apart", () => {
  for (const sentence of notices) {
    for (const cells of sentence) {
      expect(cells).toHaveLength(2);
      expect(cells[0]).toMatch(/^(Co\.|[\p{L}\p{N}'-]+|\p{P})$/u);
      expect(cells[1]).toMatch(/^(O|[BI]-(PER|PLACE|DATE|ORG))$/);
    }
    expect(misplaced(sentence.map(([, tag]) => tag!))).toEqual([]);
  }
  const types = beginnings(notices.map((rows) => rows.map(([, tag]) => tag!)));
  expect(types.size).toBe(4);
  for (const size of types.values()) expect(size).toBeGreaterThan(80);
});

it("tags roles in IOB2 around one verb, each role once at most", () => {
  for (const { tokens: words, predicate, tags } of roles) {
    expect(tags).toHaveLength(words.length);
    expect(misplaced(tags)).toEqual([]);
    expect(tags[predicate]).toBe("B-V");
    const begun = tags.filter((tag) => tag.startsWith("B-"));
    expect(new Set(begun).size).toBe(begun.length);
    for (const tag of tags)
      expect(tag).toMatch(/^(O|B-V|[BI]-ARG([012]|M-(TMP|LOC|MNR)))$/);
  }
  const sizes = beginnings(roles.map((row) => row.tags));
  expect(sizes.size).toBe(7);
  for (const size of sizes.values()) expect(size).toBeGreaterThan(50);
  const keys = roles.map((r) => `${r.tokens.join(" ")} ${r.predicate}`);
  expect(new Set(keys).size).toBe(keys.length);
  const sentences = new Set(roles.map((r) => r.tokens.join(" ")));
  expect(sentences.size).toBeLessThan(keys.length);
});
