import { describe, expect, test } from "vitest";
import fixture from "../../engine/fixtures/metrics/score.json";
import { scoreFigures } from "./figures";

describe("figures of scores are scikit-learn's and SciPy's", () => {
  test.each(fixture.cases)(
    "$name",
    ({ name: _, predicted, actual, ...rest }) => {
      const ours = scoreFigures(
        Float64Array.from(predicted),
        Float64Array.from(actual),
      );
      expect(Object.keys(ours).sort()).toEqual(Object.keys(rest).sort());
      for (const [figure, expected] of Object.entries(rest))
        expect(ours[figure as keyof typeof ours], figure).toBeCloseTo(
          expected,
          figure === "r2" && expected < -1e6 ? 0 : 9,
        );
    },
  );
});

test("without rows every figure is 0", () => {
  const none = new Float32Array();
  expect(Object.values(scoreFigures(none, none))).toEqual([0, 0, 0, 0, 0]);
});

test("predictions in float32 that are all one value correlate with nothing", () => {
  const { pearson, spearman } = scoreFigures(
    new Float32Array(1000).fill(0.1),
    Float64Array.from({ length: 1000 }, (_, i) => i),
  );
  expect([pearson, spearman]).toEqual([0, 0]);
});
