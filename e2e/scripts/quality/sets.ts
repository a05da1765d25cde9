// The shared sets as rows: texts, labels by name, and the parts as given. Read
// where they lie; nothing of them is in the repository.

import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Texts and what they are to be answered with; labels by name. */
/** What is measured: of roles and masked words there is no set here. */
export type MeasuredTask = "one label" | "many labels" | "score" | "spans";

export type NamedRow<
  Answer = { labels: string[] } | { score: number } | TaggedSentence,
> = {
  text: string;
  textB?: string;
} & Answer;
type LabelledRow = NamedRow<{ labels: string[] }>;
interface Parts<Row = NamedRow> {
  train: Row[];
  /** As given; null where the set has none. */
  validation: Row[] | null;
  test: Row[];
}
export interface RealSet extends Parts {
  /** For the table: "trec6". */
  name: string;
  task: MeasuredTask;
  /** All that there are, or the name of the score; of spans "O", then both tags of each type. */
  labels: string[];
  /** The label whose own F1 counts, of two. */
  positive?: string;
}

const folder = "../shared/data/text";
const read = (path: string, encoding: BufferEncoding = "utf8") =>
  readFileSync(join(folder, path), encoding).replace(/^\uFEFF/, "");
const lines = (text: string) => text.split(/\r?\n/).filter(Boolean);

/** The set of pairs with one label that is meant. */
const paraphrases = "mrpc";
type Opened = Omit<RealSet, "name">;

/** One label a row, and the labels those of the training rows. */
function oneLabel(
  parts: Parts<NamedRow<{ label: string }>>,
  positive?: string,
): Opened {
  const rows = (part: typeof parts.train): LabelledRow[] =>
    part.map(({ label, ...texts }) => ({ ...texts, labels: [label] }));
  return {
    task: "one label",
    labels: [...new Set(parts.train.map(({ label }) => label))].sort(),
    train: rows(parts.train),
    validation: parts.validation && rows(parts.validation),
    test: rows(parts.test),
    ...(positive !== undefined && { positive }),
  };
}

const sets: Record<string, () => Opened> = {
  /** "DESC:manner How did serfdom develop …", one a line, in latin-1. */
  trec6() {
    const part = (file: string) =>
      lines(read(`trec6/${file}`, "latin1")).map((line) => ({
        label: line.slice(0, line.indexOf(":")),
        text: line.slice(line.indexOf(" ") + 1),
      }));
    return oneLabel({
      train: part("raw_TREC.train"),
      validation: null,
      test: part("raw_TREC.test"),
    });
  },
  /** "1 a stirring , funny …" */
  sst_sentences() {
    const part = (name: string) =>
      lines(read(`sst_sentences/stsa.binary.${name}`)).map((line) => ({
        label: line.slice(0, 1),
        text: line.slice(2),
      }));
    return oneLabel({
      train: part("train"),
      validation: part("dev"),
      test: part("test"),
    });
  },
  /** text,category; the last comma divides, quotes around the text are CSV's. */
  banking77() {
    const part = (name: string) =>
      csvRows(read(`banking77/${name}.csv`))
        .slice(1)
        .map(([text, label]) => ({ text: text!.trim(), label: label! }));
    return oneLabel({
      train: part("train"),
      validation: null,
      test: part("test"),
    });
  },
  /** Tabs, and quotes that mean themselves. */
  [paraphrases]: () => oneLabel(mrpc(), "1"),
  /** Texts and labels in two files, line by line. */
  "xlmt/english"() {
    const part = (name: string) => {
      const labels = lines(read(`xlmt/english/${name}_labels.txt`));
      return read(`xlmt/english/${name}_text.txt`)
        .split("\n")
        .slice(0, labels.length)
        .map((text, i) => ({ text: text.trim(), label: labels[i]! }));
    };
    return oneLabel({
      train: part("train"),
      validation: part("val"),
      test: part("test"),
    });
  },
  /** text, label ids with commas between, and an id of the comment. */
  goemotions() {
    const labels = lines(read("goemotions/labels.txt"));
    const part = (name: string): LabelledRow[] =>
      lines(read(`goemotions/${name}.tsv`))
        .map((line) => line.split("\t"))
        .map(([text, ids]) => ({
          text: text!.trim(),
          labels: ids!.split(",").map((id) => labels[Number(id)]!),
        }));
    return {
      task: "many labels",
      labels,
      train: part("train"),
      validation: part("dev"),
      test: part("test"),
    };
  },
  /** Our own: mrpc's pairs, and how many words the two share. No person judged them. */
  "mrpc-score"() {
    const { train, test } = mrpc();
    const scored = (rows: typeof train) =>
      rows.map(({ text, textB }) => ({
        text,
        textB,
        score: sharedWords(text, textB),
      }));
    return {
      task: "score",
      labels: ["shared words"],
      train: scored(train),
      validation: null,
      test: scored(test),
    };
  },
  /** Entities in tweets and the like; those of the test sentences are others. */
  wnut17() {
    const part = (file: string) =>
      taggedSentences(read(`wnut17/${file}`)).map((sentence) => ({
        ...sentence,
        text: sentence.words.join(" "),
      }));
    const train = part("wnut17train.conll");
    return {
      task: "spans",
      labels: tagNames(train),
      train,
      validation: part("emerging.dev.conll"),
      test: part("emerging.test.annotated"),
    };
  },
};

export const setNames = Object.keys(sets);

export function readSet(name: string): RealSet {
  const open = sets[name];
  if (!open)
    throw new Error(`No set ${name}. The sets are ${setNames.join(", ")}.`);
  return { name, ...open() };
}

/** Whether the F1 of one label is a figure of this set. */
export const hasOwnF1 = (name: string): boolean => name === paraphrases;

/** Commas and double quotes, as RFC 4180. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  for (const [, quoted, plain, label] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^"\r\n,]*)),([^\r\n]*)(?:\r?\n|$)/g,
  ))
    rows.push([quoted?.replaceAll('""', '"') ?? plain!, label!]);
  return rows;
}

/** Tabs, and quotes that mean themselves. */
function mrpc() {
  const part = (name: string) =>
    lines(read(`mrpc/msr_paraphrase_${name}.txt`))
      .slice(1)
      .map((line) => line.split("\t"))
      .map(([label, , , text, textB]) => ({
        label: label!,
        text: text!,
        textB: textB!,
      }));
  return { train: part("train"), validation: null, test: part("test") };
}

/**
 * From 0 (no word in common) to 5 (the same words): five times 2·shared / (words of
 * the one + words of the other), which is the F-measure of the one's words as a
 * guess at the other's. Words are runs of letters and digits, in lower case; each
 * counts as often as it stands there.
 */
export function sharedWords(text: string, textB: string): number {
  const wordsOf = (of: string) =>
    of.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const [one, other] = [wordsOf(text), wordsOf(textB)];
  const left = new Map<string, number>();
  for (const word of one) left.set(word, (left.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of other) {
    const count = left.get(word) ?? 0;
    if (count === 0) continue;
    shared++;
    left.set(word, count - 1);
  }
  const words = one.length + other.length;
  return words > 0 ? (10 * shared) / words : 0;
}

export interface TaggedSentence {
  words: string[];
  /** IOB2, one a word. */
  tags: string[];
}

/** "word<tab>tag" a line, an empty line after each sentence. */
export function taggedSentences(text: string): TaggedSentence[] {
  const sentences: TaggedSentence[] = [];
  let open: TaggedSentence | null = null;
  for (const line of text.split(/\r?\n/)) {
    const [word = "", tag = ""] = line.split("\t").map((cell) => cell.trim());
    if (word === "" || tag === "") open = null;
    else {
      if (open === null) sentences.push((open = { words: [], tags: [] }));
      open.words.push(word);
      open.tags.push(tag);
    }
  }
  return sentences;
}

/** "O", then "B-" and "I-" of each type, as the studio orders them. */
export const tagNames = (
  sentences: Pick<TaggedSentence, "tags">[],
): string[] => [
  "O",
  ...[
    ...new Set(
      sentences.flatMap(({ tags }) =>
        tags.filter((tag) => tag !== "O").map((tag) => tag.slice(2)),
      ),
    ),
  ]
    .sort()
    .flatMap((type) => [`B-${type}`, `I-${type}`]),
];
