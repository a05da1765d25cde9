// One file → its rows, in whatever format it turns out to be, or as a person said.

import type { FileChoice, FileReport, FileRole, Reading } from "./protocol";
import { isKnownName } from "./names";
import { looksConll, parseConll } from "./formats/conll";
import {
  looksPropositions,
  parsePropositions,
} from "./formats/conll/propositions";
import { parseDelimited, type Parsed } from "./formats/csv";
import { decode } from "./formats/encoding";
import { looksFastText, parseFastText, withoutMarks } from "./formats/fasttext";
import { findLayout, layoutBy } from "./formats/layout";
import { looksJson, parseJson } from "./formats/json";
import type { roleOf } from "./roles";
import { looksRuled, parseRuled } from "./formats/ruled";
import { looksLabelled, parseLabelled } from "./formats/lines";
import { commas, Failure, shown, type Said } from "../said";

export interface Source {
  name: string;
  bytes: Uint8Array;
  /** null: judged by its name. */
  role: FileRole | null;
  /** Where it lay in a dropped folder or an archive, with its name. */
  path?: string;
}

export interface ReadFile extends Parsed {
  /** The role given by the person, or null. */
  chosen: FileRole | null;
  report: FileReport;
}

export interface FolderOfTexts {
  /** As the report calls it: the folder above the labels. */
  name: string;
  bytes: number;
  role: ReturnType<typeof roleOf>;
  warnings: Said[];
  encoding: FileReport["encoding"];
  parsed: Parsed;
}

export function readFile(source: Source, choice: FileChoice = {}): ReadFile {
  const { name, bytes } = source;
  const { text, encoding, problems } = decode(name, bytes, choice.encoding);
  const parsed = withoutMarks(name, parse(name, text, choice));
  const spaced = parsed.delimiter === "";
  const json = looksJson(text) || /\.(jsonl|ndjson|json)$/i.test(name);
  const plain =
    parsed.delimiter === "\t" &&
    !parsed.named &&
    !/\.(tsv|tab|csv)$/i.test(name);
  if (parsed.rows.length === 0)
    throw parsed.ragged.count > 0
      ? new Failure("rows: none fits", {
          file: name,
          rows: parsed.ragged.count,
          columns: parsed.columns.length,
          problem: parsed.problems[0] ?? "",
        })
      : new Failure("rows: none below the header", {
          file: name,
          columns: commas(parsed.columns.slice(0, 5)),
        });
  return {
    ...parsed,
    chosen: choice.role ?? source.role,
    report: {
      name,
      bytes: bytes.length,
      rows: parsed.rows.length + parsed.ragged.count,
      role: choice.role ?? source.role ?? "train",
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
      header: parsed.named,
      chosen: readingOf(choice),
      problems: [...problems, ...parsed.problems],
      warnings: parsed.warnings ?? [],
    },
  };
}

const readingOf = ({ delimiter, header, encoding }: FileChoice): Reading => ({
  delimiter: delimiter ?? null,
  header: header ?? null,
  encoding: encoding ?? null,
});

function parse(name: string, text: string, choice: FileChoice): Parsed {
  const headed = choice.header ?? undefined;
  const by = choice.delimiter ?? null;
  if (by === "") return lines(text, headed);
  if (by !== null) {
    const rest = text.replace(/^sep=.\r?\n/i, "");
    const layout = layoutBy(rest, by);
    if (!layout)
      throw by === "\t"
        ? new Failure("delimiter: tabs divide nothing", { file: name })
        : new Failure("delimiter: divides nothing", {
            file: name,
            delimiter: shown(by),
          });
    return parseDelimited(name, rest, layout, headed);
  }
  if (looksJson(text) || /\.(jsonl|ndjson|json)$/i.test(name))
    return parseJson(name, text);
  // Excel's own first line.
  const sep = /^sep=(.)\r?\n/i.exec(text);
  if (sep) {
    const rest = text.slice(sep[0].length);
    const layout = layoutBy(rest, sep[1]!);
    if (layout) return parseDelimited(name, rest, layout, headed);
  }
  if (looksPropositions(text)) return parsePropositions(name, text);
  if (looksConll(name, text)) return parseConll(name, text);
  if (looksRuled(text)) return parseRuled(name, text);
  if (looksFastText(text)) return parseFastText(name, text);
  const layout = findLayout(text, /\.(csv|tsv|tab)$/i.test(name));
  if (layout) return parseDelimited(name, text, layout, headed);
  if (looksLabelled(text)) return parseLabelled(text);
  // A single column. No quoting there: each line is a row.
  return lines(text, headed);
}

function lines(text: string, headed?: boolean): Parsed {
  const all = text.split(/\r\n|\n|\r/);
  const named =
    headed ??
    (all.length > 1 &&
      isKnownName(all[0] ?? "") &&
      (all[0] ?? "").length <= 40);
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

export function asFile(
  { name, bytes, role, warnings, encoding, parsed }: FolderOfTexts,
  choice: FileChoice = {},
): ReadFile {
  return {
    ...parsed,
    chosen: choice.role ?? role,
    report: {
      name,
      bytes,
      rows: parsed.rows.length,
      role: role ?? "train",
      format: "text",
      encoding,
      delimiter: "",
      header: true,
      whole: true,
      chosen: readingOf({ encoding: choice.encoding ?? null }),
      problems: parsed.problems,
      warnings,
    },
  };
}
