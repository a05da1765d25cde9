// One run after the other: from Train to a summary, a stop or a failure. A run's
// events are told apart by `current`: what arrives after its end is dropped.

import type { Baselines, Dataset } from "../data";
import type { AttentionCapture, Progress, StepProgress } from "../engine";
import { History } from "../metrics";
import { buffersOf } from "../port";
import { said } from "../said";
import { asError, type Context, isBusy, sentenceOf, tryAgain } from "./context";
import { evaluationShare, loadOf, speedKey, work } from "./estimate";
import { exportedRun, sourceOf } from "./former";
import type { machinePart } from "./machine";
import { Pace } from "./pace";
import { rounds } from "./rounds";
import { canTakeAllRows, onAllRows } from "./all";
import type {
  ExportFormat,
  Mapping,
  Notice,
  Remedy,
  Run,
  TextInput,
} from "./state";
import type { tablePart } from "./table";

/** Bytes of attention kept for the `Step` slider. */
const attentionBudget = 48 * 2 ** 20;

/** Figures that change faster than this cannot be read; curves still look alive. */
const readableMs = 200;

export function runPart(
  context: Context,
  table: () => ReturnType<typeof tablePart>,
  machine: () => ReturnType<typeof machinePart>,
) {
  const { doors, get, set, notify, settle, waiting } = context;
  let counter = 0;
  let current: Run | null = null;
  let stopWanted = false;
  let latest: StepProgress | null = null;
  let pace = new Pace(0);
  const nextRound = rounds(doors.nextFrame, readableMs);

  function update(change: Partial<Run>): void {
    if (!current) return;
    current = { ...current, ...change };
    set({ run: current });
  }

  /** `on`: a run to make again on all rows, for as long as its validation has shown to be best. */
  async function train(on: Run | null = null): Promise<void> {
    const { phase, mapping, optionProblems } = get();
    const startable = ["ready", "trained", "failed"].includes(phase);
    if (!startable || !mapping || get().waiting.data) return;
    if (Object.keys(optionProblems).length > 0) return;
    stopWanted = false;
    latest = null;
    settle("run");
    set({ phase: "loading", stage: null, step: null });

    let running: Run | null = null;
    let missing: Notice["topic"] | null = "device";
    try {
      const device = await machine().device();
      missing = "model";
      const model = await machine().model();
      missing = null;
      const dataset = await table().dataset(mapping, on !== null);
      if (stopWanted) return void set({ phase: "ready" });
      const chosen = on ? onAllRows(on) : get().options;
      running = current = begin(dataset, mapping, model, device.chosen, chosen);
      // Nothing is held out that a score could be compared on.
      if (!on) void table().baselines().then(adoptBaselines(current.id));
      const { watchInput } = get();
      if (watchInput) machine().signal({ kind: "watch", input: watchInput });
      const { task: _task, validationShare: _share, ...options } = chosen;
      const summary = await machine().ask((engine) =>
        engine.callMoving(buffersOf(dataset), "train", dataset, options),
      );
      if (current?.id !== running.id) return;
      showStep();
      update({ summary, validation: summary.validation ?? current.validation });
      rememberSpeed(current);
      finish("trained", summary.step > 0);
      void capture();
    } catch (error) {
      if (running && current?.id !== running.id) return;
      fail(error, missing);
    }
  }

  function begin(
    dataset: Dataset,
    mapping: Mapping,
    model: Run["model"],
    executor: Run["executor"],
    options: Run["options"],
  ): Run {
    const run: Run = {
      id: ++counter,
      name: `${slug(dataset.name)}-${counter}${options.decidedBy ? "-all" : ""}`,
      dataset: {
        name: dataset.name,
        labels: dataset.labels,
        fingerprint: dataset.fingerprint,
        train: dataset.train.count,
        validation: dataset.validation.count,
        test: dataset.test?.count ?? 0,
        pairs: dataset.train.textsB !== null,
      },
      model,
      options,
      executor,
      baselines: options.decidedBy ? null : get().baselines,
      source: sourceOf(get().table, mapping),
      rows: get().table?.rows ?? 0,
      exported: false,
      startedAt: Date.now(),
      summary: null,
      problem: null,
      validation: null,
    };
    pace = new Pace(evaluationShare(run.options, run.dataset, model));
    set({
      run,
      runUsable: false,
      history: new History(nextRound),
      evaluations: [],
      lastEvaluation: null,
      testEvaluation: null,
      attentionHistory: [],
    });
    return run;
  }

  const adoptBaselines = (id: number) => (baselines: Baselines | null) => {
    if (!baselines) return;
    if (current?.id === id) update({ baselines });
    else
      set({
        runs: get().runs.map((r) => (r.id === id ? { ...r, baselines } : r)),
        run: withBaselines(get().run, id, baselines),
      });
  };

  function finish(phase: "trained" | "failed", usable: boolean): void {
    const run = current;
    current = null;
    set({
      phase,
      stage: null,
      runUsable: usable,
      runs: run ? [run, ...get().runs] : get().runs,
    });
  }

  /** `missing`: what could not be had for it. */
  function fail(error: unknown, missing: Notice["topic"] | null): void {
    update({ problem: sentenceOf(error) });
    finish("failed", current === null && get().runUsable);
    const remedies: Remedy[] = [tryAgain(() => void get().train())];
    const { device } = get();
    const other = device?.executors.find(
      ({ name, available }) =>
        available && name !== device.chosen && name !== "cpu",
    );
    if (other && (missing === null || get().model !== null))
      remedies.push({
        label: said("remedy: run on", { executor: other.name }),
        act: () =>
          void get()
            .setRunOn(other.name)
            .then(() => get().train()),
      });
    // What the model or the device said already is said once, with what to do about the run.
    if (missing) settle(missing, "error");
    notify("run", "error", error, remedies);
  }

  /** Speed that this run really reached, for the next prediction. */
  function rememberSpeed(run: Run): void {
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

  function showStep(): void {
    if (!latest || latest.step === get().step?.step) return;
    set({ step: { ...latest, secondsLeft: pace.secondsLeft(latest) } });
  }

  function keep(capture: AttentionCapture): void {
    const watched = get().watchInput;
    if (!watched || !same(watched, capture.input)) return;
    const before = get().attentionHistory;
    // A capture of the kept weights may belong to an earlier step.
    const last = before.at(-1);
    const history =
      last && last.step >= capture.step ? before : thin([...before, capture]);
    set({ attention: capture, attentionHistory: history });
  }

  /** Captures the watched sentence now, where that says something. */
  async function capture(): Promise<void> {
    const { watchInput, phase, model } = get();
    if (!watchInput || !model || phase === "loading" || phase === "training")
      return;
    try {
      keep(
        await machine().ask((engine) => engine.call("attention", watchInput)),
      );
    } catch (error) {
      notify("advice", "warning", error);
    }
  }

  return {
    train: () => train(),
    async trainOnAllRows(): Promise<void> {
      const { run } = get();
      if (run && canTakeAllRows(get())) await train(run);
    },
    capture,

    onProgress(progress: Progress): void {
      if (progress.kind === "lost") {
        machine().discard(progress.message);
        if (isBusy(get())) fail(asError(progress.message), null);
        else
          notify("device", "error", progress.message, [
            {
              label: said("remedy: start again"),
              act: () => void machine().start(),
            },
          ]);
        return;
      }
      if (progress.kind === "attention") return keep(progress);
      if (!current) return;
      const { phase } = get();
      switch (progress.kind) {
        case "stage":
          set({ stage: progress });
          if (progress.stage === "paused") {
            pace.pause();
            set({ phase: "paused" });
          } else if (phase === "paused") set({ phase: "training" });
          break;
        case "step":
          latest = progress;
          pace.step(progress, performance.now());
          get().history.append(progress);
          if (phase !== "training") {
            showStep();
            if (phase === "loading") set({ phase: "training" });
          } else nextRound(showStep);
          break;
        case "evaluation":
          if (progress.part === "test")
            return set({ testEvaluation: progress });
          get().history.append(progress);
          if (progress.part === "train") return;
          pace.evaluation();
          update({ validation: progress });
          set({
            evaluations: [...get().evaluations, progress],
            lastEvaluation: progress,
          });
      }
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
      if (current) machine().signal({ kind: "stop" });
    },

    async watch(input: TextInput | null): Promise<void> {
      set({ watchInput: input, attentionHistory: [] });
      if (!input) set({ attention: null });
      machine().signal({ kind: "watch", input });
      await capture();
    },

    async exportRun(format: ExportFormat): Promise<void> {
      const { run } = get();
      if (!run) return;
      try {
        const file = await waiting(
          "export",
          said("waiting: export"),
          machine().ask((engine) => engine.call("exportRun", format, run.name)),
        );
        settle("export");
        doors.save(file);
        const mark = (each: Run) =>
          each.id === run.id ? exportedRun(each) : each;
        const { run: present, runs } = get();
        set({ run: present && mark(present), runs: runs.map(mark) });
      } catch (error) {
        notify("export", "error", error, [
          tryAgain(() => void get().exportRun(format)),
        ]);
      }
    },
  };
}

function withBaselines(run: Run | null, id: number, baselines: Baselines) {
  return run?.id === id ? { ...run, baselines } : run;
}

const same = (a: TextInput, b: TextInput) =>
  a.text === b.text && (a.textB ?? "") === (b.textB ?? "");

/** Keeps first and last, and drops every other one between when they grow too large. */
function thin(captures: AttentionCapture[]): AttentionCapture[] {
  const bytes = captures.reduce((sum, c) => sum + c.weights.byteLength, 0);
  if (captures.length <= 240 && bytes <= attentionBudget) return captures;
  const last = captures.length - 1;
  return captures.filter((_, i) => i % 2 === 0 || i === last);
}

/** A file-name form of a table's name. */
export function slug(name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return plain || "run";
}
