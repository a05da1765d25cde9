// What a model learns to say of a text. The one union: data, engine, export and
// views each keep one table by it, so that a task is one file in each of their rooms.

export const TASKS = [
  "one label",
  "many labels",
  "score",
  "spans",
  "roles",
  "masked words",
] as const;
export type Task = (typeof TASKS)[number];

/** A figure of an evaluation that is one number. */
export const METRICS = [
  "accuracy",
  "macroF1",
  "mcc",
  "microF1",
  "weightedF1",
  "subsetAccuracy",
  "hammingLoss",
  "meanAveragePrecision",
  "rmse",
  "mae",
  "r2",
  "pearson",
  "spearman",
  "maskedLoss",
  "perplexity",
  "maskedAccuracy",
  "entityF1",
  "strictEntityF1",
  "entityPrecision",
  "entityRecall",
  "tokenAccuracy",
  "argumentF1",
  "strictArgumentF1",
  "argumentPrecision",
  "argumentRecall",
] as const;
export type Metric = (typeof METRICS)[number];
export type Metrics = Partial<Record<Metric, number>>;

export interface TaskFigures {
  /** All of them, in the order in which they are shown. */
  metrics: readonly Metric[];
  /** The two that are shown large and drawn while it trains: the second judges which weights are kept, unless `judge` does. */
  headlines: readonly [Metric, Metric];
  judge?: Metric;
}

export const figuresOf: Record<Task, TaskFigures> = {
  "one label": {
    metrics: ["accuracy", "macroF1", "mcc"],
    headlines: ["accuracy", "macroF1"],
  },
  "many labels": {
    metrics: [
      "microF1",
      "macroF1",
      "weightedF1",
      "subsetAccuracy",
      "hammingLoss",
      "meanAveragePrecision",
    ],
    headlines: ["microF1", "macroF1"],
  },
  score: {
    metrics: ["rmse", "mae", "r2", "pearson", "spearman"],
    headlines: ["pearson", "r2"],
  },
  spans: {
    metrics: [
      "entityF1",
      "strictEntityF1",
      "entityPrecision",
      "entityRecall",
      "tokenAccuracy",
    ],
    headlines: ["strictEntityF1", "entityF1"],
  },
  roles: {
    metrics: [
      "argumentF1",
      "strictArgumentF1",
      "argumentPrecision",
      "argumentRecall",
      "tokenAccuracy",
    ],
    headlines: ["strictArgumentF1", "argumentF1"],
  },
  "masked words": {
    metrics: ["maskedLoss", "perplexity", "maskedAccuracy"],
    headlines: ["maskedAccuracy", "perplexity"],
    judge: "maskedLoss",
  },
};

/** The figure by which one evaluation is better than another. */
export const judgedBy = (task: Task): Metric =>
  figuresOf[task].judge ?? figuresOf[task].headlines[1];

const lower: readonly Metric[] = [
  ...(["hammingLoss", "rmse", "mae"] as const),
  ...(["maskedLoss", "perplexity"] as const),
];
/** Of all others higher is better. */
export const lowerIsBetter = (metric: Metric): boolean =>
  lower.includes(metric);

export const isTask = (word: string): word is Task =>
  (TASKS as readonly string[]).includes(word);

/** The figures of an evaluation that are one number, by the names of its task. */
export function metricsOf({
  task,
  ...figures
}: Metrics & { task: Task }): Metrics {
  const metrics: Metrics = {};
  for (const name of figuresOf[task].metrics) {
    const value = figures[name];
    if (value !== undefined) metrics[name] = value;
  }
  return metrics;
}
