import { describe, expect, test } from "vitest";
import fixture from "../fixtures/schedule/schedule.json";
import { evaluationSteps, linearSchedule } from "./schedule";

describe("the learning rate", () => {
  test.each(fixture.cases)(
    "follows get_linear_schedule_with_warmup: $steps steps, warm-up $warmUp",
    ({ peak, steps, warmUp, rates }) => {
      const schedule = linearSchedule(peak, steps, warmUp);
      const ours = rates.map((_, i) => schedule.learningRate(i + 1));
      ours.forEach((rate, i) => expect(rate).toBeCloseTo(rates[i]!, 12));
    },
  );

  test("is never negative or not a number, whatever the options", () => {
    for (const warmUp of [0, 0.01, 0.5, 1])
      for (const steps of [1, 2, 3, 100]) {
        const { learningRate } = linearSchedule(1e-3, steps, warmUp);
        for (let step = 1; step <= steps; step++) {
          expect(learningRate(step)).toBeGreaterThanOrEqual(0);
          expect(learningRate(step)).toBeLessThanOrEqual(1e-3);
        }
      }
  });
});

describe("evaluations", () => {
  test("come at the end of every epoch", () => {
    expect([...evaluationSteps(10, 3, 1)].sort((a, b) => a - b)).toEqual([
      10, 20, 30,
    ]);
  });

  test("come several times an epoch, evenly, the last step included", () => {
    expect([...evaluationSteps(5, 2, 2)].sort((a, b) => a - b)).toEqual([
      3, 5, 8, 10,
    ]);
  });

  test("come at most once a step", () => {
    expect([...evaluationSteps(2, 1, 10)].sort((a, b) => a - b)).toEqual([
      1, 2,
    ]);
  });
});
