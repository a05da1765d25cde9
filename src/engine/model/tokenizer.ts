// Text → word pieces, around @huggingface/tokenizers: opens a tokenizer.json, or
// builds one from vocab.txt; lays out [CLS] and [SEP], cuts to length, and tells
// which word a piece belongs to. WordPiece only. The surprise: special tokens
// written out in a text ("[SEP]") become special, as they do in Python.

import { Tokenizer as WordPieces } from "@huggingface/tokenizers";
import { Failure, type Said } from "../../said";
import { parsePython } from "./json";
import {
  describe,
  isCased,
  listVocabulary,
  readDescription,
  readLines,
  type TokenizerFiles,
} from "./tokenizer/files";
import { piecesOf, type Piece } from "./tokenizer/offsets";
import { exportedConfig, exportedJson } from "./tokenizer/export";
import { reconcile } from "./tokenizer/reconcile";

export type { TokenizerFiles } from "./tokenizer/files";

export interface Encoding {
  ids: number[];
  segments: number[];
  tokens: string[];
  /** Index of the word each piece belongs to, counted through both texts; -1 for special tokens. */
  words: number[];
  truncated: boolean;
}

export interface Tokenizer {
  vocabularySize: number;
  padId: number;
  clsId: number;
  sepId: number;
  unkId: number;
  /** Null where the vocabulary has no [MASK]. */
  maskId: number | null;
  /** As it is written in a text: "[MASK]", most often. */
  maskToken: string;
  cased: boolean;
  /** [CLS] text [SEP], or [CLS] text [SEP] textB [SEP], at most `maxTokens` long; the longer text of a pair is cut first. */
  encode(text: string, textB: string | null, maxTokens: number): Encoding;
  /** The pieces of a text, special tokens aside, and where they lie in it. */
  pieces(text: string): Piece[];
  /** Sentences: where its files disagree, and which was obeyed. */
  notes: Said[];
  /** The tokens beside the vocabulary, whose ids may lie beyond it. */
  added: { content: string; id: number }[];
  /** The files of an export, all saying the same. */
  tokenizerJson(): string;
  tokenizerConfig(maxPositions: number): string;
  vocabTxt(): string;
}

/** Throws a sentence where the files hold no WordPiece vocabulary. */
export function openTokenizer(files: TokenizerFiles): Tokenizer {
  const { value: config } = parsePython(
    files.tokenizerConfig ?? "{}",
    "tokenizer_config.json",
  );
  if (files.tokenizerJson === undefined && files.vocabTxt === undefined)
    throw new Failure("tokenizer: no file");
  const given =
    files.tokenizerJson !== undefined
      ? readDescription(files.tokenizerJson)
      : describe(files.vocabTxt ?? "", config, files.addedTokens);
  const { description, notes } = reconcile(
    given,
    config,
    files.tokenizerJson !== undefined,
    files.vocabTxt === undefined ? null : readLines(files.vocabTxt),
  );
  const pieces = new WordPieces(description, config);
  const vocabulary = description.model.vocab;

  const known = (role: string, usual: string) => {
    const named = config[`${role}_token`] as
      string | { content?: string } | undefined;
    const token = typeof named === "string" ? named : (named?.content ?? usual);
    return { token, id: pieces.token_to_id(token) };
  };
  const idOf = (role: string, usual: string): number => {
    const { id, token } = known(role, usual);
    if (id === undefined)
      throw new Failure("tokenizer: token not in vocabulary", { token });
    return id;
  };
  const padId = idOf("pad", "[PAD]");
  const clsId = idOf("cls", "[CLS]");
  const sepId = idOf("sep", "[SEP]");
  const unkId = idOf("unk", "[UNK]");
  const mask = known("mask", "[MASK]");
  const special = new Set(
    description.added_tokens
      .filter((token) => token.special)
      .map((token) => token.content),
  );
  const continuing = description.model.continuing_subword_prefix ?? "##";
  const normalizer = description.normalizer;
  const spaceAstral = normalizer?.handle_chinese_chars ?? false;
  const lowers = !isCased(normalizer);

  const tokenize = (given: string) => {
    // Python lowers each letter by itself; JavaScript makes ς of a Σ at a word's end.
    const text = lowers ? given.replaceAll("Σ", "σ") : given;
    return pieces.tokenize(
      spaceAstral && /[\ud840-\ud87e]/.test(text)
        ? text.replace(astralIdeographs, " $& ")
        : text,
    );
  };

  return {
    vocabularySize: Math.max(-1, ...idsOf(vocabulary)) + 1,
    padId,
    clsId,
    sepId,
    unkId,
    maskId: mask.id ?? null,
    maskToken: mask.token,
    cased: isCased(normalizer),
    notes,
    added: description.added_tokens,

    encode(text, textB, maxTokens) {
      const specials = textB === null ? 2 : 3;
      const room = Math.max(0, maxTokens - specials);
      const a = tokenizeUpTo(text, room, tokenize);
      const b = textB === null ? null : tokenizeUpTo(textB, room, tokenize);
      const [keepA, keepB] = longestFirst(a.length, b?.length ?? 0, room);

      const encoding: Encoding = {
        ids: [],
        segments: [],
        tokens: [],
        words: [],
        truncated: keepA < a.length || keepB < (b?.length ?? 0),
      };
      let word = -1;
      const push = (token: string, segment: number, isSpecial: boolean) => {
        if (!isSpecial && (word < 0 || !token.startsWith(continuing))) word++;
        encoding.tokens.push(token);
        encoding.ids.push(pieces.token_to_id(token) ?? unkId);
        encoding.segments.push(segment);
        encoding.words.push(isSpecial ? -1 : word);
      };
      const cls = pieces.id_to_token(clsId) ?? "[CLS]";
      const sep = pieces.id_to_token(sepId) ?? "[SEP]";
      push(cls, 0, true);
      for (let i = 0; i < keepA; i++) push(a[i]!, 0, isWritten(a[i]!));
      push(sep, 0, true);
      if (b) {
        for (let i = 0; i < keepB; i++) push(b[i]!, 1, isWritten(b[i]!));
        push(sep, 1, true);
      }
      return encoding;

      /** An unknown word is a word; a written-out [SEP] is not. */
      function isWritten(token: string): boolean {
        return special.has(token) && token !== description.model.unk_token;
      }
    },

    pieces: (text) =>
      piecesOf(text, {
        tokenize,
        idOf: (token) => pieces.token_to_id(token) ?? unkId,
        unkToken: description.model.unk_token ?? "[UNK]",
        continuing,
        lowers,
        stripsAccents: normalizer?.strip_accents ?? lowers,
      }),

    tokenizerJson: () => exportedJson(description, [clsId, sepId], pieces),
    tokenizerConfig: (maxPositions) =>
      exportedConfig(description, config, maxPositions),
    vocabTxt: () => listVocabulary(vocabulary),
  };
}

/**
 * CJK ideographs outside the basic plane. @huggingface/tokenizers 0.2 looks at
 * UTF-16 units one by one and so never sees them; BERT sets spaces around each.
 * Delete when `new Tokenizer(…).tokenize("𠀀𠀁")` gives two pieces.
 */
const astralIdeographs =
  /[\u{20000}-\u{2a6df}\u{2a700}-\u{2ceaf}\u{2f800}-\u{2fa1f}]/gu;

/** A text is tokenized in stretches of about this many characters, so that a huge cell costs no more than what is kept of it. */
const stretch = 20_000;

function tokenizeUpTo(
  text: string,
  room: number,
  tokenize: (text: string) => string[],
): string[] {
  if (text.length <= stretch) return tokenize(text);
  const tokens: string[] = [];
  const gap = /\s/g;
  // One more than there is room for tells that something was cut.
  for (let from = 0; from < text.length && tokens.length <= room;) {
    gap.lastIndex = from + stretch;
    const to = gap.exec(text)?.index ?? text.length;
    for (const token of tokenize(text.slice(from, to))) tokens.push(token);
    from = to;
  }
  return tokens;
}

/** How much of each text stays, as the Rust tokenizers' `longest_first`. */
function longestFirst(a: number, b: number, room: number): [number, number] {
  if (a + b <= room) return [a, b];
  const short = Math.min(a, b);
  let [less, more] = [short, Math.max(short, room - short)];
  if (less + more > room) {
    less = Math.floor(room / 2);
    more = room - less;
  }
  return a > b ? [more, less] : [less, more];
}

function* idsOf(vocabulary: Record<string, number>): Generator<number> {
  for (const token in vocabulary) yield vocabulary[token]!;
}
