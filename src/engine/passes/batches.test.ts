import { plainDecoding } from "../tasks";
import { oneLabel } from "../tasks/labels";
import { balancedWeights } from "../tasks/labels/weights";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Examples, inputAt } from "../../data/dataset";
import { padBatch } from "../oracle/pad";
import {
  packBatch,
  epochBatches,
  lengthBatches,
  lengthOf,
  tokenize,
  type TokenizedPart,
} from "./batches";
import metrics from "../fixtures/metrics/metrics.json";
import { examplesOf } from "../fixtures/examples";
import type { Tokenizer } from "../model/tokenizer";

/** One token a character, between 1 and 2. */
const letters: Pick<Tokenizer, "encode"> = {
  encode(text, textB, maxTokens) {
    const ids = [1, ...Array.from(text, (c) => c.charCodeAt(0)), 2];
    const first = ids.length;
    if (textB !== null)
      ids.push(...Array.from(textB, (c) => c.charCodeAt(0)), 2);
    return {
      ids: ids.slice(0, maxTokens),
      segments: ids.slice(0, maxTokens).map((_, i) => Number(i >= first)),
      tokens: [],
      words: [],
      truncated: ids.length > maxTokens,
    };
  },
};

function tokenized(examples: Examples, maxTokens = 64): TokenizedPart {
  const rows = tokenize(examples, letters as Tokenizer, maxTokens);
  let next = rows.next();
  while (!next.done) next = rows.next();
  return next.value;
}

const texts = (lengths: number[]) =>
  examplesOf(
    lengths.map((length, i) => ({ text: "x".repeat(length), label: i % 3 })),
  );

const collated = (
  part: TokenizedPart,
  rows: ArrayLike<number>,
  mostTokens: number,
) => padBatch(packBatch(part, rows), 0, mostTokens);

describe("tokenizing", () => {
  test("keeps every row, its label, its pair and its length", () => {
    const examples = examplesOf([
      { text: "ab", textB: "c", label: 1 },
      { text: "größe 東京", textB: "", label: 0 },
    ]);
    expect(inputAt(examples, 1)).toEqual({ text: "größe 東京", textB: "" });
    const part = tokenized(examples);
    expect(lengthOf(part, 0)).toBe(6);
    expect([...part.secondFrom]).toEqual([4, 10]);
    part.targets = oneLabel.targets(examples.targets, plainDecoding, 2);
    expect([...packBatch(part, [1, 0]).labels!]).toEqual([0, 1]);
    const { ids, segments } = collated(part, [0], 64);
    expect([...ids]).toEqual([1, 97, 98, 2, 99, 2, 0, 0]);
    expect([...segments]).toEqual([0, 0, 0, 0, 1, 1, 0, 0]);
  });

  test("counts rows that were cut", () => {
    expect(tokenized(texts([3, 30, 300]), 16).truncated).toBe(2);
  });

  test("outgrows its first guess of the size", () => {
    const part = tokenized(texts([500, 500, 500]), 512);
    expect(part.offsets.at(-1)).toBe(3 * 502);
  });
});

describe("a batch", () => {
  test("pads to a multiple of 8, but not past max tokens", () => {
    const part = tokenized(texts([5, 9, 18]), 20);
    expect(collated(part, [0], 20).tokens).toBe(8);
    expect(collated(part, [0, 1], 20).tokens).toBe(16);
    const batch = collated(part, [2, 0], 20);
    expect(batch.tokens).toBe(20);
    expect([...batch.lengths]).toEqual([20, 7]);
  });

  test("packed has the real tokens of its rows, and nothing else", () => {
    const part = tokenized(texts([5, 9, 18]), 20);
    part.targets = { width: 1, values: Int32Array.of(0, 1, 2) };
    const batch = packBatch(part, [2, 0]);
    expect([...batch.lengths]).toEqual([20, 7]);
    expect([...batch.ids]).toEqual([
      ...part.ids.subarray(part.offsets[2], part.offsets[3]),
      ...part.ids.subarray(part.offsets[0], part.offsets[1]),
    ]);
    expect([...batch.labels!]).toEqual([2, 0]);
  });
});

describe("an epoch", () => {
  test("has every row once, and only the last short batch is short", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), {
          minLength: 1,
          maxLength: 200,
        }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 5 }),
        (lengths, batchSize, seed) => {
          const part = tokenized(texts(lengths));
          const batches = epochBatches(part, batchSize, seed, 0);
          expect(batches.length).toBe(Math.ceil(lengths.length / batchSize));
          expect(
            batches.filter((rows) => rows.length < batchSize).length,
          ).toBeLessThanOrEqual(1);
          expect(
            batches.flatMap((rows) => [...rows]).sort((a, b) => a - b),
          ).toEqual(lengths.map((_, i) => i));
        },
      ),
      { numRuns: 50 },
    );
  });

  test("is the same for the same seed, another for another seed or epoch", () => {
    const part = tokenized(
      texts(Array.from({ length: 100 }, (_, i) => i % 30)),
    );
    const rows = (seed: number, epoch: number) =>
      epochBatches(part, 8, seed, epoch).map((batch) => [...batch]);
    expect(rows(1, 2)).toEqual(rows(1, 2));
    expect(rows(1, 2)).not.toEqual(rows(1, 3));
    expect(rows(1, 2)).not.toEqual(rows(2, 2));
    expect(rows(0, 1)).not.toEqual(rows(1, 0));
  });

  test("wastes less on padding than batches in plain random order", () => {
    const lengths = Array.from({ length: 640 }, (_, i) => 1 + ((i * 37) % 60));
    const part = tokenized(texts(lengths));
    const cells = epochBatches(part, 16, 0, 0).reduce((sum, rows) => {
      const { size, tokens } = collated(part, rows, 64);
      return sum + size * tokens;
    }, 0);
    const real = part.offsets.at(-1)!;
    expect(cells / real).toBeLessThan(1.3);
    expect((64 * 640) / real).toBeGreaterThan(1.8);
  });
});

test("passes without gradients see every row once, in batches of bounded size", () => {
  const part = tokenized(
    texts(Array.from({ length: 300 }, (_, i) => (i * 7) % 200)),
    256,
  );
  const batches = lengthBatches(part, 64, 4096);
  expect(batches.flatMap((rows) => [...rows]).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 300 }, (_, i) => i),
  );
  for (const rows of batches) {
    const { size, tokens } = collated(part, rows, 256);
    expect(size).toBeLessThanOrEqual(64);
    expect(size * tokens).toBeLessThanOrEqual(4096);
  }
});

test("balanced weights are scikit-learn's", () => {
  for (const { labels, labelCount, balancedWeights: theirs } of metrics.cases)
    balancedWeights(Int32Array.from(labels), labelCount).forEach((weight, i) =>
      expect(weight).toBeCloseTo(theirs[i]!, 6),
    );
});
