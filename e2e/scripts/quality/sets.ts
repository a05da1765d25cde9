// The shared sets as rows: texts, labels by name, and the parts as given. Read
// where they lie; nothing of them is in the repository.

import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface NamedRow {
  text: string;
  textB?: string;
  label: string;
}
export interface RealSet {
  /** For the table: "trec6". */
  name: string;
  train: NamedRow[];
  /** As given; null where the set has none. */
  validation: NamedRow[] | null;
  test: NamedRow[];
}

const folder = "../shared/data/text";
const read = (path: string, encoding: BufferEncoding = "utf8") =>
  readFileSync(join(folder, path), encoding).replace(/^\uFEFF/, "");
const lines = (text: string) => text.split(/\r?\n/).filter(Boolean);

const sets: Record<string, () => Omit<RealSet, "name">> = {
  /** "DESC:manner How did serfdom develop …", one a line, in latin-1. */
  trec6() {
    const part = (file: string) =>
      lines(read(`trec6/${file}`, "latin1")).map((line) => ({
        label: line.slice(0, line.indexOf(":")),
        text: line.slice(line.indexOf(" ") + 1),
      }));
    return {
      train: part("raw_TREC.train"),
      validation: null,
      test: part("raw_TREC.test"),
    };
  },
  /** "1 a stirring , funny …" */
  sst_sentences() {
    const part = (name: string) =>
      lines(read(`sst_sentences/stsa.binary.${name}`)).map((line) => ({
        label: line.slice(0, 1),
        text: line.slice(2),
      }));
    return {
      train: part("train"),
      validation: part("dev"),
      test: part("test"),
    };
  },
  /** text,category; the last comma divides, quotes around the text are CSV's. */
  banking77() {
    const part = (name: string) =>
      csvRows(read(`banking77/${name}.csv`))
        .slice(1)
        .map(([text, label]) => ({ text: text!.trim(), label: label! }));
    return { train: part("train"), validation: null, test: part("test") };
  },
  /** Tabs, and quotes that mean themselves. */
  mrpc() {
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
  },
  /** Texts and labels in two files, line by line. */
  "xlmt/english"() {
    const part = (name: string) => {
      const labels = lines(read(`xlmt/english/${name}_labels.txt`));
      return read(`xlmt/english/${name}_text.txt`)
        .split("\n")
        .slice(0, labels.length)
        .map((text, i) => ({ text: text.trim(), label: labels[i]! }));
    };
    return {
      train: part("train"),
      validation: part("val"),
      test: part("test"),
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

/** Commas and double quotes, as RFC 4180. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  for (const [, quoted, plain, label] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^"\r\n,]*)),([^\r\n]*)(?:\r?\n|$)/g,
  ))
    rows.push([quoted?.replaceAll('""', '"') ?? plain!, label!]);
  return rows;
}
