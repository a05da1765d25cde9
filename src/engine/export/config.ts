// config.json: the model's own, with what this run made of it.

import type { FinishedRun } from "./record";

/** What config.json says of each task: one line a task. */
const ofTask = {
  labels: {
    architectures: ["BertForSequenceClassification"],
    problem_type: "single_label_classification",
  },
};

/** What was true of the file that was read, or points away from it. `dtype` is what newer versions call torch_dtype. */
const notOurs = ["_name_or_path", "auto_map", "dtype", "quantization_config"];

export function configJson({ model, dataset, options }: FinishedRun) {
  const raw = Object.entries(model.config.raw).filter(
    ([key, value]) => !notOurs.includes(key) && value !== undefined,
  );
  const { architectures, problem_type } = ofTask.labels;
  return {
    ...Object.fromEntries(raw),
    architectures,
    model_type: "bert",
    hidden_dropout_prob: options.dropout,
    attention_probs_dropout_prob: options.dropout,
    classifier_dropout: null,
    id2label: Object.fromEntries(
      dataset.labels.map((label, id) => [id, label]),
    ),
    label2id: Object.fromEntries(
      dataset.labels.map((label, id) => [label, id]),
    ),
    problem_type,
    torch_dtype: "float32",
  };
}
