// Files → one table. Decides what each file is, then lays them under each other
// by column name. Either every file is read or the whole reading fails with a
// sentence, so that a person never trains on half of what they dropped.

import type { FileChoices, TableView } from "./protocol";
import { guessColumns, textsAlone } from "./columns";
import { filesOfClasses, withoutTexts } from "./formats/classfiles";
import { asFile, readFile, type ReadFile, type Source } from "./file";
import { bratFolders } from "./formats/brat";
import { foldersOfTexts, isNoData, unpacked } from "./formats/folders";
import { NoTable } from "./formats/json/shapes";
import type { Table } from "./table/shape";
import { roleOf } from "./roles";
import { commas, Failure, listed, said, shown } from "../said";
import { place } from "./phrases";

export type { Source } from "./file";

/** `unlabelled`: a column of texts alone will do. */
export function readTable(
  given: Source[],
  choices: FileChoices = {},
  unlabelled = false,
): Table {
  const choiceOf = (name: string) =>
    Object.hasOwn(choices, name) ? choices[name] : undefined;
  if (given.length === 0) throw new Failure("read: no file");
  const brat = bratFolders(given.flatMap(unpacked));
  const classes = foldersOfTexts(brat.rest, choiceOf);
  const folders = [...brat.folders, ...classes.folders];
  const { rest } = classes;
  const left: string[] = [];
  const sources = rest.filter(({ name }) => {
    if (rest.length + folders.length < 2 || !isNoData(name)) return true;
    left.push(name);
    return false;
  });
  if (sources.length > 1000)
    throw new Failure("read: too many files", { count: sources.length });
  if (sources.length + folders.length === 0)
    throw new Failure("read: no table", { files: listed(left) });
  const tables = pairUp(
    distinct(sources).flatMap((source) => {
      try {
        return [readFile(source, choiceOf(source.name))];
      } catch (error) {
        // What describes a table (state.json, config.json) often lies beside it.
        const others = sources.length + folders.length > 1;
        if (!others || !(error instanceof NoTable)) throw error;
        left.push(source.name);
        return [];
      }
    }),
  );
  if (tables.length + folders.length === 0)
    throw new Failure("read: no table", { files: listed(left) });
  const read = [
    ...folders.map((folder) => asFile(folder, choiceOf(folder.name))),
    ...tables.filter((file) => !isProse(file)),
  ];
  const prose = read.length > 0 ? tables.filter(isProse) : [];
  const all = read.length > 0 ? read : tables;
  const aside = withoutTexts(all);
  const some = all.filter((file) => !aside.has(file));
  const files = filesOfClasses(some) ?? some;
  files[0]!.report.warnings.push(...aside.values());
  giveRoles(files);
  const told = [...left, ...prose.map(({ report }) => report.name)];
  if (told.length > 0)
    files[0]!.report.warnings.push(
      said("read: left out", { files: listed(told, 5), count: told.length }),
    );
  return together(files, unlabelled);
}

/** Files of one name from several folders are called by where they lay. */
function distinct(sources: Source[]): Source[] {
  const times = new Map<string, number>();
  for (const { name } of sources) times.set(name, (times.get(name) ?? 0) + 1);
  return sources.map((source) =>
    (times.get(source.name) ?? 0) > 1 && source.path
      ? { ...source, name: source.path }
      : source,
  );
}

/** One column without a name: a text beside the tables, not one of them. */
const isProse = ({ columns, named }: ReadFile) =>
  columns.length === 1 && !named;

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
      throw new Failure("pair: not equally long", {
        texts: texts.report.name,
        lines: texts.rows.length,
        labels: labels.report.name,
        others: labels.rows.length,
      });
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
            said("pair: labels beside", {
              texts: texts.report.name,
              labels: labels.report.name,
            }),
          ],
        },
      },
    ];
  });
}

/** A role that was chosen stands; a guessed one only beside a file to train on. */
function giveRoles(files: ReadFile[]): void {
  for (const { report, chosen } of files)
    report.role = chosen ?? roleOf(report.name) ?? "train";
  if (files.some((file) => file.report.role === "train")) return;
  for (const { report, chosen } of files) report.role = chosen ?? "train";
  if (files.some((file) => file.report.role === "train")) return;
  throw new Failure("read: nothing to train on", {
    files: commas(files.map((file) => file.report.name)),
  });
}

/** Columns of the first training file, then what others add; matched by name, or by place where a file has no header. */
function together(files: ReadFile[], unlabelled: boolean): Table {
  const base = files.find((file) => file.report.role === "train") as ReadFile;
  const columns = [...base.columns];
  const index = new Map(columns.map((name, i) => [name, i]));
  // "Text" in one file is "text" in another.
  const plain = (names: string[]) => names.map((name) => name.toLowerCase());
  const known = plain(columns);
  if (new Set(known).size === known.length)
    for (const file of files) {
      const its = plain(file.columns);
      if (file === base || new Set(its).size < its.length) continue;
      file.columns = file.columns.map((name, i) =>
        index.has(name) ? name : (columns[known.indexOf(its[i]!)] ?? name),
      );
    }
  const places = files.map((file) => {
    if (file === base) return columns.map((_, i) => i);
    const shared = file.columns.filter((name) => index.has(name)).length;
    const byPlace =
      (!file.named || !base.named) &&
      file.columns.length === base.columns.length;
    if (byPlace) {
      if (file.named !== base.named)
        file.report.problems.push(
          said("together: no header", {
            file: (file.named ? base : file).report.name,
            other: (file.named ? file : base).report.name,
          }),
        );
      return file.columns.map((_, i) => i);
    }
    if (shared === 0)
      throw new Failure("together: nothing shared", {
        file: file.report.name,
        columns: commas(file.columns.slice(0, 4).map(shown)),
        other: base.report.name,
        others: commas(base.columns.slice(0, 4).map(shown)),
      });
    const missing = base.columns.filter((name) => !file.columns.includes(name));
    if (missing.length > 0)
      file.report.problems.push(
        said("together: column missing", {
          file: file.report.name,
          columns: commas(missing.slice(0, 3).map(shown)),
        }),
      );
    return file.columns.map((name) => {
      const at = index.get(name);
      if (at !== undefined) return at;
      index.set(name, columns.length);
      columns.push(name);
      return columns.length - 1;
    });
  });
  if (columns.length < 2 && unlabelled && !base.named) columns[0] = "text";
  else if (columns.length < 2 && !unlabelled)
    throw new Failure("together: one column", {
      file: base.report.name,
      column: shown(base.columns[0] ?? ""),
    });

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
  const [only = ""] = table.columns;
  const { mapping, why } =
    table.columns.length === 1
      ? textsAlone(only)
      : guessColumns(table.columns, sampleOf(table, 2000), table.classes);
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
