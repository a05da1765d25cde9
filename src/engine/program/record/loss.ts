// Where the way back begins: what the labels say of the logits, or what was chosen of them.

import { Loss, LossKind } from "../../kernels/operands";
import type { Head } from "../../parameters";
import { most } from "../operations";
import type { Matrix, Recorder } from "../recorder";

const lossOf: Record<Exclude<Head, "sentence">, LossKind> = {
  labels: LossKind.softmax,
  "many labels": LossKind.sigmoid,
  score: LossKind.squared,
  tokens: LossKind.softmax,
  words: LossKind.softmax,
};

/** The gradient of the logits. */
export function seed(recorder: Recorder, logits: Matrix): Matrix {
  return recorder.pass.from === "chosen"
    ? { ...logits, ...recorder.table("chosen") }
    : loss(recorder, logits);
}

export function loss(recorder: Recorder, logits: Matrix): Matrix {
  const { kind } = recorder.job;
  if (kind === "sentence")
    throw new Error("internal: embeddings have no loss of their own");
  const d = recorder.matrix("dlogits", logits.rows, logits.cols);
  recorder.push(
    "loss",
    "loss and dlogits",
    {
      [Loss.rows]: { size: logits.rows },
      [Loss.classes]: logits.cols,
      [Loss.logits]: logits,
      [Loss.ld]: logits.ld,
      [Loss.dLogits]: d,
      [Loss.labels]: recorder.table("labels"),
      [Loss.classWeights]: recorder.table("classWeights"),
      [Loss.which]: lossOf[kind],
      [Loss.rowLoss]: recorder.table("rowLoss"),
    },
    [logits],
    [d],
    10 * most(logits.rows) * logits.cols,
  );
  return d;
}
