// Passes over a whole part without gradients: logits for an evaluation, features
// for head-only training. Each yields stages and gives way at every batch; a stop
// ends them early, with null.

import { JoinedWords, tokenizeWords } from "./passes/windows";
import {
  lengthBatches,
  packBatch,
  tokenize,
  type TokenizedPart,
} from "./passes/batches";
import { type Guess, guessesOf } from "./passes/guessing";
import { type Draw, maskBatch, type Masker } from "./passes/masking";
import type { Batch, Classifier } from "./classifier";
import type { Control } from "./passes/control";
import type { Progress } from "./protocol";
import type { Examples } from "../data";
import { taskOf } from "./tasks";
import type { Tokenizer } from "./model/tokenizer";

type Stage = Extract<Progress, { kind: "stage" }>;

/** Lets messages in; waits out a pause, which it reports before and after. */
export async function* boundary(
  control: Control,
  back: Omit<Stage, "kind">,
): AsyncGenerator<Progress, void> {
  await control.turn();
  if (!control.paused || control.stopped) return;
  yield { kind: "stage", ...back, stage: "paused" };
  await control.resumed();
  if (!control.stopped) yield { kind: "stage", ...back };
}

/** All parts as token ids, in the order given. */
export async function* tokenizeParts(
  parts: (Examples | null)[],
  tokenizer: Tokenizer,
  maxTokens: number,
  control: Control,
): AsyncGenerator<Progress, (TokenizedPart | null)[] | null> {
  const total = parts.reduce((sum, part) => sum + (part?.count ?? 0), 0);
  const tokenized: (TokenizedPart | null)[] = [];
  let before = 0;
  yield { kind: "stage", stage: "tokenizing", done: 0, total };
  for (const part of parts) {
    if (part === null) {
      tokenized.push(null);
      continue;
    }
    const byWord = taskOf(part.targets.task).head === "tokens";
    const rows = (byWord ? tokenizeWords : tokenize)(
      part,
      tokenizer,
      maxTokens,
    );
    let next = rows.next();
    while (!next.done) {
      const stage = {
        stage: "tokenizing",
        done: before + next.value,
        total,
      } as const;
      yield { kind: "stage", ...stage };
      yield* boundary(control, stage);
      if (control.stopped) return null;
      next = rows.next();
    }
    tokenized.push(next.value);
    before += part.count;
  }
  yield { kind: "stage", stage: "tokenizing", done: total, total };
  return tokenized;
}

/** Runs `compute` over a part by length. False when stopped. */
async function* pass(
  { capacity }: Classifier,
  part: TokenizedPart,
  stage: "encoding" | "evaluating",
  control: Control,
  compute: (rows: Int32Array) => Promise<void>,
): AsyncGenerator<Progress, boolean> {
  let done = 0;
  let reported = -Infinity;
  for (const rows of lengthBatches(part, capacity.sequences, capacity.tokens)) {
    const at = { stage, done, total: part.count } as const;
    if (performance.now() - reported > 100) {
      yield { kind: "stage", ...at };
      reported = performance.now();
    }
    yield* boundary(control, at);
    if (control.stopped) return false;
    await compute(rows);
    done += rows.length;
  }
  yield { kind: "stage", stage, done, total: part.count };
  return true;
}

/** What `compute` gives of a part, [count, width], on the host. */
async function* collect(
  classifier: Classifier,
  part: TokenizedPart,
  width: number,
  stage: "encoding" | "evaluating",
  control: Control,
  compute: (batch: Batch) => Promise<Float32Array>,
): AsyncGenerator<Progress, Float32Array | null> {
  const collected = new Float32Array(part.count * width);
  const done = yield* pass(classifier, part, stage, control, async (rows) => {
    const values = await control.read(compute(packBatch(part, rows)));
    rows.forEach((row, i) =>
      collected.set(values.subarray(i * width, (i + 1) * width), row * width),
    );
  });
  return done ? collected : null;
}

/** Logits [count, labels] of a part; [words, labels] where each word is asked about. */
export async function* scorePart(
  classifier: Classifier,
  part: TokenizedPart,
  control: Control,
): AsyncGenerator<Progress, Float32Array | null> {
  const { labelCount } = classifier;
  if (!part.windows)
    return yield* collect(
      ...([classifier, part, labelCount, "evaluating"] as const),
      control,
      (batch) => classifier.predict(batch),
    );
  const joined = new JoinedWords(part, labelCount);
  const done = yield* pass(
    ...([classifier, part, "evaluating", control] as const),
    async (rows) =>
      joined.take(
        rows,
        await control.read(classifier.predict(packBatch(part, rows))),
      ),
  );
  return done ? joined.logits : null;
}

/** What the head reads, [count, hidden], without dropout. */
export const encodePart = (
  classifier: Classifier,
  part: TokenizedPart,
  control: Control,
) =>
  collect(
    classifier,
    part,
    classifier.config.hidden_size,
    "encoding",
    control,
    (batch) => classifier.encode(batch),
  );

/** Logits [count, labels] from features: a few matrix products. */
export async function scoreFeatures(
  classifier: Classifier,
  features: Float32Array,
  control: Control,
): Promise<Float32Array> {
  const width = classifier.config.hidden_size;
  const count = features.length / width;
  const logits = new Float32Array(count * classifier.labelCount);
  const rowsAtOnce = classifier.capacity.sequences;
  for (let from = 0; from < count; from += rowsAtOnce) {
    const rows = features.subarray(from * width, (from + rowsAtOnce) * width);
    logits.set(
      await control.read(classifier.score(rows)),
      from * classifier.labelCount,
    );
  }
  return logits;
}

/** Guesses at the pieces of a part that a draw hides, by row; null when stopped. */
export async function* guessPart(
  classifier: Classifier,
  part: TokenizedPart,
  masker: Masker,
  draw: Draw,
  control: Control,
): AsyncGenerator<Progress, Guess[][] | null> {
  const { labelCount } = classifier;
  const guesses = new Array<Guess[]>(part.count).fill([]);
  const done = yield* pass(
    ...([classifier, part, "evaluating", control] as const),
    async (rows) => {
      const batch = maskBatch(part, rows, masker, draw);
      const logits = await control.read(classifier.predict(batch));
      guessesOf(batch, logits, labelCount).forEach((of, i) => {
        guesses[rows[i]!] = of;
      });
    },
  );
  return done ? guesses : null;
}
