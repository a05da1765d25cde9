// Labels spread over columns: one column of noughts and ones for each class. Where
// each row has one 1 they are joined into a column of their own, named after them.

import { listed, said, shown, type Said } from "../../said";
import type { Classes, Table } from "../table/shape";

/** Whether a cell says yes. */
export const isOn = (cell: string) => ON.test(cell.trim());

const OFF = /^(0(\.0*)?|false|no|n|-|)$/i;
const ON = /^(1(\.0*)?|true|yes|y|x|✓|✔)$/i;
/** Names of a single answer, which no class has. */
const ONE_ANSWER =
  /^(id|idx|index|unnamed.*|column \d+|label|labels|class|target|y)$/;

/** The same table, with a column more where its labels are spread over several. */
export function withJoined(table: Table): Table {
  const found = findClasses(table);
  if (!found) return table;
  const { at, ones, several, marks } = found;
  const names = at.map((i) => table.columns[i]!);
  const joined =
    ones >= 0.8 * table.rows.length ? `one of ${some(names)}` : null;
  const classes = { names, joined, several, marks };
  const prefix = prefixOf(names);
  if (joined === null || table.columns.includes(joined))
    return { ...table, classes };
  return {
    ...table,
    classes,
    columns: [...table.columns, joined],
    rows: table.rows.map((row) => {
      const on = at.filter((i) => ON.test(row[i]!.trim()));
      const label = on.map((i) => table.columns[i]!.slice(prefix));
      // Written as a list where it is not one, so that it is read as any list.
      return [...row, label.length === 1 ? label[0]! : JSON.stringify(label)];
    }),
  };
}

/** The length of what comes before each class: "topic_food", "topic_boat". */
export function prefixOf(names: string[]): number {
  const [start] = /^.*?[_.:/-]/.exec(names[0]!) ?? [""];
  const shared = names.every(
    (name) => name.startsWith(start) && name.length > start.length,
  );
  return shared ? start.length : 0;
}

const some = (names: string[]) =>
  names.length > 4
    ? `${names.slice(0, 3).join(", ")}, … (${names.length} columns)`
    : names.join(", ");

function findClasses({ columns, rows }: Table) {
  if (rows.length < 2) return null;
  const at = columns.flatMap((name, i) => {
    if (ONE_ANSWER.test(name) || isFlag(name)) return [];
    let on = 0;
    for (const row of rows) {
      const cell = row[i]!.trim();
      if (ON.test(cell)) on++;
      else if (!OFF.test(cell)) return [];
    }
    return on > 0 && on < rows.length ? [i] : [];
  });
  if (at.length < 2) return null;
  let ones = 0;
  let several = 0;
  for (const row of rows) {
    let on = 0;
    for (const i of at) if (ON.test(row[i]!.trim())) on++;
    if (on === 1) ones++;
    else if (on > 1) several++;
  }
  // Two flags may be of any sort: only if each row has one of them are they classes.
  return at.length > 2 || ones === rows.length
    ? { at, ones, several, marks: marksOf(rows, at) }
    : null;
}

function marksOf(rows: string[][], at: number[]): Said {
  const cells = rows
    .slice(0, 100)
    .flatMap((row) => at.map((i) => row[i]!.trim()));
  const on = cells.find((cell) => ON.test(cell)) ?? "1";
  if (/^(1|true)/i.test(on)) return said("marks 0 and 1");
  return /^y/i.test(on)
    ? said("marks yes and no")
    : said("marks and blanks", { mark: shown(on) });
}

/** Which part a row belongs to is no class. */
const isFlag = (name: string) =>
  /^(is|in)?[ _-]?(train|val|valid|validation|dev|test)$/i.test(name);

/** How the columns are spoken of. */
export const classesShown = ({ names }: Classes) => listed(names, 4);
