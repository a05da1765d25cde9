// Tags and spans, held against seqeval (fixtures/spans/make.py).

import { describe, expect, test } from "vitest";
import cases from "../../fixtures/spans/schemes.json";
import { conventionOf, spansOf, tagsOf, type Scheme } from "./schemes";

type Triple = [number, number, string];
const triples = (spans: { start: number; end: number; label: string }[]) =>
  spans.map(({ start, end, label }): Triple => [start, end, label]);

describe.each(cases)("$scheme", ({ scheme, valid, broken }) => {
  const convention = { scheme: scheme as Scheme, typed: true };

  test("is told from a file of it", () => {
    expect(conventionOf(valid.map(({ tags }) => tags))).toEqual(convention);
  });

  test("reads as seqeval does, without a fault, and comes back from IOB2", () => {
    for (const { tags, spans } of valid) {
      const read = spansOf(tags, convention);
      expect([tags, triples(read.spans)]).toEqual([tags, spans]);
      expect([tags, read.faults]).toEqual([tags, []]);
      const iob2 = tagsOf(read.spans, tags.length);
      const again = spansOf(iob2, { scheme: "IOB2", typed: true });
      expect(again).toEqual(read);
    }
  });

  test("reads what it forbids as seqeval’s lenient mode does", () => {
    for (const { tags, spans } of broken)
      expect([tags, triples(spansOf(tags, convention).spans)]).toEqual([
        tags,
        spans,
      ]);
  });
});

const faults = (scheme: Scheme, tags: string) =>
  spansOf(tags.split(" "), { scheme, typed: true }).faults.map(
    ({ fault, word }) => `${word} ${fault}`,
  );

test.each<[Scheme, string, string[]]>([
  ["IOB2", "O I-PER I-PER O", ["1 not begun"]],
  ["IOB2", "B-PER I-LOC", ["1 not begun"]],
  ["IOB1", "O I-PER I-PER O", []],
  ["IOB1", "O B-PER", ["1 other scheme"]],
  ["IOB2", "B- I-PER B-PER", ["0 no type", "1 not begun"]],
  ["IOBES", "B-PER O S-PER", ["0 other scheme"]],
  ["IOBES", "B-PER I-PER", ["1 other scheme"]],
  ["BILOU", "L-PER B-LOC L-LOC", ["0 not begun"]],
])("%s: faults of %s", (scheme, tags, expected) => {
  expect(faults(scheme, tags)).toEqual(expected);
});

test("a few faults do not make another scheme", () => {
  const sentences = [
    ...Array.from({ length: 9 }, () => ["B-PER", "I-PER", "O"]),
    ["O", "I-PER"],
  ];
  expect(conventionOf(sentences).scheme).toBe("IOB2");
});

test("B, I and O alone are spans of one type", () => {
  const tags = ["B", "I", "O", "B"];
  const convention = conventionOf([tags]);
  expect(convention).toEqual({ scheme: "IOB2", typed: false });
  expect(spansOf(tags, convention)).toEqual({
    spans: [
      { start: 0, end: 2, label: "entity" },
      { start: 3, end: 4, label: "entity" },
    ],
    faults: [],
  });
});

test("types without letters: neighbours of one type are one span", () => {
  const tags = ["PER", "PER", "O", "LOC"];
  const convention = conventionOf([tags]);
  expect(convention.scheme).toBe("IO");
  expect(triples(spansOf(tags, convention).spans)).toEqual([
    [0, 2, "PER"],
    [3, 4, "LOC"],
  ]);
});
