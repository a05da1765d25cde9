// config.json: the model's own, with what this run made of it.

import { taskOf } from "../tasks";
import type { FinishedRun } from "./record";

/** What was true of the file that was read, or points away from it. `dtype` is what newer versions call torch_dtype. */
const notOurs = [
  "id2label",
  "label2id",
  "_name_or_path",
  "auto_map",
  "dtype",
  "quantization_config",
  "attune",
];

export function configJson({ model, dataset, options, summary }: FinishedRun) {
  const raw = Object.entries(model.config.raw).filter(
    ([key, value]) => !notOurs.includes(key) && value !== undefined,
  );
  const { architecture, problemType } = taskOf(dataset.task).exported;
  const { thresholds } = summary;
  return {
    ...Object.fromEntries(raw),
    architectures: [architecture],
    model_type: "bert",
    hidden_dropout_prob: options.dropout,
    attention_probs_dropout_prob: options.dropout,
    classifier_dropout: null,
    ...(dataset.labels.length > 0 && named(dataset.labels)),
    problem_type: problemType,
    torch_dtype: "float32",
    // transformers keeps what it does not know.
    ...(thresholds && {
      attune: {
        thresholds: Object.fromEntries(
          dataset.labels.map((label, i) => [label, thresholds[i]]),
        ),
      },
    }),
  };
}

const named = (labels: string[]) => ({
  id2label: Object.fromEntries(labels.map((label, id) => [id, label])),
  label2id: Object.fromEntries(labels.map((label, id) => [label, id])),
});
