// What is asked of weights without changing them: predictions, attention, figures
// on a table, a file.

import { exportRun as exported, folderOf } from "../export";
import type { Dataset } from "../../data";
import { Failure } from "../../said";
import { evaluateParts } from "../evaluate";
import { captureAttention } from "../explain/attention";
import { predict } from "../predict";
import type {
  AttentionCapture,
  Calls,
  EvaluationProgress,
  ExportedFile,
  Prediction,
  Progress,
} from "../protocol";
import { isPooler } from "../model/parameters";
import type { Weights } from "../model/weights";
import { taskOf } from "../tasks";
import type { FinishedRun } from "./finished";
import type { Session } from "./session";

export async function predictions(
  session: Session,
  ...[inputs, from = session.answering]: Parameters<Calls["predict"]>
): Promise<Prediction[]> {
  // Of a lost device this says more than that nothing is trained.
  session.haveDevice();
  const reader =
    from === "model" ? await session.loadedReader() : session.trained?.reader;
  if (!reader?.trained) throw new Failure("nothing trained to predict");
  return predict(reader, inputs, session.control);
}

export async function attention(
  session: Session,
  ...[input, from = session.shown]: Parameters<Calls["attention"]>
): Promise<AttentionCapture> {
  session.haveDevice();
  const { trained, control } = session;
  if (trained && from === "run")
    return captureAttention(trained.reader, input, trained.step, control);
  const reader = await session.loadedReader();
  const maxTokens = Math.min(128, reader.maxTokens);
  return captureAttention({ ...reader, maxTokens }, input, 0, control);
}

export async function evaluation(
  session: Session,
  report: (progress: Progress) => void,
  dataset: Dataset,
): Promise<EvaluationProgress[]> {
  const reader = await session.loadedReader();
  const { name, labels } = session.loaded.report;
  if (!reader.trained || !labels)
    throw new Failure("evaluate: no classifier", { model: name });
  const parts = evaluateParts(
    reader,
    { name, labels },
    dataset,
    session.control,
  );
  let next = await parts.next();
  for (; !next.done; next = await parts.next()) report(next.value);
  return next.value;
}

export async function exportRun(
  session: Session,
  ...[format, name]: Parameters<Calls["exportRun"]>
): Promise<ExportedFile> {
  const { run, weights } = await finished(session);
  return exported(format, run, weights, name);
}

export async function baseModel(
  session: Session,
  ...[name]: Parameters<Calls["baseModel"]>
): Promise<ExportedFile[]> {
  const { run, weights } = await finished(session);
  if (run.dataset.task !== "masked words")
    throw new Error(`internal: ${run.dataset.task} as a base model`);
  // What it was trained on is in its export; a base model is read like any other.
  return folderOf(run, weights, name).filter(
    (file) => file.name !== "attune.json",
  );
}

/** The run that ended, and its weights as others will read them. */
async function finished(
  session: Session,
): Promise<{ run: FinishedRun; weights: Weights }> {
  session.requireIdle("busy: export");
  session.haveDevice();
  const { trained, control } = session;
  if (!trained?.finished) throw new Failure("nothing trained to export");
  const weights = await control.read(trained.classifier.read());
  // Guessing words needs no pooler; what starts from these weights may.
  if (trained.task === "masked words")
    for (const [at, array] of trained.model.weights)
      if (isPooler(at)) weights.set(at, array);
  const [weight, bias] = ["classifier.weight", "classifier.bias"].map((name) =>
    weights.get(name),
  );
  // Elsewhere nobody knows how the run's answers were decoded here.
  if (weight && bias)
    taskOf(trained.task).undone(
      { weight: weight.data, bias: bias.data },
      trained.reader.decoding,
    );
  return { run: trained.finished, weights };
}
