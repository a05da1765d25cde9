// Cells that hold a list or a record → the one label in them, with what there is to say.

import { shown } from "../../../said";
import { error, notice, warning } from "../../checks/found";
import type { Check } from "../../protocol";
import { labelIn, structured, type Answer } from "./values";

/** Lists and records → the label in them. */
export function unwrap(
  column: string,
  cells: Map<string, { all: number }>,
  checks: Check[],
): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  const framed = frame(cells.keys());
  const bare = (cell: string): Answer => {
    const words = framed?.(cell) ?? [cell];
    return words.length === 1
      ? { kind: "one", label: words[0]! }
      : words.length === 0
        ? { kind: "none" }
        : { kind: "several", labels: words };
  };
  const rows = { one: 0, none: 0, several: 0, other: 0 };
  const first = new Map<Answer["kind"], string>();
  const places = positions(cells);
  for (const [cell, { all }] of cells) {
    const value = structured(cell);
    const its: Answer =
      places?.get(cell) ?? (value === undefined ? bare(cell) : labelIn(value));
    if (value === undefined && its.kind === "one" && its.label === cell) {
      answers.set(cell, its);
      continue;
    }
    rows[its.kind] += all;
    // A record that says nothing is its own label, as any text would be.
    answers.set(
      cell,
      its.kind === "other" ? { kind: "one", label: cell } : its,
    );
    if (!first.has(its.kind)) first.set(its.kind, cell);
  }
  const { one, none, several, other } = rows;
  const about = (kind: Answer["kind"]) => ({
    column: shown(column),
    example: shown(first.get(kind)!),
    rows: rows[kind],
  });
  if (one > 0)
    checks.push(
      notice(
        structured(first.get("one")!) === undefined
          ? "labels in marks"
          : places
            ? "labels as places in lists"
            : "labels in lists",
        { ...about("one"), none },
      ),
    );
  if (several > 0)
    checks.push(warning("several labels in a row", about("several")));
  if (other > 0)
    checks.push(
      (other > one ? error : warning)("lists without a label", about("other")),
    );
  return answers;
}

/** Cells framed alike: [food], {food}, 'food', food; or food| → what stands in the frame. */
const FRAMES: [RegExp, string][] = [
  [/^\[([^[\]{}"']*)\]$/, ","],
  [/^\{([^[\]{}"']*)\}$/, ","],
  [/^'([^']*)'$/, ""],
  [/^"([^"]*)"$/, ""],
  [/^([^;]*(?:;[^;]+)*);$/, ";"],
  [/^([^|]*(?:\|[^|]+)*)\|$/, "|"],
  [/^([^,]*(?:,[^,]+)*),$/, ","],
];

/** The words in each cell, where nearly every cell that says something has the same frame. */
export function frame(
  cells: Iterable<string>,
): ((cell: string) => string[]) | null {
  const filled = [...cells]
    .map((cell) => cell.trim())
    .filter((cell) => cell !== "");
  if (filled.length < 2) return null;
  for (const [pattern, separator] of FRAMES) {
    if (!pattern.test(filled[0]!) && !pattern.test(filled[1]!)) continue;
    const fitting = filled.filter((cell) => pattern.test(cell));
    if (fitting.length < 0.9 * filled.length) continue;
    return (cell) => {
      const inside = pattern.exec(cell.trim())?.[1];
      if (inside === undefined) return [cell];
      return (separator ? inside.split(separator) : [inside])
        .map((word) => word.trim())
        .filter((word) => word !== "");
    };
  }
  return null;
}

/** Where every cell is a list of noughts with one 1, the place of the 1; null elsewhere. */
function positions(
  cells: Map<string, { all: number }>,
): Map<string, Answer> | null {
  const places = new Map<string, Answer>();
  let width = -1;
  for (const cell of cells.keys()) {
    if (cell.trim() === "") continue;
    const value = structured(cell);
    if (!Array.isArray(value) || value.length < 2) return null;
    if (width !== -1 && value.length !== width) return null;
    width = value.length;
    if (!value.every((item) => item === 0 || item === 1)) return null;
    const ones = value.flatMap((item, i) => (item === 1 ? [String(i)] : []));
    places.set(
      cell,
      ones.length === 1
        ? { kind: "one", label: ones[0]! }
        : ones.length === 0
          ? { kind: "none" }
          : { kind: "several", labels: ones },
    );
  }
  return places.size > 1 ? places : null;
}

/** For a guess by looks: the one label a cell holds, or "" where it is a list or record of anything else. */
export function plainLabel(cell: string): string {
  const value = structured(cell);
  if (value === undefined) return cell;
  const its = labelIn(value);
  return its.kind === "one" ? its.label : its.kind === "several" ? cell : "";
}
