// What is hidden, how often, and that a draw repeats.

import { expect, test } from "vitest";
import { headBatch, headCases } from "../fixtures/heads";
import { packEncodings } from "./batches";
import { guessesOf } from "./guessing";
import { countMasked, maskBatch, roomForMasked, type Masker } from "./masking";

const masker: Masker = {
  maskId: 4,
  vocabularySize: 1000,
  special: new Set([0, 1, 2, 3, 4]),
};
/** [CLS] pieces [SEP], with an unknown one in each. */
const part = packEncodings(
  Array.from({ length: 400 }, (_, row) => {
    const own = Array.from({ length: 1 + (row % 60) }, (_, i) => 5 + i + row);
    const ids = [2, ...own, 1, 3];
    return {
      ids,
      segments: ids.map(() => 0),
      tokens: [],
      words: [],
      truncated: false,
    };
  }),
);
const all = Array.from({ length: part.count }, (_, row) => row);

test("15 % of the pieces, at least one a text, never a special token; 80, 10 and 10 % of them", () => {
  const fates = { mask: 0, other: 0, same: 0 };
  for (let epoch = 0; epoch < 8; epoch++) {
    const batch = maskBatch(part, all, masker, { seed: 3, epoch });
    expect(batch.selected.length).toBe(
      all.reduce((sum, row) => sum + countMasked(1 + (row % 60)), 0),
    );
    batch.selected.forEach((at, i) => {
      const right = batch.labels[i]!;
      expect(right).toBe(part.ids[at]);
      expect(right).toBeGreaterThan(4);
      const now = batch.ids[at]!;
      if (now === 4) fates.mask++;
      else if (now === right) fates.same++;
      else fates.other++;
    });
    const hidden = new Set(batch.selected);
    batch.ids.forEach((id, at) => {
      if (!hidden.has(at)) expect(id).toBe(part.ids[at]);
    });
  }
  const drawn = fates.mask + fates.other + fates.same;
  expect(fates.mask / drawn).toBeCloseTo(0.8, 1);
  expect(fates.other / drawn).toBeGreaterThan(0.08);
  expect(fates.other / drawn).toBeLessThan(0.12);
  expect(fates.same / drawn).toBeGreaterThan(0.08);
  expect(fates.same / drawn).toBeLessThan(0.12);
});

test("equal draws are equal in any batch, other epochs and seeds are not", () => {
  const draw = { seed: 3, epoch: 1 };
  const both = maskBatch(part, [50, 7], masker, draw);
  const one = maskBatch(part, [7], masker, draw);
  expect([...both.ids.slice(-one.ids.length)]).toEqual([...one.ids]);
  const ids = (seed: number, epoch: number) =>
    maskBatch(part, all, masker, { seed, epoch }).ids.join();
  expect(ids(3, 1)).toBe(ids(3, 1));
  expect(ids(3, 2)).not.toBe(ids(3, 1));
  expect(ids(4, 1)).not.toBe(ids(3, 1));
});

test("there is room for what can be hidden", () => {
  for (const tokens of [3, 64, 512, 4096]) {
    // Texts of one piece are the worst.
    const batch = maskBatch(part, all.slice(0, 60), masker, {
      seed: 0,
      epoch: 0,
    });
    expect(batch.selected.length).toBeLessThanOrEqual(
      roomForMasked(60, batch.ids.length),
    );
    expect(roomForMasked(tokens, tokens)).toBeGreaterThanOrEqual(tokens);
  }
});

test("a batch of unknown words alone teaches nothing", () => {
  const unknown = packEncodings([
    {
      ids: [2, 1, 1, 3],
      segments: [0, 0, 0, 0],
      tokens: [],
      words: [],
      truncated: false,
    },
  ]);
  const batch = maskBatch(unknown, [0], masker, { seed: 0, epoch: 0 });
  expect([...batch.labels]).toEqual([-1]);
  expect(guessesOf(batch, new Float32Array(1000), 1000)).toEqual([[]]);
});

test("the mean loss of the guesses is PyTorch's", () => {
  const words = headCases.find(({ head }) => head === "words")!;
  const {
    selected = new Int32Array(),
    labels,
    ...rest
  } = headBatch(words, false);
  const guesses = guessesOf(
    { ...rest, selected, labels: Int32Array.from(labels) },
    Float32Array.from(words.logits),
    words.outputs,
  ).flat();
  const sum = guesses.reduce((all, { loss }) => all + loss, 0);
  expect(guesses).toHaveLength(labels.length);
  expect(sum / guesses.length).toBeCloseTo(words.loss, 5);
});
