// What a careful colleague would say about the data before training on it. An
// error means that training cannot start; everything else is the person's call.

import { shown } from "../said";
import type { Check, Mapping } from "./protocol";
import { error } from "./checks/found";
import { partChecks } from "./checks/parts";
import { textChecks } from "./checks/texts";
import type { Examples } from "./rows";
import type { Table } from "./table/shape";
import type { DataTask, Target } from "./tasks/task";

export function checkMapping({
  task,
  text,
  textB,
  label,
  labels,
}: Mapping): Check[] {
  if (label === "" && labels.length === 0 && task !== "masked words")
    return [error("no label column")];
  for (const column of labels.length > 0 ? labels : [label])
    if (text === column || textB === column)
      return [error("column is text and label", { column: shown(column) })];
  if (text === textB)
    return [error("column is both texts", { column: shown(text) })];
  return [];
}

export function checkExamples<T extends Target>(
  task: DataTask<T>,
  table: Table,
  mapping: Mapping,
  examples: Examples<T>,
): Check[] {
  const { train, validation, test } = examples.parts;
  const found = task.checks(table, mapping, examples);
  const [stop] = found;
  if (stop?.level === "error") return [stop, ...examples.checks.filter(severe)];
  return [
    ...examples.checks,
    ...found,
    ...textChecks(task, table, train),
    ...partChecks(task, table, train, validation, "validation"),
    ...partChecks(task, table, train, test, "test"),
  ].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
}

const severe = ({ level, visible }: Check) => level !== "info" || visible;
const LEVELS: Check["level"][] = ["error", "warning", "info"];
