// Text → word pieces, around @huggingface/tokenizers: opens a tokenizer.json, or
// builds one from vocab.txt; lays out [CLS] and [SEP], cuts to length, and tells
// which word a piece belongs to. WordPiece only. The surprise: special tokens
// written out in a text ("[SEP]") become special, as they do in Python.

import { Tokenizer as WordPieces } from "@huggingface/tokenizers";

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
  cased: boolean;
  /** [CLS] text [SEP], or [CLS] text [SEP] textB [SEP], at most `maxTokens` long; the longer text of a pair is cut first. */
  encode(text: string, textB: string | null, maxTokens: number): Encoding;
  tokenizerJson(): string;
  vocabTxt(): string;
}

export interface TokenizerFiles {
  tokenizerJson?: string;
  /** tokenizer_config.json */
  tokenizerConfig?: string;
  vocabTxt?: string;
}

/** Throws a sentence where the files hold no WordPiece vocabulary. */
export function openTokenizer(files: TokenizerFiles): Tokenizer {
  const config = parse(files.tokenizerConfig ?? "{}", "tokenizer_config.json");
  if (files.tokenizerJson === undefined && files.vocabTxt === undefined)
    throw new Error(
      "The model has neither tokenizer.json nor vocab.txt. Add one of them.",
    );
  const description =
    files.tokenizerJson !== undefined
      ? readDescription(files.tokenizerJson)
      : describe(files.vocabTxt ?? "", config);
  const pieces = new WordPieces(description, config);
  const vocabulary = description.model.vocab;

  const idOf = (role: string, usual: string): number => {
    const named = config[`${role}_token`] as
      string | { content?: string } | undefined;
    const token = typeof named === "string" ? named : (named?.content ?? usual);
    const id = pieces.token_to_id(token);
    if (id === undefined)
      throw new Error(
        `The vocabulary has no ${token}. Choose a BERT model's vocabulary.`,
      );
    return id;
  };
  const padId = idOf("pad", "[PAD]");
  const clsId = idOf("cls", "[CLS]");
  const sepId = idOf("sep", "[SEP]");
  const unkId = idOf("unk", "[UNK]");
  const special = new Set(
    description.added_tokens
      .filter((token) => token.special)
      .map((token) => token.content),
  );
  const continuing = description.model.continuing_subword_prefix ?? "##";
  const normalizer = description.normalizer;
  const spaceAstral = normalizer?.handle_chinese_chars ?? false;

  const tokenize = (text: string) =>
    pieces.tokenize(
      spaceAstral && /[\ud840-\ud87e]/.test(text)
        ? text.replace(astralIdeographs, " $& ")
        : text,
    );

  return {
    vocabularySize: Math.max(-1, ...idsOf(vocabulary)) + 1,
    padId,
    clsId,
    sepId,
    unkId,
    cased: !(normalizer?.lowercase ?? false),

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

    tokenizerJson: () => files.tokenizerJson ?? JSON.stringify(description),
    vocabTxt: () => files.vocabTxt ?? listVocabulary(vocabulary),
  };
}

/** What of tokenizer.json is looked at here. */
interface Description {
  added_tokens: { id: number; content: string; special?: boolean }[];
  normalizer: {
    type: string;
    lowercase?: boolean;
    handle_chinese_chars?: boolean;
  } | null;
  model: {
    type?: string;
    vocab: Record<string, number>;
    unk_token?: string;
    continuing_subword_prefix?: string;
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

function parse(json: string, name: string): Record<string, unknown> {
  try {
    const value = JSON.parse(json) as unknown;
    if (value !== null && typeof value === "object")
      return value as Record<string, unknown>;
  } catch {
    // Told below.
  }
  throw new Error(
    `${name} is not a JSON object. Choose the file as Hugging Face writes it.`,
  );
}

function readDescription(json: string): Description {
  const description = parse(json, "tokenizer.json") as unknown as Description;
  const { model } = description;
  // Old files leave the type out of a WordPiece model.
  const type = model?.type ?? "WordPiece";
  if (type !== "WordPiece" || !model?.vocab)
    throw new Error(
      `tokenizer.json: its model is ${type}${model?.vocab ? "" : " without a vocabulary"}; Attune reads BERT's WordPiece. Choose a BERT model.`,
    );
  return {
    ...description,
    added_tokens: description.added_tokens ?? [],
    model: {
      ...model,
      type,
      unk_token: model.unk_token ?? "[UNK]",
      continuing_subword_prefix: model.continuing_subword_prefix ?? "##",
    },
  };
}

/** The tokenizer.json that BertTokenizerFast makes of a vocab.txt. */
function describe(
  vocabTxt: string,
  config: Record<string, unknown>,
): Description & Record<string, unknown> {
  const lines = vocabTxt.replace(/\r?\n$/, "").split(/\r?\n/);
  const vocab = Object.fromEntries(lines.map((token, id) => [token, id]));
  const specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
  if (vocab["[CLS]"] === undefined || vocab["[SEP]"] === undefined)
    throw new Error(
      `vocab.txt: ${lines.length} lines, but no [CLS] and [SEP] among them. Choose a BERT model's vocab.txt, one token a line.`,
    );
  const lowercase =
    typeof config.do_lower_case === "boolean"
      ? config.do_lower_case
      : !lines.some((token) => /^\p{Lu}\p{L}+$/u.test(token));
  const at = (id: string, type_id: number) => ({
    SpecialToken: { id, type_id },
  });
  const text = (id: string, type_id: number) => ({ Sequence: { id, type_id } });
  const slot = (token: string) => ({
    id: token,
    ids: [vocab[token]],
    tokens: [token],
  });
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: specials
      .filter((content) => vocab[content] !== undefined)
      .map((content) => ({
        id: vocab[content]!,
        content,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
        special: true,
      })),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: config.tokenize_chinese_chars !== false,
      strip_accents:
        typeof config.strip_accents === "boolean" ? config.strip_accents : null,
      lowercase,
    } as Description["normalizer"],
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: {
      type: "TemplateProcessing",
      single: [at("[CLS]", 0), text("A", 0), at("[SEP]", 0)],
      pair: [
        at("[CLS]", 0),
        text("A", 0),
        at("[SEP]", 0),
        text("B", 1),
        at("[SEP]", 1),
      ],
      special_tokens: { "[CLS]": slot("[CLS]"), "[SEP]": slot("[SEP]") },
    },
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab,
    } as Description["model"],
  };
}

function* idsOf(vocabulary: Record<string, number>): Generator<number> {
  for (const token in vocabulary) yield vocabulary[token]!;
}

function listVocabulary(vocabulary: Record<string, number>): string {
  const lines: string[] = [];
  for (const [token, id] of Object.entries(vocabulary)) lines[id] = token;
  // A hole in the numbering keeps its place.
  return (
    Array.from(lines, (token, id) => token ?? `[unused${id}]`).join("\n") + "\n"
  );
}
