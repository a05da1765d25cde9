// The model card, README.md: English prose by design, whatever the page speaks,
// since it is for whoever finds the folder.

import { version } from "../../../package.json";
import { figuresOf } from "../../task";
import { taskOf } from "../tasks";
import { cell, figuresTable, inWords, labelsTable } from "./card/figures";
import { executorDetail, type FinishedRun } from "./record";

export function modelCard(run: FinishedRun, name: string): string {
  const { model, dataset, options, summary, date } = run;
  const detail = executorDetail(run);
  const evaluations = [summary.validation, summary.test].filter(
    (evaluation) => evaluation !== null,
  );
  const best = summary.test ?? summary.validation;
  const {
    pipeline,
    what,
    use,
    imports = ["from transformers import pipeline"],
  } = taskOf(dataset.task).exported;
  const call = (pipe: string) =>
    dataset.pairs
      ? `${pipe}({"text": "first text", "text_pair": "second text"})`
      : `${pipe}("a text", truncation=True, max_length=${options.maxTokens})`;
  return [
    "---",
    "library_name: transformers",
    `pipeline_tag: ${pipeline}`,
    "tags: [attune, bert]",
    "---",
    "",
    `# ${name}`,
    "",
    `${what}, fine-tuned from \`${model.report.name}\` in the browser with Attune ${version} on ${date.toISOString().slice(0, 10)}.`,
    "",
    "## Figures",
    "",
    ...(evaluations.length > 0
      ? [...figuresTable(evaluations), ...(best ? labelsTable(best) : [])]
      : [
          options.decidedBy
            ? "All rows were trained on: nothing was held out, so no figure is claimed for these weights."
            : "The run was stopped before its first evaluation: nothing was measured.",
          "",
        ]),
    ...(options.decidedBy
      ? [
          `How long to train was decided by the run \`${options.decidedBy.run}\`, which trained on fewer rows with the same options: ${figuresOf[dataset.task].headlines.map((metric) => inWords(metric, options.decidedBy?.metrics[metric] ?? 0)).join(" and ")} on the ${options.decidedBy.validation} rows it held out.`,
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
    ...(dataset.trainCounts.length === 0
      ? []
      : [
          "| label | training rows |",
          "|---|---|",
          ...dataset.labels.map(
            (label, i) => `| ${cell(label)} | ${dataset.trainCounts[i]} |`,
          ),
          "",
        ]),
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
    ...imports,
    "",
    ...use(call),
    "```",
    "",
  ].join("\n");
}
