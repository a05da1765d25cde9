// Where in a text its word pieces lie. The tokenizer itself does not tell, so pieces
// are counted off against the letters of each run between spaces, as BERT's
// normalizer leaves them.

import { wordsOf } from "../../../data/words";

export interface Piece {
  id: number;
  /** [start, end) in UTF-16 units. */
  start: number;
  end: number;
}

export interface Splitter {
  tokenize(text: string): string[];
  idOf(token: string): number;
  unkToken: string;
  /** What goes before a piece within a word: "##". */
  continuing: string;
  lowers: boolean;
  stripsAccents: boolean;
}

/** Pieces of a text, as tokenizing all of it at once gives them; words written as special tokens are words here. */
export function piecesOf(text: string, splitter: Splitter): Piece[] {
  const pieces: Piece[] = [];
  for (const run of text.matchAll(/\S+/gu))
    for (const { id, start, end } of ofRun(run[0], splitter))
      pieces.push({ id, start: start + run.index, end: end + run.index });
  return pieces;
}

/** A letter of the normalized text, and the letter it was. */
interface Letter {
  from: number;
  to: number;
}

function ofRun(run: string, splitter: Splitter): Piece[] {
  const words = wordsOf(run);
  const letters = lettersOf(run, splitter);
  const pieces: Piece[] = [];
  let at = 0;
  for (const token of splitter.tokenize(run)) {
    const id = splitter.idOf(token);
    const first = letters[at];
    if (!first) break;
    if (token === splitter.unkToken) {
      // A whole word that has no pieces.
      const end = words.find(([, end]) => end > first.from)?.[1] ?? run.length;
      while (at < letters.length && letters[at]!.from < end) at++;
    } else {
      const inside = token.startsWith(splitter.continuing) && at > 0;
      const bare = inside ? token.slice(splitter.continuing.length) : token;
      at += Math.max(1, [...bare].length);
    }
    const last = letters[Math.min(at, letters.length) - 1]!;
    pieces.push({ id, start: first.from, end: last.to });
  }
  return pieces;
}

function lettersOf(
  run: string,
  { lowers, stripsAccents }: Pick<Splitter, "lowers" | "stripsAccents">,
): Letter[] {
  const letters: Letter[] = [];
  let from = 0;
  for (const letter of run) {
    const to = from + letter.length;
    let left = letter.replace(/[\p{C}\ufffd]/gu, "");
    if (stripsAccents) left = left.normalize("NFD").replace(/\p{Mn}/gu, "");
    if (lowers) left = left.toLowerCase();
    if (stripsAccents) left = left.replace(/\p{Mn}/gu, "");
    for (const _ of left) letters.push({ from, to });
    from = to;
  }
  return letters;
}
