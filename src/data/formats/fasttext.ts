// fastText marks labels by `__label__` or another word of the kind, before a text or behind it, with a space,
// a tab or a comma between, in files of lines or in a column of a table. Wherever
// they stand, labels and texts become columns of their own.

import type { Parsed } from "./csv";
import { isKnownName } from "../names";
import { said } from "../../said";
import { place } from "../phrases";

const MARK = /__(?:label|class|category|intent|topic|tag|target)__/i;
const { source } = MARK;
/** What stands between a label and its text, or between labels. */
const BEFORE = new RegExp(`^\\s*${source}([^\\s,;|"]+)[\\s,;|]*`, "i");
const BEHIND = new RegExp(`[\\s,;|]*${source}([^\\s,;|"]+)[\\s,;|]*$`, "i");

/** Whether nearly all lines carry a label, and no table around it explains them better. */
export function looksFastText(text: string): boolean {
  const sample = text
    .slice(0, 1 << 18)
    .split(/\r\n|\n|\r/)
    .slice(0, 2000);
  if (text.length > 1 << 18) sample.pop();
  const filled = sample.filter((line) => line.trim() !== "");
  const body = isTitle(filled[0]) ? filled.slice(1) : filled;
  const marked = body
    .map(unquoted)
    .filter((line) => BEFORE.test(line) || BEHIND.test(line));
  if (body.length === 0 || marked.length < 0.9 * body.length) return false;
  // "id,text,__label__x" is a table whose label column is marked.
  const head = filled[0] ?? "";
  return body.length === filled.length
    ? marked.some((line) => BEFORE.test(line)) || !/^\d+[,;\t]/.test(head)
    : !/[,;\t|]/.test(head);
}

/** A line above the labels that names the column or columns. */
const isTitle = (line = "") =>
  !MARK.test(line) &&
  line.length <= 60 &&
  line
    .split(/[,;|\t]/)
    .every((cell) => isKnownName(unquoted(cell)) || cell === "");

export function parseFastText(name: string, text: string): Parsed {
  const rows: string[][] = [];
  const numbers: number[] = [];
  const all = text.split(/\r\n|\n|\r/);
  const skipped = isTitle(all[0]) ? 1 : 0;
  all.slice(skipped).forEach((line, i) => {
    if (line.trim() === "") return;
    rows.push([unquoted(line)]);
    numbers.push(i + 1);
  });
  return withoutMarks(name, {
    delimiter: "",
    columns: ["text"],
    named: true,
    rows,
    numbers,
    ragged: { count: 0, where: [] },
    problems: [],
  });
}

/** Takes the marks off every column that has them nearly everywhere. */
export function withoutMarks(name: string, parsed: Parsed): Parsed {
  let { columns, rows } = parsed;
  const problems = [...parsed.problems];
  for (let at = 0; at < columns.length; at++) {
    const filled = rows.filter((row) => row[at]!.trim() !== "");
    if (!filled.slice(0, 2).some((row) => MARK.test(row[at]!))) continue;
    const marked = filled.filter((row) => MARK.test(row[at]!)).length;
    if (marked < 0.9 * filled.length) continue;
    const parts = rows.map((row) => apart(row[at]!));
    const several = parts.flatMap(({ labels }, i) =>
      labels.length > 1 ? [parsed.numbers[i]!] : [],
    );
    if (several.length > 0)
      problems.push(
        said("fastText: several labels", {
          place: place(name, several[0]!),
          rows: several.length,
        }),
      );
    const label = (i: number) => parts[i]!.labels.join(",");
    if (parts.every(({ rest }) => rest === "")) {
      rows = rows.map((row, i) => row.with(at, label(i)));
      continue;
    }
    const free = ["label", "label (fastText)", `column ${columns.length + 1}`];
    const called = free.find((each) => !columns.includes(each))!;
    columns = columns.toSpliced(at, 0, called);
    rows = rows.map((row, i) => row.toSpliced(at, 1, label(i), parts[i]!.rest));
    at++;
  }
  return { ...parsed, columns, rows, problems };
}

function apart(cell: string): { labels: string[]; rest: string } {
  const labels: string[] = [];
  let rest = cell;
  for (
    let found;
    (found = BEFORE.exec(rest));
    rest = rest.slice(found[0].length)
  )
    labels.push(found[1]!);
  const behind: string[] = [];
  for (
    let found;
    (found = BEHIND.exec(rest));
    rest = rest.slice(0, found.index)
  )
    behind.unshift(found[1]!);
  return { labels: [...labels, ...behind], rest: unquoted(rest) };
}

/** A line or cell that CSV put into quotation marks. */
function unquoted(cell: string): string {
  const bare = cell.trim();
  const inside = /^"(.*)"$/s.exec(bare)?.[1];
  if (inside === undefined || /(^|[^"])"([^"]|$)/.test(inside)) return bare;
  return inside.replaceAll('""', '"');
}
