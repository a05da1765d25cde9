// Progress → append-only columns → at most about 500 points for a chart. It
// keeps every number of a run and forgets none; it draws nothing. The surprise:
// appending never re-renders anything. Listeners hear once per round of the pacer
// that the version changed, however many thousands of steps arrived.

import type { EvaluationProgress, StepProgress } from "./engine";
import { Pacer } from "./metrics/pacer";
import { METRICS, type Metric, type Metrics } from "./task";

export { nextFrame, Pacer } from "./metrics/pacer";

export interface Point {
  x: number;
  y: number;
}

/** More buckets than this, and neighbours merge. Two points each at most. */
const maxBuckets = 250;

/** What a chart needs of a series, whatever its columns. */
export interface SeriesView<C extends string = string> {
  readonly length: number;
  readonly columns: readonly C[];
  at(column: C, index: number): number;
  points(column: C): Point[];
  nearest(step: number): number;
}

/**
 * Rows of numbers in growable typed columns, sorted by their `step`. Beside each
 * column stand buckets of equal width that remember where their lowest and
 * highest value is, so that a chart of any length costs the same.
 */
export class Series<C extends string> implements SeriesView<C | "step"> {
  length = 0;
  readonly columns: readonly (C | "step")[];
  private room = 256;
  private readonly data = new Map<C | "step", Float64Array>();
  private readonly extremes = new Map<
    C | "step",
    { low: Int32Array; high: Int32Array }
  >();
  /** Rows per bucket: a power of two. */
  private width = 1;

  constructor(columns: readonly C[]) {
    this.columns = ["step", ...columns];
    for (const column of this.columns) {
      this.data.set(column, new Float64Array(this.room));
      this.extremes.set(column, {
        low: new Int32Array(maxBuckets).fill(-1),
        high: new Int32Array(maxBuckets).fill(-1),
      });
    }
  }

  /** Values that are not known are NaN; charts leave them out. */
  push(row: Record<C | "step", number>): void {
    if (this.length === this.room) this.grow();
    if (Math.floor(this.length / this.width) >= maxBuckets) this.merge();
    const index = this.length++;
    const bucket = Math.floor(index / this.width);
    for (const column of this.columns) {
      const values = this.data.get(column)!;
      const value = row[column];
      values[index] = value;
      if (!Number.isFinite(value)) continue;
      const { low, high } = this.extremes.get(column)!;
      const lowest = low[bucket]!;
      const highest = high[bucket]!;
      if (lowest < 0 || value < values[lowest]!) low[bucket] = index;
      if (highest < 0 || value > values[highest]!) high[bucket] = index;
    }
  }

  at(column: C | "step", index: number): number {
    const value =
      index < this.length ? this.data.get(column)![index] : undefined;
    return value ?? NaN;
  }

  /** The column's values so far, without copying: valid until the next push. */
  values(column: C | "step"): Float64Array {
    return this.data.get(column)!.subarray(0, this.length);
  }

  /** The lowest and highest point of each bucket in order, and the last point. */
  points(column: C | "step"): Point[] {
    const steps = this.data.get("step")!;
    const values = this.data.get(column)!;
    const { low, high } = this.extremes.get(column)!;
    const points: Point[] = [];
    let previous = -1;
    const add = (index: number) => {
      if (index <= previous) return;
      points.push({ x: steps[index]!, y: values[index]! });
      previous = index;
    };
    const buckets = Math.ceil(this.length / this.width);
    for (let bucket = 0; bucket < buckets; bucket++) {
      const a = low[bucket]!;
      const b = high[bucket]!;
      add(Math.min(a, b));
      add(Math.max(a, b));
    }
    const last = this.length - 1;
    if (last >= 0 && Number.isFinite(values[last])) add(last);
    return points;
  }

  /** Index of the row whose step is closest; -1 when there are no rows. */
  nearest(step: number): number {
    const steps = this.data.get("step")!;
    let from = 0;
    let to = this.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (steps[middle]! < step) from = middle + 1;
      else to = middle;
    }
    if (from === this.length) return this.length - 1;
    const closerBefore =
      from > 0 && step - steps[from - 1]! <= steps[from]! - step;
    return closerBefore ? from - 1 : from;
  }

  private grow(): void {
    this.room *= 2;
    for (const [column, values] of this.data) {
      const larger = new Float64Array(this.room);
      larger.set(values);
      this.data.set(column, larger);
    }
  }

  private merge(): void {
    this.width *= 2;
    for (const [column, { low, high }] of this.extremes) {
      const values = this.data.get(column)!;
      const better = (a: number, b: number, sign: 1 | -1) =>
        a < 0 || (b >= 0 && sign * values[b]! > sign * values[a]!) ? b : a;
      for (let bucket = 0; bucket < maxBuckets; bucket++) {
        const [a, b] = [2 * bucket, 2 * bucket + 1];
        low[bucket] = better(low[a] ?? -1, low[b] ?? -1, -1);
        high[bucket] = better(high[a] ?? -1, high[b] ?? -1, 1);
      }
    }
  }
}

const stepColumns = [
  "epoch",
  "loss",
  "smoothLoss",
  "learningRate",
  "gradientNorm",
  "tokensPerSecond",
  "msPerStep",
  "tensorBytes",
  "heapBytes",
] as const;
const evaluationColumns = ["epoch", "loss", ...METRICS] as const;

/** Of the figures that another task has. */
const unknown = Object.fromEntries(
  METRICS.map((metric) => [metric, NaN]),
) as Record<Metric, number>;

export type StepSeries = Series<(typeof stepColumns)[number]>;
export type EvaluationSeries = Series<(typeof evaluationColumns)[number]>;

/** One step with what was evaluated at it; plain, for `window.attune.snapshot()` and files. */
export interface HistoryRow extends Metrics {
  step: number;
  epoch: number;
  loss: number;
  learningRate: number;
  gradientNorm: number | null;
  tokensPerSecond: number;
  msPerStep: number;
  tensorBytes: number;
  heapBytes: number | null;
  validationLoss?: number;
  trainAccuracy?: number;
}

/** Steps over which the running mean of the loss looks back, once there are that many. */
export const smoothing = 20;

/** All numbers of one run. A new run opens a new one. */
export class History {
  readonly steps: StepSeries = new Series(stepColumns);
  readonly validation: EvaluationSeries = new Series(evaluationColumns);
  /** Evaluations on the training part, where the run makes them. */
  readonly train: EvaluationSeries = new Series(evaluationColumns);
  private readonly listeners = new Set<() => void>();
  private bumps = 0;
  private stale = false;

  constructor(private readonly pacer = new Pacer()) {}

  /** Test evaluations are not part of a curve and are left to the caller. */
  append(progress: StepProgress | EvaluationProgress): void {
    if (progress.kind === "step") this.appendStep(progress);
    else if (progress.part === "train" || progress.part === "validation")
      this[progress.part].push({ ...unknown, ...progress });
    this.stale = true;
    this.pacer.draw(this.bump);
    for (const draw of this.listeners) this.pacer.draw(draw);
  }

  /**
   * The listener is called in the next round, and again in each round after
   * something arrived. Its first drawing costs most, so it waits its turn as well.
   */
  subscribe = (listener: () => void): (() => void) => {
    const draw = () => {
      this.bump();
      listener();
    };
    this.listeners.add(draw);
    this.pacer.draw(draw);
    return () => {
      this.listeners.delete(draw);
      this.pacer.forget(draw);
    };
  };

  /** Changes only in the pacer's rounds. */
  version = (): number => this.bumps;

  /** Every step, oldest first. An evaluation stands with the step at or before it. */
  rows(): HistoryRow[] {
    const { steps, validation, train } = this;
    const rows = Array.from({ length: steps.length }, (_, i): HistoryRow => ({
      step: steps.at("step", i),
      epoch: steps.at("epoch", i),
      loss: steps.at("loss", i),
      learningRate: steps.at("learningRate", i),
      gradientNorm: known(steps.at("gradientNorm", i)),
      tokensPerSecond: steps.at("tokensPerSecond", i),
      msPerStep: steps.at("msPerStep", i),
      tensorBytes: steps.at("tensorBytes", i),
      heapBytes: known(steps.at("heapBytes", i)),
    }));
    const rowAt = (step: number): HistoryRow | undefined => {
      const index = steps.nearest(step);
      return steps.at("step", index) > step ? rows[index - 1] : rows[index];
    };
    for (let i = 0; i < validation.length; i++) {
      const row = rowAt(validation.at("step", i));
      if (!row) continue;
      row.validationLoss = validation.at("loss", i);
      for (const metric of METRICS) {
        const value = validation.at(metric, i);
        if (!Number.isNaN(value)) row[metric] = value;
      }
    }
    for (let i = 0; i < train.length; i++) {
      const row = rowAt(train.at("step", i));
      if (row) row.trainAccuracy = train.at("accuracy", i);
    }
    return rows;
  }

  private appendStep(progress: StepProgress): void {
    const { steps } = this;
    const before = steps.at("smoothLoss", steps.length - 1);
    const weight = 2 / (1 + Math.min(steps.length + 1, smoothing));
    steps.push({
      ...progress,
      smoothLoss: Number.isFinite(before)
        ? before + weight * (progress.loss - before)
        : progress.loss,
      gradientNorm: progress.gradientNorm ?? NaN,
      tensorBytes: progress.memory.tensors,
      heapBytes: progress.memory.heap ?? NaN,
    });
  }

  // Whichever comes first in a frame: a round may take several.
  private readonly bump = (): void => {
    if (this.stale) this.bumps++;
    this.stale = false;
  };
}

function known(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
