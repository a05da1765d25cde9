// A former classifier's rows mean its labels, not numbers: they are used again
// only under the same names, in whatever order the data has them.

import { classifierBias, classifierWeight } from "../parameters";
import type { Weights } from "./weights";
import type { BertConfig } from "./config";
import type { Task } from "../../task";

/** The former classifier's labels in the order of its rows; null where there is none. */
export function formerLabels(
  config: BertConfig,
  weights: Weights,
): string[] | null {
  const { shape } = weights.get(classifierWeight) ?? { shape: [] };
  const [rows] = shape;
  if (
    rows === undefined ||
    shape.length !== 2 ||
    shape[1] !== config.hidden_size
  )
    return null;
  const { id2label, label2id } = config.raw as Record<string, unknown>;
  const names = new Map<number, string>();
  if (label2id !== null && typeof label2id === "object")
    for (const [name, id] of Object.entries(label2id))
      if (typeof id === "number") names.set(id, name);
  if (id2label !== null && typeof id2label === "object")
    for (const [id, name] of Object.entries(id2label))
      if (typeof name === "string") names.set(Number(id), name);
  // As Python names what config.json does not.
  return Array.from(
    { length: rows },
    (_, id) => names.get(id) ?? `LABEL_${id}`,
  );
}

const problems: Partial<Record<string, Task>> = {
  single_label_classification: "one label",
  multi_label_classification: "many labels",
  regression: "score",
};

/** What the former classifier was made for; null where there is none, or none that is known. */
export function formerTask(
  config: BertConfig,
  labels: string[] | null,
): Task | null {
  if (labels === null) return null;
  const { problem_type, architectures } = config.raw as Record<string, unknown>;
  if (
    Array.isArray(architectures) &&
    architectures.some((name) => /ForTokenClassification$/.test(String(name)))
  )
    return labels.length > 1 ? "spans" : null;
  // As transformers takes what says nothing: one output is a number.
  const task =
    problem_type == null
      ? labels.length > 1
        ? "one label"
        : "score"
      : problems[String(problem_type)];
  if (task === undefined) return null;
  if (task === "one label") return labels.length > 1 ? task : null;
  return task === "score" && labels.length !== 1 ? null : task;
}

/** From which probability on each label is given, as the run before has tuned it. */
export function formerThresholds(
  config: BertConfig,
  labels: string[],
): number[] {
  const { attune } = config.raw as { attune?: { thresholds?: unknown } };
  const known = new Map(
    Object.entries(
      attune?.thresholds !== null && typeof attune?.thresholds === "object"
        ? attune.thresholds
        : {},
    ),
  );
  return labels.map((label) => {
    const threshold: unknown = known.get(label);
    return typeof threshold === "number" && threshold > 0 && threshold < 1
      ? threshold
      : 0.5;
  });
}

const plain = (label: string) => label.normalize("NFC").trim().toLowerCase();

/** Row of the former classifier for each label of the data; null where the names are not the same ones. */
export function formerRows(
  former: string[],
  labels: string[],
): number[] | null {
  return former.length === labels.length ? rowsNamed(former, labels) : null;
}

/** As `formerRows`, for data that may lack some of the labels; null where it has others. */
export function rowsNamed(former: string[], labels: string[]): number[] | null {
  for (const key of [(label: string) => label, plain]) {
    const rows = new Map(former.map((label, row) => [key(label), row]));
    const found = labels.map((label) => rows.get(key(label)));
    if (rows.size === former.length && new Set(found).size === labels.length)
      if (found.every((row) => row !== undefined)) return found;
  }
  return null;
}

/** What a run's outputs are to mean. */
export interface HeadFor {
  task: Task;
  labels: string[];
}

/** The weights to start from for these labels: the former classifier's rows in their order, or none of them. */
export function withHead(
  config: BertConfig,
  weights: Weights,
  { task, labels }: HeadFor,
): Weights {
  const known = formerLabels(config, weights);
  // A score is learned in a scale of its own; other heads answer another question.
  // config.json knows tags of words; which words they are asked of, their names tell.
  const asked = task === "roles" ? "spans" : task;
  const former =
    task !== "score" && formerTask(config, known) === asked ? known : null;
  const weight = weights.get(classifierWeight);
  const bias = weights.get(classifierBias);
  const rest = new Map(weights);
  rest.delete(classifierWeight);
  rest.delete(classifierBias);
  const rows = former && formerRows(former, labels);
  if (rows === null) return rest;
  const H = config.hidden_size;
  const permuted = new Float32Array(rows.length * H);
  rows.forEach((row, label) =>
    permuted.set(weight!.data.subarray(row * H, (row + 1) * H), label * H),
  );
  rest.set(classifierWeight, { shape: [rows.length, H], data: permuted });
  if (bias?.data.length === rows.length)
    rest.set(classifierBias, {
      shape: [rows.length],
      data: Float32Array.from(rows, (row) => bias.data[row]!),
    });
  return rest;
}
