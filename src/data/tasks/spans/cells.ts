// A text and what its label cell marks in it → words with IOB2 tags. Two kinds of
// cells: tags, one for each word ("O B-PER", or a JSON list); and spans of
// characters, in the ways annotation tools write them. How a column writes either
// is judged over all its cells first (`conventionsOf`).

import { labelOf, listIn, parts, type Marked } from "./marks";
import {
  conventionOf,
  spansOf,
  tagsOf,
  type Convention,
  type Span,
} from "./schemes";
import { offsetsOf, UNITS, wordsOf, type Place, type Unit } from "../../words";

export interface TaggedText {
  text: string;
  /** UTF-16 places in `text`. */
  words: Place[];
  /** IOB2, one a word. */
  tags: string[];
}

export type FaultOfCell =
  // Without an example.
  | "no label"
  | "no words"
  | "not equally long"
  | "tags are numbers"
  | "unreadable"
  // The example stands, the span or tag is changed or left out.
  | "no type"
  | "not begun"
  | "other scheme"
  | "no span"
  | "outside"
  | "no word"
  | "overlap"
  | "widened"
  | "several labels";

export interface CellReading {
  example: TaggedText | null;
  faults: { fault: FaultOfCell; what: string }[];
}

/** How one file writes its tags and counts its offsets. */
export interface Conventions extends Convention {
  unit: Unit;
}

export interface CellPair {
  text: string;
  label: string;
}

/** Judges all cells of one file: the tagging scheme, and the unit in which most spans fall on words. */
export function conventionsOf(cells: Iterable<CellPair>): Conventions {
  const sequences: string[][] = [];
  const fitting = new Map<Unit, number>(UNITS.map((unit) => [unit, 0]));
  for (const { text, label } of cells) {
    const read = labelOf(label, text);
    if (read.kind === "tags") sequences.push(read.tags);
    // Plain ASCII counts the same in every unit.
    if (read.kind !== "spans" || /^[\0-\x7f]*$/.test(text)) continue;
    const words = wordsOf(text);
    const starts = new Set(words.map(([start]) => start));
    const ends = new Set(words.map(([, end]) => end));
    for (const unit of UNITS) {
      const offsets = offsetsOf(text, unit);
      for (const span of read.spans) {
        if (!span) continue;
        const [from, to] = [offsets[span.start], offsets[span.end]];
        if (from === undefined || to === undefined) continue;
        const fits =
          span.surface === null
            ? (starts.has(from) ? 1 : 0) + (ends.has(to) ? 1 : 0)
            : text.slice(from, to) === span.surface
              ? 2
              : 0;
        fitting.set(unit, fitting.get(unit)! + fits);
      }
    }
  }
  const unit = UNITS.reduce((best, each) =>
    fitting.get(each)! > fitting.get(best)! ? each : best,
  );
  return { ...conventionOf(sequences), unit };
}

/** One row. Faults name what they are about ("PER 3–9", a tag); `example` is null where nothing can be learnt from it. */
export function readCells(
  { text, label }: CellPair,
  conventions: Conventions,
): CellReading {
  const read = labelOf(label, text);
  const nothing = (fault: FaultOfCell, what = ""): CellReading => ({
    example: null,
    faults: [{ fault, what }],
  });
  if (read.kind === "none") return nothing("no label");
  if (read.kind === "numbers") return nothing("tags are numbers", label);
  if (read.kind === "unreadable") return nothing("unreadable", label);
  const list = listIn(text);
  const tokens = list?.every((item) => typeof item === "string")
    ? list.map(String)
    : null;
  if (read.kind === "tags")
    return ofTags(
      tokens ?? parts(text),
      tokens ? null : text,
      read.tags,
      conventions,
    );
  // A list of words with spans of characters: counted in the words joined.
  return ofSpans(tokens ? tokens.join(" ") : text, read.spans, conventions);
}

function ofTags(
  tokens: string[],
  whole: string | null,
  tags: string[],
  conventions: Conventions,
): CellReading {
  if (tokens.length !== tags.length)
    return {
      example: null,
      faults: [
        {
          fault: "not equally long",
          what: `${tokens.length} / ${tags.length}`,
        },
      ],
    };
  const kept = tokens.flatMap((token, i) => (token.trim() === "" ? [] : [i]));
  if (kept.length === 0)
    return { example: null, faults: [{ fault: "no words", what: "" }] };
  const bare = kept.map((i) => tokens[i]!.trim().replace(/\s+/g, "\u00a0"));
  const text = whole ?? bare.join(" ");
  const written = kept.map((i) => tags[i]!);
  const { spans, faults } = spansOf(written, conventions);
  let from = 0;
  const words = (whole === null ? bare : parts(text)).map((word): Place => {
    const start = text.indexOf(word, from);
    from = start + word.length;
    return [start, from];
  });
  return {
    example: { text, words, tags: tagsOf(spans, words.length) },
    faults: faults.map(({ fault, word }) => ({
      fault,
      what: `${written[word]} (${bare[word]})`,
    })),
  };
}

function ofSpans(
  text: string,
  marked: (Marked | null)[],
  { unit }: Conventions,
): CellReading {
  const words = wordsOf(text);
  const faults: CellReading["faults"] = [];
  if (words.length === 0)
    return { example: null, faults: [{ fault: "no words", what: "" }] };
  const offsets = offsetsOf(text, unit);
  const spans: Span[] = [];
  for (const span of marked) {
    if (!span) {
      faults.push({ fault: "no span", what: "" });
      continue;
    }
    const what = `${span.label} ${span.start}–${span.end}`;
    if (span.several) faults.push({ fault: "several labels", what });
    const from = offsets[span.start];
    const to = offsets[span.end];
    if (from === undefined || to === undefined || span.start >= span.end) {
      faults.push({ fault: "outside", what });
      continue;
    }
    const start = words.findIndex(([, end]) => end > from);
    const end = words.findLastIndex(([start]) => start < to) + 1;
    if (start === -1 || start >= end) {
      faults.push({ fault: "no word", what });
      continue;
    }
    if (words[start]![0] < from || words[end - 1]![1] > to)
      faults.push({ fault: "widened", what });
    spans.push({ start, end, label: span.label });
  }
  const length = ({ start, end }: Span) => end - start;
  const kept: Span[] = [];
  for (const span of spans.toSorted(
    (a, b) => length(b) - length(a) || a.start - b.start,
  )) {
    const other = kept.find(
      ({ start, end }) => start < span.end && span.start < end,
    );
    if (!other) kept.push(span);
    // The same span twice says nothing new.
    else if (JSON.stringify(other) !== JSON.stringify(span))
      faults.push({
        fault: "overlap",
        what: `${span.label}: ${text.slice(words[span.start]![0], words[span.end - 1]![1])}`,
      });
  }
  return {
    example: { text, words, tags: tagsOf(kept, words.length) },
    faults,
  };
}
