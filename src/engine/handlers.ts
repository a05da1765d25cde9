// What the worker answers. Holds all of the engine's state: the device, the model
// that was loaded, the run that was trained. Knows no worker, so that tests drive
// it over a MessageChannel.

import type { Handlers } from "../port";
import type { Dataset } from "../data";
import { createBert, type Bert } from "./bert";
import { Control } from "./control";
import { onDeviceLost } from "./device";
import { openExecutor } from "./executors";
import { captureAttention, predict, type Reader } from "./explain";
import {
  exportHuggingFace,
  recordDataset,
  type FinishedRun,
} from "./huggingface";
import { loadModel, type LoadedModel } from "./models";
import type {
  AttentionCapture,
  Calls,
  DeviceReport,
  ExportedFile,
  Progress,
  RunSummary,
  Signal,
  TrainingOptions,
} from "./protocol";
import { checkRun, train } from "./training";

/** A model with a head: the one in training or the one that was trained. */
interface Trained {
  model: LoadedModel;
  bert: Bert;
  options: TrainingOptions;
  /** Null while it is being trained. */
  finished: FinishedRun | null;
  step: number;
}

export interface EngineServer {
  handlers: Handlers<Calls>;
  signal(signal: Signal): void;
}

export function createEngine(
  report: (progress: Progress) => void,
): EngineServer {
  const control = new Control();
  let device: DeviceReport | null = null;
  let model: LoadedModel | null = null;
  let trained: Trained | null = null;
  /** The loaded model before any training, for looking at its attention; made on demand. */
  let untrained: Bert | null = null;
  /** Whether `model` was loaded after `trained` was trained. */
  let modelIsNewer = false;

  onDeviceLost((message) => {
    if (device?.chosen !== "webgpu") return;
    // Its tensors died with it.
    trained = null;
    untrained = null;
    device = null;
    control.lose(message);
    report({ kind: "lost", message });
  });

  const idle = (wanted: string) => {
    if (control.running)
      throw new Error(`A run is under way. Stop it first, then ${wanted}.`);
  };
  const haveDevice = (): DeviceReport => {
    if (device === null)
      throw new Error(
        control.lost ?? "internal: open was not called before this",
      );
    return device;
  };

  async function open(
    ...[preference, remembered]: Parameters<Calls["open"]>
  ): Promise<DeviceReport> {
    idle("change where it runs");
    // Tensors do not follow from one backend to the next: take them along.
    const moved = trained && (await trained.bert.read());
    trained?.bert.dispose();
    untrained?.dispose();
    untrained = null;
    const former = trained;
    trained = null;
    device = await openExecutor(preference, remembered);
    control.found();
    if (former && moved)
      trained = {
        ...former,
        bert: createBert(former.model.config, moved, former.bert.labelCount, {
          seed: 0,
          randomWeights: false,
        }),
      };
    return device;
  }

  async function runTraining(
    dataset: Dataset,
    options: TrainingOptions,
  ): Promise<RunSummary> {
    const openedDevice = haveDevice();
    if (model === null)
      throw new Error("No model is loaded. Choose a model first.");
    checkRun(dataset, options, model.config.max_position_embeddings);
    trained?.bert.dispose();
    untrained?.dispose();
    untrained = null;
    const bert = createBert(
      model.config,
      model.weights,
      dataset.labels.length,
      {
        seed: options.seed,
        randomWeights: options.randomWeights,
      },
    );
    const present: Trained = { model, bert, options, finished: null, step: 0 };
    trained = present;
    modelIsNewer = false;
    try {
      const run = train({
        bert,
        tokenizer: model.tokenizer,
        dataset,
        options,
        executor: openedDevice.chosen,
        control,
      });
      let next = await run.next();
      while (!next.done) {
        if (next.value.kind === "step") present.step = next.value.step;
        report(next.value);
        next = await run.next();
      }
      const summary = next.value;
      present.step = summary.bestStep;
      present.finished = {
        model,
        dataset: recordDataset(dataset),
        options,
        summary,
        device: openedDevice,
        date: new Date(),
      };
      return summary;
    } catch (error) {
      if (control.lost === null) bert.dispose();
      trained = null;
      throw control.lost === null ? error : new Error(control.lost);
    }
  }

  const readerOf = ({ model, bert, options }: Trained): Reader => ({
    bert,
    tokenizer: model.tokenizer,
    maxTokens: options.maxTokens,
    trained: true,
  });

  async function attention(
    ...[input]: Parameters<Calls["attention"]>
  ): Promise<AttentionCapture> {
    haveDevice();
    if (trained && !modelIsNewer)
      return captureAttention(readerOf(trained), input, trained.step, control);
    if (model === null)
      throw new Error("No model is loaded. Choose a model first.");
    untrained ??= createBert(model.config, model.weights, 2, {
      seed: 0,
      randomWeights: false,
    });
    const reader = {
      bert: untrained,
      tokenizer: model.tokenizer,
      maxTokens: Math.min(128, model.config.max_position_embeddings),
      trained: false,
    };
    return captureAttention(reader, input, 0, control);
  }

  async function exportRun(
    ...[format, name]: Parameters<Calls["exportRun"]>
  ): Promise<ExportedFile> {
    idle("export");
    haveDevice();
    if (trained?.finished == null)
      throw new Error(
        "There is no trained model yet. Train first, then export.",
      );
    if (format !== "huggingface")
      throw new Error(`internal: no export format ${String(format)}`);
    return exportHuggingFace(
      trained.finished,
      await control.read(trained.bert.read()),
      name,
    );
  }

  /** While a run works, a newly watched sentence is shown at its next step, also when paused. */
  let captureWaiting = false;
  async function watch(input: Extract<Signal, { kind: "watch" }>["input"]) {
    control.watched = input;
    if (input === null || !control.running || captureWaiting) return;
    captureWaiting = true;
    try {
      await control.between(async () => {
        captureWaiting = false;
        if (trained === null || control.watched === null) return;
        report(
          await captureAttention(
            readerOf(trained),
            control.watched,
            trained.step,
            control,
          ),
        );
      });
    } catch {
      // The run itself fails for the same reason and says so.
    } finally {
      captureWaiting = false;
    }
  }

  return {
    handlers: {
      open: (...args) => control.between(() => open(...args)),
      load: (source) =>
        control.between(async () => {
          idle("load a model");
          const loaded = await loadModel(source);
          model = loaded;
          modelIsNewer = true;
          untrained?.dispose();
          untrained = null;
          return loaded.report;
        }),
      train(dataset, options) {
        if (control.running)
          throw new Error("A run is under way. Stop it first, then train.");
        return control.during(() => runTraining(dataset, options));
      },
      predict: (inputs) =>
        control.between(() => {
          haveDevice();
          if (trained === null)
            throw new Error(
              "There is no trained model yet. Train first, then predict.",
            );
          return predict(readerOf(trained), inputs, control);
        }),
      attention: (...args) => control.between(() => attention(...args)),
      exportRun: (...args) => control.between(() => exportRun(...args)),
    },
    signal(signal) {
      if (signal.kind === "pause") control.pause();
      else if (signal.kind === "resume") control.resume();
      else if (signal.kind === "stop") control.stop();
      else void watch(signal.input);
    },
  };
}

/** Buffers that a reply or an event moves to the page instead of copying. */
export function transfersOf(content: unknown): Transferable[] {
  if (content === null || typeof content !== "object") return [];
  if ("kind" in content && content.kind === "attention") {
    const { weights, words } = content as AttentionCapture;
    return [weights.buffer, words.buffer];
  }
  if ("bytes" in content && content.bytes instanceof Uint8Array)
    return [content.bytes.buffer as ArrayBuffer];
  return [];
}
