// Tables drawn in text: Markdown's, and what database programs print, with a ruled
// line below the header. Lines outside the table are left out, and counted.

import type { Parsed } from "./csv";
import { columnNames } from "./header";
import { said, type Said } from "../../said";
import { place } from "../phrases";

/** |---|:---:|, ---|---, +----+----+ */
const RULE = /^\s*[|+]?\s*:?-{2,}:?\s*([|+]\s*:?-{2,}:?\s*)+[|+]?\s*$/;
/** How far down a table may begin. */
const beginning = 30;

export const looksRuled = (text: string): boolean => {
  const lines = text.slice(0, 1 << 16).split(/\r\n|\n|\r/);
  const at = lines.slice(0, beginning).findIndex((line) => RULE.test(line));
  return (
    at !== -1 &&
    [at - 1, at + 1].some((near) => (lines[near] ?? "").includes("|"))
  );
};

export function parseRuled(name: string, text: string): Parsed {
  const problems: Said[] = [];
  const warnings: Said[] = [];
  const rows: string[][] = [];
  const numbers: number[] = [];
  const ragged = { count: 0, where: [] as number[] };
  let header: string[] | null = null;
  let outside = 0;
  let short = 0;
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line.trim() === "" || RULE.test(line)) continue;
    if (!line.includes("|")) {
      outside++;
      continue;
    }
    const cells = cellsOf(line);
    if (!header) {
      header = cells;
      continue;
    }
    const number = rows.length + ragged.count + 1;
    if (cells.length > header.length) {
      if (ragged.count++ < 5) ragged.where.push(number);
      continue;
    }
    if (cells.length < header.length) short++;
    rows.push(header.map((_, i) => cells[i] ?? ""));
    numbers.push(number);
  }
  const given = header ?? [];
  const columns = columnNames(name, given, given.length, problems, warnings);
  if (outside > 0)
    problems.push(said("table: lines outside", { file: name, count: outside }));
  if (ragged.count > 0)
    problems.push(
      said("table: bars within", {
        place: place(name, ragged.where[0]!),
        width: given.length,
        count: ragged.count,
      }),
    );
  if (short > 0)
    problems.push(
      said("table: narrow rows", {
        file: name,
        count: short,
        width: given.length,
      }),
    );
  return {
    delimiter: "|",
    columns,
    named: true,
    rows,
    numbers,
    ragged,
    problems,
    warnings,
  };
}

function cellsOf(line: string): string[] {
  const inner = line
    .trim()
    .replace(/^\|/, "")
    .replace(/(^|[^\\])\|$/, "$1");
  return inner
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll("\\|", "|").trim());
}
