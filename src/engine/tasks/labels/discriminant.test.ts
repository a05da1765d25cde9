import { expect, test } from "vitest";
import { discriminant } from "./discriminant";
import fixture from "../../fixtures/discriminant.json";

const features = Float32Array.from(fixture.features);

test.each(fixture.fits)(
  "linear discriminants are scikit-learn's at shrinkage $shrinkage",
  ({ shrinkage, weight, bias }) => {
    const found = discriminant(features, fixture.labels, 3, shrinkage);
    expect(found.weight).toHaveLength(weight.length);
    weight.forEach((value, i) => expect(found.weight[i]).toBeCloseTo(value, 4));
    bias.forEach((value, i) => expect(found.bias[i]).toBeCloseTo(value, 4));
  },
);

test("a label without rows is never answered", () => {
  const { weight, bias } = discriminant(features, fixture.labels, 4, 0.1);
  expect([...weight.subarray(18)]).toEqual([0, 0, 0, 0, 0, 0]);
  expect(bias[3]).toBeLessThan(Math.min(...bias.subarray(0, 3)) - 10);
});

test("features that do not vary give finite numbers", () => {
  const flat = new Float32Array(24 * 6).fill(2);
  const { weight, bias } = discriminant(flat, fixture.labels, 3, 0.1);
  expect([...weight, ...bias].every(Number.isFinite)).toBe(true);
});
