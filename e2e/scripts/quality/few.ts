// A few examples of each label, drawn from a whole set: what can be learned of so
// little depends on which they are, so that several draws are measured.

import { randomNumbers } from "../../../src/engine/random.ts";
import { keyOf, mean, type Measured } from "./report.ts";
import type { Question } from "./run.ts";

export const few = {
  sets: ["trec6", "sst_sentences", "banking77"],
  /** Examples a label. */
  counts: [8, 16],
  /** Each draws its own. */
  seeds: [0, 1, 2, 3, 4],
  /** Whether texts of one label are drawn together first. */
  ways: [
    { name: "plain", contrastive: false },
    { name: "pairs first", contrastive: true },
  ],
};

/** The name under which such draws are measured: "trec6, 8 a label, pairs first". */
export const drawsOf = (set: string, count: number, way: string): string =>
  [set, `${count} a label`, ...(way === "plain" ? [] : [way])].join(", ");

/** Markdown: mean ± standard deviation (of a sample) over draws, of accuracy on the test rows, times 100. */
export function fewTable(
  results: Record<string, Measured>,
  models: string[],
  fineTune: string,
): string {
  const columns = models.flatMap((model) =>
    few.ways.map(({ name }) => ({ model, name })),
  );
  const shown = (set: string, model: string) => {
    const start = `${keyOf({ engine: "attune", set, model, fineTune })} | `;
    const values = Object.entries(results)
      .filter(([name]) => name.startsWith(start))
      .flatMap(([, { accuracy }]) => accuracy ?? []);
    if (values.length === 0) return "–";
    const middle = mean(values);
    const squares = values.map((value) => (value - middle) ** 2);
    const deviation =
      values.length > 1
        ? Math.sqrt((mean(squares) * values.length) / (values.length - 1))
        : 0;
    return `${(100 * middle).toFixed(1)} ± ${(100 * deviation).toFixed(1)} (${values.length})`;
  };
  const rows = few.counts.flatMap((count) =>
    few.sets.map((set) => [
      `${set}, ${count} a label`,
      ...columns.map(({ model, name }) =>
        shown(drawsOf(set, count, name), model),
      ),
    ]),
  );
  const heads = columns.map(({ model, name }) => `${model}, ${name}`);
  return [["accuracy (draws)", ...heads], ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .toSpliced(1, 0, `| --- |${" ---: |".repeat(columns.length)}`)
    .join("\n");
}

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
