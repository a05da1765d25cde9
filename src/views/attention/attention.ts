// From a capture [layer, head, query, key] to the one square a person looks at.

import type { AttentionCapture } from "../../studio";

export interface Look {
  /** 0-based, or null for the average over all. */
  layer: number | null;
  head: number | null;
  /** Word pieces summed over keys and averaged over queries. */
  mergeWords: boolean;
  /** Leaves [CLS] and [SEP] out; the rest is not rescaled. */
  hideSpecial: boolean;
}

export interface Square {
  size: number;
  /** What stands at each row and column. */
  labels: string[];
  special: boolean[];
  /** [query, key], row-major. */
  values: Float32Array;
  /** The largest value: the dark end of the ramp. */
  max: number;
}

export function attentionSquare(capture: AttentionCapture, look: Look): Square {
  const tokens = capture.tokens.length;
  const full = averaged(capture, look);
  // Where each token goes: −1 leaves it out.
  const target = new Int32Array(tokens);
  const labels: string[] = [];
  const special: boolean[] = [];
  const pieces: number[] = [];
  for (let t = 0; t < tokens; t++) {
    const word = capture.words[t] ?? -1;
    const text = capture.tokens[t]!;
    if (word < 0 && look.hideSpecial) {
      target[t] = -1;
      continue;
    }
    const joins =
      look.mergeWords && word >= 0 && t > 0 && capture.words[t - 1] === word;
    if (joins) {
      const at = labels.length - 1;
      labels[at] += text.replace(/^##/, "");
      pieces[at]!++;
      target[t] = at;
    } else {
      target[t] = labels.length;
      labels.push(text);
      special.push(word < 0);
      pieces.push(1);
    }
  }
  const size = labels.length;
  const values = new Float32Array(size * size);
  for (let q = 0; q < tokens; q++) {
    const row = target[q]!;
    if (row < 0) continue;
    const share = 1 / pieces[row]!;
    for (let k = 0; k < tokens; k++) {
      const column = target[k]!;
      if (column >= 0)
        values[row * size + column]! += share * full[q * tokens + k]!;
    }
  }
  return { size, labels, special, values, max: values.reduce(larger, 0) };
}

function larger(a: number, b: number): number {
  return b > a ? b : a;
}

/** [query, key] of one layer and head, or the mean over those not chosen. */
function averaged(
  { layers, heads, tokens, weights }: AttentionCapture,
  look: Look,
): Float32Array {
  const square = tokens.length ** 2;
  const chosen = (count: number, index: number | null) =>
    index === null
      ? Array.from({ length: count }, (_, i) => i)
      : [Math.min(index, count - 1)];
  const parts = chosen(layers, look.layer).flatMap((layer) =>
    chosen(heads, look.head).map((head) => layer * heads + head),
  );
  const part = (index: number) =>
    weights.subarray(index * square, (index + 1) * square);
  if (parts.length === 1) return part(parts[0]!);
  const sum = new Float32Array(square);
  for (const index of parts) {
    const from = part(index);
    for (let i = 0; i < square; i++) sum[i]! += from[i]!;
  }
  for (let i = 0; i < square; i++) sum[i]! /= parts.length;
  return sum;
}

/** Column indices of one row, largest value first. */
export function strongest({ size, values }: Square, row: number): number[] {
  return Array.from({ length: size }, (_, i) => i).sort(
    (a, b) => values[row * size + b]! - values[row * size + a]!,
  );
}

/** The square with queries and keys exchanged: who looks at a word. */
export function transposed(square: Square): Square {
  const { size, values } = square;
  const turned = new Float32Array(values.length);
  for (let q = 0; q < size; q++)
    for (let k = 0; k < size; k++) turned[k * size + q] = values[q * size + k]!;
  return { ...square, values: turned };
}

const upright =
  /^[^\p{L}]*[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Letters that stand upright where a line runs downwards: those must not be turned. */
export function standsUpright(label: string): boolean {
  return upright.test(label);
}

const rightToLeft =
  /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** By the first letter of the words; special tokens are Latin and say nothing. */
export function direction({ labels, special }: Square): "rtl" | "ltr" {
  const words = labels.filter((_, i) => !special[i]).join(" ");
  return rightToLeft.test(words) ? "rtl" : "ltr";
}
