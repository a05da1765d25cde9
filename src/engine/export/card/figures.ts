// The figures of a model card, by task: in English, as the rest of it.

import { wilson } from "../../../statistics";
import { figuresOf, type Metric } from "../../../task";
import type { EvaluationProgress } from "../../protocol";
import { taskOf } from "../../tasks";

export const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const plain = (value: number) => value.toFixed(4);
/** What would break a row of a table. */
export const cell = (value: string) =>
  value.replace(/[|\\]/g, "\\$&").replace(/\s+/g, " ");

const columns: Record<Metric, [name: string, show: (value: number) => string]> =
  {
    accuracy: ["accuracy", percent],
    macroF1: ["macro-F1", percent],
    mcc: ["MCC", plain],
    microF1: ["micro-F1", percent],
    weightedF1: ["weighted F1", percent],
    subsetAccuracy: ["subset accuracy", percent],
    hammingLoss: ["Hamming loss", plain],
    meanAveragePrecision: ["mean average precision", percent],
    rmse: ["RMSE", plain],
    mae: ["MAE", plain],
    r2: ["R²", plain],
    pearson: ["Pearson", plain],
    spearman: ["Spearman", plain],
    maskedLoss: ["masked loss", plain],
    perplexity: ["perplexity", (value) => value.toFixed(2)],
    maskedAccuracy: ["accuracy of masked pieces", percent],
    entityF1: ["entity F1", percent],
    strictEntityF1: ["strict entity F1", percent],
    entityPrecision: ["entity precision", percent],
    entityRecall: ["entity recall", percent],
    tokenAccuracy: ["token accuracy", percent],
    argumentF1: ["argument F1", percent],
    strictArgumentF1: ["strict argument F1", percent],
    argumentPrecision: ["argument precision", percent],
    argumentRecall: ["argument recall", percent],
  };

/** "accuracy 93.0 %" */
export const inWords = (metric: Metric, value: number): string => {
  const [name, show] = columns[metric];
  return `${name} ${show(value)}`;
};

const row = (cells: string[]) => `| ${cells.join(" | ")} |`;
const rule = (count: number) => `|${"---|".repeat(count)}`;

/** One row a part. There is at least one. */
export function figuresTable(evaluations: EvaluationProgress[]): string[] {
  const { task } = evaluations[0]!;
  const { metrics } = figuresOf[task];
  const { note } = taskOf(task).exported;
  const withInterval = metrics.includes("accuracy");
  const heads = metrics.flatMap((metric) => [
    columns[metric][0],
    ...(withInterval && metric === "accuracy" ? ["95 % interval"] : []),
  ]);
  return [
    row(["part", "rows", ...heads, "loss"]),
    rule(heads.length + 3),
    ...evaluations.map((evaluation) =>
      row([
        evaluation.part,
        String(evaluation.count),
        ...metrics.flatMap((metric) => [
          columns[metric][1](evaluation[metric] ?? 0),
          ...(withInterval && metric === "accuracy"
            ? [interval(evaluation)]
            : []),
        ]),
        evaluation.loss.toFixed(4),
      ]),
    ),
    "",
    ...(note === "" ? [] : [note, ""]),
  ];
}

const interval = ({ accuracy = 0, count }: EvaluationProgress) =>
  count > 0 ? wilson(accuracy, count).map(percent).join(" – ") : "–";

/** What each label reached; empty where there are none. */
export function labelsTable(evaluation: EvaluationProgress): string[] {
  const table = taskOf(evaluation.task).exported.table(evaluation);
  if (table === null) return [];
  return [
    `On the ${evaluation.part} rows, by label:`,
    "",
    row(["label", ...table.heads]),
    rule(table.heads.length + 1),
    ...table.rows.map(({ label, shares, others }) =>
      row([cell(label), ...shares.map(percent), ...others]),
    ),
    "",
  ];
}
