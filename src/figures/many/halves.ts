// Thresholds that are tuned where they are judged flatter: here each half of the
// rows is judged by the thresholds of the other half.

import { manyFigures, type ManyFigures, type ManyScores } from "./figures";
import { evenThreshold, tunedThresholds } from "./tune";

export interface ByHalves extends ManyFigures {
  /** What judged a row, [label]. */
  thresholdsOf(row: number): Float32Array;
}

/** As `manyFigures`; the thresholds it reports are those of all rows. */
export function figuresByHalves(
  scores: ManyScores,
  names: readonly string[],
  positiveWeights: Float32Array | null = null,
): ByHalves {
  const L = names.length;
  const all = tunedThresholds(scores, L);
  const plain = manyFigures(scores, names, all, positiveWeights);
  const halves = [half(scores, L, 1), half(scores, L, 0)].map((other) =>
    tunedThresholds(other, L),
  );
  const thresholdsOf = (row: number) => halves[row % 2]!;
  // Moved so that one threshold fits both halves.
  const moved = scores.logits.map(
    (logit, i) => logit - logitOf(thresholdsOf(Math.floor(i / L))[i % L]!),
  );
  const judged = manyFigures(
    { logits: moved, targets: scores.targets },
    names,
    new Float32Array(L).fill(evenThreshold),
  );
  return {
    ...judged,
    // These know no thresholds.
    loss: plain.loss,
    meanAveragePrecision: plain.meanAveragePrecision,
    perLabel: judged.perLabel.map((figures, i) => ({
      ...figures,
      averagePrecision: plain.perLabel[i]!.averagePrecision,
      threshold: all[i]!,
    })),
    thresholdsOf,
  };
}

const logitOf = (probability: number) =>
  Math.log(probability / (1 - probability));

/** Every second row. */
function half(
  { logits, targets }: ManyScores,
  L: number,
  from: 0 | 1,
): ManyScores {
  const rows = L > 0 ? targets.length / L : 0;
  const own = (_: number, i: number) => Math.floor(i / L) % 2 === from;
  return rows < 2
    ? { logits, targets }
    : { logits: logits.filter(own), targets: targets.filter(own) };
}
