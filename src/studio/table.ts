// The data half: files → table → mapping → overview → baselines. Every answer
// carries a ticket, so that a slow answer to an old question is dropped.

import {
  roleOf,
  type FileChoices,
  type FileRole,
  type Mapping,
  type Reading,
  type SplitOptions,
} from "../data";
import { reasonOf, said } from "../said";
import { adviseOn } from "./advice";
import { followed } from "./following";
import { type Context, isBusy, isStopped, tryAgain } from "./context";
import type { Task } from "../task";
import type { Baselines, TableView } from "./state";

interface HeldFile {
  file: File;
  /** Beside the file, as a name does not survive every clone. */
  name: string;
  role: FileRole | null;
  /** Where it lay in a dropped folder; "" for a file by itself. */
  path: string;
}

/** Above this many rows, bag of words waits until Train is pressed. */
const baselinesAtOnce = 20_000;

export function tablePart(context: Context, stopRun: () => void) {
  const { doors, get, set, notify, settle, waiting } = context;
  let data = doors.openData();
  let held: HeldFile[] = [];
  let choices: FileChoices = {};
  let reading = 0;
  let mapped = 0;
  let scores: { key: string; baselines: Promise<Baselines> } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** A reader that died (out of memory, most likely) is replaced, its files read again. */
  async function ask<T>(question: () => Promise<T>): Promise<T> {
    try {
      return await question();
    } catch (error) {
      if (isStopped(error)) {
        data = doors.openData();
        if (held.length > 0)
          data.call("read", held, choices, heldFor()).catch(() => {});
      }
      throw error;
    }
  }

  /** What the held files are read for: a column alone holds nothing but texts. */
  const heldFor = (): Task | null =>
    get().table?.columns.length === 1 ? "masked words" : get().chosenTask;

  /** `task`: what they are read for, this once. */
  async function read(
    files: HeldFile[],
    keepMapping: boolean,
    chosen: FileChoices = {},
    task: Task | null = get().chosenTask,
  ): Promise<void> {
    const ticket = ++reading;
    const names = files.map(({ name }) => name);
    const what =
      names.length > 3
        ? said("source: many files", { count: names.length })
        : names;
    let table: TableView;
    try {
      table = await waiting(
        "data",
        said("waiting: files", { files: what }),
        ask(() => data.call("read", files, chosen, task)),
      );
    } catch (error) {
      if (ticket === reading)
        notify("data", "error", error, [
          ...(reasonOf(error).code === "together: one column"
            ? [
                {
                  label: said("remedy: warm up on it"),
                  act: () =>
                    void read(files, keepMapping, chosen, "masked words"),
                },
              ]
            : []),
          { label: said("remedy: choose another file"), act: doors.pickFiles },
        ]);
      return;
    }
    if (ticket !== reading) return;
    held = files;
    choices = chosen;
    settle("data");
    const { mapping } = get();
    const stays =
      keepMapping &&
      mapping !== null &&
      [mapping.text, mapping.label, mapping.textB, ...mapping.labels].every(
        (name) => name === null || name === "" || table.columns.includes(name),
      );
    set({
      table,
      // What was chosen for another table, or before these were opened for
      // something else, says nothing of this one.
      chosenTask:
        keepMapping || (get().table === null && task === get().chosenTask)
          ? get().chosenTask
          : null,
      mapping: stays ? mapping : table.guess,
      overview: null,
      baselines: null,
      phase: "mapping",
    });
    await survey();
  }

  /** Counts under the present mapping; the phase follows from what it finds. */
  async function survey(): Promise<void> {
    const ticket = ++mapped;
    const { table, mapping: asked } = get();
    if (!table || !asked) return;
    clearTimeout(timer);
    set({ baselines: null, advice: [] });
    refreshAdvice();
    const wait = <T>(answer: Promise<T>) =>
      waiting("data", said("waiting: labels"), answer);
    try {
      const suggested = await wait(ask(() => data.call("suggest", asked)));
      if (ticket !== mapped) return;
      const mapping = followed(asked, suggested, get().chosenTask);
      set({ mapping });
      const overview = await wait(ask(() => data.call("overview", mapping)));
      if (ticket !== mapped) return;
      const usable = !overview.checks.some(({ level }) => level === "error");
      settle("data");
      set({ overview, phase: usable ? "ready" : "mapping" });
      if (usable)
        context.rebase({
          data: {
            rows: overview.usable,
            labels: overview.labels.length,
            // A predicate is no text to be compared.
            pairs: mapping.textB !== null && mapping.task !== "roles",
            task: mapping.task,
          },
        });
      if (usable && overview.usable <= baselinesAtOnce)
        timer = setTimeout(() => void baselines(), 300);
    } catch (error) {
      if (ticket !== mapped) return;
      set({ overview: null, phase: "mapping" });
      notify("data", "error", error);
    }
  }

  function refreshAdvice(): void {
    const { table, mapping, model, options } = get();
    set({ advice: adviseOn(table, mapping, model, options) });
  }

  function split(): SplitOptions {
    const { validationShare, seed } = get().options;
    return { validationShare, seed };
  }

  /** Scores to compare with, of the present split; null when they cannot be had. */
  async function baselines(): Promise<Baselines | null> {
    const { mapping } = get();
    if (!mapping) return null;
    const key = JSON.stringify([reading, mapping, split()]);
    const asked =
      scores?.key === key
        ? scores.baselines
        : ask(() => data.call("baselines", mapping, split()));
    scores = { key, baselines: asked };
    try {
      const found = await asked;
      const present = JSON.stringify([reading, get().mapping, split()]);
      if (present === key) set({ baselines: found });
      return found;
    } catch {
      // They are shown where known; what is wrong with the split, Train says.
      scores = null;
      return null;
    }
  }

  /** Splitting changed: the scores on show belong to another split. */
  function resplit(): void {
    set({ baselines: null });
    clearTimeout(timer);
    const { phase, overview } = get();
    if (phase === "empty" || phase === "mapping" || !overview) return;
    if (overview.usable <= baselinesAtOnce)
      timer = setTimeout(() => void baselines(), 600);
  }

  function refused(): boolean {
    if (!isBusy(get())) return false;
    notify("data", "warning", said("run is going on: files"), [
      { label: said("remedy: stop the run"), act: stopRun },
    ]);
    return true;
  }

  /** What a person decides about one file, by the name its report has. */
  async function choose(
    name: string,
    change: FileChoices[string],
  ): Promise<void> {
    if (refused()) return;
    const next = { ...choices, [name]: { ...choices[name], ...change } };
    await read(held, true, next, heldFor());
  }

  return {
    /** Dataset of the present mapping; its buffers are for the engine. */
    dataset(mapping: Mapping, allRows: boolean) {
      return ask(() => data.call("dataset", mapping, { ...split(), allRows }));
    },
    baselines,
    resplit,
    refreshAdvice,
    refused,
    survey,

    async addFiles(files: File[]): Promise<void> {
      if (files.length === 0 || refused()) return;
      const added = files.map(unassigned);
      // A file named like a held-out part joins the table it belongs to.
      const joins =
        get().table !== null &&
        files.every(({ name }) =>
          ["validation", "test"].includes(roleOf(name) ?? ""),
        );
      const kept = joins
        ? held.filter(
            ({ name, path }) =>
              !files.some(
                (f) => f.name === name && f.webkitRelativePath === path,
              ),
          )
        : [];
      await read(
        [...kept, ...added],
        joins,
        joins ? choices : {},
        joins ? heldFor() : get().chosenTask,
      );
    },

    async trySample(name: string): Promise<void> {
      if (refused()) return;
      const sample = get().samples.find(
        (each) => each.name === name || each.file === name,
      );
      if (!sample) {
        const known = get().samples.map((each) => each.name);
        notify(
          "data",
          "error",
          known.length > 0
            ? said("sample: unknown", { name, known: known.join(", ") })
            : said("sample: unknown, no list", { name }),
        );
        return;
      }
      let file: File;
      try {
        file = await waiting(
          "data",
          said("waiting: sample", { file: sample.file }),
          doors.readSample(sample),
        );
      } catch (error) {
        notify("data", "error", error, [
          tryAgain(() => void get().trySample(name)),
        ]);
        return;
      }
      await read(
        [unassigned(file)],
        false,
        {},
        sample.task === "masked words" ? sample.task : get().chosenTask,
      );
    },

    async setRole(name: string, role: FileRole): Promise<void> {
      await choose(name, { role });
    },

    async setReading(name: string, change: Partial<Reading>): Promise<void> {
      await choose(name, change);
    },

    async setTask(task: Task): Promise<void> {
      if (refused()) return;
      set({ chosenTask: task });
      const { mapping } = get();
      if (!mapping) return;
      set({ mapping: { ...mapping, task, labels: [] } });
      await survey();
    },

    async setMapping(change: Partial<Mapping>): Promise<void> {
      const { mapping } = get();
      if (!mapping || refused()) return;
      const next = { ...mapping, ...change };
      // Another column is another question, unless the task was chosen.
      if (change.label !== undefined) next.labels = [];
      // One column cannot be two things: the one chosen last wins.
      if (next.textB === next.text || next.textB === next.label)
        next.textB = null;
      set({ mapping: next });
      await survey();
    },

    forget(): void {
      reading++;
      mapped++;
      clearTimeout(timer);
      held = [];
      choices = {};
      scores = null;
    },
  };
}

const unassigned = (file: File): HeldFile => ({
  file,
  name: file.name,
  role: null,
  path: file.webkitRelativePath,
});
