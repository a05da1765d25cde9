// Runs → the README's tables, and whether the goals were met.

import type { Metric } from "../../../src/task.ts";
import type { MeasuredTask } from "./sets.ts";

/** "f1" is that of the one label that a set of pairs is about. */
export type Figure = Metric | "f1";
export type Figures = Partial<Record<Figure, number>>;

export interface Measured {
  /** Of runs before there were several, one label. */
  task?: MeasuredTask;
  /** On the test rows, as fractions; scores' errors in their own unit. */
  metrics?: Figures;
  /** Of one label the same once more, as runs before `metrics` have it. */
  accuracy?: number;
  macroF1?: number;
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

/** Sets that are judged alike. */
interface Group {
  task: MeasuredTask;
  /** For the corner of the table. */
  title: string;
  /** The one that is judged, and the one in brackets. */
  figures: [Figure, Figure];
  /** Before the number in a sentence. */
  name: string;
  /** Points between a mean and PyTorch's with the same recipe. */
  near: number;
  /** What needs no network, where that is not a bag of words. */
  baseline?: string;
}
const groups: Group[] = [
  {
    task: "one label",
    title: "set",
    figures: ["accuracy", "macroF1"],
    name: "",
    near: 0.5,
  },
  {
    task: "one label",
    title: "F1 of paraphrases (accuracy)",
    figures: ["f1", "accuracy"],
    name: "F1 ",
    near: 1,
  },
  {
    task: "many labels",
    title: "many labels: macro-F1 (micro-F1)",
    figures: ["macroF1", "microF1"],
    name: "macro-F1 ",
    near: 1,
  },
  {
    task: "score",
    title: "score: 100 × Pearson (R²)",
    figures: ["pearson", "r2"],
    name: "100 × Pearson ",
    near: 1,
  },
  {
    task: "spans",
    title: "spans: entity F1 (strict)",
    figures: ["entityF1", "strictEntityF1"],
    name: "entity F1 ",
    near: 1,
    baseline: "looked up",
  },
];

export const mean = (values: number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / values.length;

export interface Cell extends Figures {
  seconds: number;
  seeds: number;
}

/** A figure of a run, or undefined where it was not measured. */
const figureOf = (run: Measured, figure: Figure): number | undefined =>
  run.metrics?.[figure] ??
  (figure === "accuracy" || figure === "macroF1" ? run[figure] : undefined);

const taskOf = ({ task = "one label" }: Measured): MeasuredTask => task;

type Results = Record<string, Measured>;

/** Means over seeds, figures times 100; undefined where nothing was measured. */
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
  const cell: Cell = {
    seconds: mean(found.map(([, { seconds }]) => seconds)),
    seeds: found.length,
  };
  for (const figure of new Set(groups.flatMap(({ figures }) => figures))) {
    const values = found
      .map(([, run]) => figureOf(run, figure))
      .filter((value) => value !== undefined);
    if (values.length > 0) cell[figure] = 100 * mean(values);
  }
  return cell;
}

/** The runs of a group. */
const within = (
  results: Results,
  { task, figures: [figure] }: Group,
): Results =>
  Object.fromEntries(
    Object.entries(results).filter(
      ([, run]) => taskOf(run) === task && figureOf(run, figure) !== undefined,
    ),
  );

function namesIn(results: Results, field: "set" | "model"): string[] {
  const names = Object.keys(results).map((name) => read(name)[field]);
  return [...new Set(names)].filter((name) => name !== undefined);
}

/** Markdown, a table for each kind of set: means over seeds times 100, the judged figure first. */
export function table(results: Results, fineTune: string): string {
  const models = namesIn(results, "model");
  const columns = [
    { title: "", key: { engine: "words" } as Partial<Key> },
    ...models.flatMap((model) => [
      { title: model, key: { engine: "attune", model, fineTune } },
      { title: `${model}, PyTorch`, key: { engine: "torch", model, fineTune } },
    ]),
  ];
  const tables = groups.map((group) => {
    const own = within(results, group);
    const [first, second] = group.figures;
    const rows = namesIn(own, "set").map((set) => [
      set,
      ...columns.map(({ key }) => {
        const found = cell(own, { engine: "", set, ...key });
        return found ? `${shown(found[first])} (${shown(found[second])})` : "–";
      }),
    ]);
    if (rows.length === 0) return "";
    const { baseline = "bag of words" } = group;
    const heads = columns.map(({ title }) => title || baseline);
    return [[group.title, ...heads], ...rows]
      .map((cells) => `| ${cells.join(" | ")} |`)
      .toSpliced(1, 0, `| --- |${" ---: |".repeat(columns.length)}`)
      .join("\n");
  });
  return tables.filter(Boolean).join("\n\n");
}

const shown = (figure: number | undefined): string => figure?.toFixed(1) ?? "–";

/** "accuracy 0.9300, macroF1 0.9210" */
export const said = ({ metrics = {} }: Measured): string =>
  Object.entries(metrics)
    .map(([name, value]) => `${name} ${value.toFixed(4)}`)
    .join(", ");

/** Sentences about what misses its goal. */
export function judge(results: Results, fineTune: string): string[] {
  const failures: string[] = [];
  for (const group of groups) {
    const own = within(results, group);
    const { near, name } = group;
    const figure = (key: Key) => cell(own, key)?.[group.figures[0]];
    for (const set of namesIn(own, "set")) {
      const words = figure({ engine: "words", set });
      for (const model of namesIn(own, "model")) {
        const ours = figure({ engine: "attune", set, model, fineTune });
        const theirs = figure({ engine: "torch", set, model, fineTune });
        if (ours === undefined) continue;
        const says = `${model} on ${set}: ${name}${ours.toFixed(2)}`;
        // Numbers to be reached are those of accuracy.
        const plain = group === groups[0];
        const goal = plain ? goals[model]?.[set] : undefined;
        if (fineTune === "all layers" && goal && ours < goal)
          failures.push(`${says}, goal ${goal}.`);
        if (theirs !== undefined && Math.abs(ours - theirs) > near)
          failures.push(
            `${says}, PyTorch with the same recipe ${theirs.toFixed(2)}: more than ${near} point${near === 1 ? "" : "s"} apart.`,
          );
        if (plain && words !== undefined && ours <= words)
          failures.push(
            `${says}, not better than bag of words with ${words.toFixed(2)}.`,
          );
      }
    }
  }
  return failures;
}
