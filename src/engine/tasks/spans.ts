// Spans of words, each of a type: one of several IOB2 tags for each word, softmax,
// cross-entropy. A word is answered for by its first piece.

import { targetsOf, type Targets } from "../../data/dataset";
import { errorsOf, looseEntities, spanFigures } from "../../figures";
import type { Span, SpanError, SpanMistake } from "../protocol";
import { discriminant } from "./labels/discriminant";
import { softmax } from "./labels/figures";
import { balancedWeights } from "./labels/weights";
import { shrinkage } from "./linear";
import { plainDecoding, type Asked, type EngineTask } from "./task";

const mostMistakes = 200;
const kinds: SpanError[] = ["boundary", "type", "both", "missed", "spurious"];

type Spans = Extract<Targets, { task: "spans" }>;

export const spans: EngineTask = {
  task: "spans",
  head: "tokens",
  decodingOf: () => plainDecoding,
  balanced: ({ train, labels }) =>
    balancedWeights(targetsOf(train, "spans").tags, labels.length),
  targets: (targets) => ({
    width: "words",
    values: targetsOf({ targets }, "spans").tags,
  }),

  figures({ logits, targets, count }, { names, classWeights, textOf }) {
    const own = targetsOf({ targets }, "spans");
    const best = tagsOf(logits, names);
    const gold = byText(own, (word) => names[own.tags[word]!]!);
    const predicted = byText(own, (word) => names[best[word]!]!);
    const found = spanFigures(gold, predicted);
    const { precision, recall, f1, perType } = found.entities;
    return {
      task: "spans",
      count,
      loss: meanLoss(logits, own.tags, names.length, classWeights),
      entityF1: f1,
      strictEntityF1: found.strict.f1,
      entityPrecision: precision,
      entityRecall: recall,
      tokenAccuracy: found.tokenAccuracy,
      perType: perType.map(({ type, precision, recall, f1, support }) => ({
        ...{ label: type, precision, recall, f1, support },
      })),
      errors: found.errors,
      ...mistakesOf(own, gold, predicted, textOf),
    };
  },

  tuned: (_, decoding) => decoding,
  fitted: (features, { values }, outputs, priors) =>
    discriminant(features, values, outputs, shrinkage, priors),
  gain: 0.5,

  answer: (logits, _, asked) => ({
    probabilities: [],
    ...(asked && { spans: found(logits, asked) }),
  }),

  reordered(targets, rows) {
    const own = targetsOf({ targets }, "spans");
    return { ...own, tags: Int32Array.from(own.tags, (tag) => rows[tag]!) };
  },

  undone: () => {},

  labelRows(targets, outputs) {
    const words = new Array<number>(outputs).fill(0);
    for (const tag of targetsOf({ targets }, "spans").tags) words[tag]!++;
    return words;
  },

  exported: {
    architecture: "BertForTokenClassification",
    problemType: null,
    pipeline: "token-classification",
    what: "A BERT that marks spans in a text",
    use: (call) => [
      `mark = pipeline("token-classification", model="path/to/this/folder", aggregation_strategy="first")`,
      `print(${call("mark")})`,
    ],
    details: (evaluation) =>
      evaluation.task === "spans"
        ? { perType: evaluation.perType, errors: evaluation.errors }
        : {},
    table: (evaluation) =>
      evaluation.task !== "spans"
        ? null
        : {
            heads: ["precision", "recall", "F1", "support"],
            rows: evaluation.perType.map((figures) => ({
              label: figures.label,
              shares: [figures.precision, figures.recall, figures.f1],
              others: [String(figures.support)],
            })),
          },
    note: "Entities count where both ends and the type are right, as conlleval counts; strictly also only where the tags are written as IOB2 demands. A word is answered for by its first piece.",
  },
};

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
  { offsets }: Spans,
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
function found(logits: Float32Array, { names, words }: Asked): Span[] {
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
  { words, offsets }: Spans,
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
