import { expect, test } from "vitest";
import fixture from "../fixtures/baselines.json";
import { manyLabels } from "./many";
import { ridge } from "./ridge";

const { texts, ask, scores, labels } = fixture;
const targets = Uint8Array.from(fixture.targets);

test("scores of ridge regression are scikit-learn's", async () => {
  const answers = await ridge({ texts, scores }, ask, undefined, 1e-10);
  fixture.ridge.forEach((expected, i) =>
    expect(answers.predicted[i]).toBeCloseTo(expected, 6),
  );
  expect(answers.majority).toBeCloseTo(35 / 11, 12);
  expect(answers.trainedOn).toBe(texts.length);
});

test("with the tolerance in use, scores are right to a hundredth", async () => {
  const { predicted } = await ridge({ texts, scores }, ask);
  fixture.ridge.forEach((expected, i) =>
    expect(predicted[i]).toBeCloseTo(expected, 2),
  );
});

test("where all scores are the same, or none is there, that is the answer", async () => {
  const same = await ridge({ texts: ["a b", "cd"], scores: [0.1, 0.1] }, ask);
  expect([...same.predicted]).toEqual(ask.map(() => 0.1));
  const none = await ridge({ texts: [], scores: [] }, ["x"]);
  expect(none).toEqual({
    predicted: Float64Array.of(0),
    majority: 0,
    trainedOn: 0,
  });
});

test("probabilities of many labels are scikit-learn's", async () => {
  const { logits, majority, trainedOn } = await manyLabels(
    { texts, targets },
    ask,
    labels.length,
    undefined,
    1e-10,
  );
  fixture.probabilities.forEach((expected, i) =>
    expect(1 / (1 + Math.exp(-logits[i]!))).toBeCloseTo(expected, 6),
  );
  expect([...majority]).toEqual([0, 0, 0, 0, 0]);
  expect(trainedOn).toBe(texts.length);
});

test("labels that no or every training text has are never or always given", async () => {
  const { logits, majority } = await manyLabels(
    { texts: ["one two", "three"], targets: Uint8Array.of(0, 1, 0, 1) },
    ["one"],
    2,
  );
  expect([...logits]).toEqual([-Infinity, Infinity]);
  expect([...majority]).toEqual([0, 1]);
});
