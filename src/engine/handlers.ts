// What the worker answers. Holds all of the engine's state: the device, the model
// that was loaded, the run that was trained. Knows no worker, so that tests drive
// it over a MessageChannel.

import type { Handlers } from "../port";
import type { Dataset } from "../data";
import { Failure, type Said } from "../said";
import { startingWeights } from "./model/parameters";
import type { Capacity, Classifier, Training } from "./classifier";
import { Control } from "./passes/control";
import { onDeviceLost } from "./device";
import { openExecutor, type OpenExecutor, thisMachine } from "./executors";
import { captureAttention } from "./explain/attention";
import { predict, type Reader } from "./predict";
import { exportRun, recordDataset, type FinishedRun } from "./export";
import { loadModel, type LoadedModel } from "./model";
import { evaluateParts } from "./evaluate";
import type {
  Answering,
  AttentionCapture,
  Calls,
  DeviceReport,
  EvaluationProgress,
  ExportedFile,
  Prediction,
  Progress,
  RunSummary,
  Signal,
  TrainingOptions,
} from "./protocol";
import { hasHeadFor, openingOf, openReader } from "./train/opening";
import type { RunStart } from "./train/start";
import { checkRun, train } from "./train";

/** A model with a head: the one in training or the one that was trained. */
interface Trained {
  model: LoadedModel;
  classifier: Classifier;
  options: TrainingOptions;
  /** Null while it is being trained. */
  finished: FinishedRun | null;
  step: number;
}

/** Room for reading texts of this length, many at once. */
const readingCapacity = (maxTokens: number): Capacity => ({
  sequences: 64,
  tokens: Math.max(maxTokens, 512),
  length: maxTokens,
});

export interface EngineServer {
  handlers: Handlers<Calls>;
  signal(signal: Signal): void;
}

export function createEngine(
  report: (progress: Progress) => void,
  machine = thisMachine,
): EngineServer {
  const control = new Control();
  let device: OpenExecutor | null = null;
  let model: LoadedModel | null = null;
  let trained: Trained | null = null;
  /** The loaded model before any training, with its own classifier if it has one; made on demand. */
  let untrained: Classifier | null = null;
  /** Whether `model` was loaded after `trained` was trained. */
  let modelIsNewer = false;

  onDeviceLost((message) => {
    if (device?.report.chosen !== "webgpu") return;
    // Its weights died with it.
    trained = null;
    untrained = null;
    device = null;
    control.lose(message);
    report({ kind: "lost", message });
  });

  const idle = (busy: Said["code"]) => {
    if (control.running) throw new Failure(busy);
  };
  const whyLost = () =>
    control.lost && new Failure(control.lost.code, control.lost.values);
  const haveDevice = (): OpenExecutor => {
    if (device !== null) return device;
    throw whyLost() ?? new Error("internal: open was not called before this");
  };

  async function open(
    ...[preference, remembered]: Parameters<Calls["open"]>
  ): Promise<DeviceReport> {
    idle("busy: change where it runs");
    const opened = await openExecutor(
      preference,
      remembered,
      machine,
      (measured) => report({ kind: "device", report: measured }),
    );
    // Weights do not follow by themselves. The former device keeps its model
    // until the new one has it.
    if (trained) {
      const { model, options, classifier: former } = trained;
      trained.classifier = await opened.openClassifier({
        config: model.config,
        weights: await former.read(),
        labelCount: former.labelCount,
        capacity: readingCapacity(options.maxTokens),
        training: null,
      });
      former.dispose();
    }
    untrained?.dispose();
    untrained = null;
    device = opened;
    control.found();
    return device.report;
  }

  async function runTraining(
    dataset: Dataset,
    options: TrainingOptions,
  ): Promise<RunSummary> {
    const { report: where, openClassifier } = haveDevice();
    if (model === null) throw new Failure("no model is loaded");
    const base = model;
    checkRun(dataset, options, base.report);
    if (dataset.train.textsB !== null && base.config.type_vocab_size < 2)
      throw new Failure("train: no pairs", { model: base.report.name });
    const { labels } = dataset;
    /** From here on the former model is gone; a failure before spares it. */
    async function begin(
      capacity: Capacity,
      training: Training | null,
      start: Pick<RunStart, "features" | "head">,
    ): Promise<Trained & { classifier: Classifier }> {
      const { model, weights } = openingOf(base, labels, options, start);
      const classifier = await openClassifier({
        config: model.config,
        weights,
        labelCount: labels.length,
        capacity,
        training,
      });
      trained?.classifier.dispose();
      untrained?.dispose();
      untrained = null;
      modelIsNewer = false;
      return (trained = {
        model,
        classifier,
        options,
        finished: null,
        step: 0,
      });
    }
    let present: Trained | null = null;
    const { tokenizer } = base;
    try {
      const run = train(
        { tokenizer, dataset, options, executor: where.chosen, control },
        {
          hasHead: hasHeadFor(base, labels),
          reader: (...room) =>
            openReader(base, options, openClassifier, ...room),
          begin: async (...setup) =>
            (present = await begin(...setup)).classifier,
        },
      );
      let next = await run.next();
      while (!next.done) {
        if (next.value.kind === "step" && present !== null)
          (present as Trained).step = next.value.step;
        report(next.value);
        next = await run.next();
      }
      const summary = next.value;
      const ranOn = (present as Trained | null)?.classifier.executor;
      if (ranOn) summary.executor = ranOn;
      // Stopped before there was anything to train: the page has a new model all the same.
      present ??= await begin(readingCapacity(options.maxTokens), null, {
        features: "pooler",
        head: null,
      });
      present.step = summary.bestStep;
      present.finished = {
        model: present.model,
        dataset: recordDataset(dataset),
        options,
        summary,
        device: where,
        date: new Date(),
      };
      return summary;
    } catch (error) {
      if (present !== null) {
        if (control.lost === null) (present as Trained).classifier.dispose();
        trained = null;
      }
      throw whyLost() ?? error;
    }
  }

  const readerOf = ({ model, classifier, options }: Trained): Reader => ({
    classifier,
    tokenizer: model.tokenizer,
    maxTokens: options.maxTokens,
    trained: true,
  });

  /** The model as it was loaded. */
  async function loadedReader(): Promise<Reader> {
    const { openClassifier } = haveDevice();
    if (model === null) throw new Failure("no model is loaded");
    const { config, weights, tokenizer, labels, report } = model;
    const { answers = false, former, maxPositions } = report;
    const maxTokens = answers
      ? (former?.maxTokens ?? Math.min(256, maxPositions))
      : Math.min(128, maxPositions);
    const labelCount = answers ? labels!.length : 2;
    untrained ??= await openClassifier({
      config,
      weights: startingWeights(config, weights, labelCount, {
        seed: 0,
        randomWeights: false,
      }),
      labelCount,
      capacity: answers
        ? readingCapacity(maxTokens)
        : { sequences: 1, tokens: maxTokens, length: maxTokens },
      training: null,
    });
    return { classifier: untrained, tokenizer, maxTokens, trained: answers };
  }

  /** Who answers when nobody says it: what came last, if it can. */
  function answering(): Answering {
    const asLoaded = model?.report.answers ?? false;
    return asLoaded && (trained === null || modelIsNewer) ? "model" : "run";
  }

  async function predictions(
    ...[inputs, from = answering()]: Parameters<Calls["predict"]>
  ): Promise<Prediction[]> {
    haveDevice();
    const reader =
      from === "model" ? await loadedReader() : trained && readerOf(trained);
    if (!reader?.trained) throw new Failure("nothing trained to predict");
    return predict(reader, inputs, control);
  }

  async function attention(
    ...[input, from]: Parameters<Calls["attention"]>
  ): Promise<AttentionCapture> {
    haveDevice();
    const usual = modelIsNewer ? "model" : "run";
    if (trained && (from ?? usual) === "run")
      return captureAttention(readerOf(trained), input, trained.step, control);
    const reader = await loadedReader();
    const maxTokens = Math.min(128, reader.maxTokens);
    return captureAttention({ ...reader, maxTokens }, input, 0, control);
  }

  async function evaluate(dataset: Dataset): Promise<EvaluationProgress[]> {
    const reader = await loadedReader();
    const { name, labels } = model!.report;
    if (!reader.trained)
      throw new Failure("evaluate: no classifier", { model: name });
    const parts = evaluateParts(
      reader,
      { name, labels: labels! },
      dataset,
      control,
    );
    let next = await parts.next();
    for (; !next.done; next = await parts.next()) report(next.value);
    return next.value;
  }

  async function exported(
    ...[format, name]: Parameters<Calls["exportRun"]>
  ): Promise<ExportedFile> {
    idle("busy: export");
    haveDevice();
    if (trained?.finished == null)
      throw new Failure("nothing trained to export");
    return exportRun(
      format,
      trained.finished,
      await control.read(trained.classifier.read()),
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
          idle("busy: load a model");
          const loaded = await loadModel(source);
          model = loaded;
          modelIsNewer = true;
          untrained?.dispose();
          untrained = null;
          return loaded.report;
        }),
      train(dataset, options) {
        idle("busy: train");
        return control.during(() => runTraining(dataset, options));
      },
      predict: (...args) => control.between(() => predictions(...args)),
      evaluate(dataset) {
        idle("busy: evaluate");
        return control.during(() => evaluate(dataset));
      },
      attention: (...args) => control.between(() => attention(...args)),
      exportRun: (...args) => control.between(() => exported(...args)),
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
