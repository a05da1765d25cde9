// Tags of words ⇄ spans over words. Six ways of writing spans as tags are told
// apart by what a whole file of them does; reading is the same for all and forgives
// what a scheme forbids, counting it (as conlleval and seqeval read).
// IOB: Ramshaw and Marcus, 1995; IOB2, IOE1 and IOE2: Tjong Kim Sang and Veenstra,
// 1999; BILOU: Ratinov and Roth, 2009.

export type Scheme =
  | "IOB1"
  | "IOB2"
  | "IOE1"
  | "IOE2"
  | "IOBES"
  | "BILOU"
  /** Types alone, without B or I: neighbours of one type are one span. */
  | "IO";

/** Words [start, end) are a `label`. */
export interface Span {
  start: number;
  end: number;
  label: string;
}

export type FaultOfTag =
  /** "B-" or "I" where others say what they are of. */
  | "no type"
  /** A span goes on that was never begun: "I-PER" after "O". */
  | "not begun"
  /** A span begins, or ends, as this scheme never writes it. */
  | "other scheme";

export interface SpansOfTags {
  spans: Span[];
  faults: { fault: FaultOfTag; word: number }[];
}

/** What spans are called in a file that names no types: B, I and O alone. */
export const ONLY_TYPE = "entity";

interface Tag {
  letter: "B" | "I" | "E" | "S" | "O";
  type: string;
}

const SAME: Record<string, Tag["letter"]> = {
  B: "B",
  I: "I",
  M: "I",
  E: "E",
  L: "E",
  S: "S",
  U: "S",
};
const OUTSIDE: Tag = { letter: "O", type: "" };

/** A tag's letter and type; null where it has neither form. */
function parted(tag: string): Tag | null {
  if (tag === "O") return OUTSIDE;
  const found = /^([BIESLUM])(?:[-_](.*))?$/s.exec(tag);
  const letter = found && SAME[found[1]!];
  return letter ? { letter, type: found[2] ?? "" } : null;
}

/** How a file writes its spans, and whether it names their types. */
export interface Convention {
  scheme: Scheme;
  /** False where no tag has a type. */
  typed: boolean;
}

/** Told from all tags of a file: `sentences` are its tag sequences. */
export function conventionOf(
  sentences: Iterable<readonly string[]>,
): Convention {
  const letters = new Set<string>();
  let tagged = 0;
  let plain = 0;
  let typed = 0;
  // Where B, and where an E, stands or is missing.
  const count = {
    bFirst: 0,
    bInside: 0,
    iFirst: 0,
    eLast: 0,
    eInside: 0,
    iLast: 0,
  };
  for (const sentence of sentences) {
    const tags = sentence.map(parted);
    sentence.forEach((written, i) => {
      const tag = tags[i];
      if (written === "O" || written === "") return;
      tagged++;
      if (!tag) {
        plain++;
        return;
      }
      if (tag.type !== "") typed++;
      letters.add(written[0]!);
      const [before, after] = [tags[i - 1], tags[i + 1]];
      const goesOn =
        !!before && before.letter !== "O" && before.type === tag.type;
      const isFollowed =
        !!after && after.letter !== "O" && after.type === tag.type;
      if (tag.letter === "B") count[goesOn ? "bInside" : "bFirst"]++;
      else if (!goesOn) count.iFirst++;
      if (tag.letter === "E") count[isFollowed ? "eInside" : "eLast"]++;
      else if (!isFollowed) count.iLast++;
    });
  }
  const has = (some: string) => [...some].some((each) => letters.has(each));
  const scheme = (): Scheme => {
    if (2 * plain > tagged) return "IO";
    if (has("LU")) return "BILOU";
    if (has("S") || (has("B") && has("E"))) return "IOBES";
    if (has("E")) return count.eLast >= count.iLast ? "IOE2" : "IOE1";
    return count.iFirst > count.bFirst ? "IOB1" : "IOB2";
  };
  return { scheme: scheme(), typed: typed > 0 };
}

/**
 * The spans of one sentence's tags. Nothing is refused: a span that is not begun is
 * begun, and each such place is a fault by its word's index.
 */
export function spansOf(
  tags: readonly string[],
  { scheme, typed }: Convention,
): SpansOfTags {
  const spans: Span[] = [];
  const faults: SpansOfTags["faults"] = [];
  let open: Span | null = null;
  let before: Tag = OUTSIDE;
  tags.forEach((written, word) => {
    const tag = tagOf(written);
    if (tag.letter !== "O" && tag.type === "") {
      faults.push({ fault: "no type", word });
      tag.letter = "O";
    }
    const ended = before.letter === "E" || before.letter === "S";
    const begins =
      tag.letter === "B" ||
      tag.letter === "S" ||
      ended ||
      before.letter === "O" ||
      before.type !== tag.type;
    const unfinished =
      (scheme === "IOBES" || scheme === "BILOU") &&
      open !== null &&
      !ended &&
      (tag.letter === "O" || begins);
    if (unfinished) faults.push({ fault: "other scheme", word: word - 1 });
    if (tag.letter === "O") open = null;
    else if (begins) {
      const fault = faultOfFirst(tag, before, scheme);
      if (fault) faults.push({ fault, word });
      spans.push((open = { start: word, end: word + 1, label: tag.type }));
    } else if (open) open.end = word + 1;
    before = tag;
  });
  if (
    open &&
    (scheme === "IOBES" || scheme === "BILOU") &&
    before.letter !== "E" &&
    before.letter !== "S"
  )
    faults.push({ fault: "other scheme", word: tags.length - 1 });
  return { spans, faults };

  function tagOf(written: string): Tag {
    if (written === "O" || written === "") return { ...OUTSIDE };
    if (scheme === "IO") return { letter: "I", type: written };
    const tag = parted(written);
    if (!tag) return { letter: "I", type: "" };
    return { letter: tag.letter, type: typed ? tag.type : ONLY_TYPE };
  }
}

/** What a scheme has against the first tag of a span. */
function faultOfFirst(
  { letter, type }: Tag,
  before: Tag,
  scheme: Scheme,
): FaultOfTag | null {
  switch (scheme) {
    case "IOB1":
      // B parts neighbours of one type there, and is written nowhere else.
      return letter === "B" && (before.letter === "O" || before.type !== type)
        ? "other scheme"
        : null;
    case "IOB2":
      return letter === "B" ? null : "not begun";
    case "IOBES":
    case "BILOU":
      return letter === "B" || letter === "S" ? null : "not begun";
    default:
      return null;
  }
}

/** Spans that do not overlap as IOB2 tags of `words` words. */
export function tagsOf(spans: readonly Span[], words: number): string[] {
  const tags = new Array<string>(words).fill("O");
  for (const { start, end, label } of spans)
    for (let word = start; word < end; word++)
      tags[word] = `${word === start ? "B" : "I"}-${label}`;
  return tags;
}
