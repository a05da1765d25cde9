// Passes over a whole part without gradients: logits for an evaluation, features
// for head-only training. Each yields stages and gives way at every batch; a stop
// ends them early, with null.

import * as tf from "@tensorflow/tfjs";
import {
  collate,
  lengthBatches,
  tokenize,
  type TokenizedPart,
} from "./batches";
import { classify, encodeFeatures, forward, type Bert } from "./bert";
import type { Control } from "./control";
import type { Progress } from "./protocol";
import type { Examples } from "../data";
import type { Tokenizer } from "./tokenizer";

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
    const rows = tokenize(part, tokenizer, maxTokens);
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

/** Runs `compute` over a part by length and collects [count, width] on the host. */
async function* collect(
  part: TokenizedPart,
  width: number,
  padId: number,
  maxTokens: number,
  stage: "encoding" | "evaluating",
  control: Control,
  compute: (batch: ReturnType<typeof collate>) => tf.Tensor2D,
): AsyncGenerator<Progress, Float32Array | null> {
  const collected = new Float32Array(part.count * width);
  let done = 0;
  let reported = -Infinity;
  for (const rows of lengthBatches(part)) {
    const at = { stage, done, total: part.count } as const;
    if (performance.now() - reported > 100) {
      yield { kind: "stage", ...at };
      reported = performance.now();
    }
    yield* boundary(control, at);
    if (control.stopped) return null;
    const output = tf.tidy(() =>
      compute(collate(part, rows, padId, maxTokens)),
    );
    try {
      const values = await control.read(output.data());
      rows.forEach((row, i) =>
        collected.set(
          values.subarray(i * width, (i + 1) * width) as Float32Array,
          row * width,
        ),
      );
    } finally {
      output.dispose();
    }
    done += rows.length;
  }
  yield { kind: "stage", stage, done, total: part.count };
  return collected;
}

/** Logits [count, labels] of a part. */
export const scorePart = (
  bert: Bert,
  part: TokenizedPart,
  padId: number,
  maxTokens: number,
  control: Control,
) =>
  collect(
    part,
    bert.labelCount,
    padId,
    maxTokens,
    "evaluating",
    control,
    (batch) => forward(bert, batch).logits,
  );

/** What the head reads, [count, hidden], without dropout. */
export const encodePart = (
  bert: Bert,
  part: TokenizedPart,
  padId: number,
  maxTokens: number,
  control: Control,
) =>
  collect(
    part,
    bert.config.hidden_size,
    padId,
    maxTokens,
    "encoding",
    control,
    (batch) => encodeFeatures(bert, batch),
  );

/** Logits [count, labels] from features: a few matrix products. */
export async function scoreFeatures(
  bert: Bert,
  features: Float32Array,
  control: Control,
): Promise<Float32Array> {
  const width = bert.config.hidden_size;
  const count = features.length / width;
  const logits = new Float32Array(count * bert.labelCount);
  const rowsAtOnce = 4096;
  for (let from = 0; from < count; from += rowsAtOnce) {
    const rows = features.subarray(from * width, (from + rowsAtOnce) * width);
    const output = tf.tidy(() =>
      classify(bert, tf.tensor2d(rows, [rows.length / width, width])),
    );
    try {
      logits.set(
        (await control.read(output.data())) as Float32Array,
        from * bert.labelCount,
      );
    } finally {
      output.dispose();
    }
  }
  return logits;
}
