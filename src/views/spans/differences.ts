// Which spans of a text agree, and what is wrong with each that does not: paired as
// the figures pair them (figures/spans/errors.ts), so that the marks in a text are
// what the counts beside it count.

import type { Span, SpanError } from "../../studio";

export interface JudgedSpan extends Span {
  /** Null of one that agrees. */
  error: SpanError | null;
}

export interface Compared {
  gold: JudgedSpan[];
  predicted: JudgedSpan[];
}

export function compareSpans(
  gold: readonly Span[],
  predicted: readonly Span[],
): Compared {
  const ofGold = new Map<Span, SpanError | null>();
  const ofPredicted = new Map<Span, SpanError | null>();
  const pairs = gold
    .flatMap((a) =>
      predicted.flatMap((b) => {
        const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
        return shared > 0 ? [{ a, b, shared }] : [];
      }),
    )
    .sort((x, y) => y.shared - x.shared);
  const pair = (error: SpanError | null, fits: (a: Span, b: Span) => boolean) =>
    pairs.forEach(({ a, b }) => {
      if (ofGold.has(a) || ofPredicted.has(b) || !fits(a, b)) return;
      ofGold.set(a, error);
      ofPredicted.set(b, error);
    });
  pair(null, (a, b) => sameEnds(a, b) && a.label === b.label);
  pair("type", sameEnds);
  pair("boundary", (a, b) => a.label === b.label);
  pair("both", () => true);
  const judged = (
    spans: readonly Span[],
    errors: Map<Span, SpanError | null>,
    alone: SpanError,
  ) =>
    spans.map((span) => {
      const error = errors.get(span);
      return { ...span, error: error === undefined ? alone : error };
    });
  return {
    gold: judged(gold, ofGold, "missed"),
    predicted: judged(predicted, ofPredicted, "spurious"),
  };
}

const sameEnds = (a: Span, b: Span) => a.start === b.start && a.end === b.end;

/** Characters before what an excerpt is about, and of the whole. */
const lead = 60;
const long = 200;
/** Characters that may be added so that a word stands whole. */
const slack = 30;

/** The part of a long text around its first difference; no span is cut in two, nor a word. */
export function excerptOf(
  text: string,
  { gold, predicted }: Compared,
): [start: number, end: number] {
  if (text.length <= long) return [0, text.length];
  const spans = [...gold, ...predicted];
  const about = spans
    .filter(({ error }) => error)
    .reduce((least, { start }) => Math.min(least, start), text.length);
  let start = about === text.length ? 0 : Math.max(0, about - lead);
  const word = text.lastIndexOf(" ", start) + 1;
  if (start > 0 && start - word < slack) start = word;
  let end = Math.min(text.length, start + long);
  if (end < text.length) {
    const space = text.indexOf(" ", end);
    if (space >= 0 && space < end + slack) end = space;
  }
  // Widened until no span lies across an edge.
  for (let changed = true; changed;) {
    changed = false;
    for (const span of spans) {
      if (span.start < start && span.end > start) {
        start = span.start;
        changed = true;
      }
      if (span.start < end && span.end > end) {
        end = span.end;
        changed = true;
      }
    }
  }
  return [whole(text, start), whole(text, end)];
}

/** Not between the halves of a letter. */
const whole = (text: string, at: number) =>
  /[\udc00-\udfff]/.test(text[at] ?? "") ? at - 1 : at;
