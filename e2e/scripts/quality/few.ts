// A few examples of each label, drawn from a whole set: what can be learned of so
// little depends on which they are, so that several draws are measured.

import { randomNumbers } from "../../../src/engine/random.ts";
import type { Question } from "./run.ts";

export const few = {
  sets: ["trec6", "banking77", "sst_sentences"],
  /** Examples a label. */
  counts: [8, 16],
  /** Each draws its own. */
  seeds: [0, 1, 2, 3, 4],
};

/**
 * The same question with `count` training rows of each label (all, where there are
 * fewer), in the order in which `seed` draws them. Test rows stay. Throws where rows
 * have more or less than one label.
 */
export function drawn(
  question: Question,
  count: number,
  seed: number,
): Question {
  if (question.task !== "one label")
    throw new Error(
      `A few of each label are drawn of one label, not of ${question.task}.`,
    );
  const random = randomNumbers(seed);
  const rows = [...question.train];
  for (let last = rows.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [rows[last], rows[other]] = [rows[other]!, rows[last]!];
  }
  const taken = question.labels.map(() => 0);
  const train = rows.filter(({ answer }) => {
    if (typeof answer !== "number")
      throw new Error("One label a row is meant.");
    return taken[answer]!++ < count;
  });
  return { ...question, train };
}
