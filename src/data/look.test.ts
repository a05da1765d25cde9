import { expect, test } from "vitest";
import { look } from "./look";

test.each([
  ["the parcel came late", 4],
  ["C’est déjà réparé, n’est-ce pas?", 5],
  // Korean has spaces.
  ["맛이 정말 좋아서 다시 오고 싶어요", 6],
])("words of “%s” stand between spaces", (cell, words) => {
  expect(look([cell]).words).toBe(words);
});

// Dictionaries differ a little between engines.
test.each([
  ["我们全家都在用", 4, 5],
  ["とても美味しかったです", 3, 6],
  ["อาหารอร่อยมาก", 3, 4],
  ["good 味道很好", 3, 4],
])("words of “%s” are found without spaces", (cell, least, most) => {
  expect(look([cell]).words).toBeGreaterThanOrEqual(least);
  expect(look([cell]).words).toBeLessThanOrEqual(most);
});

test("of a long cell the first part stands for the rest", () => {
  const sentence = "味道很好，下次还会再来的。";
  const once = look([sentence]).words;
  const long = look([sentence.repeat(100)]).words;
  expect(long / (100 * once)).toBeGreaterThan(0.9);
  expect(long / (100 * once)).toBeLessThan(1.1);
});
