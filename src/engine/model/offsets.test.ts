import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import cases from "../fixtures/offsets.json";
import { openTokenizer } from "./tokenizer";

const model = "public/models/attune-tiny-en/";
const tokenizer = openTokenizer({
  vocabTxt: readFileSync(model + "vocab.txt", "utf8"),
  tokenizerConfig: JSON.stringify({ do_lower_case: true }),
});

test.each(cases)("pieces lie where the fast tokenizer says: $text", (given) => {
  expect(tokenizer.pieces(given.text)).toEqual(given.pieces);
});

test("pieces are those of the text tokenized at once", () => {
  for (const { text } of cases)
    expect(tokenizer.pieces(text).map(({ id }) => id)).toEqual(
      tokenizer.encode(text, null, 512).ids.slice(1, -1),
    );
});
