import { expect, test } from "vitest";
import { lookUp } from "./tags";

/** word/tag word/tag */
const tagged = (...sentences: string[]) => {
  const pairs = sentences.map((all) =>
    all.split(" ").map((pair) => pair.split("/")),
  );
  return {
    words: pairs.map((all) => all.map(([word]) => word!)),
    tags: pairs.map((all) => all.map(([, tag]) => tag!)),
  };
};
const tag = (training: string[], sentence: string) =>
  lookUp(tagged(...training))
    .tag(sentence.split(" "))
    .join(" ");

test("a word gets the tag it had most often", () => {
  const training = ["run/NN", "run/VB fast/RB", "run/VB"];
  expect(tag(training, "fast run")).toBe("RB VB");
});

test("a word that was only seen in other cases gets their tag; a new one the most frequent of all", () => {
  const training = ["The/DT cat/NN", "a/DT dog/NN", "a/NN dog/NN"];
  expect(tag(training, "THE horse")).toBe("DT NN");
  expect(tag(training, "the Cat")).toBe("DT NN");
});

test("as written comes before lower case", () => {
  const training = ["May/B-PER", "may/O", "may/O"];
  expect(tag(training, "May may MAY")).toBe("B-PER O O");
});

test("of spans seen in training, the longest gets its tags", () => {
  const training = [
    "in/O New/B-LOC York/I-LOC today/O",
    "the/O New/B-ORG York/I-ORG Times/I-ORG",
    "New/O York/B-PER",
  ];
  expect(tag(training, "in New York and the New York Times")).toBe(
    "O B-LOC I-LOC O O B-ORG I-ORG I-ORG",
  );
});

test("words that are mostly no span stay what they mostly are", () => {
  const training = ["Will/B-PER left/O", "Will/O he/O", "Will/O she/O"];
  expect(tag(training, "Will he")).toBe("O O");
});

test("an I- that continues nothing becomes a B-", () => {
  const training = ["Bank/B-ORG of/I-ORG Oz/I-ORG", "Bank/O", "Bank/O"];
  expect(tag(training, "Bank Oz Oz")).toBe("O B-ORG I-ORG");
});

test("the majority is the most frequent tag, O without any", () => {
  expect(lookUp(tagged("a/X b/Y c/Y")).majority).toBe("Y");
  const none = lookUp({ words: [], tags: [] });
  expect([none.majority, none.tag(["x"]), none.tag([])]).toEqual([
    "O",
    ["O"],
    [],
  ]);
});

test("span words are not taken for others that are written together alike", () => {
  expect(tag(["ab/B-X c/I-X", "a/O", "bc/O"], "a bc")).toBe("O O");
});
