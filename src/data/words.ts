// Where the words of a text lie, and what an offset counts. Words are cut as BERT's
// BasicTokenizer does (Devlin et al., 2019): at white space, with each punctuation
// mark and each CJK ideograph a word of its own.

/** [start, end) in UTF-16 units. */
export type Place = [start: number, end: number];

const SPACE = /[\s\p{Z}]/u;
/** What the tokenizer takes off: it neither parts a word nor is one. */
const NOTHING = /[\p{C}\ufffd]/u;
const PUNCTUATION = /[!-/:-@[-`{-~\p{P}]/u;
const IDEOGRAPH =
  /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{2a6df}\u{2a700}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/u;

export function wordsOf(text: string): Place[] {
  const words: Place[] = [];
  let open: Place | null = null;
  let at = 0;
  for (const letter of text) {
    const end = at + letter.length;
    if (/[\t\n\r]/.test(letter)) open = null;
    else if (NOTHING.test(letter)) {
      // Skipped.
    } else if (SPACE.test(letter)) open = null;
    else if (PUNCTUATION.test(letter) || IDEOGRAPH.test(letter)) {
      words.push([at, end]);
      open = null;
    } else if (open) open[1] = end;
    else words.push((open = [at, end]));
    at = end;
  }
  return words;
}

/** What the offsets of a file count. Python counts code points, JavaScript UTF-16 units. */
export type Unit = "code points" | "UTF-16" | "bytes";
export const UNITS: readonly Unit[] = ["code points", "UTF-16", "bytes"];

/** For each offset of a text, the UTF-16 unit there; offsets within a letter are its start. One more than the text is long. */
export function offsetsOf(text: string, unit: Unit): number[] {
  const offsets: number[] = [];
  let at = 0;
  for (const letter of text) {
    const point = letter.codePointAt(0)!;
    const size =
      unit === "code points"
        ? 1
        : unit === "UTF-16"
          ? letter.length
          : point < 0x80
            ? 1
            : point < 0x800
              ? 2
              : point < 0x10000
                ? 3
                : 4;
    for (let i = 0; i < size; i++) offsets.push(at);
    at += letter.length;
  }
  offsets.push(at);
  return offsets;
}
