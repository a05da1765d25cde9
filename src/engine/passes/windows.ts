// Texts that are asked about word by word → rows of tokens. A text longer than a
// model reads becomes several rows that overlap by a quarter; each word is then
// answered for by the row in which it stands most central, by its first piece.

import { inputAt, taggedWords, type Examples } from "../../data/dataset";
import type { Piece } from "../model/tokenizer/offsets";
import type { Tokenizer } from "../model/tokenizer";
import type { TokenizedPart } from "./batches";

type Place = readonly [start: number, end: number];

/** The share of a window that the next one repeats. */
const overlap = 0.25;

/** [from, to) of pieces: one window where all fit. Each but the first begins with a word's first piece, where one is near. */
export function windowsOf(
  pieces: number,
  room: number,
  beginsWord: (piece: number) => boolean,
): [from: number, to: number][] {
  const windows: [number, number][] = [];
  const step = Math.max(1, room - Math.floor(room * overlap));
  let from = 0;
  for (;;) {
    const to = Math.min(pieces, from + room);
    windows.push([from, to]);
    if (to === pieces) return windows;
    let next = from + step;
    while (next > from + step / 2 && !beginsWord(next)) next--;
    from = beginsWord(next) ? next : from + step;
  }
}

/** For each piece the word whose first it is, else −1. Words and pieces are in the order of the text. */
export function firstPieces(
  pieces: readonly Piece[],
  words: readonly Place[],
): Int32Array {
  const firsts = new Int32Array(pieces.length).fill(-1);
  let at = 0;
  words.forEach(([start, end], word) => {
    while (at < pieces.length && pieces[at]!.end <= start) at++;
    if (at < pieces.length && pieces[at]!.start < end && firsts[at]! < 0)
      firsts[at] = word;
  });
  return firsts;
}

/** Gathers texts into a part. */
export class WindowedTexts {
  #ids: number[] = [];
  #words: number[] = [];
  #offsets = [0];
  #secondFrom: number[] = [];
  #count = 0;

  constructor(
    readonly tokenizer: Tokenizer,
    readonly maxTokens: number,
  ) {}

  /** Returns the pieces of the text itself. */
  add(text: string, textB: string | null, words: readonly Place[]): Piece[] {
    const { clsId, sepId } = this.tokenizer;
    const pieces = this.tokenizer.pieces(text);
    const firsts = firstPieces(pieces, words);
    const all = Math.max(1, this.maxTokens - (textB === null ? 2 : 3));
    const second =
      textB === null
        ? null
        : this.tokenizer.pieces(textB).slice(0, Math.floor(all / 2));
    const room = Math.max(1, all - (second?.length ?? 0));
    const begins = (piece: number) => firsts[piece]! >= 0;
    for (const [from, to] of windowsOf(pieces.length, room, begins)) {
      this.#push(clsId);
      for (let i = from; i < to; i++)
        this.#push(
          pieces[i]!.id,
          firsts[i]! < 0 ? -1 : this.#count + firsts[i]!,
        );
      this.#push(sepId);
      this.#secondFrom.push(this.#ids.length - this.#offsets.at(-1)!);
      if (second) {
        for (const { id } of second) this.#push(id);
        this.#push(sepId);
      }
      this.#offsets.push(this.#ids.length);
    }
    this.#count += words.length;
    return pieces;
  }

  #push(id: number, word = -1): void {
    this.#ids.push(id);
    this.#words.push(word);
  }

  part(): TokenizedPart {
    return {
      count: this.#secondFrom.length,
      ids: Int32Array.from(this.#ids),
      offsets: Uint32Array.from(this.#offsets),
      secondFrom: Uint16Array.from(this.#secondFrom),
      targets: null,
      truncated: 0,
      windows: { words: Int32Array.from(this.#words), count: this.#count },
    };
  }
}

/** As `tokenize`, where each word is asked about. */
export function* tokenizeWords(
  examples: Examples,
  tokenizer: Tokenizer,
  maxTokens: number,
): Generator<number, TokenizedPart> {
  const { words, offsets } = taggedWords(examples);
  const texts = new WindowedTexts(tokenizer, maxTokens);
  let reported = performance.now();
  for (let row = 0; row < examples.count; row++) {
    const { text, textB } = inputAt(examples, row);
    const places: Place[] = [];
    for (let word = offsets[row]!; word < offsets[row + 1]!; word++)
      places.push([words[2 * word]!, words[2 * word + 1]!]);
    texts.add(text, textB, places);
    if (performance.now() - reported > 50) {
      yield row + 1;
      reported = performance.now();
    }
  }
  return texts.part();
}

/** Logits of windows, joined to one answer a word. */
export class JoinedWords {
  readonly logits: Float32Array;
  readonly #central: Int32Array;

  constructor(
    readonly part: TokenizedPart,
    readonly labels: number,
  ) {
    const words = part.windows?.count ?? 0;
    this.logits = new Float32Array(words * labels);
    this.#central = new Int32Array(words).fill(-1);
  }

  /** `values`: [tokens of these rows, labels]. */
  take(rows: ArrayLike<number>, values: Float32Array): void {
    const { offsets, secondFrom, windows } = this.part;
    if (!windows) throw new Error("internal: words of texts without windows");
    const L = this.labels;
    let at = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const start = offsets[row]!;
      const last = secondFrom[row]! - 1;
      for (let t = 0; t <= last; t++) {
        const word = windows.words[start + t]!;
        const central = Math.min(t, last - t);
        if (word < 0 || central <= this.#central[word]!) continue;
        this.#central[word] = central;
        this.logits.set(
          values.subarray((at + t) * L, (at + t + 1) * L),
          word * L,
        );
      }
      at += offsets[row + 1]! - start;
    }
  }
}
