import { expect, test } from "vitest";
import fixture from "../engine/fixtures/metrics/mcc.json";
import { confusionCells, confusionOf } from "../engine/tasks/labels/confusion";
import { matthews } from "./matthews";

test.each(fixture.cases)(
  "the Matthews correlation is scikit-learn's: $name",
  ({ labels, predicted, matthews: expected }) => {
    const confusion = confusionOf(6, labels.length, (row) => ({
      label: labels[row]!,
      predicted: predicted[row]!,
    }));
    expect(matthews(confusionCells(confusion))).toBeCloseTo(expected, 12);
  },
);

test("no rows correlate with nothing", () => {
  expect(matthews([])).toBe(0);
});
