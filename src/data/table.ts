// Files → one table. Decides what each file is, then lays them under each other
// by column name. Either every file is read or the whole reading fails with a
// sentence, so that a person never trains on half of what they dropped.

import type { FileReport, FileRole, TableView } from "../data";
import { guessColumns, isKnownName } from "./columns";
import { parseDelimited, type Parsed } from "./csv";
import { decode } from "./encoding";
import { findLayout, layoutBy } from "./layout";
import { looksJson, parseJson } from "./jsonl";
import { looksLabelled, parseLabelled } from "./text";
import type { Classes } from "./onehot";
import { many, place, shown } from "./words";

export interface Source {
  name: string;
  bytes: Uint8Array;
  /** null: judged by its name. */
  role: FileRole | null;
}

export interface Table {
  files: FileReport[];
  columns: string[];
  rows: string[][];
  /** Per row: index into `files`, and 1-based place among that file's data rows. */
  file: Uint16Array;
  number: Uint32Array;
  /** Rows that did not fit the columns: how many, and the first few places. */
  ragged: { count: number; where: string[] };
  /** Columns of noughts and ones, one for each class, where there are such. */
  classes?: Classes;
}

interface ReadFile extends Parsed {
  /** The role given by the person, or null. */
  chosen: FileRole | null;
  report: FileReport;
}

export function readTable(sources: Source[]): Table {
  if (sources.length === 0)
    throw new Error("No file was given. Drop a CSV, TSV, JSONL or text file.");
  if (sources.length > 1000)
    throw new Error(
      `${many(sources.length, "file")} at once; at most 1,000 can be read together. Join them first.`,
    );
  const read = pairUp(sources.map(readFile));
  giveRoles(read);
  return together(read);
}

function readFile(source: Source): ReadFile {
  const { name, bytes } = source;
  const { text, encoding, problems } = decode(name, bytes);
  const parsed = parse(name, text);
  const spaced = parsed.delimiter === "";
  const json = looksJson(text) || /\.(jsonl|ndjson|json)$/i.test(name);
  const plain =
    parsed.delimiter === "\t" &&
    !parsed.named &&
    !/\.(tsv|tab|csv)$/i.test(name);
  if (parsed.rows.length === 0)
    throw new Error(
      parsed.ragged.count > 0
        ? `${name}: none of its ${many(parsed.ragged.count, "row")} fits the ${many(parsed.columns.length, "column")} of the header. ${parsed.problems[0] ?? ""}`.trim()
        : `${name} has a header (${parsed.columns.slice(0, 5).join(", ")}) and no rows. Add rows below it.`,
    );
  return {
    ...parsed,
    chosen: source.role,
    report: {
      name,
      bytes: bytes.length,
      rows: parsed.rows.length + parsed.ragged.count,
      role: source.role ?? "train",
      format:
        json && spaced
          ? "jsonl"
          : spaced || plain
            ? "text"
            : parsed.delimiter === "\t"
              ? "tsv"
              : "csv",
      encoding,
      delimiter: parsed.delimiter,
      problems: [...problems, ...parsed.problems],
    },
  };
}

function parse(name: string, text: string): Parsed {
  if (looksJson(text) || /\.(jsonl|ndjson|json)$/i.test(name))
    return parseJson(name, text);
  // Excel's own first line.
  const sep = /^sep=(.)\r?\n/i.exec(text);
  if (sep) {
    const rest = text.slice(sep[0].length);
    const layout = layoutBy(rest, sep[1]!);
    if (layout) return parseDelimited(name, rest, layout);
  }
  const layout = findLayout(text, /\.(csv|tsv|tab)$/i.test(name));
  if (layout) return parseDelimited(name, text, layout);
  if (looksLabelled(text)) return parseLabelled(name, text);
  // A single column. No quoting there: each line is a row.
  return lines(text);
}

function lines(text: string): Parsed {
  const all = text.split(/\r\n|\n|\r/);
  const named =
    all.length > 1 && isKnownName(all[0] ?? "") && (all[0] ?? "").length <= 40;
  const rows: string[][] = [];
  const numbers: number[] = [];
  all.forEach((line, i) => {
    if (line.trim() === "" || (named && i === 0)) return;
    rows.push([line]);
    numbers.push(named ? i : i + 1);
  });
  return {
    delimiter: "",
    columns: [named ? (all[0] ?? "").trim() : "column 1"],
    named,
    rows,
    numbers,
    ragged: { count: 0, where: [] },
    problems: [],
  };
}

/**
 * Some sets keep texts and labels in two files, line by line (train_text.txt and
 * train_labels.txt): where names and counts agree they become one table.
 */
function pairUp(files: ReadFile[]): ReadFile[] {
  const marked = (file: ReadFile) => {
    const mark = /(^|[^a-z])(texts?|sentences?|labels?)(?![a-z])/i.exec(
      file.report.name,
    );
    if (!mark || file.columns.length !== 1 || file.named) return null;
    const word = mark[2] as string;
    return {
      label: /^label/i.test(word),
      stem: file.report.name.replace(word, "").toLowerCase(),
    };
  };
  const joined = new Set<ReadFile>();
  return files.flatMap((file) => {
    if (joined.has(file)) return [];
    const mine = marked(file);
    const other =
      mine &&
      files.find((candidate) => {
        const its =
          candidate !== file && !joined.has(candidate) && marked(candidate);
        return its && its.stem === mine.stem && its.label !== mine.label;
      });
    if (!mine || !other) return [file];
    const [texts, labels] = mine.label ? [other, file] : [file, other];
    if (texts.rows.length !== labels.rows.length)
      throw new Error(
        `${texts.report.name} has ${many(texts.rows.length, "line")} and ${labels.report.name} ${labels.rows.length.toLocaleString("en")}; they belong together line by line. Make them equally long.`,
      );
    joined.add(other).add(file);
    return [
      {
        ...texts,
        columns: ["text", "label"],
        named: true,
        rows: texts.rows.map((row, i) => [row[0]!, labels.rows[i]![0]!]),
        report: {
          ...texts.report,
          bytes: texts.report.bytes + labels.report.bytes,
          problems: [
            ...texts.report.problems,
            ...labels.report.problems,
            `${texts.report.name}: its labels are taken line by line from ${labels.report.name}.`,
          ],
        },
      },
    ];
  });
}

const ROLE_WORDS: Record<string, FileRole> = {
  train: "train",
  training: "train",
  dev: "validation",
  val: "validation",
  valid: "validation",
  validation: "validation",
  eval: "validation",
  test: "test",
  testing: "test",
  heldout: "test",
};

/** "reviews_test.csv" → test; null where the name says nothing. */
export function roleOf(name: string): FileRole | null {
  const parts = name.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [];
  const found = parts.map((part) => ROLE_WORDS[part.toLowerCase()]);
  return found.findLast((role) => role !== undefined) ?? null;
}

/** A role that was chosen stands; a guessed one only beside a file to train on. */
function giveRoles(files: ReadFile[]): void {
  for (const { report, chosen } of files)
    report.role = chosen ?? roleOf(report.name) ?? "train";
  if (files.some((file) => file.report.role === "train")) return;
  for (const { report, chosen } of files) report.role = chosen ?? "train";
  if (files.some((file) => file.report.role === "train")) return;
  throw new Error(
    `${files.map((file) => file.report.name).join(", ")}: no file to train on. Give one of them the role “train”.`,
  );
}

/** Columns of the first training file, then what others add; matched by name, or by place where a file has no header. */
function together(files: ReadFile[]): Table {
  const base = files.find((file) => file.report.role === "train") as ReadFile;
  const columns = [...base.columns];
  const index = new Map(columns.map((name, i) => [name, i]));
  const places = files.map((file) => {
    if (file === base) return columns.map((_, i) => i);
    const shared = file.columns.filter((name) => index.has(name)).length;
    const byPlace =
      (!file.named || !base.named) &&
      file.columns.length === base.columns.length;
    if (byPlace) {
      if (file.named !== base.named)
        file.report.problems.push(
          `${(file.named ? base : file).report.name} has no header; its columns are taken in the order of ${(file.named ? file : base).report.name}.`,
        );
      return file.columns.map((_, i) => i);
    }
    if (shared === 0)
      throw new Error(
        `${file.report.name} has the columns ${file.columns.slice(0, 4).map(shown).join(", ")} where ${base.report.name} has ${base.columns.slice(0, 4).map(shown).join(", ")}. Give both the same column names, or drop them one at a time.`,
      );
    const missing = base.columns.filter((name) => !file.columns.includes(name));
    if (missing.length > 0)
      file.report.problems.push(
        `${file.report.name} has no column ${missing.slice(0, 3).map(shown).join(", ")}; it is taken as empty there.`,
      );
    return file.columns.map((name) => {
      const at = index.get(name);
      if (at !== undefined) return at;
      index.set(name, columns.length);
      columns.push(name);
      return columns.length - 1;
    });
  });
  if (columns.length < 2)
    throw new Error(
      `${base.report.name} has one column, ${shown(base.columns[0] ?? "")}. Attune needs a column of texts and one of labels, separated by commas or tabs.`,
    );

  const total = files.reduce((sum, file) => sum + file.rows.length, 0);
  const table: Table = {
    files: files.map((file) => file.report),
    columns,
    rows: [],
    file: new Uint16Array(total),
    number: new Uint32Array(total),
    ragged: { count: 0, where: [] },
  };
  files.forEach((file, f) => {
    const at = places[f] as number[];
    const same =
      at.length === columns.length && at.every((place, i) => place === i);
    file.rows.forEach((row, i) => {
      table.file[table.rows.length] = f;
      table.number[table.rows.length] = file.numbers[i] as number;
      table.rows.push(same ? row : spread(row, at, columns.length));
    });
    table.ragged.count += file.ragged.count;
    for (const row of file.ragged.where)
      if (table.ragged.where.length < 5)
        table.ragged.where.push(place(file.report.name, row));
  });
  return table;
}

function spread(row: string[], at: number[], width: number): string[] {
  const wide = new Array<string>(width).fill("");
  at.forEach((place, i) => (wide[place] = row[i] as string));
  return wide;
}

/** Rows from all over the training files, since files are often sorted by label. */
export function sampleOf(table: Table, most: number): string[][] {
  const training = trainingRows(table);
  const step = Math.max(1, training.length / most);
  const sample: string[][] = [];
  for (let i = 0; i < training.length && sample.length < most; i++)
    sample.push(table.rows[training[Math.floor(i * step)] ?? -1] ?? []);
  return sample.filter((row) => row.length > 0);
}

function trainingRows({ files, file }: Table): Uint32Array {
  const rows = new Uint32Array(file.length);
  let count = 0;
  for (let i = 0; i < file.length; i++)
    if (files[file[i] as number]?.role === "train") rows[count++] = i;
  return rows.subarray(0, count);
}

/** What the page may know about a table. */
export function viewOf(table: Table): TableView {
  const { mapping, why } = guessColumns(
    table.columns,
    sampleOf(table, 2000),
    table.classes,
  );
  const training = table.files.filter((file) => file.role === "train");
  return {
    files: table.files,
    columns: table.columns,
    rows: training.reduce((sum, file) => sum + file.rows, 0),
    preview: [...trainingRows(table).subarray(0, 100)].map((i) =>
      (table.rows[i] as string[]).map((cell) => cell.slice(0, 400)),
    ),
    guess: mapping,
    why,
  };
}
