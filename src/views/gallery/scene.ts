// What a scene of the gallery is, whatever its task.

import type {
  Baselines,
  EvaluationProgress,
  LabelOverview,
  Mapping,
  Prediction,
  TableView,
  Task,
  TextInput,
} from "../../studio";

export interface Scene {
  task: Task;
  labels: string[];
  pairs: boolean;
  /** What is watched; "" for nothing. */
  sentence: string;
  /** Done and planned. */
  steps: number;
  planned: number;
  /** Of one that knows nothing. */
  firstLoss: number;
  baselines: Baselines;
  /** What stands in the data panel; without it there is none. */
  data?: { table: TableView; mapping: Mapping; overview: LabelOverview };
  evaluationAt(
    step: number,
    part: EvaluationProgress["part"],
  ): EvaluationProgress;
  answer(input: TextInput): Prediction;
}

/** A table of these columns, as if it had been read from a file. */
export function tableOf(
  name: string,
  rows: number,
  mapping: Mapping,
  columns: string[],
  preview: string[][],
): TableView {
  return {
    files: [
      {
        name,
        bytes: 84_000,
        rows,
        role: "train",
        format: "csv",
        encoding: "utf-8",
        delimiter: ",",
        header: true,
        chosen: { delimiter: null, header: null, encoding: null },
        problems: [],
        warnings: [],
      },
    ],
    columns,
    rows,
    preview,
    guess: mapping,
    why: { code: "data.name" },
  };
}

/** An overview in which all is well. */
export function overviewOf(
  usable: number,
  labels: LabelOverview["labels"],
): LabelOverview {
  return {
    labels,
    usable,
    setAside: [],
    merged: [],
    parts: { train: usable, validation: 0, test: 0 },
    checks: [],
    lengths: { median: 60, p95: 140, max: 420 },
  };
}
