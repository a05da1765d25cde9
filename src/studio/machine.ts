// The engine's life: opened once, measured, given a model, and replaced when it
// dies. Everything that needs it awaits `device()` or `model()`, so nobody has
// to ask in which order things happen.

import type { DeviceReport, Engine, ModelSource, Progress } from "../engine";
import { said, type Value } from "../said";
import { type Context, isBusy, isStopped, tryAgain } from "./context";
import { pathOf } from "./folders";
import type { ModelReport, RunOn } from "./state";
import { whichModel } from "./which";

export function machinePart(
  context: Context,
  onProgress: (progress: Progress) => void,
  onModel: () => void,
) {
  const { doors, get, set, notify, settle, waiting, rebase } = context;
  let engine: Engine | null = null;
  let opened: Promise<DeviceReport> | null = null;
  let loaded: Promise<ModelReport> | null = null;
  /** Dropped models by the name they have in the combobox. */
  const dropped = new Map<string, ModelSource>();

  function present(): Engine {
    engine ??= doors.openEngine((progress) => {
      if (progress.kind === "device") remember(progress.report);
      else onProgress(progress);
    });
    return engine;
  }

  function remember(report: DeviceReport): void {
    doors.memory.remember("device.2", report);
    set({ device: report });
  }

  /** Ends the engine, so that the next question starts a new one. */
  function discard(why: Value): void {
    engine?.close(why);
    engine = opened = loaded = null;
    set({ runUsable: false });
  }

  /** As the question; an engine found dead is discarded. */
  async function ask<T>(question: (engine: Engine) => Promise<T>): Promise<T> {
    const asked = present();
    try {
      return await question(asked);
    } catch (error) {
      if (asked === engine && isStopped(error))
        discard(said("worker had stopped"));
      throw error;
    }
  }

  function device(): Promise<DeviceReport> {
    opened ??= open(get().runOn);
    return opened;
  }

  async function open(runOn: RunOn): Promise<DeviceReport> {
    // The second: what was measured before belongs to an engine that is gone.
    const remembered = asReport(doors.memory.recall("device.2"));
    try {
      const report = await waiting(
        "device",
        said("waiting: device"),
        ask((engine) => engine.call("open", runOn, remembered)),
      );
      remember(report);
      settle("device");
      if (runOn !== "auto" && report.chosen !== runOn) {
        // The engine took the next best one; its reason says what was wrong.
        set({ runOn: "auto" });
        notify("device", "warning", report.reason);
      }
      return report;
    } catch (error) {
      opened = null;
      notify("device", "error", error, [tryAgain(() => void start())]);
      throw error;
    }
  }

  function model(): Promise<ModelReport> {
    const { modelName } = get();
    loaded ??= load(source(modelName), () => modelName);
    return loaded;
  }

  function source(name: string): ModelSource {
    const files = dropped.get(name);
    if (files) return files;
    const bundled = doors.models.find((each) => each.name === name);
    if (!bundled) throw new Error(`internal: no model ${name}`);
    const { version } = bundled;
    return {
      kind: "bundled",
      name,
      url: doors.modelUrl(bundled),
      ...(version === undefined ? {} : { version }),
    };
  }

  /** As the folder is called, and no other model. */
  function freeName(wanted: string): string {
    const taken = (name: string) =>
      get().models.some((each) => each.name === name);
    let name = wanted;
    for (let n = 2; taken(name); n++) name = `${wanted} (${n})`;
    return name;
  }

  async function load(
    source: ModelSource,
    nameFor = (report: ModelReport) => report.name,
  ): Promise<ModelReport> {
    try {
      await device();
      const read = await waiting(
        "model",
        said("waiting: model"),
        ask((engine) => engine.call("load", source)),
      );
      const report = { ...read, name: nameFor(read) };
      settle("model");
      adopt(report);
      return report;
    } catch (error) {
      loaded = null;
      throw error;
    }
  }

  function adopt(model: ModelReport): void {
    set({ model });
    rebase({ model });
    onModel();
  }

  function refused(): boolean {
    if (!isBusy(get())) return false;
    notify("model", "warning", said("run is going on: model"), [
      { label: said("remedy: stop the run"), act: () => get().stop() },
    ]);
    return true;
  }

  /** Opens the engine and loads the model, telling of problems instead of throwing. */
  async function start(): Promise<void> {
    try {
      await model();
    } catch (error) {
      if (get().device)
        notify("model", "error", error, [tryAgain(() => void start())]);
    }
  }

  return {
    ask,
    device,
    model,
    start,
    discard,
    signal: (signal: Parameters<Engine["signal"]>[0]) => engine?.signal(signal),

    async setModel(name: string): Promise<void> {
      if (name === get().modelName || refused()) return;
      const former = get().modelName;
      set({ modelName: name });
      loaded = load(source(name), () => name);
      try {
        await loaded;
      } catch (error) {
        set({ modelName: former });
        notify("model", "error", error, [
          tryAgain(() => void get().setModel(name)),
        ]);
      }
    },

    async dropModelFolder(files: File[], withData = false): Promise<void> {
      if (refused() || (await whichModel(context, files, loaded))) return;
      const source: ModelSource = {
        kind: "files",
        files,
        paths: files.map(pathOf),
      };
      const attempt = load(source, ({ name }) => freeName(name));
      const before = loaded;
      loaded = attempt;
      try {
        const { name, layers, pretrained, answers } = await attempt;
        dropped.set(name, source);
        set({ modelName: name, models: [...get().models, { name, path: "" }] });
        if (pretrained === false)
          notify(
            "model",
            "warning",
            said("model loaded: no weights", { name, layers }),
          );
        else if (get().phase === "empty" && !withData)
          // The panel that shows it comes with a table.
          notify(
            "model",
            "info",
            answers
              ? said("model loaded: answers", { name, layers })
              : said("model loaded: no data", { name, layers }),
          );
      } catch (error) {
        // The engine keeps the former model when reading a new one fails.
        loaded = get().model ? before : null;
        notify("model", "error", error);
      }
    },

    /** What a run has made, to be chosen like a dropped folder. Returns its name in the combobox. */
    addModel(wanted: string, files: File[]): string {
      const name = freeName(wanted);
      const paths = files.map((file) => `${name}/${file.name}`);
      dropped.set(name, { kind: "files", files, paths });
      set({ models: [...get().models, { name, path: "" }] });
      return name;
    },

    async setRunOn(runOn: RunOn): Promise<void> {
      if (refused()) return;
      set({ runOn });
      // The engine takes model and trained weights along to the new executor.
      opened = open(runOn);
      // What went wrong, `open` has said.
      await opened.then(start, () => {});
    },
  };
}

/** A remembered report, if it still looks like one. */
function asReport(value: unknown): DeviceReport | null {
  const report = value as DeviceReport | null;
  return report && Array.isArray(report.executors) && report.chosen
    ? report
    : null;
}
