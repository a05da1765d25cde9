// Examples → token ids once → batches of similar length. Nothing here touches
// the device; a batch is plain arrays. The surprise: rows are shuffled first and
// sorted only inside windows of a few batches, so that padding shrinks and the
// order stays random.

import { type Examples, inputAt } from "../../data/dataset";
import type { Batch } from "../program/batch";
import type { Encoding, Tokenizer } from "../model/tokenizer";
import type { HeadTargets } from "../tasks/task";
import { randomNumbers } from "../random";

/** One part of a dataset as token ids, packed. */
export interface TokenizedPart {
  /** Rows: texts, or windows of them where each word is asked about. */
  count: number;
  /** Where each word is asked about. */
  windows?: Windows;
  ids: Int32Array;
  /** count + 1 offsets into `ids`. */
  offsets: Uint32Array;
  /** Where a pair's second text begins; the row's length where there is none. */
  secondFrom: Uint16Array;
  /** What the head is trained on, row by row; null for texts to read. */
  targets: HeadTargets | null;
  /** Rows cut at the token limit. */
  truncated: number;
}

/** Rows of a part as windows of texts that may be longer than a model reads. */
export interface Windows {
  /** Of each token: the word whose first piece it is, counted through the part; −1 for all others. */
  words: Int32Array;
  /** Words of the part. */
  count: number;
}

/** Yields the number of rows done now and then, so that the caller can report and stop. */
export function* tokenize(
  examples: Examples,
  tokenizer: Tokenizer,
  maxTokens: number,
): Generator<number, TokenizedPart> {
  const { count } = examples;
  const offsets = new Uint32Array(count + 1);
  const secondFrom = new Uint16Array(count);
  let ids = new Int32Array(Math.max(1024, count * 24));
  let truncated = 0;
  let reported = performance.now();
  for (let row = 0; row < count; row++) {
    const { text, textB } = inputAt(examples, row);
    const encoding = tokenizer.encode(text, textB, maxTokens);
    const start = offsets[row]!;
    const end = start + encoding.ids.length;
    if (end > ids.length) {
      const larger = new Int32Array(Math.max(end, ids.length * 2));
      larger.set(ids);
      ids = larger;
    }
    ids.set(encoding.ids, start);
    offsets[row + 1] = end;
    const second = encoding.segments.indexOf(1);
    secondFrom[row] = second < 0 ? encoding.ids.length : second;
    truncated += Number(encoding.truncated);
    if (performance.now() - reported > 50) {
      yield row + 1;
      reported = performance.now();
    }
  }
  return { count, ids, offsets, secondFrom, targets: null, truncated };
}

export const lengthOf = (part: TokenizedPart, row: number): number =>
  part.offsets[row + 1]! - part.offsets[row]!;

/** Texts that were tokenized one by one, as a part. */
export function packEncodings(encodings: Encoding[]): TokenizedPart {
  const count = encodings.length;
  const offsets = new Uint32Array(count + 1);
  encodings.forEach(
    ({ ids }, i) => (offsets[i + 1] = offsets[i]! + ids.length),
  );
  return {
    count,
    ids: Int32Array.from(encodings.flatMap(({ ids }) => ids)),
    offsets,
    secondFrom: Uint16Array.from(encodings, ({ ids, segments }) => {
      const second = segments.indexOf(1);
      return second < 0 ? ids.length : second;
    }),
    targets: null,
    truncated: 0,
  };
}

/** These rows of a part, one after the other, with their targets. */
export function packBatch(part: TokenizedPart, rows: ArrayLike<number>): Batch {
  const size = rows.length;
  const lengths = Int32Array.from(rows, (row) => lengthOf(part, row));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const ids = new Int32Array(total);
  const segments = new Int32Array(total);
  let at = 0;
  for (let b = 0; b < size; b++) {
    const row = rows[b]!;
    const start = part.offsets[row]!;
    const end = at + lengths[b]!;
    ids.set(part.ids.subarray(start, start + lengths[b]!), at);
    segments.fill(1, at + part.secondFrom[row]!, end);
    at = end;
  }
  return {
    size,
    lengths,
    padded: 0,
    ids,
    segments,
    ...(part.targets && { labels: targetsOfRows(part, part.targets, rows) }),
  };
}

/** The targets of these rows, one after the other. */
export function targetsOfRows(
  { windows, offsets }: TokenizedPart,
  { width, values }: HeadTargets,
  rows: ArrayLike<number>,
): HeadTargets["values"] {
  if (width === "words") {
    if (!windows) throw new Error("internal: words of texts without windows");
    return Int32Array.from(
      Array.from(rows).flatMap((row) =>
        Array.from(
          windows.words.subarray(offsets[row], offsets[row + 1]),
          (word) => (word < 0 ? -1 : values[word]!),
        ),
      ),
    );
  }
  const taken =
    values instanceof Int32Array
      ? new Int32Array(rows.length * width)
      : new Float32Array(rows.length * width);
  for (let i = 0; i < rows.length; i++)
    taken.set(
      values.subarray(rows[i]! * width, (rows[i]! + 1) * width),
      i * width,
    );
  return taken;
}

function shuffle<T>(
  items: { [index: number]: T; length: number },
  seed: number,
) {
  const random = randomNumbers(seed);
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = items[i]!;
    items[i] = items[j]!;
    items[j] = held;
  }
}

/** So many batches are sorted by length together. */
const windowBatches = 16;

/** One epoch's batches: every row once, the last short batch kept, a new order for every (seed, epoch). */
export function epochBatches(
  part: TokenizedPart,
  batchSize: number,
  seed: number,
  epoch: number,
): Int32Array[] {
  const order = Int32Array.from({ length: part.count }, (_, row) => row);
  // Mixed by multiplication, so that seed 0 epoch 1 differs from seed 1 epoch 0.
  const mixed =
    Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(epoch + 1, 0x85ebca6b);
  shuffle(order, mixed);
  const batches: Int32Array[] = [];
  const window = batchSize * windowBatches;
  for (let from = 0; from < order.length; from += window) {
    const rows = order.subarray(from, from + window);
    rows.sort((a, b) => lengthOf(part, a) - lengthOf(part, b));
    for (let at = 0; at < rows.length; at += batchSize)
      batches.push(rows.slice(at, at + batchSize));
  }
  shuffle(batches, ~mixed);
  return batches;
}

/** For passes without gradients: shortest first, at most `maxRows` rows and about `maxCells` positions a batch. */
export function lengthBatches(
  part: TokenizedPart,
  maxRows = 64,
  maxCells = 4096,
): Int32Array[] {
  const order = Int32Array.from({ length: part.count }, (_, row) => row);
  order.sort((a, b) => lengthOf(part, a) - lengthOf(part, b) || a - b);
  const batches: Int32Array[] = [];
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (
      to < order.length &&
      to - from < maxRows &&
      (to - from + 1) * Math.ceil(lengthOf(part, order[to]!) / 8) * 8 <=
        maxCells
    )
      to++;
    batches.push(order.slice(from, to));
    from = to;
  }
  return batches;
}
