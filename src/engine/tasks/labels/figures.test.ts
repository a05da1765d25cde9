import { describe, expect, test } from "vitest";
import { denseConfusion, sparseConfusion } from "./confusion";
import { figures, softmax } from "./figures";
import fixture from "../../fixtures/metrics/metrics.json";

const names = (count: number) =>
  Array.from({ length: count }, (_, i) => `label ${i}`);
const textOf = (row: number) => ({ text: `row ${row}`, textB: null });

describe("figures are scikit-learn's", () => {
  test.each(fixture.cases)("$name", (expected) => {
    const scores = {
      logits: Float32Array.from(expected.logits),
      labels: Int32Array.from(expected.labels),
    };
    const ours = figures(scores, names(expected.labelCount), null, textOf);
    expect(ours.accuracy).toBeCloseTo(expected.accuracy, 12);
    expect(ours.macroF1).toBeCloseTo(expected.macroF1, 12);
    expect(ours.loss).toBeCloseTo(expected.loss, 6);
    expect(denseConfusion(ours.confusion)).toEqual(expected.confusion);
    ours.perClass.forEach((figures, i) => {
      expect(figures.precision).toBeCloseTo(expected.precision[i]!, 12);
      expect(figures.recall).toBeCloseTo(expected.recall[i]!, 12);
      expect(figures.f1).toBeCloseTo(expected.f1[i]!, 12);
      expect(figures.support).toBe(expected.support[i]!);
    });
    const weighted = figures(
      scores,
      names(expected.labelCount),
      Float32Array.from(expected.balancedWeights),
      textOf,
    );
    expect(weighted.loss).toBeCloseTo(expected.weightedLoss, 6);
  });
});

describe("mistakes", () => {
  test("come worst first, with their texts", () => {
    const { mistakes, mistakeCount } = figures(
      {
        logits: Float32Array.from([2, 0, 0, 1, 5, 0, 0, 3]),
        labels: Int32Array.from([0, 0, 1, 0]),
      },
      names(2),
      null,
      textOf,
    );
    expect(mistakeCount).toBe(3);
    expect(mistakes.map(({ text }) => text)).toEqual([
      "row 2",
      "row 3",
      "row 1",
    ]);
    expect(mistakes[0]).toMatchObject({ label: 1, predicted: 0 });
    expect(
      mistakes[0]!.confidence + mistakes[0]!.probabilityOfLabel,
    ).toBeCloseTo(1, 12);
  });

  test("are all counted, and 200 listed", () => {
    const rows = 500;
    const { mistakes, mistakeCount } = figures(
      {
        logits: Float32Array.from({ length: 2 * rows }, (_, i) => i % 2),
        labels: new Int32Array(rows),
      },
      names(2),
      null,
      textOf,
    );
    expect(mistakeCount).toBe(500);
    expect(mistakes.length).toBe(200);
  });
});

test("a certain mistake has a finite loss", () => {
  const { loss } = figures(
    { logits: Float32Array.from([1000, -1000]), labels: Int32Array.of(1) },
    names(2),
    null,
    textOf,
  );
  expect(loss).toBe(2000);
});

test("probabilities of large logits sum to 1", () => {
  const probabilities = softmax([1000, 999, -1000]);
  expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  expect(probabilities[0]).toBeCloseTo(0.731, 3);
});

test("the confusion of 1,000 labels is as long as it has filled cells", () => {
  const count = 1000;
  const rows = 600;
  const logits = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++) logits[row * count + (row % 7)] = 1;
  const { confusion } = figures(
    { logits, labels: Int32Array.from({ length: rows }, (_, i) => i) },
    names(count),
    null,
    textOf,
  );
  expect(confusion.cells).toHaveLength(3 * rows);
  expect(sparseConfusion(denseConfusion(confusion))).toEqual(confusion);
});
