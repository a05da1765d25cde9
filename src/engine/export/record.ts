// What is kept of a run for its export, and attune.json: everything that is
// needed to repeat the run.

import { version } from "../../../package.json";
import type { Dataset } from "../../data";
import { metricsOf, type Task } from "../../task";
import type { Value } from "../../said";
import type { LoadedModel } from "../model";
import type {
  DeviceReport,
  EvaluationProgress,
  RunSummary,
  TrainingOptions,
} from "../protocol";
import { taskOf } from "../tasks";

/** What is kept of a run for its export: no texts. */
export interface FinishedRun {
  model: LoadedModel;
  dataset: DatasetRecord;
  options: TrainingOptions;
  summary: RunSummary;
  device: DeviceReport;
  /** When the run ended. */
  date: Date;
}

export interface DatasetRecord {
  task: Task;
  name: string;
  labels: string[];
  fingerprint: string;
  rows: { train: number; validation: number; test: number | null };
  pairs: boolean;
  /** Rows per label in the training part; empty of scores. */
  trainCounts: number[];
  rowHashes: Dataset["rowHashes"];
}

export function recordDataset(dataset: Dataset): DatasetRecord {
  const { task, name, labels, fingerprint } = dataset;
  const { train, validation, test } = dataset;
  return {
    task,
    name,
    labels,
    fingerprint,
    rows: {
      train: train.count,
      validation: validation.count,
      test: test && test.count,
    },
    pairs: train.textsB !== null,
    trainCounts: taskOf(task).labelRows(train.targets, labels.length),
    rowHashes: dataset.rowHashes,
  };
}

function hexRows(packed: Uint8Array): string[] {
  const hashes: string[] = [];
  for (let at = 0; at < packed.length; at += 8)
    hashes.push(
      Array.from(packed.subarray(at, at + 8), (byte) =>
        byte.toString(16).padStart(2, "0"),
      ).join(""),
    );
  return hashes;
}

const scores = (evaluation: EvaluationProgress | null) =>
  evaluation && {
    step: evaluation.step,
    loss: evaluation.loss,
    ...metricsOf(evaluation),
    ...taskOf(evaluation.task).exported.details(evaluation),
  };

export function attuneJson(run: FinishedRun, name: string) {
  const { model, dataset, options, summary, date } = run;
  const { rowHashes, ...data } = dataset;
  const { validation, test, ...outcome } = summary;
  return {
    attune: version,
    run: name,
    date: date.toISOString(),
    task: dataset.task,
    model: model.report,
    options,
    schedule: "linear warm-up, linear decay",
    clipping: 1,
    data,
    results: {
      ...outcome,
      validation: scores(validation),
      test: scores(test),
    },
    device: {
      executor: summary.executor,
      detail: executorDetail(run),
    },
    splits: {
      about:
        "The first 8 bytes of SHA-256 of each row's text or texts and label, in hex.",
      train: hexRows(rowHashes.train),
      validation: hexRows(rowHashes.validation),
      test: rowHashes.test && hexRows(rowHashes.test),
    },
  };
}

/** What the run was trained on, beyond the executor's name; "" where nothing is known of it. */
export function executorDetail({ summary, device }: FinishedRun): string {
  const executor = device.executors.find(
    ({ name }) => name === summary.executor,
  );
  return inProse(executor?.detail ?? "");
}

/** What an executor is, in the language of what is exported: English, whatever the page speaks. */
function inProse(detail: Value): string {
  if (typeof detail !== "object" || !("code" in detail)) return String(detail);
  const { code, values = {} } = detail;
  switch (code) {
    case "threads":
      return `${String(values.count)} ${values.count === 1 ? "thread" : "threads"}`;
    case "adapter: software":
      return `${inProse(values.name ?? "")} (software)`;
    case "adapter: unknown":
      return "unknown adapter";
    default:
      return code;
  }
}
