import { describe, expect, test } from "vitest";
import fixture from "../../engine/fixtures/metrics/many.json";
import { manyFigures } from "./figures";
import { eachCut } from "./ranked";
import { tunedThresholds } from "./tune";

const names = (count: number) =>
  Array.from({ length: count }, (_, i) => `label ${i}`);

describe("figures of many labels are scikit-learn's and PyTorch's", () => {
  test.each(fixture.cases)("$name", (expected) => {
    const scores = {
      logits: Float32Array.from(expected.logits),
      targets: Uint8Array.from(expected.targets),
    };
    const thresholds = Float32Array.from(expected.thresholds);
    const ours = manyFigures(scores, names(expected.labels), thresholds);
    expect(ours.loss).toBeCloseTo(expected.loss, 10);
    const { loss } = manyFigures(
      scores,
      names(expected.labels),
      thresholds,
      Float32Array.from(expected.positiveWeights),
    );
    expect(loss).toBeCloseTo(expected.weightedLoss, 10);
    for (const figure of [
      "microF1",
      "macroF1",
      "weightedF1",
      "subsetAccuracy",
      "hammingLoss",
      "meanAveragePrecision",
    ] as const)
      expect(ours[figure], figure).toBeCloseTo(expected[figure], 12);
    ours.perLabel.forEach((own, i) => {
      expect(own.label).toBe(`label ${i}`);
      for (const figure of [
        "precision",
        "recall",
        "f1",
        "averagePrecision",
      ] as const)
        expect(own[figure], figure).toBeCloseTo(expected[figure][i]!, 12);
      expect(own.support).toBe(expected.support[i]);
      expect(own.threshold).toBe(thresholds[i]);
    });
  });
});

describe("tuned thresholds are the best of all there are", () => {
  test.each(fixture.cases)("$name", ({ logits, targets, labels, tuned }) => {
    const thresholds = tunedThresholds(
      {
        logits: Float32Array.from(logits),
        targets: Uint8Array.from(targets),
      },
      labels,
    );
    expect([...thresholds]).toHaveLength(labels);
    thresholds.forEach((threshold, i) =>
      expect(threshold).toBeCloseTo(tuned[i]!, 6),
    );
  });

  test("none gives a worse F1 than 0.5 on the rows it was tuned on", () => {
    for (const { logits, targets, labels } of fixture.cases) {
      const scores = {
        logits: Float32Array.from(logits),
        targets: Uint8Array.from(targets),
      };
      const f1s = (thresholds: Float32Array) =>
        manyFigures(scores, names(labels), thresholds).perLabel.map(
          ({ f1 }) => f1,
        );
      const even = f1s(new Float32Array(labels).fill(0.5));
      f1s(tunedThresholds(scores, labels)).forEach((f1, i) =>
        expect(f1).toBeGreaterThanOrEqual(even[i]!),
      );
    }
  });

  test("a threshold parts two neighbouring numbers of float32", () => {
    const low = Math.fround(0.75);
    const high = low + 2 ** -24;
    const logit = (p: number) => Math.log(p / (1 - p));
    const scores = {
      logits: Float32Array.of(logit(high + 2e-8), logit(low)),
      targets: Uint8Array.of(1, 0),
    };
    const tuned = tunedThresholds(scores, 1);
    expect(manyFigures(scores, ["only"], tuned).subsetAccuracy).toBe(1);
  });
});

test("without rows every figure is 0 and thresholds stay even", () => {
  const none = { logits: new Float32Array(), targets: new Uint8Array() };
  const even = Float32Array.of(0.5, 0.5);
  expect(tunedThresholds(none, 2)).toEqual(even);
  const { perLabel, ...rest } = manyFigures(none, names(2), even);
  expect(Object.values(rest)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(perLabel[1]).toMatchObject({ f1: 0, averagePrecision: 0, support: 0 });
});

test("cuts rank negative scores below zero and 0 beside −0", () => {
  const cuts: number[][] = [];
  eachCut(
    Float32Array.of(-2, 0, 3, -0, -0.5),
    Uint8Array.of(1, 1, 0, 0, 1),
    (...cut) => cuts.push(cut),
  );
  expect(cuts).toEqual([
    [3, 1, 0, 0],
    [0, 3, 1, -0.5],
    [-0.5, 4, 2, -2],
    [-2, 5, 3, 0],
  ]);
});

test("28 labels of 5,400 rows take no longer than a blink", () => {
  const labels = 28;
  const cells = 5400 * labels;
  const scores = {
    logits: Float32Array.from(
      { length: cells },
      (_, i) => Math.sin(i * i * 0.37) * 4 - 2,
    ),
    targets: Uint8Array.from({ length: cells }, (_, i) => +(i % 23 === 0)),
  };
  // Of the processor: others work on it too.
  const now = () => process.cpuUsage().user / 1000;
  const start = now();
  const thresholds = tunedThresholds(scores, labels);
  const between = now();
  manyFigures(scores, names(labels), thresholds);
  const end = now();
  // Ten times what was measured: what must not come back is a square of the rows.
  expect(between - start).toBeLessThan(2000);
  expect(end - between).toBeLessThan(1000);
});
