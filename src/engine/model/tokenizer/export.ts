// A tokenizer's files as an export has them: tokenizer.json (AutoTokenizer,
// Transformers.js), and tokenizer_config.json with vocab.txt (BertTokenizer) say
// the same, and all of it, so that no version's defaults have a say.

import { type Description, template } from "./files";
import { unlikeBert } from "./reconcile";

export function exportedJson(
  description: Description,
  [clsId, sepId]: [number, number],
  pieces: { id_to_token(id: number): string | undefined },
): string {
  return JSON.stringify({
    ...description,
    // Each call says how long.
    truncation: null,
    padding: null,
    post_processor:
      description.post_processor ??
      template(
        [pieces.id_to_token(clsId) ?? "[CLS]", clsId],
        [pieces.id_to_token(sepId) ?? "[SEP]", sepId],
      ),
  });
}

/** What would make Python read other files, or split otherwise than it was here. */
const dropped = [
  "auto_map",
  "name_or_path",
  "special_tokens_map_file",
  "tokenizer_file",
  "vocab_file",
  "word_tokenizer_type",
  "subword_tokenizer_type",
  "mecab_kwargs",
  "sudachi_kwargs",
  "jumanpp_kwargs",
  "do_word_tokenize",
  "do_subword_tokenize",
  "never_split",
  "backend",
  "is_local",
];

export function exportedConfig(
  description: Description,
  config: Record<string, unknown>,
  maxPositions: number,
): string {
  const { normalizer, added_tokens, model } = description;
  const kept = Object.fromEntries(
    Object.entries(config).filter(([key]) => !dropped.includes(key)),
  );
  const length = config.model_max_length;
  return (
    JSON.stringify(
      {
        unk_token: model.unk_token ?? "[UNK]",
        sep_token: "[SEP]",
        pad_token: "[PAD]",
        cls_token: "[CLS]",
        mask_token: "[MASK]",
        ...kept,
        tokenizer_class: unlikeBert(description)
          ? "PreTrainedTokenizerFast"
          : "BertTokenizer",
        do_basic_tokenize: true,
        do_lower_case: normalizer?.lowercase ?? false,
        strip_accents: normalizer?.strip_accents ?? null,
        tokenize_chinese_chars: normalizer?.handle_chinese_chars ?? true,
        // Python writes 10³⁰ for "any".
        model_max_length:
          typeof length === "number" && length < maxPositions
            ? length
            : maxPositions,
        added_tokens_decoder: Object.fromEntries(
          added_tokens.map(({ id, ...token }) => [id, token]),
        ),
      },
      null,
      2,
    ) + "\n"
  );
}
