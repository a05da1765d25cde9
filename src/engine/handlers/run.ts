// One training run, from the call to its summary. What it trains becomes the
// session's model when it is opened, not before.

import type { Dataset } from "../../data";
import { Failure } from "../../said";
import type { Capacity, Classifier, Training } from "../classifier";
import type { OpenExecutor } from "../executors";
import type { LoadedModel } from "../model";
import type { Progress, RunSummary, TrainingOptions } from "../protocol";
import { taskOf } from "../tasks";
import { checkRun, train } from "../train";
import { hasHeadFor, openingOf, openPairs, openReader } from "../train/opening";
import type { RunStart } from "../train/start";
import { finishedRun } from "./finished";
import type { Session } from "./session";
import { readingCapacity, Trained } from "./trained";

export async function runTraining(
  session: Session,
  report: (progress: Progress) => void,
  dataset: Dataset,
  options: TrainingOptions,
): Promise<RunSummary> {
  const device = session.haveDevice();
  const base = session.loaded;
  checkRun(dataset, options, base.report);
  if (dataset.train.textsB !== null && base.config.type_vocab_size < 2)
    throw new Failure("train: no pairs", { model: base.report.name });
  const run = new Run(session, device, base, dataset, options);
  try {
    return await run.toSummary(report);
  } catch (error) {
    run.abandon();
    throw session.whyLost ?? error;
  }
}

class Run {
  /** Null until the texts were read and the model that is trained is open. */
  #begun: Trained | null = null;
  readonly #where;
  readonly #openClassifier;

  constructor(
    readonly session: Session,
    device: OpenExecutor,
    readonly base: LoadedModel,
    readonly dataset: Dataset,
    readonly options: TrainingOptions,
  ) {
    // More may be measured of the device meanwhile: the run goes by what was known.
    this.#where = device.report;
    this.#openClassifier = device.openClassifier;
  }

  async toSummary(report: (progress: Progress) => void): Promise<RunSummary> {
    const summary = await this.#train(report);
    const ranOn = this.#begun?.classifier.executor;
    if (ranOn) summary.executor = ranOn;
    // Stopped before there was anything to train: the page has a new model all the same.
    const begun =
      this.#begun ??
      (await this.#begin(readingCapacity(this.options.maxTokens), null, {
        features: "pooler",
        head: null,
      }));
    begun.finish(
      finishedRun(this.dataset, {
        model: begun.model,
        options: this.options,
        summary,
        device: this.#where,
      }),
    );
    return summary;
  }

  abandon(): void {
    if (this.#begun !== null) this.session.abandonRun(this.#begun);
  }

  async #train(report: (progress: Progress) => void): Promise<RunSummary> {
    const { base, dataset, options } = this;
    const { control } = this.session;
    const { tokenizer } = base;
    const run = train(
      { tokenizer, dataset, options, executor: this.#where.chosen, control },
      {
        hasHead: hasHeadFor(base, dataset),
        reader: (...room) =>
          openReader(base, options, this.#openClassifier, ...room),
        pairs: (room) => openPairs(base, options, this.#openClassifier, room),
        begin: async (...setup): Promise<Classifier> =>
          (await this.#begin(...setup)).classifier,
      },
    );
    let next = await run.next();
    for (; !next.done; next = await run.next()) {
      if (next.value.kind === "step" && this.#begun !== null)
        this.#begun.step = next.value.step;
      report(next.value);
    }
    return next.value;
  }

  async #begin(
    capacity: Capacity,
    training: Training | null,
    start: Pick<RunStart, "features" | "head" | "encoder">,
  ): Promise<Trained> {
    const { task, labels } = this.dataset;
    const { model, weights } = openingOf(
      this.base,
      this.dataset,
      this.options,
      start,
    );
    const classifier = await this.#openClassifier({
      config: model.config,
      weights,
      head: taskOf(task).head,
      labelCount:
        taskOf(task).head === "words" ? model.config.vocab_size : labels.length,
      capacity,
      training,
    });
    this.#begun = new Trained(
      model,
      classifier,
      this.options,
      task,
      labels,
      taskOf(task).decodingOf(this.dataset),
    );
    this.session.beginRun(this.#begun);
    return this.#begun;
  }
}
