// The steps of one run: update, read the losses, evaluate, keep the best. The
// surprise: losses are read back a few steps late, because reading one may wait
// for the device; the step events then come together.

import type { Dataset } from "../../data";
import { Failure } from "../../said";
import { inputAt } from "../../data/dataset";
import type { Classifier } from "../classifier";
import type { Control } from "../passes/control";
import { taskOf, type Decoding, type Figures, type Scored } from "../tasks";
import { judgedBy, lowerIsBetter, type Metric, type Task } from "../../task";
import { AttentionPace, captureAttention } from "../explain/attention";
import type { Learner, PartName } from "./learners";
import { Meter } from "./meter";
import { boundary } from "../passes";
import type {
  EvaluationProgress,
  ExecutorName,
  Progress,
  RunSummary,
  TrainingOptions,
} from "../protocol";
import { evaluationSteps, linearSchedule } from "./schedule";
import type { Tokenizer } from "../model/tokenizer";

export interface RunInputs {
  tokenizer: Tokenizer;
  dataset: Dataset;
  options: TrainingOptions;
  executor: ExecutorName;
  control: Control;
}

/** Without a new event for so long, fast steps give way too. */
const turnEveryMs = 16;

interface Unread {
  step: number;
  epoch: number;
  learningRate: number;
  tokens: number;
}

export class Run {
  step = 0;
  tokens = 0;
  best: EvaluationProgress | null = null;
  /** Steps that will be made: all that are planned, or the share that was asked for. */
  readonly stepCount: number;

  /** Steps of the schedule. */
  readonly #planned: number;
  readonly #stepsPerEpoch: number;
  readonly #evaluateAfter: Set<number>;
  readonly #meter = new Meter();
  readonly #pace = new AttentionPace();
  #unread: Unread[] = [];
  #evaluationsWithoutBetter = 0;

  constructor(
    readonly inputs: RunInputs,
    readonly classifier: Classifier,
    readonly learner: Learner,
    readonly classWeights: Float32Array | null,
    /** Of the kept weights, once there are such. */
    public decoding: Decoding,
    readonly hasValidation: boolean,
  ) {
    const { options } = inputs;
    this.#stepsPerEpoch = Math.ceil(learner.rows / options.batchSize);
    this.#planned = this.#stepsPerEpoch * options.epochs;
    this.stepCount = Math.max(
      1,
      Math.round(this.#planned * (options.stopAfter ?? 1)),
    );
    const after = hasValidation
      ? evaluationSteps(
          this.#stepsPerEpoch,
          options.epochs,
          options.evaluationsPerEpoch,
        )
      : [];
    this.#evaluateAfter = new Set(
      [...after].map((step) => Math.min(step, this.stepCount)),
    );
  }

  /** Whose weights the model has at the end. */
  get keptStep(): number {
    return this.best?.step ?? this.step;
  }

  get #epoch(): number {
    return this.step / this.#stepsPerEpoch;
  }

  get #stage() {
    return {
      stage: "training",
      done: this.step,
      total: this.stepCount,
    } as const;
  }

  async *steps(): AsyncGenerator<Progress, RunSummary["outcome"]> {
    const { options, control } = this.inputs;
    const schedule = linearSchedule(
      options.learningRate,
      this.#planned,
      options.warmUp,
    );
    yield { kind: "stage", ...this.#stage };
    yield* boundary(control, this.#stage);
    if (this.learner.figures && this.hasValidation) {
      // How it was before: what it already knows stands beside what it learns.
      yield* this.#validate();
      if (control.stopped) return "stopped";
    }
    this.#meter.restart();
    let turned = performance.now();
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      for (const rows of this.learner.batches(epoch)) {
        if (control.stopped) return "stopped";
        this.#update(rows, schedule.learningRate(this.step + 1));
        const evaluate = this.#evaluateAfter.has(this.step);
        const read =
          evaluate ||
          this.step === this.stepCount ||
          this.#unread.length >= this.#meter.stepsPerRead;
        if (read) yield* this.#read();
        if (read || performance.now() - turned > turnEveryMs) {
          await control.turn();
          const paused = control.paused;
          if (paused || control.stopped) yield* this.#read();
          yield* boundary(control, this.#stage);
          if (paused) this.#meter.restart();
          turned = performance.now();
        }
        if (control.stopped) return "stopped";
        if (evaluate) {
          yield* this.#validate();
          if (control.stopped) return "stopped";
          if (
            options.patience > 0 &&
            this.#evaluationsWithoutBetter >= options.patience &&
            this.step < this.stepCount
          )
            return "stopped early";
        } else if (this.learner.encoderLearns && this.#pace.due)
          yield* this.#capture();
        if (this.step === this.stepCount) return "finished";
      }
    }
    return "finished";
  }

  #update(rows: Int32Array, learningRate: number): void {
    this.step++;
    const batch = this.learner.batch(rows);
    this.classifier.train(batch, learningRate);
    const tokens = batch.ids.length;
    this.tokens += tokens;
    this.#unread.push({
      step: this.step,
      epoch: this.#epoch,
      learningRate,
      tokens,
    });
  }

  /** Reads the losses that are still on the device and reports their steps. */
  async *#read(): AsyncGenerator<Progress, void> {
    if (this.#unread.length === 0) return;
    const unread = this.#unread;
    this.#unread = [];
    const figures = await this.inputs.control.read(this.classifier.figures());
    const meter = this.#meter;
    meter.mark(
      unread.length,
      unread.reduce((sum, { tokens }) => sum + tokens, 0),
    );
    const memory = {
      tensors: this.classifier.bytes,
      heap: heapBytes(),
    };
    for (const [i, { step, epoch, learningRate }] of unread.entries()) {
      const { loss, norm } = figures[i]!;
      if (!Number.isFinite(loss))
        throw new Failure("train: loss is no number", {
          step,
          learningRate: String(this.inputs.options.learningRate),
        });
      yield {
        kind: "step",
        step,
        steps: this.stepCount,
        epoch,
        loss,
        learningRate,
        gradientNorm: this.learner.encoderLearns ? norm : null,
        tokensPerSecond: meter.tokensPerSecond,
        msPerStep: meter.msPerStep,
        secondsLeft: meter.secondsLeft(
          this.stepCount - step,
          [...this.#evaluateAfter].filter((after) => after >= step).length,
        ),
        memory,
      };
    }
  }

  async *#validate(): AsyncGenerator<Progress, void> {
    const { control } = this.inputs;
    const began = performance.now() - control.pausedMs;
    const evaluation = yield* this.evaluate("validation", this.step);
    if (evaluation !== null) {
      this.#meter.evaluated(performance.now() - control.pausedMs - began);
      if (evaluation.best) {
        this.best = evaluation;
        this.#evaluationsWithoutBetter = 0;
        this.classifier.keep();
      } else this.#evaluationsWithoutBetter++;
      yield* this.#capture();
      yield { kind: "stage", ...this.#stage };
    }
    this.#meter.restart();
  }

  /** Null when stopped meanwhile. */
  async *evaluate(
    part: PartName,
    step: number,
  ): AsyncGenerator<Progress, EvaluationProgress | null> {
    const { dataset } = this.inputs;
    const judged = yield* this.learner.figures?.(part) ?? this.#figures(part);
    if (judged === null) return null;
    const { figures: result, scored } = judged;
    const isBest =
      part === "validation" && isBetter(dataset.task, result, this.best);
    if (isBest && scored)
      this.decoding = taskOf(dataset.task).tuned(
        scored,
        this.decoding,
        dataset.labels.length,
      );
    const evaluation: EvaluationProgress = {
      kind: "evaluation",
      part,
      step,
      epoch: step / this.#stepsPerEpoch,
      ...result,
      best: isBest,
    };
    yield evaluation;
    return evaluation;
  }

  /** From the logits of the whole part. */
  async *#figures(
    part: PartName,
  ): AsyncGenerator<Progress, { figures: Figures; scored: Scored } | null> {
    const { dataset } = this.inputs;
    const examples = dataset[part]!;
    const logits = yield* this.learner.score(part);
    if (logits === null) return null;
    const { figures } = taskOf(dataset.task);
    const { targets, count } = examples;
    const scored: Scored = { logits, targets, count };
    const found = figures(scored, {
      names: dataset.labels,
      classWeights: this.classWeights,
      decoding: this.decoding,
      tunedHere: part === "validation",
      textOf: (row) => inputAt(examples, row),
    });
    return { figures: found, scored };
  }

  /** The watched sentence, if there is one. */
  async *#capture(): AsyncGenerator<Progress, void> {
    const { classifier } = this;
    const { tokenizer, dataset, options, control } = this.inputs;
    const { watched } = control;
    if (watched === null) return;
    yield* this.#read();
    yield await this.#pace.timed(() =>
      captureAttention(
        {
          classifier,
          tokenizer,
          maxTokens: options.maxTokens,
          task: dataset.task,
          labels: dataset.labels,
          decoding: this.decoding,
          trained: true,
        },
        watched,
        this.step,
        control,
      ),
    );
    this.#meter.restart();
  }

  /** Reports what is unread and brings the best weights back. */
  async *finish(): AsyncGenerator<Progress, void> {
    yield* this.#read();
    if (this.best !== null && this.best.step !== this.step)
      this.classifier.restore();
  }
}

/** By the task's figure; of two alike the smaller loss. */
function isBetter(
  task: Task,
  now: Pick<EvaluationProgress, "loss" | Metric>,
  best: EvaluationProgress | null,
): boolean {
  if (best === null) return true;
  const judge = judgedBy(task);
  const sign = lowerIsBetter(judge) ? -1 : 1;
  const [mine, theirs] = [sign * now[judge]!, sign * best[judge]!];
  return mine > theirs || (mine === theirs && now.loss < best.loss);
}

/** Where the browser tells (Chromium). */
function heapBytes(): number | null {
  const { memory } = performance as { memory?: { usedJSHeapSize: number } };
  return memory?.usedJSHeapSize ?? null;
}
