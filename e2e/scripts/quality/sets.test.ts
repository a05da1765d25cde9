import { expect, test } from "vitest";
import { sharedWords, tagNames, taggedSentences } from "./sets.ts";

test("a pair's score is five times the F-measure of their words", () => {
  expect(sharedWords("The cat sat.", "the CAT, sat")).toBe(5);
  expect(sharedWords("one two", "three")).toBe(0);
  expect(sharedWords("", "")).toBe(0);
  // Three of 4 and 5 words.
  expect(sharedWords("a b c d", "c b a x y")).toBeCloseTo((5 * 6) / 9, 12);
});

test("a word counts as often as it stands in both", () => {
  expect(sharedWords("so so so", "so so")).toBeCloseTo((5 * 4) / 5, 12);
  expect(sharedWords("so", "so so so")).toBeCloseTo((5 * 2) / 4, 12);
});

test("tagged words become sentences, whatever their lines end with", () => {
  const text =
    "Anna\tB-person\r\nsang\tO\r\n\r\n\t\nin\tO\nOld\tB-location\nTown\tI-location\n";
  expect(taggedSentences(text)).toEqual([
    { words: ["Anna", "sang"], tags: ["B-person", "O"] },
    {
      words: ["in", "Old", "Town"],
      tags: ["O", "B-location", "I-location"],
    },
  ]);
});

test("tags are O, then both of each type", () => {
  const tags = ["I-b", "O", "B-a-c"];
  expect(tagNames([{ tags }])).toEqual(["O", "B-a-c", "I-a-c", "B-b", "I-b"]);
});
