// The run on screen as a file, saved where the person wants it.

import { said } from "../../said";
import { type Context, tryAgain } from "../context";
import { exportedRun } from "../former";
import type { machinePart } from "../machine";
import type { ExportFormat, Run } from "../state";

export async function saveRun(
  { doors, get, set, notify, settle, waiting }: Context,
  { ask }: ReturnType<typeof machinePart>,
  format: ExportFormat,
): Promise<void> {
  const { run } = get();
  if (!run) return;
  try {
    const file = await waiting(
      "export",
      said("waiting: export"),
      ask((engine) => engine.call("exportRun", format, run.name)),
    );
    settle("export");
    doors.save(file);
    const mark = (each: Run) => (each.id === run.id ? exportedRun(each) : each);
    const { run: present, runs } = get();
    set({ run: present && mark(present), runs: runs.map(mark) });
  } catch (error) {
    notify("export", "error", error, [
      tryAgain(() => void get().exportRun(format)),
    ]);
  }
}
