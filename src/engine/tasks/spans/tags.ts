// Heads that give each word a tag: what tasks share whose words have IOB2 tags.
// Softmax, cross-entropy; a word is answered for by its first piece.

import { taggedWords, type TaggedWords } from "../../../data/dataset";
import {
  errorsOf,
  looseEntities,
  spanFigures,
  type SpanFigures,
} from "../../../figures";
import type {
  RolesEvaluation,
  Span,
  SpanError,
  SpanMistake,
} from "../../protocol";
import { discriminant } from "../labels/discriminant";
import { softmax } from "../labels/figures";
import { balancedWeights } from "../labels/weights";
import { shrinkage } from "../linear";
import {
  plainDecoding,
  type Asked,
  type EngineTask,
  type Judging,
  type LabelTable,
  type Scored,
} from "../task";

const mostMistakes = 200;
const kinds: SpanError[] = ["boundary", "type", "both", "missed", "spurious"];

/** What does not depend on what the spans are called. */
export const tagHead = {
  head: "tokens",
  decodingOf: () => plainDecoding,
  balanced: ({ train, labels }) =>
    balancedWeights(taggedWords(train).tags, labels.length),
  targets: (targets) => ({
    width: "words",
    values: taggedWords({ targets }).tags,
  }),
  tuned: (_, decoding) => decoding,
  fitted: (features, { values }, outputs, priors) =>
    discriminant(features, values, outputs, shrinkage, priors),
  gain: 0.5,
  reordered(targets, rows) {
    const own = taggedWords({ targets });
    return { ...own, tags: Int32Array.from(own.tags, (tag) => rows[tag]!) };
  },
  undone: () => {},
  labelRows(targets, outputs) {
    const words = new Array<number>(outputs).fill(0);
    for (const tag of taggedWords({ targets }).tags) words[tag]!++;
    return words;
  },
} as const satisfies Partial<EngineTask>;

type Common =
  "count" | "loss" | "perType" | "errors" | "mistakes" | "mistakeCount";

/** Figures of spans, and beside them what is the same whatever they are called. `read` changes the tags that count. */
export function judgedTags(
  { logits, targets, count }: Scored,
  { names, classWeights, textOf }: Judging,
  read = (tags: string[]) => tags,
): { found: SpanFigures; common: Pick<RolesEvaluation, Common> } {
  const own = taggedWords({ targets });
  const best = tagsOf(logits, names);
  const gold = byText(own, (word) => names[own.tags[word]!]!).map(read);
  const predicted = byText(own, (word) => names[best[word]!]!).map(read);
  const found = spanFigures(gold, predicted);
  return {
    found,
    common: {
      count,
      loss: meanLoss(logits, own.tags, names.length, classWeights),
      perType: found.entities.perType.map(
        ({ type, precision, recall, f1, support }) => ({
          ...{ label: type, precision, recall, f1, support },
        }),
      ),
      errors: found.errors,
      ...mistakesOf(own, gold, predicted, textOf),
    },
  };
}

/** Type by type, for the card. */
export const typesTable = (
  perType: RolesEvaluation["perType"],
): LabelTable => ({
  heads: ["precision", "recall", "F1", "support"],
  rows: perType.map((figures) => ({
    label: figures.label,
    shares: [figures.precision, figures.recall, figures.f1],
    others: [String(figures.support)],
  })),
});

/** The likeliest tag of each word. What no piece stands for is in no span. */
function tagsOf(logits: Float32Array, names: readonly string[]): Int32Array {
  const L = names.length;
  const outside = Math.max(0, names.indexOf("O"));
  return Int32Array.from({ length: L > 0 ? logits.length / L : 0 }, (_, i) => {
    let best = outside;
    for (let tag = 0; tag < L; tag++)
      if (logits[i * L + tag]! > logits[i * L + best]!) best = tag;
    return best;
  });
}

function byText(
  { offsets }: TaggedWords,
  tagOf: (word: number) => string,
): string[][] {
  return Array.from({ length: offsets.length - 1 }, (_, row) =>
    Array.from({ length: offsets[row + 1]! - offsets[row]! }, (_, i) =>
      tagOf(offsets[row]! + i),
    ),
  );
}

/** Cross-entropy, the mean over words weighted as in training. */
function meanLoss(
  logits: Float32Array,
  tags: Int32Array,
  L: number,
  weights: Float32Array | null,
): number {
  let [sum, total] = [0, 0];
  tags.forEach((tag, word) => {
    const weight = weights?.[tag] ?? 1;
    const likely = softmax(logits.subarray(word * L, (word + 1) * L))[tag]!;
    sum -= weight * Math.log(Math.max(likely, 1e-12));
    total += weight;
  });
  return total > 0 ? sum / total : 0;
}

/** An I that nothing begins is read as a B, as conlleval does: what results is IOB2. */
export function foundSpans(
  logits: Float32Array,
  { names, words }: Asked,
): Span[] {
  const L = names.length;
  const best = tagsOf(logits, names);
  const likely = Array.from(
    best,
    (tag, word) => softmax(logits.subarray(word * L, (word + 1) * L))[tag]!,
  );
  const tags = Array.from(best, (tag) => names[tag]!);
  return looseEntities(tags).map(({ type, from, to }) => ({
    start: words[from]![0],
    end: words[to - 1]![1],
    label: type,
    probability:
      likely.slice(from, to).reduce((sum, each) => sum + each, 0) / (to - from),
  }));
}

function mistakesOf(
  { words, offsets }: TaggedWords,
  gold: string[][],
  predicted: string[][],
  textOf: (row: number) => Pick<SpanMistake, "text" | "textB">,
): { mistakes: SpanMistake[]; mistakeCount: number } {
  const placed = (tags: string[], row: number): Span[] =>
    looseEntities(tags).map(({ type, from, to }) => ({
      start: words[2 * (offsets[row]! + from)]!,
      end: words[2 * (offsets[row]! + to - 1) + 1]!,
      label: type,
    }));
  const wrong = gold.flatMap((tags, row) => {
    const errors = errorsOf(
      looseEntities(tags),
      looseEntities(predicted[row]!),
    );
    const count = kinds.reduce((sum, kind) => sum + errors[kind], 0);
    return count > 0 ? [{ row, errors, count }] : [];
  });
  wrong.sort((a, b) => b.count - a.count || a.row - b.row);
  return {
    mistakes: wrong.slice(0, mostMistakes).map(({ row, errors }) => ({
      ...textOf(row),
      gold: placed(gold[row]!, row),
      predicted: placed(predicted[row]!, row),
      kinds: kinds.filter((kind) => errors[kind] > 0),
    })),
    mistakeCount: wrong.length,
  };
}
