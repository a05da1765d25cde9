// Runs → the README's table, and whether the goals were met.

export interface Measured {
  /** On the test rows, 0–1. */
  accuracy: number;
  macroF1: number;
  seconds: number;
  /** What computed it. */
  detail: string;
}

export interface Key {
  engine: string;
  set: string;
  /** "tiny" or "small"; none for bag of words. */
  model?: string;
  fineTune?: string;
  seed?: number;
  /** Epochs and rate: another recipe is another run. */
  recipe?: string;
}

export const keyOf = ({ engine, set, model, fineTune, seed, recipe }: Key) =>
  [engine, set, model, fineTune, recipe, seed]
    .filter((part) => part !== undefined)
    .join(" | ");

function read(name: string): Key {
  const [engine, set, model, fineTune, recipe, seed] = name.split(" | ");
  return {
    engine: engine!,
    set: set!,
    ...(model !== undefined && {
      model,
      fineTune: fineTune!,
      recipe: recipe!,
      seed: Number(seed),
    }),
  };
}

/** Means of test accuracy in percent that the all-layers recipe has to reach. */
const goals: Record<string, Record<string, number>> = {
  tiny: { trec6: 92.5, sst_sentences: 84, banking77: 90 },
  small: { trec6: 94, sst_sentences: 84.5, banking77: 91.5 },
};
/** Points between a mean and PyTorch's with the same recipe. */
const near = 0.5;

export const mean = (values: number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / values.length;

export interface Cell {
  accuracy: number;
  macroF1: number;
  seconds: number;
  seeds: number;
}

type Results = Record<string, Measured>;

/** Over seeds, in percent; undefined where nothing was measured. */
export function cell(results: Results, wanted: Key): Cell | undefined {
  const found = Object.entries(results).filter(([name]) => {
    const key = read(name);
    return (
      key.engine === wanted.engine &&
      key.set === wanted.set &&
      key.model === wanted.model &&
      key.fineTune === wanted.fineTune
    );
  });
  if (found.length === 0) return undefined;
  const of = (field: "accuracy" | "macroF1" | "seconds") =>
    mean(found.map(([, each]) => each[field]));
  return {
    accuracy: 100 * of("accuracy"),
    macroF1: 100 * of("macroF1"),
    seconds: of("seconds"),
    seeds: found.length,
  };
}

function namesIn(results: Results, field: "set" | "model"): string[] {
  const names = Object.keys(results).map((name) => read(name)[field]);
  return [...new Set(names)].filter((name) => name !== undefined);
}

/** Markdown: accuracy (macro-F1) in percent, means over seeds. */
export function table(results: Results, fineTune: string): string {
  const models = namesIn(results, "model");
  const columns = [
    { title: "bag of words", key: { engine: "words" } as Partial<Key> },
    ...models.flatMap((model) => [
      { title: model, key: { engine: "attune", model, fineTune } },
      { title: `${model}, PyTorch`, key: { engine: "torch", model, fineTune } },
    ]),
  ];
  const rows = namesIn(results, "set").map((set) => [
    set,
    ...columns.map(({ key }) => {
      const found = cell(results, { engine: "", set, ...key });
      return found
        ? `${found.accuracy.toFixed(1)} (${found.macroF1.toFixed(1)})`
        : "–";
    }),
  ]);
  return [["set", ...columns.map(({ title }) => title)], ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .toSpliced(1, 0, `| --- |${" ---: |".repeat(columns.length)}`)
    .join("\n");
}

/** Sentences about what misses its goal. */
export function judge(results: Results, fineTune: string): string[] {
  const failures: string[] = [];
  for (const set of namesIn(results, "set")) {
    const words = cell(results, { engine: "words", set });
    for (const model of namesIn(results, "model")) {
      const ours = cell(results, { engine: "attune", set, model, fineTune });
      const theirs = cell(results, { engine: "torch", set, model, fineTune });
      if (!ours) continue;
      const says = `${model} on ${set}: ${ours.accuracy.toFixed(2)}`;
      const goal = goals[model]?.[set];
      if (fineTune === "all layers" && goal && ours.accuracy < goal)
        failures.push(`${says}, goal ${goal}.`);
      if (theirs && Math.abs(ours.accuracy - theirs.accuracy) > near)
        failures.push(
          `${says}, PyTorch with the same recipe ${theirs.accuracy.toFixed(2)}: more than ${near} points apart.`,
        );
      if (words && ours.accuracy <= words.accuracy)
        failures.push(
          `${says}, not better than bag of words with ${words.accuracy.toFixed(2)}.`,
        );
    }
  }
  return failures;
}
