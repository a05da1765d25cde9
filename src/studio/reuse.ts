// A loaded classifier used as it is: who answers a text, whether the data has its
// labels, and its figures on a table it was not trained on here.

import {
  formerRows,
  rowsNamed,
  type Answering,
  type Progress,
} from "../engine";
import { PREDICATE } from "../data";
import { buffersOf } from "../port";
import { said, type Said } from "../said";
import type { Task } from "../task";
import { type Context, isBusy, tryAgain } from "./context";
import { sourceOf } from "./former";
import type { machinePart } from "./machine";
import type { State } from "./state";
import type { tablePart } from "./table";

/** Whose weights answer a text now; null where nothing can. */
export function answersFrom(state: State): Answering | null {
  const { phase, run, runUsable, model } = state;
  if (phase === "training" || phase === "paused") return "run";
  if (phase === "loading") return null;
  // A report of its own for each loading: whether it was loaded after the run.
  if (runUsable && run?.model === model) return "run";
  if (model?.answers) return "model";
  return runUsable ? "run" : null;
}

/**
 * Of a loaded classifier's labels and the data's: "same" goes on with its rows,
 * "some" are all among its own. Null where there is nothing to compare.
 */
export function labelsMatch({
  model,
  overview,
  mapping,
}: State): "same" | "some" | "other" | null {
  if (!model?.labels || !overview || !mapping) return null;
  if (model.task !== mapping.task) return model.task ? "other" : null;
  // A score is one number, whatever it is called.
  if (model.task === "score") return "some";
  const labels = overview.labels.map(({ label }) => label);
  if (labels.length === 0) return null;
  const known = typesKnown(model.task, model.labels);
  if (formerRows(known, labels)) return "same";
  return rowsNamed(known, labels) ? "some" : "other";
}

/** What a model's outputs are called in data: of tags of words their types, the predicate's aside. */
function typesKnown(task: Task | null | undefined, outputs: string[]) {
  if (task !== "spans" && task !== "roles") return outputs;
  const types = outputs.flatMap((tag) => /^[BI]-(.*)$/s.exec(tag)?.[1] ?? []);
  const none = task === "roles" ? PREDICATE : null;
  return [...new Set(types)].filter((type) => type !== none);
}

/** The loaded model could be evaluated on the table that is open. */
export function canEvaluate(state: State): boolean {
  const { model, mapping, phase, waiting } = state;
  const match = labelsMatch(state);
  return (
    model?.answers === true &&
    mapping !== null &&
    (match === "same" || match === "some") &&
    !waiting.data &&
    !waiting.evaluation &&
    phase !== "empty" &&
    !isBusy(state)
  );
}

export function reusePart(
  context: Context,
  table: () => ReturnType<typeof tablePart>,
  machine: () => ReturnType<typeof machinePart>,
) {
  const { get, set, notify, settle, waiting } = context;
  let running: Promise<void> | null = null;
  let stopWanted = false;

  async function evaluated(): Promise<void> {
    const { mapping, model, table: view } = get();
    if (!mapping || !model || !view) return;
    settle("run");
    try {
      const dataset = await table().dataset(mapping, false);
      if (stopWanted) return;
      const { files } = sourceOf(view, mapping);
      const evaluations = await machine().ask((engine) =>
        engine.callMoving(buffersOf(dataset), "evaluate", dataset),
      );
      if (evaluations.length > 0 && get().model === model)
        set({ modelEvaluation: { model: model.name, files, evaluations } });
    } catch (error) {
      notify("run", "error", error, [tryAgain(() => void get().evaluate())]);
    }
  }

  return {
    get running(): boolean {
      return running !== null;
    },

    async evaluate(): Promise<void> {
      if (running || !canEvaluate(get())) return;
      stopWanted = false;
      running = waiting("evaluation", said("waiting: rows"), evaluated());
      await running;
      running = null;
    },

    /** Resolves when the engine is free. */
    async stop(): Promise<void> {
      if (!running) return;
      stopWanted = true;
      machine().signal({ kind: "stop" });
      await running;
    },

    /** True where the event was this part's. */
    onProgress(progress: Progress): boolean {
      if (!running || progress.kind !== "stage") return false;
      const { stage, done, total } = progress;
      const show = (evaluation: Said) =>
        set({ waiting: { ...get().waiting, evaluation } });
      if (stage === "tokenizing")
        show(said("waiting: row read", { done, total }));
      else if (stage === "evaluating")
        show(said("waiting: row answered", { done, total }));
      return true;
    },
  };
}
