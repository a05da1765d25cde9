import { expect, test } from "vitest";
import fixture from "../fixtures/fitted.json";
import { manyHead } from "./many/head";
import { scoreHead } from "./score/head";

const features = Float32Array.from(fixture.features);

test("a head for scores is scikit-learn's ridge", () => {
  const { weight, bias } = scoreHead(features, fixture.scores);
  fixture.score.weight.forEach((value, i) =>
    expect(weight[i]).toBeCloseTo(value, 4),
  );
  expect(bias[0]).toBeCloseTo(fixture.score.bias, 4);
});

test("a head for many labels is Fisher's discriminant of each", () => {
  const { weight, bias } = manyHead(features, fixture.marks, 3, "rows");
  fixture.many.forEach((expected, label) => {
    expected.weight.forEach((value, i) =>
      expect(weight[label * 6 + i]).toBeCloseTo(value, 4),
    );
    expect(bias[label]).toBeCloseTo(expected.bias, 4);
  });
});

test("a label that no text has is never given, one that all have always", () => {
  const marks = Uint8Array.from({ length: 80 }, (_, i) => i % 2);
  const { weight, bias } = manyHead(features, marks, 2, "rows");
  expect([...weight].every((x) => x === 0)).toBe(true);
  expect([...bias]).toEqual([-30, 30]);
});
