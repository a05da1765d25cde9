import { expect, test } from "vitest";
import type { TokenizedPart } from "../passes/batches";
import { evenly } from "./evenly";

/** Four rows: [CLS] word word [SEP], [CLS] word [SEP], the second window of it, [CLS] word [SEP]. */
const part: TokenizedPart = {
  count: 4,
  ids: Int32Array.of(2, 10, 11, 3, 2, 12, 3, 2, 12, 3, 2, 13, 3),
  offsets: Uint32Array.of(0, 4, 7, 10, 13),
  secondFrom: Uint16Array.of(4, 3, 3, 3),
  targets: { width: "words", values: Int32Array.of(5, 6, 7, 8) },
  truncated: 0,
  windows: {
    words: Int32Array.of(-1, 0, 1, -1, -1, 2, -1, -1, 2, -1, -1, 3, -1),
    count: 4,
  },
};

test("words of the rows that are taken are counted anew, each with its own target", () => {
  const some = evenly(part, 2);
  expect([...some.ids]).toEqual([2, 10, 11, 3, 2, 12, 3]);
  expect(some.windows).toEqual({
    words: Int32Array.of(-1, 0, 1, -1, -1, 2, -1),
    count: 3,
  });
  expect(some.targets!.values).toEqual(Int32Array.of(5, 6, 7));
});

test("a word that stands in two windows is one word", () => {
  const { windows, targets } = evenly(part, 3);
  expect(windows!.count).toBe(3);
  expect(targets!.values).toEqual(Int32Array.of(5, 6, 7));
  expect(evenly(part, 4)).toBe(part);
});

test("without words, targets go with their rows", () => {
  const { windows: _, ...texts } = part;
  const some = evenly(
    { ...texts, targets: { width: 1, values: Int32Array.of(0, 1, 2, 3) } },
    2,
  );
  expect(some.targets!.values).toEqual(Int32Array.of(0, 2));
  expect([...some.offsets]).toEqual([0, 4, 7]);
});
