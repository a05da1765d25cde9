// One run, from examples to a summary: an async generator of Progress that knows
// no worker. Between any two steps it gives way (`Control`), so that calls,
// pause and stop are heard within one step.

import type { Dataset } from "../data";
import { type Bounds, numberOptionNames, problemWith } from "../options";
import { Failure } from "../said";
import { lengthOf, type TokenizedPart } from "./passes/batches";
import type { Capacity, Classifier, Training } from "./classifier";
import { encoderLearner, headLearner } from "./train/learners";
import { tokenizeParts } from "./passes";
import type { Progress, RunSummary, TrainingOptions } from "./protocol";
import { taskOf } from "./tasks";
import { roomForMasked } from "./passes/masking";
import { wordsLearner } from "./train/words";
import { Run, type RunInputs } from "./train/steps";
import {
  type OpenPairs,
  type OpenReader,
  type RunStart,
  startOf,
} from "./train/start";

/** Throws a sentence for what cannot be trained. */
export function checkRun(
  dataset: Dataset,
  options: TrainingOptions,
  model: Bounds,
): void {
  const { task, labels, train } = dataset;
  if (task === "one label" && labels.length < 2)
    throw new Failure("train: too few labels", { count: labels.length });
  if (task === "masked words" && options.fineTune !== "all layers")
    throw new Failure("train: masked words learn in all layers");
  if (train.count === 0) throw new Failure("train: no rows");
  for (const name of numberOptionNames) {
    if (name === "validationShare") continue;
    if (name === "topLayers" && options.fineTune !== "top layers") continue;
    const problem = problemWith(name, options[name], model);
    if (problem) throw new Failure(problem.code, problem.values);
  }
  const { stopAfter = 1 } = options;
  if (!(stopAfter > 0 && stopAfter <= 1))
    throw new Error(`internal: stop after ${stopAfter} of all steps`);
}

/** Room for the largest batch this part can give, and for what is measured and asked beside it. */
function capacityFor(
  part: TokenizedPart,
  { batchSize, maxTokens }: TrainingOptions,
): Capacity {
  const lengths = Int32Array.from({ length: part.count }, (_, row) =>
    lengthOf(part, row),
  ).sort();
  const largest = lengths
    .subarray(Math.max(0, part.count - batchSize))
    .reduce((sum, length) => sum + length, 0);
  return {
    sequences: Math.max(64, Math.min(batchSize, part.count)),
    tokens: Math.max(largest, maxTokens, 512),
    length: maxTokens,
  };
}

/** Logits of all words are many: no more rows of them than can be masked. */
const withRoomForMasked = (capacity: Capacity): Capacity => ({
  ...capacity,
  selected: roomForMasked(capacity.sequences, capacity.tokens),
});

export interface Openings {
  /** Whether the loaded model already classifies into the data's labels. */
  hasHead: boolean;
  /** Opens the loaded encoder as it is. */
  reader: OpenReader;
  pairs: OpenPairs;
  /** Opens the model that the run trains. */
  begin(
    capacity: Capacity,
    training: Training,
    start: RunStart,
  ): Promise<Classifier>;
}

export async function* train(
  inputs: RunInputs,
  open: Openings,
): AsyncGenerator<Progress, RunSummary> {
  const { tokenizer, dataset, options, executor, control } = inputs;
  const began = performance.now();
  const summary = (
    rest: Partial<RunSummary> & Pick<RunSummary, "outcome">,
  ): RunSummary => ({
    step: 0,
    steps: 0,
    bestStep: 0,
    validation: null,
    test: null,
    tokens: 0,
    executor,
    seconds: (performance.now() - began - control.pausedMs) / 1000,
    ...rest,
  });

  const tokenized = yield* tokenizeParts(
    [dataset.train, dataset.validation, dataset.test],
    tokenizer,
    options.maxTokens,
    control,
  );
  if (tokenized === null) return summary({ outcome: "stopped" });
  const [trainPart, validation, test] = tokenized as [
    TokenizedPart,
    TokenizedPart,
    TokenizedPart | null,
  ];
  const task = taskOf(dataset.task);
  const decoding = task.decodingOf(dataset);
  const classWeights =
    options.classWeights === "balanced" ? task.balanced(dataset) : null;
  for (const [part, examples] of [
    [trainPart, dataset.train],
    [validation, dataset.validation],
    [test, dataset.test],
  ] as const)
    if (part && examples && task.head !== "words")
      part.targets = task.targets(
        examples.targets,
        decoding,
        dataset.labels.length,
      );
  const parts = { train: trainPart, validation, test };
  const start = yield* startOf({
    parts,
    dataset,
    decoding,
    options,
    control,
    hasHead: open.hasHead,
    open: open.reader,
    openPairs: open.pairs,
  });
  if (start === null) return summary({ outcome: "stopped" });
  const classifier = await control.read(
    open.begin(
      task.head === "words"
        ? withRoomForMasked(capacityFor(trainPart, options))
        : capacityFor(trainPart, options),
      { ...options, classWeights },
      start,
    ),
  );
  const given = { classifier, parts, options, control };
  const learner = start.read
    ? headLearner(given, start.read)
    : task.head === "words"
      ? wordsLearner(given, tokenizer)
      : encoderLearner(given);

  const run = new Run(
    inputs,
    classifier,
    learner,
    classWeights,
    decoding,
    validation.count > 0,
  );
  const outcome = yield* run.steps();
  yield* run.finish();
  const testFigures =
    test !== null && test.count > 0 && outcome !== "stopped"
      ? yield* run.evaluate("test", run.keptStep)
      : null;
  return summary({
    outcome,
    step: run.step,
    steps: run.stepCount,
    bestStep: run.keptStep,
    validation: run.best,
    test: testFigures,
    tokens: run.tokens,
    ...(start.read && { features: start.features }),
    ...(run.decoding.thresholds && { thresholds: run.decoding.thresholds }),
    ...(run.decoding.scale && { scale: run.decoding.scale }),
  });
}
