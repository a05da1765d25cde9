// A model with a head: the one in training or the one that was trained.

import type { Capacity, Classifier, OpenClassifier } from "../classifier";
import type { LoadedModel } from "../model";
import { roomForMasked } from "../passes/masking";
import type { Reader } from "../predict";
import type { TrainingOptions } from "../protocol";
import type { Task } from "../../task";
import type { Decoding } from "../tasks";
import type { FinishedRun } from "./finished";

/** Room for reading texts of this length, many at once. */
export const readingCapacity = (maxTokens: number): Capacity => ({
  sequences: 64,
  tokens: Math.max(maxTokens, 512),
  length: maxTokens,
  selected: roomForMasked(64, Math.max(maxTokens, 512)),
});

export class Trained {
  /** The optimiser step that its weights are of. */
  step = 0;
  #classifier: Classifier;
  #finished: FinishedRun | null = null;

  constructor(
    readonly model: LoadedModel,
    classifier: Classifier,
    readonly options: TrainingOptions,
    readonly task: Task,
    readonly labels: string[],
    private decoding: Decoding,
  ) {
    this.#classifier = classifier;
  }

  get classifier(): Classifier {
    return this.#classifier;
  }

  /** Null while it is being trained. */
  get finished(): FinishedRun | null {
    return this.#finished;
  }

  get reader(): Reader {
    return {
      classifier: this.#classifier,
      tokenizer: this.model.tokenizer,
      maxTokens: this.options.maxTokens,
      task: this.task,
      labels: this.labels,
      decoding: this.decoding,
      trained: true,
    };
  }

  finish(run: FinishedRun): void {
    this.step = run.summary.bestStep;
    const { thresholds = null, scale = null } = run.summary;
    this.decoding = { ...this.decoding, thresholds, scale };
    this.#finished = run;
  }

  /** Weights do not follow by themselves. The former device keeps them until the new one has them. */
  async moveTo(open: OpenClassifier): Promise<void> {
    const former = this.#classifier;
    this.#classifier = await open({
      config: this.model.config,
      weights: await former.read(),
      head: former.head,
      labelCount: former.labelCount,
      capacity: readingCapacity(this.options.maxTokens),
      training: null,
    });
    former.dispose();
  }
}
