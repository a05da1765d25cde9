import { expect, test } from "vitest";
import { Pace } from "./pace";

const at = (step: number) => ({ step, steps: 100, msPerStep: 20 });

test("before an evaluation, the time left allows for the expected ones", () => {
  const pace = new Pace(0.5);
  pace.step(at(1), 1000);
  expect(pace.secondsLeft(at(1))).toBeCloseTo((99 * 20 * 1.5) / 1000);
});

test("after an evaluation, what came between the steps counts as it was", () => {
  const pace = new Pace(0.5);
  let now = 0;
  for (let step = 1; step <= 10; step++) pace.step(at(step), (now += 20));
  pace.evaluation();
  // 19 steps of 20 ms, one of which came as much later again: twice the time.
  for (let step = 11; step <= 20; step++)
    pace.step(at(step), (now += step === 11 ? 20 + 380 : 20));
  expect(pace.secondsLeft(at(20))).toBeCloseTo((80 * 20 * 2) / 1000);
});

test("a pause is nobody's delay", () => {
  const pace = new Pace(0);
  pace.step(at(1), 0);
  pace.step(at(2), 20);
  pace.evaluation();
  pace.pause();
  pace.step(at(3), 60_000);
  expect(pace.secondsLeft(at(3))).toBeCloseTo((97 * 20) / 1000);
});

test("steps that are reported together say no more time than is left", () => {
  const pace = new Pace(0);
  pace.evaluation();
  for (let step = 1; step <= 32; step++)
    pace.step(at(step), 320 * Math.ceil(step / 16));
  expect(pace.secondsLeft(at(32))).toBeCloseTo((68 * 20) / 1000);
});
