// The tasks as the data side knows them: one line each.

import type { Task } from "../task";
import { prepare, type Prepared } from "./prepare";
import type { Mapping } from "./protocol";
import type { Table } from "./table/shape";
import { oneLabel } from "./tasks/labels";
import { manyLabels } from "./tasks/many";
import { roles } from "./tasks/roles";
import { score } from "./tasks/score";
import { maskedWords } from "./tasks/words";
import { spans } from "./tasks/spans";

const tasks: Record<Task, (table: Table, mapping: Mapping) => Prepared> = {
  "one label": (...given) => prepare(oneLabel, ...given),
  "many labels": (...given) => prepare(manyLabels, ...given),
  "masked words": (...given) => prepare(maskedWords, ...given),
  score: (...given) => prepare(score, ...given),
  spans: (...given) => prepare(spans, ...given),
  roles: (...given) => prepare(roles, ...given),
};

/** The table under a mapping: what can be asked of it. */
export const preparedFor = (table: Table, mapping: Mapping): Prepared =>
  tasks[mapping.task](table, mapping);
