import { expect, test } from "vitest";
import { spansInCells } from "./preview";

test("tags and lists of spans become the same marks; what is cut becomes none", () => {
  const text = "Ana Sousa left Lisbon";
  const spans = [
    { start: 0, end: 9, label: "PER" },
    { start: 15, end: 21, label: "LOC" },
  ];
  expect(
    spansInCells([
      { text, label: "B-PER I-PER O B-LOC" },
      { text, label: '[[0, 9, "PER"], [15, 21, "LOC"]]' },
      { text, label: '[[0, 9, "PER"], [15, 2' },
      { text, label: "O O" },
    ]),
  ).toEqual([{ text, spans }, { text, spans }, null, null]);
});
