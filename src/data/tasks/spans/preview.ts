// The first rows of a table as texts with their spans, for eyes: judged by these few
// rows alone, so nothing is said of what cannot be read.

import { conventionsOf, readCells, type CellPair } from "./cells";
import { conventionOf, spansOf } from "./schemes";

export interface SpansOfCell {
  text: string;
  /** UTF-16 units, end exclusive. */
  spans: { start: number; end: number; label: string }[];
}

/** A reading of each pair of cells; null where there is none, as of a cell that was cut. */
export function spansInCells(cells: CellPair[]): (SpansOfCell | null)[] {
  const conventions = conventionsOf(cells.filter((cell) => !isCut(cell)));
  return cells.map((cell) => {
    if (isCut(cell)) return null;
    const { example } = readCells(cell, conventions);
    if (!example) return null;
    const { text, words, tags } = example;
    const { spans } = spansOf(tags, conventionOf([tags]));
    return {
      text,
      spans: spans.map(({ start, end, label }) => ({
        start: words[start]![0],
        end: words[end - 1]![1],
        label,
      })),
    };
  });
}

/** A list without its end would be taken for words. */
function isCut({ label }: CellPair): boolean {
  if (!/^\s*[[{]/.test(label)) return false;
  try {
    JSON.parse(label);
    return false;
  } catch {
    return !/[\]}]\s*$/.test(label);
  }
}
