import { expect, test } from "vitest";
import { withMasks } from "./fill";

test("a line, or what BERT writes, becomes the mask of the tokenizer", () => {
  const given = { text: "The ___ is [MASK].", textB: "a_b __ ____" };
  expect(withMasks(given, { maskToken: "<mask$&>" })).toEqual({
    text: "The  <mask$&>  is  <mask$&> .",
    textB: "a_b __  <mask$&> ",
  });
  expect(withMasks({ text: "so", textB: null }, { maskToken: "[M]" })).toEqual({
    text: "so",
    textB: null,
  });
});
