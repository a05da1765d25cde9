// Whether the first row names the columns, from names and from how the rows below differ.

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
