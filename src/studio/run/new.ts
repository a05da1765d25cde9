// What is known of a run before its first step.

import type { Dataset } from "../../data";
import { sourceOf } from "../former";
import type { DatasetInfo, Mapping, Run, TableView } from "../state";

/** All that decides what a run will be, and what it says of where it came from. */
export interface Beginning extends Pick<
  Run,
  "model" | "executor" | "options" | "baselines"
> {
  dataset: Dataset;
  mapping: Mapping;
  table: TableView | null;
}

export function newRun(
  id: number,
  { dataset, mapping, table, ...decided }: Beginning,
): Run {
  const onAll = decided.options.decidedBy !== undefined;
  return {
    id,
    name: `${slug(dataset.name)}-${id}${onAll ? "-all" : ""}`,
    dataset: infoOf(dataset),
    ...decided,
    // Those are of other rows: here, none are held out.
    baselines: onAll ? null : decided.baselines,
    source: sourceOf(table, mapping),
    rows: table?.rows ?? 0,
    exported: false,
    startedAt: Date.now(),
    summary: null,
    problem: null,
    validation: null,
  };
}

const infoOf = (dataset: Dataset): DatasetInfo => ({
  task: dataset.task,
  name: dataset.name,
  labels: dataset.labels,
  fingerprint: dataset.fingerprint,
  train: dataset.train.count,
  validation: dataset.validation.count,
  test: dataset.test?.count ?? 0,
  pairs: dataset.train.textsB !== null,
});

/** A file-name form of a table's name. */
function slug(name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return plain || "run";
}
