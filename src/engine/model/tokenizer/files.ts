// tokenizer.json and vocab.txt → one description of a WordPiece tokenizer, in
// tokenizer.json's own words.

import { Failure } from "../../../said";
import { parsePython } from "../json";

export interface TokenizerFiles {
  tokenizerJson?: string;
  /** tokenizer_config.json */
  tokenizerConfig?: string;
  vocabTxt?: string;
  /** added_tokens.json: what older versions keep beside vocab.txt. */
  addedTokens?: string;
}

export interface Normalizer {
  type: string;
  lowercase?: boolean;
  strip_accents?: boolean | null;
  handle_chinese_chars?: boolean;
  clean_text?: boolean;
  normalizers?: Normalizer[];
}

export interface AddedToken {
  id: number;
  content: string;
  special?: boolean;
  single_word?: boolean;
  lstrip?: boolean;
  rstrip?: boolean;
  normalized?: boolean;
}

/** What of tokenizer.json is looked at here. */
export interface Description extends Record<string, unknown> {
  added_tokens: AddedToken[];
  normalizer: Normalizer | null;
  model: {
    type?: string;
    vocab: Record<string, number>;
    unk_token?: string;
    continuing_subword_prefix?: string;
    max_input_chars_per_word?: number;
  };
}

export function readDescription(json: string): Description {
  const description = parsePython(json, "tokenizer.json")
    .value as unknown as Description;
  const { model } = description;
  // Old files leave the type out of a WordPiece model.
  const type = model?.type ?? "WordPiece";
  if (!model?.vocab)
    throw new Failure("tokenizer: no vocabulary in its model", { type });
  if (type !== "WordPiece")
    throw new Failure("tokenizer: no WordPiece model", { type });
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
export function describe(
  vocabTxt: string,
  config: Record<string, unknown>,
  addedTokens?: string,
): Description {
  const lines = readLines(vocabTxt);
  const vocab = Object.fromEntries(
    lines.map((token, id) => [token, id]).filter(([token]) => token !== ""),
  ) as Record<string, number>;
  const specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
  if (vocab["[CLS]"] === undefined || vocab["[SEP]"] === undefined)
    throw new Failure("tokenizer: vocab.txt without specials", {
      count: lines.length,
    });
  const lowercase =
    typeof config.do_lower_case === "boolean"
      ? config.do_lower_case
      : !lines.some((token) => /^\p{Lu}\p{L}+$/u.test(token));
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: addedTo(vocab, specials, config, addedTokens),
    normalizer: {
      type: "BertNormalizer",
      clean_text: true,
      handle_chinese_chars: config.tokenize_chinese_chars !== false,
      strip_accents:
        typeof config.strip_accents === "boolean" ? config.strip_accents : null,
      lowercase,
    },
    pre_tokenizer: { type: "BertPreTokenizer" },
    post_processor: template(
      ["[CLS]", vocab["[CLS]"]],
      ["[SEP]", vocab["[SEP]"]],
    ),
    decoder: { type: "WordPiece", prefix: "##", cleanup: true },
    model: {
      type: "WordPiece",
      unk_token: "[UNK]",
      continuing_subword_prefix: "##",
      max_input_chars_per_word: 100,
      vocab,
    },
  };
}

/** The special tokens, and those that were added later. */
function addedTo(
  vocab: Record<string, number>,
  specials: string[],
  config: Record<string, unknown>,
  addedTokens: string | undefined,
): AddedToken[] {
  const added = new Map<number, AddedToken>();
  const put = (id: number, content: string, rest: Partial<AddedToken>) =>
    added.set(id, {
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
      ...rest,
    });
  for (const content of specials)
    if (vocab[content] !== undefined) put(vocab[content], content, {});
  if (addedTokens !== undefined)
    for (const [content, id] of Object.entries(
      parsePython(addedTokens, "added_tokens.json").value,
    ))
      if (typeof id === "number")
        put(id, content, { special: false, normalized: true });
  const decoder = (config.added_tokens_decoder ?? {}) as Record<
    string,
    Partial<AddedToken> & { __type?: string }
  >;
  for (const [id, { __type: _, ...token }] of Object.entries(decoder))
    if (typeof token.content === "string")
      put(Number(id), token.content, token);
  return [...added.values()].sort((a, b) => a.id - b.id);
}

/** [CLS] A [SEP] and [CLS] A [SEP] B [SEP], as tokenizer.json says it. */
export function template(
  [cls, clsId]: [string, number],
  [sep, sepId]: [string, number],
) {
  const at = (id: string, type_id: number) => ({
    SpecialToken: { id, type_id },
  });
  const text = (id: string, type_id: number) => ({ Sequence: { id, type_id } });
  const slot = (token: string, id: number) => ({
    id: token,
    ids: [id],
    tokens: [token],
  });
  return {
    type: "TemplateProcessing",
    single: [at(cls, 0), text("A", 0), at(sep, 0)],
    pair: [at(cls, 0), text("A", 0), at(sep, 0), text("B", 1), at(sep, 1)],
    special_tokens: { [cls]: slot(cls, clsId), [sep]: slot(sep, sepId) },
  };
}

/** vocab.txt's tokens by line. Blank lines at its end are no tokens; Python's ids for them are never used. */
export const readLines = (vocabTxt: string): string[] =>
  vocabTxt.replace(/\s+$/, "").split(/\r?\n/);

/** Whether no part of the normalizer lowers letters. */
export function isCased(normalizer: Normalizer | null): boolean {
  if (!normalizer) return true;
  if (normalizer.type === "Lowercase") return false;
  if (normalizer.normalizers) return normalizer.normalizers.every(isCased);
  return !(normalizer.lowercase ?? false);
}

export function listVocabulary(vocabulary: Record<string, number>): string {
  const lines: string[] = [];
  for (const [token, id] of Object.entries(vocabulary)) lines[id] = token;
  // A hole in the numbering keeps its place, under a name that no other token has.
  const hole = (id: number): string => {
    let name = `[unused${id}]`;
    while (name in vocabulary) name = `[${name}]`;
    return name;
  };
  return Array.from(lines, (token, id) => token ?? hole(id)).join("\n") + "\n";
}
