// Whether a column looks as if it marked spans in a text.

import { labelOf } from "./marks";

const TAG = /^(O|[BIESLUM][-_].+|[BI])$/s;

/** Cells that say so are this share of those that are not empty, and one marks something. */
const ENOUGH = 0.9;

/** `cells`: texts with what stands beside them, a sample. A tag for each word, or lists of places. */
export function looksMarked(
  cells: readonly { text: string; label: string }[],
): boolean {
  let [filled, fitting, marks] = [0, 0, 0];
  for (const { text, label } of cells) {
    const read = labelOf(label, text);
    if (read.kind === "none") continue;
    filled++;
    if (read.kind === "tags") {
      // One word with one tag may as well be a label of one letter.
      if (!read.tags.every((tag) => TAG.test(tag))) continue;
      fitting++;
      marks += read.tags.filter((tag) => /^[BIESLUM][-_]./s.test(tag)).length;
    } else if (read.kind === "spans") {
      if (read.spans.some((span) => span === null)) continue;
      fitting++;
      marks += read.spans.length;
    }
  }
  return marks > 0 && fitting >= ENOUGH * filled;
}
