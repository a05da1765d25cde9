// A former classifier on a table it may never have seen: nothing is trained. The
// figures are by the model's labels, of which the table may lack some.

import type { Dataset, Examples } from "../data";
import { Failure, said } from "../said";
import { inputAt, joinedTargets } from "../data/dataset";
import { rowsNamed } from "./model/former";
import type { Control } from "./passes/control";
import { taskOf } from "./tasks";
import type { Reader } from "./predict";
import { scorePart, tokenizeParts } from "./passes";
import type { EvaluationProgress, Progress } from "./protocol";

interface Scored {
  part: "train" | "validation" | "test";
  examples: Examples;
  logits: Float32Array;
}

/** Of the held-out parts and of all rows together; empty when stopped. Throws a sentence where the table has other labels. */
export async function* evaluateParts(
  reader: Reader,
  model: { name: string; labels: string[] },
  dataset: Dataset,
  control: Control,
): AsyncGenerator<Progress, EvaluationProgress[]> {
  const { classifier, tokenizer, maxTokens } = reader;
  if (dataset.task !== reader.task)
    throw new Failure("evaluate: another task", {
      data: dataset.name,
      task: said(`task.${dataset.task}`),
      model: model.name,
      other: said(`task.${reader.task}`),
    });
  if (dataset.train.textsB !== null && classifier.config.type_vocab_size < 2)
    throw new Failure("evaluate: no pairs", { model: model.name });
  // A score is one number, whatever its column is called.
  const rows =
    dataset.task === "score" ? [0] : rowsNamed(model.labels, dataset.labels);
  if (rows === null)
    throw new Failure("evaluate: other labels", {
      data: dataset.name,
      labels: listed(dataset.labels),
      model: model.name,
      known: listed(model.labels),
    });
  const names = ["train", "validation", "test"] as const;
  const tokenized = yield* tokenizeParts(
    names.map((name) => dataset[name]),
    tokenizer,
    maxTokens,
    control,
  );
  if (tokenized === null) return [];
  const scored: Scored[] = [];
  for (const [i, part] of names.entries()) {
    const examples = dataset[part];
    if (examples === null || examples.count === 0) continue;
    const logits = yield* scorePart(classifier, tokenized[i]!, control);
    if (logits === null) return [];
    scored.push({ part, examples, logits });
  }
  return [
    evaluated("all", scored, reader, model.labels, rows),
    ...scored
      .filter(({ part }) => part !== "train")
      .map((each) => evaluated(each.part, [each], reader, model.labels, rows)),
  ];
}

function evaluated(
  part: EvaluationProgress["part"],
  scored: Scored[],
  { task, decoding }: Reader,
  names: string[],
  rows: number[],
): EvaluationProgress {
  const count = scored.reduce((sum, { examples }) => sum + examples.count, 0);
  const logits = new Float32Array(
    scored.reduce((sum, { logits }) => sum + logits.length, 0),
  );
  const starts: number[] = [];
  let [row, at] = [0, 0];
  for (const each of scored) {
    starts.push(row);
    logits.set(each.logits, at);
    row += each.examples.count;
    at += each.logits.length;
  }
  const { figures, reordered } = taskOf(task);
  const targets = reordered(
    joinedTargets(scored.map(({ examples }) => examples.targets)),
    rows,
    names.length,
  );
  return {
    kind: "evaluation",
    part,
    step: 0,
    epoch: 0,
    ...figures(
      { logits, targets, count },
      {
        names,
        classWeights: null,
        decoding,
        tunedHere: false,
        textOf: (row) => {
          const of = starts.findLastIndex((start) => start <= row);
          return inputAt(scored[of]!.examples, row - starts[of]!);
        },
      },
    ),
    best: false,
  };
}

const listed = (labels: string[]) =>
  labels.slice(0, 6).join(", ") + (labels.length > 6 ? ", …" : "");
