// From which probability on a label is given: where its own F1 is best on the
// validation part. Whoever reports figures of that same part says so: there they
// are a little too good.

import type { ManyScores } from "./figures";
import { column, eachCut, probability } from "./ranked";

/** What everybody starts from. */
export const evenThreshold = 0.5;

/**
 * One threshold a label, [label]. Each lies midway between two neighbouring
 * probabilities (or the lowest and 0); of equally good ones, the nearest to 0.5.
 * Labels that no row has keep 0.5. O(rows · log rows) a label.
 */
export function tunedThresholds(
  { logits, targets }: ManyScores,
  labels: number,
): Float32Array {
  const rows = labels > 0 ? targets.length / labels : 0;
  const probabilities = Float32Array.from(logits, probability);
  const scores = new Float32Array(rows);
  const truth = new Uint8Array(rows);
  return Float32Array.from({ length: labels }, (_, label) =>
    best(
      column(probabilities, label, scores, labels),
      column(targets, label, truth, labels),
    ),
  );
}

function best(scores: Float32Array, targets: Uint8Array): number {
  let support = 0;
  for (const target of targets) support += target;
  if (support === 0) return evenThreshold;
  let most = -1;
  let threshold = evenThreshold;
  eachCut(scores, targets, (score, at, hits, next) => {
    const f1 = (2 * hits) / (at + support);
    if (f1 < most) return;
    const between = midway(next, score);
    const nearer =
      Math.abs(between - evenThreshold) < Math.abs(threshold - evenThreshold);
    if (f1 > most || nearer) threshold = between;
    most = f1;
  });
  return threshold;
}

/** Above `low` even where no float32 lies between the two. */
function midway(low: number, high: number): number {
  const middle = Math.fround((low + high) / 2);
  return middle > low ? middle : high;
}
