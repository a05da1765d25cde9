// Tags of words, gold and predicted → figures of whole entities, under the rules of
// conlleval and of strict IOB2 (fixtures/metrics/spans.json).

import { looseEntities, strictEntities, type Entity } from "./entities";
import { errorsOf, noErrors, type SpanErrors } from "./errors";

/** One list of tags a sentence. */
export type Tags = readonly (readonly string[])[];

export interface EntityFigures {
  precision: number;
  recall: number;
  f1: number;
  /** Entities there are. */
  support: number;
  /** Entities predicted. */
  predicted: number;
}

export interface EntityReport extends EntityFigures {
  /** Every type that is there or was predicted, by name. */
  perType: (EntityFigures & { type: string })[];
}

export interface SpanFigures {
  /** As conlleval counts. */
  entities: EntityReport;
  /** As IOB2 is written: seqeval's `mode="strict", scheme=IOB2`. */
  strict: EntityReport;
  /** Share of words with the right tag, `O` included. */
  tokenAccuracy: number;
  /** Among the entities as conlleval reads them. */
  errors: SpanErrors;
}

/** Both [sentence][word]. What has no entities or no predictions counts 0. Throws on unequal lengths. */
export function spanFigures(gold: Tags, predicted: Tags): SpanFigures {
  let words = 0;
  let right = 0;
  const errors: SpanErrors = { ...noErrors };
  const loose = new Map<string, Counts>();
  const strict = new Map<string, Counts>();
  if (gold.length !== predicted.length)
    throw new Error(
      `internal: ${gold.length} sentences, ${predicted.length} predicted.`,
    );
  gold.forEach((tags, sentence) => {
    const answers = predicted[sentence]!;
    if (tags.length !== answers.length)
      throw new Error(
        `internal: sentence ${sentence} has ${tags.length} words, ${answers.length} predicted.`,
      );
    words += tags.length;
    tags.forEach((tag, word) => {
      if (tag === answers[word]) right++;
    });
    const there = looseEntities(tags);
    const found = looseEntities(answers);
    count(loose, there, found);
    count(strict, strictEntities(tags), strictEntities(answers));
    const wrong = errorsOf(there, found);
    errors.boundary += wrong.boundary;
    errors.type += wrong.type;
    errors.both += wrong.both;
    errors.missed += wrong.missed;
    errors.spurious += wrong.spurious;
  });
  return {
    entities: report(loose),
    strict: report(strict),
    tokenAccuracy: words > 0 ? right / words : 0,
    errors,
  };
}

/** Rows of indices into `names` → their tags. */
export function namedTags(
  rows: readonly ArrayLike<number>[],
  names: readonly string[],
): string[][] {
  return rows.map((row) => Array.from(row, (tag) => names[tag]!));
}

interface Counts {
  right: number;
  support: number;
  predicted: number;
}

function count(
  counts: Map<string, Counts>,
  gold: readonly Entity[],
  predicted: readonly Entity[],
): void {
  const of = (type: string): Counts => {
    const own = counts.get(type) ?? { right: 0, support: 0, predicted: 0 };
    counts.set(type, own);
    return own;
  };
  // Of entities that do not overlap, no two begin at one word.
  const starts = new Map(gold.map((entity) => [entity.from, entity]));
  for (const { type } of gold) of(type).support++;
  for (const { type, from, to } of predicted) {
    const own = of(type);
    own.predicted++;
    const same = starts.get(from);
    if (same?.to === to && same.type === type) own.right++;
  }
}

function report(counts: Map<string, Counts>): EntityReport {
  const all: Counts = { right: 0, support: 0, predicted: 0 };
  for (const { right, support, predicted } of counts.values()) {
    all.right += right;
    all.support += support;
    all.predicted += predicted;
  }
  const byName = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...figuresOf(all),
    perType: byName.map(([type, own]) => ({ type, ...figuresOf(own) })),
  };
}

function figuresOf({ right, support, predicted }: Counts): EntityFigures {
  return {
    precision: predicted > 0 ? right / predicted : 0,
    recall: support > 0 ? right / support : 0,
    f1: support + predicted > 0 ? (2 * right) / (support + predicted) : 0,
    support,
    predicted,
  };
}
