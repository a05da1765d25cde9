import { expect, test } from "vitest";
import { firstPieces, JoinedWords, windowsOf } from "./windows";

test("windows overlap by a quarter and reach the end", () => {
  expect(windowsOf(8, 8, () => true)).toEqual([[0, 8]]);
  expect(windowsOf(0, 8, () => true)).toEqual([[0, 0]]);
  expect(windowsOf(20, 8, () => true)).toEqual([
    [0, 8],
    [6, 14],
    [12, 20],
  ]);
});

test("a window begins with a word, unless a word is longer than that", () => {
  expect(windowsOf(14, 8, (piece) => piece === 5)).toEqual([
    [0, 8],
    [5, 13],
    [11, 14],
  ]);
});

test("a word's first piece stands for it; what no piece stands for has none", () => {
  const pieces = [
    { id: 1, start: 0, end: 2 },
    { id: 2, start: 2, end: 4 },
    { id: 3, start: 6, end: 9 },
  ];
  const words = [
    [0, 4],
    [4, 5],
    [6, 9],
  ] as const;
  expect([...firstPieces(pieces, words)]).toEqual([0, -1, 2]);
});

test("each word is answered for where it stands most central", () => {
  // [CLS] 0 1 2 [SEP], [CLS] 2 3 4 [SEP] …: word 2 is last in one, first in the next.
  const part = {
    count: 2,
    ids: new Int32Array(11),
    offsets: Uint32Array.of(0, 6, 11),
    secondFrom: Uint16Array.of(6, 5),
    targets: null,
    truncated: 0,
    windows: {
      words: Int32Array.of(-1, 0, 1, 2, 3, -1, -1, 2, 3, 4, -1),
      count: 6,
    },
  };
  const joined = new JoinedWords(part, 1);
  joined.take([1], Float32Array.of(0, 21, 22, 23, 0));
  joined.take([0], Float32Array.of(0, 10, 11, 12, 13, 0));
  expect([...joined.logits]).toEqual([10, 11, 12, 22, 23, 0]);
});
