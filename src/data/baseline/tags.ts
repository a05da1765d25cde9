// Of tagged words: the tag that is most frequent of all, and what one gets by
// looking words and whole spans up in the training sentences. The latter is near
// to the baseline of CoNLL-2003 (Tjong Kim Sang & De Meulder), which knows spans only.

export interface Tagged {
  /** [sentence][word] */
  words: readonly (readonly string[])[];
  /** [sentence][word], IOB2 where tags mark spans. */
  tags: readonly (readonly string[])[];
}

export interface LookUp {
  /** The training part's most frequent tag ("O" where there is none). */
  majority: string;
  /** The tags of a sentence's words. */
  tag(words: readonly string[]): string[];
}

/** Longer spans of training are not looked up. */
const longest = 12;

/**
 * Words that lie in a training span, from left to right the longest first, get
 * its tags; a span counts where, of all places its words stand at in training, it
 * is a span of that type more often than anything else. Any other word gets the tag
 * it had most often, as written or else in lower case, or else `majority`; an `I-`
 * that continues nothing becomes a `B-`. Of equally frequent tags the first seen wins.
 */
export function lookUp({ words, tags }: Tagged): LookUp {
  const all = new Map<string, number>();
  const exact = new Map<string, Map<string, number>>();
  const lower = new Map<string, Map<string, number>>();
  words.forEach((sentence, i) =>
    sentence.forEach((word, j) => {
      const tag = tags[i]![j]!;
      increase(all, tag);
      increase(within(exact, word), tag);
      increase(within(lower, word.toLowerCase()), tag);
    }),
  );
  const majority = mostFrequent(all) ?? "O";
  const asWritten = new Map([...exact].map(frequent));
  const inLower = new Map([...lower].map(frequent));
  const { types, longestKept } = gazetteer({ words, tags });
  return {
    majority,
    tag(sentence) {
      const answer = sentence.map(
        (word) =>
          asWritten.get(word) ?? inLower.get(word.toLowerCase()) ?? majority,
      );
      for (let from = 0; from < sentence.length;) {
        let length = Math.min(longestKept, sentence.length - from);
        while (length > 0 && !types.has(keyOf(sentence, from, from + length)))
          length--;
        const type = types.get(keyOf(sentence, from, from + length));
        for (let i = 0; i < length; i++)
          answer[from + i] = `${i === 0 ? "B" : "I"}-${type}`;
        from += Math.max(1, length);
      }
      return mended(answer);
    },
  };
}

/** Spans of training that are mostly spans of one type, by their words. */
function gazetteer({ words, tags }: Tagged): {
  types: Map<string, string>;
  longestKept: number;
} {
  const asSpan = new Map<string, Map<string, number>>();
  let longestKept = 0;
  const each = (
    visit: (sentence: readonly string[], spans: Span[]) => void,
  ): void => words.forEach((sentence, i) => visit(sentence, spansOf(tags[i]!)));
  each((sentence, spans) => {
    for (const { type, from, to } of spans) {
      if (to - from > longest) continue;
      increase(within(asSpan, keyOf(sentence, from, to)), type);
      longestKept = Math.max(longestKept, to - from);
    }
  });
  const standing = new Map<string, number>();
  each((sentence) => {
    for (let from = 0; from < sentence.length; from++) {
      const end = Math.min(sentence.length, from + longestKept);
      for (let to = from + 1; to <= end; to++) {
        const key = keyOf(sentence, from, to);
        if (asSpan.has(key)) increase(standing, key);
      }
    }
  });
  const types = new Map<string, string>();
  for (const [key, counts] of asSpan) {
    const type = mostFrequent(counts);
    if (type === undefined) continue;
    let spans = 0;
    for (const count of counts.values()) spans += count;
    const otherwise = (standing.get(key) ?? 0) - spans;
    if ((counts.get(type) ?? 0) > otherwise) types.set(key, type);
  }
  return { types, longestKept };
}

interface Span {
  type: string;
  from: number;
  to: number;
}

/** Spans as tags mark them; an `I-` of another type begins one. */
function spansOf(tags: readonly string[]): Span[] {
  const spans: Span[] = [];
  let open: Span | null = null;
  tags.forEach((tag, at) => {
    const [, prefix, type] = /^([BI])-(.*)$/s.exec(tag) ?? [];
    if (prefix === undefined || type === undefined) open = null;
    else if (prefix === "I" && open?.type === type) open.to = at + 1;
    else spans.push((open = { type, from: at, to: at + 1 }));
  });
  return spans;
}

function mended(tags: string[]): string[] {
  return tags.map((tag, at) => {
    if (!tag.startsWith("I-")) return tag;
    const type = tag.slice(2);
    const before = tags[at - 1];
    return before === `B-${type}` || before === tag ? tag : `B-${type}`;
  });
}

function keyOf(words: readonly string[], from: number, to: number): string {
  return words.slice(from, to).join("\n");
}

function within(
  all: Map<string, Map<string, number>>,
  key: string,
): Map<string, number> {
  const own = all.get(key) ?? new Map<string, number>();
  all.set(key, own);
  return own;
}

function increase(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function frequent([word, counts]: [string, Map<string, number>]): [
  string,
  string,
] {
  return [word, mostFrequent(counts) ?? "O"];
}

function mostFrequent(counts: Map<string, number>): string | undefined {
  let best: string | undefined;
  for (const [key, count] of counts)
    if (best === undefined || count > (counts.get(best) ?? 0)) best = key;
  return best;
}
