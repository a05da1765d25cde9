// The model card, README.md: English prose by design, whatever the page speaks,
// since it is for whoever finds the folder.

import { version } from "../../../package.json";
import { wilson } from "../../statistics";
import { executorDetail, type FinishedRun } from "./record";

const cell = (value: string) =>
  value.replace(/[|\\]/g, "\\$&").replace(/\s+/g, " ");
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const between = (share: number, count: number) =>
  count > 0 ? wilson(share, count).map(percent).join(" – ") : "–";

export function modelCard(run: FinishedRun, name: string): string {
  const { model, dataset, options, summary, date } = run;
  const detail = executorDetail(run);
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
    `| executor | ${summary.executor}${detail && ` (${cell(detail)})`} |`,
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
