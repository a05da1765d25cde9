// What may cross between the page and the data worker.

import type { Connection } from "../port";
import type { Said } from "../said";
import type { Metrics, Task } from "../task";
import type { Dataset } from "./dataset";

export type DataConnection = Connection<DataCalls, never>;

export interface FileToRead {
  file: Blob;
  /** Needed only where `file` is a Blob without a name of its own. */
  name?: string;
  /** null: judged by its name. */
  role: FileRole | null;
  /** Where it lay in a dropped folder, with its name. */
  path?: string;
}

export interface DataCalls {
  /** Reads files into one table, replacing the one held, which stays if reading fails. */
  read(
    files: FileToRead[],
    choices?: FileChoices,
    /** What is wanted of them: a task without labels takes a column alone. */
    task?: Task | null,
  ): TableView;
  /** What the columns of a mapping look made for, whatever task it names. */
  suggest(mapping: Mapping): Suggestion;
  /** Counts labels under a mapping and checks the rows. */
  overview(mapping: Mapping): LabelOverview;
  /** Splits and packs. Its buffers are moved to the page. */
  dataset(mapping: Mapping, options: SplitOptions): Dataset;
  /** Majority class and bag of words on the same split. */
  baselines(mapping: Mapping, options: SplitOptions): Baselines;
}

/** What the page may know about the table that was read. */
export interface TableView {
  /** File names in the order given, each with what was found about it. */
  files: FileReport[];
  /** Column names, unique, never empty (blank headers become "column 3"). */
  columns: string[];
  /** Number of data rows over all training files. */
  rows: number;
  /** The first rows, at most 100; cells cut to 400 characters. */
  preview: string[][];
  /** Guessed columns; the page may change them. */
  guess: Mapping;
  /** What spoke for the guess: a sentence or two. */
  why: Said;
}

/** What a file can be in, as `TextDecoder` names it; the usual ones first. */
export const ENCODINGS = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "gb18030",
  "big5",
  "shift_jis",
  "euc-jp",
  "euc-kr",
  "windows-1250",
  "windows-1251",
  "windows-1253",
  "windows-1254",
  "windows-1255",
  "windows-1256",
  "windows-1257",
  "windows-1258",
  "windows-874",
  "koi8-r",
  "iso-8859-2",
  "iso-8859-5",
  "iso-8859-6",
  "iso-8859-7",
  "iso-8859-8",
  "iso-8859-13",
  "iso-8859-15",
] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface FileReport {
  name: string;
  bytes: number;
  rows: number;
  /** "train" unless its name or the user says otherwise. */
  role: FileRole;
  format: "csv" | "tsv" | "jsonl" | "text";
  encoding: Encoding;
  /** "," ";" "\t" "|" or "" where there is none. */
  delimiter: string;
  /** Whether the first row names the columns. */
  header: boolean;
  /** Each row is a whole file: there is no delimiter or header to choose. */
  whole?: boolean;
  /** What a person decided about the reading. */
  chosen: Reading;
  /** Sentences about what was odd but could be read. */
  problems: Said[];
  /** Sentences that must be seen: what was left out, or taken for something else. */
  warnings: Said[];
}

/** How a file is to be read, where a person decides; what is null is found out. */
export interface Reading {
  /** As in a report; "" makes each line one cell. */
  delimiter: string | null;
  header: boolean | null;
  encoding: Encoding | null;
}

export interface FileChoice extends Partial<Reading> {
  role?: FileRole;
}

/** By the names that reports have. */
export type FileChoices = Record<string, FileChoice>;

export type FileRole = "train" | "validation" | "test";

/** Which columns hold what, and what is to be learned from them. */
export interface Mapping {
  task: Task;
  text: string;
  /** Second text of a pair, or null. */
  textB: string | null;
  /** "" where there is none, which only masked words can do without. */
  label: string;
  /** Columns of noughts and ones, one for each label, in place of `label`; empty unless a text may have many labels. */
  labels: string[];
}

export interface Suggestion {
  task: Task;
  /** Columns of noughts and ones that are labels, where a text may have many. */
  labels: string[];
}

/** What a mapping makes of the table, before any split. */
export interface LabelOverview {
  /** Most frequent first. `rows` counts usable training-file rows. Empty for scores. */
  labels: { label: string; rows: number }[];
  /** Of scores: how they are spread, from the least to the most in groups of equal width. */
  scores?: { least: number; most: number; mean: number; counts: number[] };
  usable: number;
  /** Rows set aside, with their reasons; never silently lost. */
  setAside: SetAside[];
  /** Labels that were written in several ways and are read as one. */
  merged: MergedLabel[];
  /** Usable rows by what they are for; all are "train" until a file or column says otherwise. */
  parts: Record<FileRole, number>;
  checks: Check[];
  /** Characters per text, for choosing max tokens: median, 95th percentile, longest. */
  lengths: { median: number; p95: number; max: number };
}

export interface MergedLabel {
  /** As it is trained on. */
  label: string;
  /** Most frequent first; rows of all files. */
  spellings: { written: string; rows: number }[];
  why: "invisible" | "number" | "boolean" | "case";
}

export interface SetAside {
  /** "rejected": whoever annotated it turned it down or left it out. */
  reason:
    | "no text"
    | "no label"
    | "several labels"
    | "no number"
    | "no tags"
    | "no predicate"
    | "rejected"
    | "ragged";
  count: number;
  /** Up to 5 places: "reviews.csv, row 214". */
  where: Said[];
}

/** One finding about the data. `level` "error" means training cannot start. */
export interface Check {
  level: "info" | "warning" | "error";
  /** A sentence: fact with its value, then what to do. */
  message: Said;
  /** What nobody need mend but everybody should see. */
  visible?: boolean;
  /** Findings about the same thing, of which the page says one. */
  about?: "language";
}

export interface SplitOptions {
  /** Share of training rows held out, 0.05–0.5; ignored when a validation file was given. */
  validationShare: number;
  seed: number;
  /** Hold nothing out: what would be validation rows, given or drawn, is trained on. The test part stays apart. */
  allRows?: boolean;
}

/** Scores that a figure is compared with, on the validation part, by the task's figures. */
export interface Baselines {
  /** Without reading: always the most frequent label (null where the task has none), or the mean. */
  majority: Metrics & { label: string | null };
  /** TF-IDF of words and word pairs, and a linear model on it. */
  bagOfWords: Metrics & {
    /** Rows it was trained on: fewer than all where those would take too long. */
    trainedOn: number;
  };
}

/** What is known of a baseline for labels. */
export interface BaselineScore {
  accuracy: number;
  macroF1: number;
}
