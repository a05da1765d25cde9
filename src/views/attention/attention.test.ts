import { expect, test } from "vitest";
import type { AttentionCapture } from "../../studio";
import {
  attentionSquare,
  direction,
  strongest,
  transposed,
  type Look,
} from "./attention";

const plain: Look = {
  layer: 0,
  head: 0,
  mergeWords: false,
  hideSpecial: false,
};

/** [CLS] par ##cel lost [SEP], with rows that sum to 1 and differ by layer and head. */
function capture(): AttentionCapture {
  const [layers, heads, tokens] = [2, 3, 5];
  const weights = new Float32Array(layers * heads * tokens * tokens);
  for (let row = 0; row < layers * heads * tokens; row++) {
    const raw = Array.from(
      { length: tokens },
      (_, k) => 1 + ((row * 7 + k * k * 3) % 11),
    );
    const sum = raw.reduce((a, b) => a + b);
    raw.forEach((value, k) => (weights[row * tokens + k] = value / sum));
  }
  return {
    kind: "attention",
    step: 3,
    input: { text: "parcel lost", textB: null },
    tokens: ["[CLS]", "par", "##cel", "lost", "[SEP]"],
    words: Int32Array.from([-1, 0, 0, 1, -1]),
    layers,
    heads,
    weights,
    probabilities: null,
  };
}

function rowSums({ size, values }: { size: number; values: Float32Array }) {
  return Array.from({ length: size }, (_, q) =>
    values.slice(q * size, (q + 1) * size).reduce((a, b) => a + b),
  );
}

test("one layer and head are shown as captured", () => {
  const from = capture();
  const square = attentionSquare(from, { ...plain, layer: 1, head: 2 });
  expect(square.values).toEqual(from.weights.slice(5 * 25));
  expect(square.labels).toEqual(from.tokens);
});

test("averages over layers and heads still sum to one", () => {
  const square = attentionSquare(capture(), {
    ...plain,
    layer: null,
    head: null,
  });
  for (const sum of rowSums(square)) expect(sum).toBeCloseTo(1, 6);
});

test("merged words sum over keys and average over queries", () => {
  const from = capture();
  const merged = attentionSquare(from, { ...plain, mergeWords: true });
  expect(merged.labels).toEqual(["[CLS]", "parcel", "lost", "[SEP]"]);
  for (const sum of rowSums(merged)) expect(sum).toBeCloseTo(1, 6);
  const at = (q: number, k: number) => from.weights[q * 5 + k]!;
  expect(merged.values[0 * 4 + 1]).toBeCloseTo(at(0, 1) + at(0, 2), 6);
  expect(merged.values[1 * 4 + 2]).toBeCloseTo((at(1, 3) + at(2, 3)) / 2, 6);
});

test("hidden special tokens leave the other values as they were", () => {
  const square = attentionSquare(capture(), { ...plain, hideSpecial: true });
  expect(square.labels).toEqual(["par", "##cel", "lost"]);
  expect(square.values[1]).toBe(capture().weights[1 * 5 + 2]);
});

test("the strongest keys come first, and turning exchanges query and key", () => {
  const square = attentionSquare(capture(), plain);
  const order = strongest(square, 1).map((k) => square.values[5 + k]!);
  expect(order).toEqual([...order].sort((a, b) => b - a));
  expect(transposed(square).values[2 * 5 + 4]).toBe(square.values[4 * 5 + 2]);
});

test("words run from right to left when they are Arabic or Hebrew, whatever [CLS] is", () => {
  const square = attentionSquare(capture(), plain);
  const of = (labels: string[]) => direction({ ...square, labels });
  expect(of(["[CLS]", "par", "##cel", "lost", "[SEP]"])).toBe("ltr");
  expect(of(["[CLS]", "12", "لم", "lost", "[SEP]"])).toBe("rtl");
  expect(of(["[CLS]", "שלום", "a", "b", "[SEP]"])).toBe("rtl");
  expect(of(["[CLS]", "包裹", "没", "有", "[SEP]"])).toBe("ltr");
});
