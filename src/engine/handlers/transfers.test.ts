import { expect, test } from "vitest";
import type { AttentionCapture, ExportedFile } from "../protocol";
import { transfersOf } from "./transfers";

test("a capture and a file are given away", () => {
  const capture: AttentionCapture = {
    kind: "attention",
    step: 1,
    input: { text: "a", textB: null },
    tokens: ["[CLS]", "a", "[SEP]"],
    words: new Int32Array([-1, 0, -1]),
    layers: 1,
    heads: 1,
    weights: new Float32Array(9),
    probabilities: null,
  };
  const moved = new Set(transfersOf(capture));
  expect(moved).toEqual(
    new Set([capture.weights.buffer, capture.words.buffer]),
  );
  const file: ExportedFile = { name: "x.zip", bytes: new Uint8Array(3) };
  expect(transfersOf(file)[0]).toBe(file.bytes.buffer);
});

test("figures stay: the summary of a run says its best evaluation again", () => {
  const confusion = { labels: 2, cells: new Int32Array([0, 0, 1]) };
  const evaluation = { kind: "evaluation", confusion };
  expect(transfersOf(evaluation)).toEqual([]);
  const summary = { validation: evaluation, test: null };
  expect(transfersOf(summary)).toEqual([]);
  expect(transfersOf([evaluation])).toEqual([]);
  expect(transfersOf({ name: "a model", bytes: 4096 })).toEqual([]);
});
