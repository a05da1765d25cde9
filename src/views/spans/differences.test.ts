import fc from "fast-check";
import { expect, test } from "vitest";
import { errorsOf } from "../../figures/spans/errors";
import { compareSpans, excerptOf } from "./differences";
import { typesOf } from "./types";

const span = (start: number, end: number, label: string) => ({
  start,
  end,
  label,
});

test("each span is judged by what it is held against", () => {
  const gold = [
    span(0, 4, "PER"),
    span(5, 9, "LOC"),
    span(10, 20, "ORG"),
    span(30, 34, "LOC"),
  ];
  const predicted = [
    span(0, 4, "PER"),
    span(5, 9, "ORG"),
    span(10, 14, "ORG"),
    span(40, 44, "PER"),
  ];
  const judged = compareSpans(gold, predicted);
  expect(judged.gold.map(({ error }) => error)).toEqual([
    ...[null, "type", "boundary", "missed"],
  ]);
  expect(judged.predicted.map(({ error }) => error)).toEqual([
    ...[null, "type", "boundary", "spurious"],
  ]);
});

test("marks agree with the figures' counts, whatever the spans", () => {
  const spans = fc
    .array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 3 }), fc.nat(2)), {
      maxLength: 6,
    })
    .map((parts) => {
      let at = 0;
      return parts.map(([gap, length, type]) => {
        const start = at + gap;
        at = start + length;
        return span(start, at, "ABC"[type]!);
      });
    });
  const entities = (list: ReturnType<typeof span>[]) =>
    list.map(({ start, end, label }) => ({
      from: start,
      to: end,
      type: label,
    }));
  fc.assert(
    fc.property(spans, spans, (gold, predicted) => {
      const judged = compareSpans(gold, predicted);
      const expected = errorsOf(entities(gold), entities(predicted));
      const count = (list: typeof judged.gold, error: string | null) =>
        list.filter((each) => each.error === error).length;
      for (const error of ["boundary", "type", "both"] as const) {
        expect(count(judged.gold, error)).toBe(expected[error]);
        expect(count(judged.predicted, error)).toBe(expected[error]);
      }
      expect(count(judged.gold, "missed")).toBe(expected.missed);
      expect(count(judged.predicted, "spurious")).toBe(expected.spurious);
      expect(count(judged.gold, null)).toBe(expected.right);
    }),
  );
});

test("an excerpt holds the first difference and cuts no span", () => {
  const text = `${"word ".repeat(100)}Lisbon ${"word ".repeat(100)}`;
  const judged = compareSpans(
    [span(500, 506, "LOC"), span(430, 450, "ORG")],
    [span(430, 450, "ORG")],
  );
  const [start, end] = excerptOf(text, judged);
  expect(start).toBe(430);
  expect(end).toBeGreaterThan(506);
  expect(end - start).toBeLessThan(300);
  expect(excerptOf("short", judged)).toEqual([0, 5]);
});

test("types are what tags are about", () => {
  expect(typesOf(["O", "B-PER", "I-PER", "B-LOC"])).toEqual(["LOC", "PER"]);
});
