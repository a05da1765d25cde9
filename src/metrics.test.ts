import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { EvaluationProgress, StepProgress } from "./engine/protocol";
import { History, Pacer, Series } from "./metrics";

function step(step: number, loss: number): StepProgress {
  return {
    kind: "step",
    step,
    steps: 100,
    epoch: step / 10,
    loss,
    learningRate: 3e-4,
    gradientNorm: null,
    tokensPerSecond: 1000,
    msPerStep: 90,
    secondsLeft: 5,
    memory: { tensors: 1e6, heap: null },
  };
}

function evaluation(
  step: number,
  part: EvaluationProgress["part"] = "validation",
): EvaluationProgress {
  return {
    kind: "evaluation",
    task: "one label",
    count: 10,
    mcc: 0.5,
    part,
    step,
    epoch: step / 10,
    loss: 0.5,
    accuracy: 0.8,
    macroF1: 0.7,
    confusion: { labels: 0, cells: new Int32Array() },
    perClass: [],
    mistakes: [],
    mistakeCount: 0,
    best: true,
  };
}

describe("a series", () => {
  test("of 500 rows or fewer than its buckets gives every point", () => {
    const series = new Series(["y"]);
    for (let i = 1; i <= 250; i++) series.push({ step: i, y: i * i });
    expect(series.points("y")).toHaveLength(250);
    expect(series.points("y")[249]).toEqual({ x: 250, y: 62500 });
  });

  test("of 100,000 rows gives at most 501 points and keeps single spikes", () => {
    const series = new Series(["y"]);
    for (let i = 0; i < 100_000; i++)
      series.push({ step: i, y: i === 77_777 ? 9 : i === 31 ? -9 : 0 });
    const points = series.points("y");
    expect(points.length).toBeLessThanOrEqual(501);
    expect(points).toContainEqual({ x: 77_777, y: 9 });
    expect(points).toContainEqual({ x: 31, y: -9 });
    expect(points.at(-1)).toEqual({ x: 99_999, y: 0 });
  });

  test("gives points in order whatever the values and lengths", () => {
    for (const length of [1, 2, 251, 1000, 4097]) {
      const series = new Series(["y"]);
      for (let i = 0; i < length; i++)
        series.push({ step: i, y: Math.sin(i * 12.9898) });
      const steps = series.points("y").map(({ x }) => x);
      expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
      expect(steps.at(-1)).toBe(length - 1);
    }
  });

  test("leaves unknown values out of its points and keeps them in its rows", () => {
    const series = new Series(["y"]);
    for (let i = 0; i < 1000; i++)
      series.push({ step: i, y: i < 600 ? NaN : i });
    expect(series.points("y").every(({ y }) => y >= 600)).toBe(true);
    expect(series.at("y", 3)).toBeNaN();
    expect(series.length).toBe(1000);
  });

  test("finds the row nearest to a step", () => {
    const series = new Series(["y"]);
    expect(series.nearest(3)).toBe(-1);
    for (const s of [10, 20, 30]) series.push({ step: s, y: s });
    expect([0, 14, 16, 30, 99].map((s) => series.nearest(s))).toEqual([
      0, 0, 1, 2, 2,
    ]);
  });
});

describe("a history", () => {
  test("tells its listeners once per frame, however much arrived", () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const frames: (() => void)[] = [];
    const history = new History(new Pacer((run) => frames.push(run)));
    let heard = 0;
    const stop = history.subscribe(() => heard++);
    for (let i = 1; i <= 1000; i++) history.append(step(i, 1));
    expect([heard, history.version(), frames.length]).toEqual([0, 0, 1]);
    frames.shift()!();
    expect([heard, history.version()]).toEqual([1, 1]);
    vi.advanceTimersByTime(1000);
    history.append(step(1001, 1));
    stop();
    frames.shift()!();
    expect([heard, history.version()]).toEqual([1, 2]);
  });

  test("a listener that a long round left for its second frame hears of what came in between", () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const frames: (() => void)[] = [];
    const history = new History(new Pacer((run) => frames.push(run)));
    const shown: number[] = [];
    for (const chart of [0, 1])
      history.subscribe(() => {
        shown[chart] = history.version();
        vi.advanceTimersByTime(10);
      });
    history.append(step(1, 1));
    frames.shift()!();
    expect(shown).toEqual([1]);
    history.append(step(2, 1));
    vi.advanceTimersByTime(20);
    frames.shift()!();
    expect(shown).toEqual([1, 2]);
    for (let frame = 3; frame <= 5; frame++) {
      vi.advanceTimersByTime(200);
      frames.shift()?.();
    }
    expect(shown).toEqual([2, 2]);
  });

  test("keeps every loss exactly and says null where nothing was measured", () => {
    const history = new History(new Pacer(() => {}));
    history.append(step(1, 1.0000000000001));
    history.append(step(2, Math.LN2));
    history.append(evaluation(2));
    history.append(evaluation(2, "train"));
    history.append(evaluation(2, "test"));
    expect(history.rows()).toMatchObject([
      { step: 1, loss: 1.0000000000001, gradientNorm: null, heapBytes: null },
      { step: 2, loss: Math.LN2, validationLoss: 0.5, trainAccuracy: 0.8 },
    ]);
    expect(history.rows()[0]).not.toHaveProperty("accuracy");
  });

  test("shows an evaluation with the step before it when steps are reported now and then", () => {
    const history = new History(new Pacer(() => {}));
    for (const s of [10, 20]) history.append(step(s, 1));
    history.append(evaluation(0));
    history.append(evaluation(18));
    expect(history.rows().map(({ accuracy }) => accuracy)).toEqual([
      0.8,
      undefined,
    ]);
  });

  test("smooths the loss towards its mean, starting at the first loss", () => {
    const history = new History(new Pacer(() => {}));
    for (let i = 1; i <= 400; i++) history.append(step(i, i % 2 ? 1 : 3));
    expect(history.steps.at("smoothLoss", 0)).toBe(1);
    expect(history.steps.at("smoothLoss", 399)).toBeCloseTo(2, 0);
  });
});
