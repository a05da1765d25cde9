// Made-up numbers that look like a run's: the same ones at each visit.

import type { AttentionCapture, StepProgress, TextInput } from "../../studio";

/** Numbers that are the same at each visit. */
export function dice(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export const roll = dice(7);

/** `first` is the loss of one that knows nothing. */
export function stepAt(
  step: number,
  planned: number,
  first: number,
): StepProgress {
  const share = step / Math.max(planned, 1);
  const mean = first * (0.18 + 0.82 * Math.exp(-4.5 * share));
  const warm = Math.min(1, share / 0.1);
  return {
    kind: "step",
    step,
    steps: planned,
    epoch: share * 3,
    loss: Math.max(0.01, mean * (1 + 0.5 * (roll() - 0.5))),
    learningRate: 3e-4 * (share < 0.1 ? warm : (1 - share) / 0.9),
    gradientNorm: 1 + roll(),
    tokensPerSecond: 3400 + 500 * roll(),
    msPerStep: 92,
    secondsLeft: 20,
    memory: { tensors: 48e6 + 4e6 * roll(), heap: 1e8 },
  };
}

export function captureAt(
  input: TextInput,
  step: number,
  layers = 4,
): AttentionCapture {
  const tokens = ["[CLS]"];
  const words = [-1];
  const pieces = input.text.match(
    /[\p{Script=Han}]|[\p{L}\p{N}\p{M}]+|[^\s]/gu,
  );
  (pieces ?? []).slice(0, 510).forEach((word, w) => {
    for (let i = 0; i < word.length && tokens.length < 511; i += 6) {
      tokens.push((i ? "##" : "") + word.slice(i, i + 6));
      words.push(w);
    }
  });
  tokens.push("[SEP]");
  words.push(-1);
  const n = tokens.length;
  const heads = n > 200 ? 2 : 4;
  const weights = new Float32Array(layers * heads * n * n);
  for (let part = 0; part < layers * heads; part++)
    for (let q = 0; q < n; q++) {
      const row = weights.subarray((part * n + q) * n, (part * n + q + 1) * n);
      let sum = 0;
      for (let k = 0; k < n; k++) {
        const near = Math.exp(-Math.abs(q - k) / (2 + part));
        const key = Math.exp(2 * Math.sin(k * 12.9 + part + step / 60));
        row[k] = near + 0.06 * key + (k === n - 1 ? 0.5 : 0);
        sum += row[k]!;
      }
      for (let k = 0; k < n; k++) row[k]! /= sum;
    }
  return {
    kind: "attention",
    step,
    input,
    tokens,
    words: Int32Array.from(words),
    layers,
    heads,
    weights,
    probabilities: null,
  };
}
