// One run after the other: from Train to a summary, a stop or a failure.

import type { Progress } from "../engine";
import { buffersOf } from "../port";
import { said, type Said } from "../said";
import { canTakeAllRows, onAllRows } from "./all";
import { asError, type Context, isBusy } from "./context";
import type { machinePart } from "./machine";
import { offerModel } from "./run/base";
import { Current } from "./run/current";
import { tellFailure } from "./run/failing";
import { Figures } from "./run/figures";
import { saveRun } from "./run/saving";
import { rememberSpeed } from "./run/speed";
import { watching } from "./run/watching";
import type { ExportFormat, Notice, Run } from "./state";
import type { tablePart } from "./table";

export function runPart(
  context: Context,
  table: () => ReturnType<typeof tablePart>,
  machine: () => ReturnType<typeof machinePart>,
) {
  const { get, set, notify, settle } = context;
  const current = new Current(context);
  const figures = new Figures(context, current);
  const watched = watching(context, machine);
  let stopWanted = false;

  /** `on`: a run to make again on all rows, for as long as its validation has shown to be best. */
  async function train(on: Run | null = null): Promise<void> {
    const { phase, mapping, optionProblems } = get();
    const startable = ["ready", "trained", "failed"].includes(phase);
    if (!startable || !mapping || get().waiting.data) return;
    if (Object.keys(optionProblems).length > 0) return;
    stopWanted = false;
    settle("run");
    figures.clear();

    let begun: Run["id"] | null = null;
    let missing: Notice["topic"] | null = "device";
    try {
      const { chosen: executor } = await machine().device();
      missing = "model";
      const model = await machine().model();
      missing = null;
      const dataset = await table().dataset(mapping, on !== null);
      if (stopWanted) return void set({ phase: "ready" });
      const chosen = on ? onAllRows(on) : get().options;
      const { baselines, table: view } = get();
      const { id } = current.begin(
        {
          dataset,
          mapping,
          table: view,
          baselines,
          model,
          executor,
          options: chosen,
        },
        (run) => figures.begin(run),
      );
      begun = id;
      // Nothing is held out that a score could be compared on.
      if (!on)
        void table()
          .baselines()
          .then((scores) => current.adopt(id, scores));
      watched.announce();
      const { validationShare: _share, ...options } = chosen;
      const summary = await machine().ask((engine) =>
        engine.callMoving(buffersOf(dataset), "train", dataset, options),
      );
      const { run } = current;
      if (run?.id !== id) return;
      figures.showStep();
      const validation = summary.validation ?? run.validation;
      current.update({ summary, validation });
      rememberSpeed(context, { ...run, summary });
      current.finish(summary.step > 0);
      if (run.dataset.task === "masked words" && summary.step > 0)
        await offerModel(context, machine(), run);
      void watched.capture();
    } catch (error) {
      if (begun !== null && current.run?.id !== begun) return;
      fail(error, missing);
    }
  }

  function fail(error: unknown, missing: Notice["topic"] | null): void {
    current.fail(error);
    tellFailure(context, error, missing);
  }

  function lost(reason: Said): void {
    machine().discard(reason);
    if (isBusy(get())) fail(asError(reason), null);
    else
      notify("device", "error", reason, [
        {
          label: said("remedy: start again"),
          act: () => void machine().start(),
        },
      ]);
  }

  return {
    train: () => train(),
    async trainOnAllRows(): Promise<void> {
      const { run } = get();
      if (run && canTakeAllRows(get())) await train(run);
    },
    capture: watched.capture,
    watch: watched.watch,

    onProgress(progress: Progress): void {
      if (progress.kind === "lost") return lost(progress.message);
      if (progress.kind === "attention") return watched.keep(progress);
      if (!current.run) return;
      if (progress.kind === "stage") figures.stage(progress);
      else if (progress.kind === "step") figures.step(progress);
      else if (progress.kind === "evaluation") figures.evaluation(progress);
    },

    pause(): void {
      if (get().phase === "training") machine().signal({ kind: "pause" });
    },
    resume(): void {
      if (get().phase !== "paused") return;
      machine().signal({ kind: "resume" });
      set({ phase: "training" });
    },
    stop(): void {
      if (!isBusy(get())) return;
      stopWanted = true;
      // Before there is a run, the wish itself is enough.
      if (current.run) machine().signal({ kind: "stop" });
    },

    exportRun: (format: ExportFormat) => saveRun(context, machine(), format),
  };
}
