// A new run takes the place of the model at hand. Runs repeat exactly, so what
// is asked about, once and in place, is only what pressing Train again would not
// bring back in a minute: long runs, and runs on data that are no longer open.

import { said, type Said } from "../said";
import { type Context } from "./context";
import { formerResults, isUnsaved } from "./former";
import type { ExportFormat, State } from "./state";

const longSeconds = 60;

/** What would be lost; null where nothing worth asking about is. */
export function lossOf(state: State): Said | null {
  const { run } = state;
  if (!run || !isUnsaved(state)) return null;
  const results = formerResults(state);
  if (results) return said("loss: other data", { results });
  const seconds = run.summary?.seconds ?? 0;
  if (seconds < longSeconds) return null;
  const minutes = Math.round(seconds / 60);
  return said("loss: minutes", { run: run.name, minutes });
}

interface Runs {
  train(): Promise<void>;
  exportRun(format: ExportFormat): Promise<void>;
}

/** `runs`, with a question before a loss. Pressing Train again is a yes. */
export function askingFirst({ get, notify }: Context, runs: Runs): Runs {
  let asked: number | null = null;

  async function exportRun(format: ExportFormat): Promise<void> {
    await runs.exportRun(format);
    if (asked !== null && !isUnsaved(get())) get().dismissNotice(asked);
  }

  return {
    exportRun,
    async train() {
      const isAsked = get().notices.some(({ id }) => id === asked);
      const loss = isAsked ? null : lossOf(get());
      if (
        loss === null ||
        !["ready", "trained", "failed"].includes(get().phase)
      )
        return runs.train();
      notify("run", "warning", loss, [
        {
          label: said("remedy: export first"),
          act: () =>
            void exportRun("huggingface").then(() =>
              isUnsaved(get()) ? undefined : runs.train(),
            ),
        },
        { label: said("remedy: train anyway"), act: () => void runs.train() },
      ]);
      asked = get().notices.at(-1)!.id;
    },
  };
}
