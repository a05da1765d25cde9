// A finished run → the folder that `transformers` reads, as one zip. Everything
// needed to repeat the run lies beside the weights, in attune.json.

import { strToU8, zipSync, type Zippable } from "fflate";
import { version } from "../../../package.json";
import type { Dataset } from "../../data";
import type { Value } from "../../said";
import { wilson } from "../../statistics";
import { confusionCells, denseConfusion } from "../tasks/labels/confusion";
import type { LoadedModel } from "../model";
import type {
  Confusion,
  DeviceReport,
  EvaluationProgress,
  ExportedFile,
  RunSummary,
  TrainingOptions,
} from "../protocol";
import { writeSafetensors, type Weights } from "../model/weights";

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

export function exportHuggingFace(
  run: FinishedRun,
  weights: Weights,
  name: string,
): ExportedFile {
  const { model } = run;
  const { tokenizer } = model;
  const json = (value: unknown) =>
    strToU8(JSON.stringify(value, null, 2) + "\n");
  const files: Zippable = {
    "README.md": strToU8(modelCard(run, name)),
    "attune.json": json(attuneJson(run, name)),
    "config.json": json(configJson(run)),
    // Float32 hardly shrinks: not worth the seconds.
    "model.safetensors": [
      writeSafetensors(weights, { format: "pt" }),
      { level: 0 },
    ],
    "tokenizer.json": strToU8(tokenizer.tokenizerJson()),
    "tokenizer_config.json": strToU8(
      tokenizer.tokenizerConfig(model.config.max_position_embeddings),
    ),
    "vocab.txt": strToU8(tokenizer.vocabTxt()),
  };
  return {
    name: `${fileName(name)}-huggingface.zip`,
    bytes: zipSync(files, { mtime: run.date }) as Uint8Array<ArrayBuffer>,
  };
}

/** Safe on every file system. */
const fileName = (name: string) =>
  name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "") ||
  "run";

/** What was true of the file that was read, or points away from it. `dtype` is what newer versions call torch_dtype. */
const notOurs = ["_name_or_path", "auto_map", "dtype", "quantization_config"];

function configJson({ model, dataset, options }: FinishedRun) {
  const raw = Object.entries(model.config.raw).filter(
    ([key, value]) => !notOurs.includes(key) && value !== undefined,
  );
  return {
    ...Object.fromEntries(raw),
    architectures: ["BertForSequenceClassification"],
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
    problem_type: "single_label_classification",
    torch_dtype: "float32",
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

function attuneJson(run: FinishedRun, name: string) {
  const { model, dataset, options, summary, device, date } = run;
  const executor = device.executors.find(
    ({ name }) => name === summary.executor,
  );
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
      detail: inProse(executor?.detail ?? ""),
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

const cell = (value: string) =>
  value.replace(/[|\\]/g, "\\$&").replace(/\s+/g, " ");
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const between = (share: number, count: number) =>
  count > 0 ? wilson(share, count).map(percent).join(" – ") : "–";

function modelCard(run: FinishedRun, name: string): string {
  const { model, dataset, options, summary, device, date } = run;
  const executor = device.executors.find(
    ({ name }) => name === summary.executor,
  );
  const figures = (["validation", "test"] as const).flatMap((part) => {
    const evaluation = summary[part];
    return evaluation
      ? [
          `| ${part} | ${dataset.rows[part]} | ${percent(evaluation.accuracy)} | ${between(evaluation.accuracy, dataset.rows[part] ?? 0)} | ${percent(evaluation.macroF1)} | ${evaluation.loss.toFixed(4)} |`,
        ]
      : [];
  });
  const best = summary.test ?? summary.validation;
  const perClass = best
    ? [
        `On the ${best.part} rows, by label:`,
        "",
        "| label | precision | recall | F1 | support |",
        "|---|---|---|---|---|",
        ...best.perClass.map(
          ({ label, precision, recall, f1, support }) =>
            `| ${cell(label)} | ${percent(precision)} | ${percent(recall)} | ${percent(f1)} | ${support} |`,
        ),
        "",
      ]
    : [];
  return [
    "---",
    "library_name: transformers",
    "pipeline_tag: text-classification",
    "tags: [attune, bert]",
    "---",
    "",
    `# ${name}`,
    "",
    `A BERT text classifier, fine-tuned from \`${model.report.name}\` in the browser with Attune ${version} on ${date.toISOString().slice(0, 10)}.`,
    "",
    "## Figures",
    "",
    ...(figures.length > 0
      ? [
          "| part | rows | accuracy | 95 % interval | macro-F1 | loss |",
          "|---|---|---|---|---|---|",
          ...figures,
          "",
          "Intervals are Wilson's: what the number of rows lets one say of the accuracy.",
          "",
          ...perClass,
        ]
      : [
          options.decidedBy
            ? "All rows were trained on: nothing was held out, so no figure is claimed for these weights."
            : "The run was stopped before its first evaluation: nothing was measured.",
          "",
        ]),
    ...(options.decidedBy
      ? [
          `How long to train was decided by the run \`${options.decidedBy.run}\`, which trained on fewer rows with the same options: accuracy ${percent(options.decidedBy.accuracy)} and macro-F1 ${percent(options.decidedBy.macroF1)} on the ${options.decidedBy.validation} rows it held out.`,
          "",
        ]
      : []),
    `The weights are those of step ${summary.bestStep} of ${summary.step} done (${summary.steps} planned; ${summary.outcome}).`,
    "",
    "## Data",
    "",
    `\`${dataset.name}\`: ${dataset.rows.train} rows to train on, ${dataset.rows.validation} to validate${dataset.rows.test === null ? "" : `, ${dataset.rows.test} to test`}.`,
    "",
    `Fingerprint (SHA-256 of labels, texts and split): \`${dataset.fingerprint}\`. The rows themselves are not in this folder; attune.json lists their hashes by part.`,
    "",
    "| label | training rows |",
    "|---|---|",
    ...dataset.labels.map(
      (label, i) => `| ${cell(label)} | ${dataset.trainCounts[i]} |`,
    ),
    "",
    "## Training",
    "",
    "| option | value |",
    "|---|---|",
    ...Object.entries(options)
      .filter(([, value]) => typeof value !== "object")
      .map(([key, value]) => `| ${key} | ${value} |`),
    ...(summary.features
      ? [
          `| the head reads | ${summary.features === "mean" ? "the mean of all tokens, by a last layer that averages" : "the pooler's output for [CLS]"} |`,
        ]
      : []),
    `| executor | ${summary.executor}${executor?.detail ? ` (${cell(inProse(executor.detail))})` : ""} |`,
    `| duration | ${summary.seconds.toFixed(0)} s, ${summary.tokens} tokens |`,
    "",
    "AdamW (no decay on biases and LayerNorm), linear warm-up and decay, gradients clipped at global norm 1.0.",
    "",
    "## Use",
    "",
    "```python",
    "from transformers import pipeline",
    "",
    `classify = pipeline("text-classification", model="path/to/this/folder", top_k=None)`,
    dataset.pairs
      ? `print(classify({"text": "first text", "text_pair": "second text"}))`
      : `print(classify("a text", truncation=True, max_length=${options.maxTokens}))`,
    "```",
    "",
  ].join("\n");
}
