// The tasks as the engine knows them: one line each.

import type { Task } from "../task";
import { oneLabel } from "./tasks/labels";
import { manyLabels } from "./tasks/many";
import { roles } from "./tasks/roles";
import { score } from "./tasks/score";
import { maskedWords } from "./tasks/words";
import { spans } from "./tasks/spans";
import type { EngineTask } from "./tasks/task";

export * from "./tasks/task";

const tasks: Record<Task, EngineTask> = {
  "one label": oneLabel,
  "many labels": manyLabels,
  score,
  "masked words": maskedWords,
  spans,
  roles,
};

export const taskOf = (task: Task): EngineTask => tasks[task];
