// A part of a part: enough to begin with.

import { lengthOf, targetsOfRows, type TokenizedPart } from "../passes/batches";

/** So many rows of a part, spread over all of it; of words those that begin in these rows, counted anew. */
export function evenly(part: TokenizedPart, most: number): TokenizedPart {
  if (part.count <= most) return part;
  const rows = Int32Array.from({ length: most }, (_, i) =>
    Math.floor((i * part.count) / most),
  );
  const offsets = new Uint32Array(most + 1);
  rows.forEach(
    (row, i) => (offsets[i + 1] = offsets[i]! + lengthOf(part, row)),
  );
  const ofRows = (values: Int32Array) => {
    const taken = new Int32Array(offsets[most]!);
    rows.forEach((row, i) =>
      taken.set(
        values.subarray(part.offsets[row], part.offsets[row + 1]),
        offsets[i],
      ),
    );
    return taken;
  };
  const evened: TokenizedPart = {
    count: most,
    ids: ofRows(part.ids),
    offsets,
    secondFrom: Uint16Array.from(rows, (row) => part.secondFrom[row]!),
    targets: null,
    truncated: 0,
  };
  if (!part.windows)
    return {
      ...evened,
      targets: part.targets && {
        ...part.targets,
        values: targetsOfRows(part, part.targets, rows),
      },
    };
  const kept = ofRows(part.windows.words);
  const words = Int32Array.from(new Set(kept.filter((word) => word >= 0)));
  const places = new Map(Array.from(words, (word, i) => [word, i]));
  return {
    ...evened,
    windows: {
      words: kept.map((word) => places.get(word) ?? -1),
      count: words.length,
    },
    targets: part.targets && {
      ...part.targets,
      values: words.map((word) => part.targets!.values[word]!),
    },
  };
}
