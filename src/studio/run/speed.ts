// Speed that a run really reached, for the next prediction.

import type { Context } from "../context";
import { loadOf, speedKey, work } from "../estimate";
import type { Run } from "../state";

export function rememberSpeed({ doors, get, set }: Context, run: Run): void {
  const { summary } = run;
  const { overview, table, mapping, speeds } = get();
  if (!summary || !overview || summary.step < 5) return;
  // Its steps are mere moments: most of its time is not spent computing.
  if (run.options.fineTune === "head only" || run.options.decidedBy) return;
  const share = summary.step / summary.steps;
  const load = loadOf(overview, table, mapping);
  const operations = work(load, run.options, run.model) * share;
  const key = speedKey(summary.executor, run.model.name);
  const known = { ...speeds, [key]: operations / summary.seconds };
  set({ speeds: known });
  doors.memory.remember("speeds.2", known);
}
