// The studio's one store: the phase a person is in, everything the page shows,
// and the actions that change it. Nothing visual. The surprise: step events do
// not pass through here one by one; they go to `metrics.ts`, and the store's
// `step` follows only as fast as it can be read.

import { createContext, useContext } from "react";
import { createStore, useStore, type StoreApi } from "zustand";
import { History } from "./metrics";
import { languageOf, languages, speak } from "./say";
import {
  createContext as openContext,
  type Context,
  type Doors,
  isBusy,
} from "./studio/context";
import { sortFiles } from "./studio/folders";
import { machinePart } from "./studio/machine";
import {
  followMode,
  mergeOptions,
  optionProblems,
  recalled,
  toRemember,
  withPreset,
} from "./studio/options";
import { modelFor, readRun } from "./studio/repeat";
import { askingFirst } from "./studio/replacing";
import { answersFrom, reusePart } from "./studio/reuse";
import { runPart } from "./studio/run";
import type { Options, Speeds, State, Studio } from "./studio/state";
import { tablePart } from "./studio/table";
import { typicalText } from "./studio/watchable";

export type * from "./studio/state";
export type { Doors } from "./studio/context";
export { ENCODINGS } from "./data";
export { confusionCells, denseConfusion, sparseConfusion } from "./engine";
export { canTakeAllRows } from "./studio/all";
export { formerResults, isUnsaved } from "./studio/former";
export { isBusy, lacksModel } from "./studio/context";
export { estimate, loadOf, type Estimate, type Load } from "./studio/estimate";
export { follow, presetNames, presetOf, withPreset } from "./studio/options";
export { answersFrom, canEvaluate, labelsMatch } from "./studio/reuse";
export { usualContrastive } from "./studio/recipe";
export { suggestModel } from "./studio/suggestion";
export { snapshot, type Snapshot } from "./studio/snapshot";

/** Set once by main.tsx; tests provide their own. */
export const StudioContext = createContext<StoreApi<Studio> | null>(null);

/** `useStudio((s) => s.phase)`: re-renders only when the selected value changes. */
export function useStudio<T>(select: (studio: Studio) => T): T {
  const store = useContext(StudioContext);
  if (!store) throw new Error("internal: no StudioContext around this view");
  // Whoever draws sentences draws them anew in another language.
  useStore(store, (studio) => studio.language);
  return useStore(store, select);
}

/** A studio that has not started yet. */
export function createStudio(doors: Doors): StoreApi<Studio> {
  return createStore<Studio>()((set, get) => {
    const context = openContext(doors, get, set);
    const table = tablePart(context, () => get().stop());
    const run = runPart(
      context,
      () => table,
      () => machine,
    );
    const runs = askingFirst(context, run);
    const machine = machinePart(
      context,
      (progress) => reuse.onProgress(progress) || run.onProgress(progress),
      () => {
        set({ modelEvaluation: null });
        table.refreshAdvice();
        void run.capture();
      },
    );
    const reuse = reusePart(
      context,
      () => table,
      () => machine,
    );
    /** What needs the engine for itself ends an evaluation first. */
    const alone = async (act: () => Promise<void>): Promise<void> => {
      if (reuse.running) await reuse.stop();
      await act();
    };

    function changeOptions(next: Options): void {
      const former = get().options;
      set({
        options: next,
        optionProblems: optionProblems(next, get().model),
      });
      doors.memory.remember("options.2", toRemember(next, get().basis));
      table.refreshAdvice();
      if (
        next.seed !== former.seed ||
        next.validationShare !== former.validationShare
      )
        table.resplit();
    }

    /** Options and model of a run whose attune.json was dropped without its weights. */
    async function repeatRun(file: File): Promise<void> {
      if (table.refused()) return;
      try {
        const run = readRun(await file.text());
        // Runs before there were frozen starts or pairs do not name them.
        const asRun = () =>
          mergeOptions(
            { ...get().options, frozenStart: false, contrastive: false },
            run.options,
          );
        changeOptions(asRun());
        const { choose, sentence } = modelFor(run, doors.models);
        if (choose) await get().setModel(choose);
        // A model that came suggests its own; the run's count.
        changeOptions(asRun());
        context.notify("run", choose ? "info" : "warning", sentence);
      } catch (error) {
        context.notify("run", "error", error);
      }
    }

    /** A new table comes with its own sentence to watch. */
    async function afterReading(reading: Promise<void>): Promise<void> {
      const before = get().table;
      await reading;
      if (get().table === before) return;
      const typical = typicalText(get());
      if (typical) await get().watch(typical);
    }

    return {
      ...firstState(context),

      async start() {
        const samples = doors.listSamples().then(
          (samples) => set({ samples }),
          (error) => context.notify("data", "warning", error),
        );
        void machine.start();
        await samples;
        const { sample } = doors.preset;
        if (sample) await get().trySample(sample);
      },

      async addFiles(files) {
        const attune = files.find(({ name }) => name === "attune.json");
        const sorted = sortFiles(files);
        const { model } = sorted;
        // Beside a model's weights it belongs to the model.
        const lone = attune && model.length === 0 ? attune : null;
        const data = sorted.data.filter((file) => file !== lone);
        if (lone) await repeatRun(lone);
        if (model.length > 0)
          await alone(() => machine.dropModelFolder(model, data.length > 0));
        if (data.length > 0) await afterReading(table.addFiles(data));
      },
      trySample: (name) => afterReading(table.trySample(name)),
      setRole: (file, role) => table.setRole(file, role),
      setReading: (file, change) => table.setReading(file, change),
      setMapping: (change) => table.setMapping(change),
      setTask: (task) => table.setTask(task),

      setOption(name, value) {
        if (isBusy(get())) return;
        const { options } = get();
        const next =
          name === "fineTune"
            ? followMode(
                options,
                value as State["options"]["fineTune"],
                get().basis,
              )
            : { ...options, [name]: value };
        changeOptions(next);
      },
      setPreset(preset) {
        if (isBusy(get())) return;
        changeOptions(withPreset(get().options, preset, get().basis));
      },
      setModel: (name) => alone(() => machine.setModel(name)),
      loadModel: machine.start,
      dropModelFolder: (files) => get().addFiles(files),
      setRunOn: (runOn) => alone(() => machine.setRunOn(runOn)),

      train: () =>
        alone(() => {
          set({ modelEvaluation: null });
          return runs.train();
        }),
      trainOnAllRows: () => alone(run.trainOnAllRows),
      pause: run.pause,
      resume: run.resume,
      stop: run.stop,
      watch: run.watch,
      exportRun: runs.exportRun,
      evaluate: reuse.evaluate,
      stopEvaluating: () => void reuse.stop(),
      forgetEvaluation: () => set({ modelEvaluation: null }),
      predict: (inputs) =>
        machine.ask((engine) =>
          engine.call("predict", inputs, answersFrom(get()) ?? "run"),
        ),
      look: (input) =>
        machine.ask((engine) =>
          engine.call("attention", input, answersFrom(get()) ?? "model"),
        ),

      async setLanguage(language) {
        await speak(language);
        doors.memory.remember("language", language);
        set({ language });
      },
      dismissNotice: (id) =>
        set({ notices: get().notices.filter((each) => each.id !== id) }),
      startOver() {
        if (isBusy(get())) return;
        table.forget();
        set({
          phase: "empty",
          notices: [],
          table: null,
          mapping: null,
          overview: null,
          baselines: null,
          advice: [],
          run: null,
          stage: null,
          step: null,
          history: new History(context.pacer),
          evaluations: [],
          lastEvaluation: null,
          testEvaluation: null,
          modelEvaluation: null,
          watchInput: null,
          attention: null,
          attentionHistory: [],
        });
      },
    };
  });
}

function firstState({ doors, pacer }: Context): State {
  const { memory, models, preset } = doors;
  const options = recalled(memory.recall("options.2"));
  if (preset.seed !== null) options.seed = preset.seed;
  const known = models.find(({ name }) => name === preset.model) ?? models[0]!;
  const remembered = memory.recall("language");
  const language =
    preset.language ??
    languages.find(({ value }) => value === remembered)?.value ??
    languageOf(doors.languages);
  return {
    language,
    phase: "empty",
    notices: [],
    waiting: {
      data: null,
      model: null,
      device: null,
      export: null,
      evaluation: null,
    },
    samples: [],
    table: null,
    mapping: null,
    chosenTask: preset.task,
    overview: null,
    baselines: null,
    advice: [],
    models,
    modelName: known.name,
    model: null,
    runOn: preset.runOn ?? "auto",
    device: null,
    speeds: (memory.recall("speeds.2") as Speeds | null) ?? {},
    options,
    basis: { model: null, data: null },
    optionProblems: optionProblems(options, null),
    run: null,
    runUsable: false,
    stage: null,
    step: null,
    history: new History(pacer),
    evaluations: [],
    lastEvaluation: null,
    testEvaluation: null,
    modelEvaluation: null,
    watchInput: null,
    attention: null,
    attentionHistory: [],
    runs: [],
  };
}
