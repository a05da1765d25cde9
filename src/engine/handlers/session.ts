// What the engine holds: the device, the model that was loaded, the one that was
// trained. Everything that changes one of them is a method here, since each has a
// say in the others: weights die with their device, and a run takes the place of
// the former one only once its model is open.

import { Failure, type Said } from "../../said";
import type { Classifier } from "../classifier";
import { openExecutor, type Machine, type OpenExecutor } from "../executors";
import { loadModel, type LoadedModel } from "../model";
import { formerThresholds } from "../model/former";
import { startingWeights } from "../model/parameters";
import { Control } from "../passes/control";
import type { Reader } from "../predict";
import type {
  Answering,
  Calls,
  DeviceReport,
  ModelReport,
  ModelSource,
} from "../protocol";
import { plainDecoding, taskOf } from "../tasks";
import { readingCapacity, type Trained } from "./trained";

export class Session {
  readonly control = new Control();
  #device: OpenExecutor | null = null;
  #loaded: LoadedModel | null = null;
  #trained: Trained | null = null;
  /** The loaded model before any training, with its own classifier if it has one; made on demand. */
  #untrained: Classifier | null = null;
  /** Whether the loaded model came after the trained one. */
  #loadedIsNewer = false;

  constructor(readonly machine: Machine) {}

  /** Throws `busy` while a run works. */
  requireIdle(busy: Said["code"]): void {
    if (this.control.running) throw new Failure(busy);
  }

  haveDevice(): OpenExecutor {
    if (this.#device !== null) return this.#device;
    throw (
      this.whyLost ?? new Error("internal: open was not called before this")
    );
  }

  get loaded(): LoadedModel {
    if (this.#loaded === null) throw new Failure("no model is loaded");
    return this.#loaded;
  }

  get trained(): Trained | null {
    return this.#trained;
  }

  get whyLost(): Failure | null {
    const { lost } = this.control;
    return lost && new Failure(lost.code, lost.values);
  }

  /** The GPU died. False where nothing here was on it. */
  lose(reason: Said): boolean {
    if (this.#device?.report.chosen !== "webgpu") return false;
    // Its weights died with it.
    this.#trained = null;
    this.#untrained = null;
    this.#device = null;
    this.control.lose(reason);
    return true;
  }

  /** The trained model comes along. */
  async open(
    [preference, remembered]: Parameters<Calls["open"]>,
    onMeasured: (report: DeviceReport) => void,
  ): Promise<DeviceReport> {
    this.requireIdle("busy: change where it runs");
    const opened = await openExecutor(
      preference,
      remembered,
      this.machine,
      onMeasured,
    );
    await this.#trained?.moveTo(opened.openClassifier);
    this.#forgetUntrained();
    this.#device = opened;
    this.control.found();
    return opened.report;
  }

  /** The former model stays if this fails; the trained one stays in any case. */
  async load(source: ModelSource): Promise<ModelReport> {
    this.requireIdle("busy: load a model");
    const loaded = await loadModel(source);
    this.#loaded = loaded;
    this.#loadedIsNewer = true;
    this.#forgetUntrained();
    return loaded.report;
  }

  /** From here on the former model is gone; a failure before spares it. */
  beginRun(next: Trained): void {
    this.#trained?.classifier.dispose();
    this.#forgetUntrained();
    this.#loadedIsNewer = false;
    this.#trained = next;
  }

  /** The run failed after it had begun: what it was training is worth nothing. */
  abandonRun(begun: Trained): void {
    // What was on a lost device is gone already.
    if (this.control.lost === null) begun.classifier.dispose();
    this.#trained = null;
  }

  /** Who answers when nobody says it: what came last, if it can. */
  get answering(): Answering {
    const asLoaded = this.#loaded?.report.answers ?? false;
    return asLoaded && (this.#trained === null || this.#loadedIsNewer)
      ? "model"
      : "run";
  }

  /** Whose attention is shown when nobody says it: what came last, able to answer or not. */
  get shown(): Answering {
    return this.#loadedIsNewer ? "model" : "run";
  }

  /** The model as it was loaded. */
  async loadedReader(): Promise<Reader> {
    const { openClassifier } = this.haveDevice();
    const { config, weights, tokenizer, labels, report } = this.loaded;
    const { answers = false, task, former, maxPositions } = report;
    const maxTokens = answers
      ? (former?.maxTokens ?? Math.min(256, maxPositions))
      : Math.min(128, maxPositions);
    const labelCount = (answers && labels?.length) || 2;
    this.#untrained ??= await openClassifier({
      config,
      weights: startingWeights(config, weights, labelCount, {
        seed: 0,
        randomWeights: false,
      }),
      head: taskOf(task ?? "one label").head,
      labelCount,
      capacity: answers
        ? readingCapacity(maxTokens)
        : { sequences: 1, tokens: maxTokens, length: maxTokens },
      training: null,
    });
    return {
      classifier: this.#untrained,
      tokenizer,
      maxTokens,
      task: task ?? "one label",
      labels: labels ?? [],
      decoding: {
        ...plainDecoding,
        ...(task === "many labels" &&
          labels && { thresholds: formerThresholds(config, labels) }),
      },
      trained: answers,
    };
  }

  #forgetUntrained(): void {
    this.#untrained?.dispose();
    this.#untrained = null;
  }
}
