// How numbers, axes and colours come out: what every chart and table relies on.

import { describe, expect, test } from "vitest";
import { Series } from "../../metrics";
import { apart, roundAxis, stepAxis } from "./axis";
import { classColour } from "../controls/classColour";
import { wilson } from "../../statistics";
import { verdictOn } from "../app/Headline";
import { mergedRows, stepForKey, valuesAt, type Mark } from "./marks";
import {
  bytes,
  compact,
  learningRate,
  loss,
  percent,
  scientific,
  score,
  whole,
} from "../controls/numbers";
import { makeRamp } from "../controls/ramp";

const plain = (text: string) => text.replaceAll("\u202f", " ");

describe("numbers", () => {
  test("have as many digits as mean something", () => {
    expect(score(0.87349)).toBe("0.873");
    expect([1.7918, 0.41234, 12.34, 250.4, 0].map(loss)).toEqual([
      "1.79",
      "0.412",
      "12.3",
      "250",
      "0.000",
    ]);
    expect(loss(0.0000123)).toBe("1.23e-5");
    expect([3e-4, 2.8642e-4, 0].map(learningRate)).toEqual([
      "3.00e-4",
      "2.86e-4",
      "0",
    ]);
    expect([3e-4, 2.8642e-4, 0].map(scientific)).toEqual([
      "3e-4",
      "2.86e-4",
      "0",
    ]);
  });

  test("carry units apart and never round up to a unit of a thousand", () => {
    expect(
      [840, 1234, 33_800, 999_700, 1_904_902].map(compact).map(plain),
    ).toEqual(["840", "1.2 k", "34 k", "1.0 M", "1.9 M"]);
    expect([0, 812, 7_700_000].map(bytes).map(plain)).toEqual([
      "0",
      "812 B",
      "7.7 MB",
    ]);
    expect(whole(10_003)).toBe("10,003");
  });

  test("never say 100 % or 0 % of what is not", () => {
    const of = [1, 0.99996, 0.996, 0.92, 0.004, 0.00001, 0];
    expect(of.map(percent).map(plain)).toEqual([
      "100 %",
      "> 99.9 %",
      "99.6 %",
      "92 %",
      "0.4 %",
      "< 0.1 %",
      "0 %",
    ]);
  });

  test("that are not known are a dash", () => {
    for (const write of [
      score,
      loss,
      percent,
      compact,
      bytes,
      whole,
      scientific,
    ])
      expect(write(NaN)).toBe("–");
  });
});

describe("an axis", () => {
  test("ends on a round number at or above the largest value", () => {
    expect(roundAxis(1.91, 4).ticks).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(roundAxis(1, 4).ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(roundAxis(3e-4, 2).ticks).toEqual([0, 2e-4, 4e-4]);
    expect(roundAxis(NaN, 4).domain).toEqual([0, 1]);
  });

  test("of steps spans the whole run, and of a very long one a part that doubles", () => {
    expect(stepAxis(1, 270, 4).domain).toEqual([0, 270]);
    const long = stepAxis(1000, 100_000, 4).domain[1];
    expect(long).toBeLessThanOrEqual(8000);
    expect(long).toBeGreaterThanOrEqual(1000);
    expect(stepAxis(100_000, 100_000, 4).domain).toEqual([0, 100_000]);
  });

  test("labels that would touch move apart, in order and within bounds", () => {
    const placed = apart([50, 52, 51, 200], 15, [0, 190]);
    expect(placed[3]).toBe(190);
    expect(placed[2]! - placed[0]!).toBeGreaterThanOrEqual(15);
    expect(placed[1]! - placed[2]!).toBeGreaterThanOrEqual(15);
  });
});

describe("a chart", () => {
  const fine = new Series(["y"]);
  for (let step = 1; step <= 1000; step++) fine.push({ step, y: 1 / step });
  const coarse = new Series(["y"]);
  for (const step of [300, 600, 1100]) coarse.push({ step, y: step });
  const marks = [fine, coarse].map((series, i): Mark => ({
    name: `${i}`,
    kind: "line",
    colour: "red",
    series,
    column: "y",
  }));

  test("shows at a step the last value up to it", () => {
    expect(valuesAt(marks, 450).map(({ value }) => value)).toEqual([
      1 / 450,
      300,
    ]);
    expect(valuesAt(marks, 200)).toHaveLength(1);
    expect(valuesAt(marks, Infinity)[1]!.value).toBe(1100);
  });

  test("gives every step of every line as one table row", () => {
    const rows = mergedRows([fine, coarse]);
    expect(rows).toHaveLength(1001);
    expect(rows[599]!.index.get(coarse)).toBe(1);
    expect(rows[1000]!.index.has(fine)).toBe(false);
  });

  test("is walked with keys, of a long series about a pixel at a time", () => {
    const press = (key: string, from: number | null, shiftKey = false) =>
      stepForKey({ key, shiftKey }, marks, from);
    expect(press("ArrowRight", 500)).toBe(502);
    expect(press("ArrowLeft", 500, true)).toBe(480);
    expect(press("End", 3)).toBe(1000);
    expect(press("ArrowLeft", null)).toBe(1000);
    expect(press("ArrowRight", 1000)).toBe(1000);
    expect(press("Escape", 500)).toBeNull();
    expect(press("a", 500)).toBeUndefined();
  });
});

test("ninety-five per cent intervals are Wilson's", () => {
  const [low, high] = wilson(0.9, 100);
  expect(low).toBeCloseTo(0.8256, 3);
  expect(high).toBeCloseTo(0.9448, 3);
  expect(wilson(1, 1)[1]).toBe(1);
});

test("a score that does not beat its baselines says which one, and whether it could", () => {
  const beside = (bag: number) => [
    { name: "majority", value: 0.5 },
    { name: "bag of words", value: bag },
  ];
  expect(verdictOn(1, beside(1))).toBe(
    "equal to bag of words, which is already perfect",
  );
  expect(verdictOn(0.8, beside(0.8001))).toBe("equal to bag of words");
  expect(verdictOn(0.7, beside(0.8))).toBe("not better than bag of words");
  expect(verdictOn(0.4, beside(0.45))).toBe("not better than majority");
  expect(verdictOn(0.9, beside(0.8))).toBeNull();
  // Of errors the lower one is better.
  expect(verdictOn(0.3, beside(0.6), true)).toBeNull();
  expect(verdictOn(0.7, beside(0.6), true)).toBe("not better than majority");
});

test("a class has one colour, and 32 classes have 32", () => {
  const colours = Array.from({ length: 32 }, (_, i) => classColour(i));
  expect(new Set(colours).size).toBe(32);
  expect(classColour(3)).toBe(colours[3]);
});

test("the ramp of attention starts at the page, ends at the accent and darkens evenly", () => {
  const ramp = makeRamp([255, 255, 255], [65, 73, 196]);
  const bytes = new Uint8Array(ramp.buffer);
  expect([...bytes.slice(0, 3)]).toEqual([255, 255, 255]);
  expect([...bytes.slice(-4, -1)]).toEqual([65, 73, 196]);
  const lightness = (i: number) => {
    const [r, g, b] = [...bytes.slice(4 * i, 4 * i + 3)].map(
      (c) => (c / 255) ** 2.2,
    );
    return Math.cbrt(0.2126 * r! + 0.7152 * g! + 0.0722 * b!);
  };
  const steps = [0, 51, 102, 153, 204].map(
    (i) => lightness(i) - lightness(i + 51),
  );
  for (const step of steps) expect(step).toBeCloseTo(steps[0]!, 1);
});
