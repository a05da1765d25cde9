// Packed rows → the padded rectangle that TensorFlow.js operations want.

import type { Batch } from "../program/batch";
import type { BatchTensors } from "./encoder";

/**
 * Pads to the longest row, rounded up to a multiple of 8 (but not past
 * `mostTokens`): backends pool buffers by exact size, so few sizes mean little memory.
 */
export function padBatch(
  { size, lengths, ids, segments }: Batch,
  padId: number,
  mostTokens: number,
): BatchTensors {
  const longest = lengths.reduce((most, length) => Math.max(most, length), 1);
  const tokens = Math.max(
    longest,
    Math.min(mostTokens, Math.ceil(longest / 8) * 8),
  );
  const padded: BatchTensors = {
    size,
    tokens,
    ids: new Int32Array(size * tokens).fill(padId),
    segments: new Int32Array(size * tokens),
    lengths,
  };
  let at = 0;
  for (let b = 0; b < size; b++) {
    const end = at + lengths[b]!;
    padded.ids.set(ids.subarray(at, end), b * tokens);
    padded.segments.set(segments.subarray(at, end), b * tokens);
    at = end;
  }
  return padded;
}

/** Where these rows of the packed batch lie in the rectangle of `tokens` a row. */
export function paddedRows(
  { size, lengths }: Batch,
  tokens: number,
  rows: Int32Array,
): Int32Array {
  const places: number[] = [];
  for (let b = 0; b < size; b++)
    for (let t = 0; t < lengths[b]!; t++) places.push(b * tokens + t);
  return rows.map((row) => places[row]!);
}
