// What is kept of a run for its export, and attune.json: everything that is
// needed to repeat the run.

import { version } from "../../../package.json";
import type { Dataset } from "../../data";
import type { Value } from "../../said";
import type { LoadedModel } from "../model";
import type {
  Confusion,
  DeviceReport,
  EvaluationProgress,
  RunSummary,
  TrainingOptions,
} from "../protocol";
import { confusionCells, denseConfusion } from "../tasks/labels/confusion";

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
  name: string;
  labels: string[];
  fingerprint: string;
  rows: { train: number; validation: number; test: number | null };
  pairs: boolean;
  /** Rows per label in the training part. */
  trainCounts: number[];
  rowHashes: Dataset["rowHashes"];
}

export function recordDataset(dataset: Dataset): DatasetRecord {
  const { name, labels, fingerprint, train, validation, test } = dataset;
  const trainCounts = labels.map(() => 0);
  for (const label of train.labels) trainCounts[label]!++;
  return {
    name,
    labels,
    fingerprint,
    rows: {
      train: train.count,
      validation: validation.count,
      test: test && test.count,
    },
    pairs: train.textsB !== null,
    trainCounts,
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
    accuracy: evaluation.accuracy,
    macroF1: evaluation.macroF1,
    perClass: evaluation.perClass,
    ...confusionJson(evaluation.confusion),
  };

/** Row-major [label, predicted]; beyond 100 labels only what is not 0. */
const confusionJson = (confusion: Confusion) =>
  confusion.labels <= 100
    ? { confusion: denseConfusion(confusion) }
    : { confusionCells: confusionCells(confusion) };

export function attuneJson(run: FinishedRun, name: string) {
  const { model, dataset, options, summary, date } = run;
  const { rowHashes, ...data } = dataset;
  const { validation, test, ...outcome } = summary;
  return {
    attune: version,
    run: name,
    date: date.toISOString(),
    task: "classify texts",
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
