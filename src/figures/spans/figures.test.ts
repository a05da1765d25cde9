import { describe, expect, test } from "vitest";
import fixture from "../../engine/fixtures/metrics/spans.json";
import { namedTags, spanFigures, type EntityFigures } from "./figures";

const tags = (sentences: string[]) => sentences.map((all) => all.split(" "));
/** conlleval prints hundredths of a percent. */
const sameAsPrinted = (own: EntityFigures, percents: number[]) =>
  three(own).forEach((figure, i) =>
    expect(Math.abs(100 * figure - percents[i]!)).toBeLessThan(0.00501),
  );
const three = ({ precision, recall, f1 }: EntityFigures) => [
  precision,
  recall,
  f1,
];

describe("entities are counted as by conlleval and, strictly, by seqeval", () => {
  test.each(fixture.cases)("$name", ({ gold, predicted, ...expected }) => {
    const ours = spanFigures(tags(gold), tags(predicted));
    const { conlleval, strict } = expected;
    expect(ours.entities.support).toBe(conlleval.support);
    expect(ours.entities.predicted).toBe(conlleval.predicted);
    sameAsPrinted(ours.entities, conlleval.overall);
    expect((100 * ours.tokenAccuracy).toFixed(2)).toBe(
      conlleval.accuracy.toFixed(2),
    );
    expect(ours.entities.perType.map(({ type }) => type)).toEqual(
      Object.keys(conlleval.perType),
    );
    const loose = new Map<string, number[]>(Object.entries(conlleval.perType));
    for (const own of ours.entities.perType)
      sameAsPrinted(own, loose.get(own.type)!);
    three(ours.strict).forEach((figure, i) =>
      expect(figure).toBeCloseTo(strict.overall[i]!, 12),
    );
    expect(ours.strict.perType.map(({ type }) => type)).toEqual(
      Object.keys(strict.perType),
    );
    const strictly = new Map<string, number[]>(Object.entries(strict.perType));
    for (const own of ours.strict.perType)
      [...three(own), own.support].forEach((figure, i) =>
        expect(figure).toBeCloseTo(strictly.get(own.type)![i]!, 12),
      );
    expect(ours.errors).toEqual(expected.errors);
  });

  test.each(fixture.cases)(
    "every entity and every prediction is right or counted as one error: $name",
    ({ gold, predicted, conlleval: { support, predicted: found, right } }) => {
      const { errors } = spanFigures(tags(gold), tags(predicted));
      const paired = right + errors.type + errors.boundary + errors.both;
      expect(paired + errors.missed).toBe(support);
      expect(paired + errors.spurious).toBe(found);
    },
  );
});

test.each([
  ["boundary", "B-PER I-PER O", "B-PER O O"],
  ["type", "B-PER I-PER O", "B-LOC I-LOC O"],
  ["both", "B-PER I-PER O", "B-LOC O O"],
  ["missed", "B-PER I-PER O", "O O O"],
  ["spurious", "O O O", "O O B-PER"],
])("an error of the kind %s", (kind, gold, predicted) => {
  const { errors } = spanFigures(tags([gold]), tags([predicted]));
  expect(Object.entries(errors).filter(([, count]) => count > 0)).toEqual([
    [kind, 1],
  ]);
});

test("indices become the tags they stand for", () => {
  expect(
    namedTags([Int32Array.of(1, 2), [0]], ["O", "B-PER", "I-PER"]),
  ).toEqual([["B-PER", "I-PER"], ["O"]]);
});

test("no sentences have figures of 0; unequal ones are our own mistake", () => {
  expect(spanFigures([], [])).toMatchObject({
    entities: { f1: 0, perType: [] },
    tokenAccuracy: 0,
  });
  expect(() => spanFigures([["O"]], [["O", "O"]])).toThrow(
    "internal: sentence 0 has 1 words, 2 predicted.",
  );
});
