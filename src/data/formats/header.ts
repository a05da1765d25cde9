// Whether the first row names the columns, from names and from how the rows below
// differ, and what the columns are called then.

import { commas, said, type Said } from "../../said";
import { extent, isNumber, look } from "../look";
import { isKnownName } from "../names";

/** Whether the first row names the columns rather than being data. */
export function hasHeader(rows: string[][]): boolean {
  const [first, ...body] = rows;
  if (!first) return false;
  if (body.length === 0) return first.some(isKnownName);
  let evidence = 0;
  first.forEach((raw, i) => {
    const head = raw.trim();
    const cells = body.map((row) => (row[i] ?? "").trim());
    const filled = cells.filter((cell) => cell !== "");
    const l = look(cells);
    const again = head !== "" && filled.includes(head);
    if (again) evidence -= filled.length > 4 ? 2 : 0.5;
    else if (isKnownName(head)) evidence += 2;
    else if (
      head !== "" &&
      filled.length > 4 &&
      l.distinct <= filled.length / 3
    )
      // Among few repeated values the first one is new: likelier a name.
      evidence += isNumber(head) === l.numbers > 0.5 ? 0.5 : 1;
    if (isNumber(head)) evidence -= l.numbers > 0.8 ? 1 : 0;
    else if (l.numbers > 0.8 && filled.length > 0 && head !== "" && !again)
      evidence += 1;
    if (l.length > 25)
      evidence +=
        head !== "" && extent(head) <= 30 && head.split(/\s+/).length <= 4
          ? 0.75
          : 0;
    if (extent(head) > 50 || /[.!?。！？]$/.test(head)) evidence -= 1.5;
  });
  return evidence >= 0;
}

/** A name as people see it: marks without width and byte order marks are not there. */
export const cleanName = (name: string) =>
  name
    .replace(/[\u200b\u2060\ufeff\u00ad]/g, "")
    .replace(/^[\s\u200c-\u200f]+|[\s\u200c-\u200f]+$/g, "");

/** Trimmed, never empty, never twice the same; what had to be changed is a problem to mention. */
export function columnNames(
  file: string,
  header: string[],
  width: number,
  problems: Said[],
  warnings: Said[],
): string[] {
  const names: string[] = [];
  const taken = new Set<string>();
  const renamed: string[] = [];
  for (let i = 0; i < width; i++) {
    const given = cleanName(header[i] ?? "") || `column ${i + 1}`;
    let unique = given;
    for (let n = 2; taken.has(unique); n++) unique = `${given} (${n})`;
    if (unique !== given) renamed.push(unique);
    taken.add(unique);
    names.push(unique);
  }
  if (header.length === 0) return names;
  const blank = names.filter((_, i) => !cleanName(header[i] ?? "")).length;
  if (blank > 0)
    problems.push(
      said("table: columns without a name", { file, count: blank }),
    );
  if (renamed.length > 0)
    warnings.push(
      said("table: columns twice", {
        file,
        count: renamed.length,
        names: commas([
          ...renamed.slice(0, 3).map((n) => `“${n}”`),
          ...(renamed.length > 3 ? ["…"] : []),
        ]),
      }),
    );
  return names;
}
