// Which pieces of a text are hidden and what stands in their place, as BERT was
// pretrained (Devlin et al. 2019, https://arxiv.org/abs/1810.04805, section 3.1):
// of 15 % of the pieces 80 % become [MASK], 10 % any piece, 10 % stay as they are.
// How many is certain, at least one a text; which is drawn from seed, epoch and row
// alone, so that no order of batches changes it.

import type { Tokenizer } from "../model/tokenizer";
import { type Batch, mix } from "../program/batch";
import { randomNumbers } from "../random";
import { packBatch, type TokenizedPart } from "./batches";

export const maskedShare = 0.15;
const asMask = 0.8;
const asAnyPiece = 0.1;

/** What of a tokenizer decides. */
export interface Masker {
  maskId: number;
  vocabularySize: number;
  /** [CLS], [SEP], [PAD], [UNK], [MASK]: never hidden, and never put in. */
  special: ReadonlySet<number>;
}

/** Null where the vocabulary has no [MASK]. */
export function maskerOf(tokenizer: Tokenizer): Masker | null {
  const { maskId, clsId, sepId, padId, unkId, vocabularySize } = tokenizer;
  if (maskId === null) return null;
  const special = new Set([maskId, clsId, sepId, padId, unkId]);
  return { maskId, vocabularySize, special };
}

/** A draw of masks: equal seeds and epochs hide the same pieces. */
export interface Draw {
  seed: number;
  epoch: number;
}

/** Held-out texts are masked alike at every evaluation of every run. */
export const heldOutDraw: Draw = { seed: 0x6d61736b, epoch: 0 };

/** Of so many pieces that may be hidden. */
export const countMasked = (pieces: number): number =>
  pieces === 0 ? 0 : Math.max(1, Math.round(maskedShare * pieces));

/** Room for the masked pieces of any batch within `sequences` and `tokens`. */
export const roomForMasked = (sequences: number, tokens: number): number =>
  Math.ceil(maskedShare * tokens) + sequences;

/** Rows of the batch to be guessed, and what stood there. */
export interface MaskedBatch extends Batch {
  selected: Int32Array;
  labels: Int32Array;
}

/** These rows of a part with some pieces hidden. */
export function maskBatch(
  part: TokenizedPart,
  rows: ArrayLike<number>,
  masker: Masker,
  draw: Draw,
): MaskedBatch {
  const batch = packBatch(part, rows);
  const selected: number[] = [];
  const labels: number[] = [];
  let at = 0;
  for (let b = 0; b < batch.size; b++) {
    const end = at + batch.lengths[b]!;
    const random = randomNumbers(seedOf(draw, rows[b]!));
    for (const position of chosen(batch.ids, at, end, masker, random)) {
      selected.push(position);
      labels.push(batch.ids[position]!);
      batch.ids[position] = replaced(batch.ids[position]!, masker, random);
    }
    at = end;
  }
  // A batch of nothing but unknown words: a step wants a row, though nothing is learned from this one.
  if (selected.length === 0) {
    selected.push(0);
    labels.push(-1);
  }
  return {
    ...batch,
    selected: Int32Array.from(selected),
    labels: Int32Array.from(labels),
  };
}

const seedOf = ({ seed, epoch }: Draw, row: number): number =>
  mix((mix((mix(seed >>> 0) + epoch) >>> 0) + row) >>> 0);

/** Positions from `from` to `to`, ascending. */
function chosen(
  ids: Int32Array,
  from: number,
  to: number,
  { special }: Masker,
  random: () => number,
): number[] {
  const free: number[] = [];
  for (let at = from; at < to; at++) if (!special.has(ids[at]!)) free.push(at);
  const count = countMasked(free.length);
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (free.length - i));
    [free[i], free[j]] = [free[j]!, free[i]!];
  }
  return free.slice(0, count).sort((a, b) => a - b);
}

function replaced(
  id: number,
  { maskId, vocabularySize, special }: Masker,
  random: () => number,
): number {
  const fate = random();
  if (fate < asMask) return maskId;
  if (fate >= asMask + asAnyPiece) return id;
  for (;;) {
    const any = Math.floor(random() * vocabularySize);
    if (!special.has(any)) return any;
  }
}
