// Two files tell how text is normalised: tokenizer.json's normalizer and
// tokenizer_config.json's flags. Python obeys the flags where they are written;
// so does this. What is not written is no statement: there tokenizer.json counts.

import { said, type Said, type Text, type Value } from "../../../said";
import {
  type Description,
  listVocabulary,
  type Normalizer,
  readLines,
} from "./files";

const flags = [
  ["do_lower_case", "lowercase", true],
  ["strip_accents", "strip_accents", null],
  ["tokenize_chinese_chars", "handle_chinese_chars", true],
] as const;

export function reconcile(
  given: Description,
  config: Record<string, unknown>,
  fromJson: boolean,
  vocabTxt: string[] | null,
): { description: Description; notes: Said[] } {
  const notes: Said[] = [];
  let { normalizer } = given;
  if (fromJson && normalizer?.type === "BertNormalizer") {
    const agreed: Normalizer = { ...normalizer };
    for (const [flag, field, usual] of flags) {
      const written = config[flag];
      const has = normalizer[field] ?? usual;
      const counts =
        typeof written === "boolean" ||
        (written === null && field === "strip_accents");
      if (counts && written !== has) {
        Object.assign(agreed, { [field]: written });
        if (strips(normalizer, field) !== strips(agreed, field))
          notes.push(
            said("tokenizer: flags disagree", {
              flag,
              written: String(written),
              field,
              has: String(has),
            }),
          );
      } else if (written === undefined && has !== usual)
        notes.push(
          said("tokenizer: flag not said", {
            field,
            has: String(has),
            flag,
            usual: usual === null ? "None" : "True",
          }),
        );
    }
    normalizer = agreed;
  }
  const description = { ...given, normalizer };
  if (fromJson && vocabTxt) {
    const own = readLines(listVocabulary(given.model.vocab));
    const differ = differences(own, vocabTxt, given);
    if (differ.length > 0)
      notes.push(
        said("tokenizer: vocabularies disagree", {
          count: differ.length,
          line: differ[0]! + 1,
          inText: piece(vocabTxt[differ[0]!]),
          inJson: piece(own[differ[0]!]),
        }),
      );
  }
  const splitter = foreignSplitter(config);
  if (splitter) notes.push(said("tokenizer: other splitter", { splitter }));
  const unusual = unlikeBert(description);
  if (unusual) notes.push(said("tokenizer: unlike BERT", { what: unusual }));
  return { description, notes };
}

/** `strip_accents` null follows `lowercase`: only what changes the text is told. */
const strips = (
  normalizer: Normalizer,
  field: "lowercase" | "strip_accents" | "handle_chinese_chars",
) =>
  field === "strip_accents"
    ? (normalizer.strip_accents ?? normalizer.lowercase ?? true)
    : normalizer[field];

/** Lines that differ; tokens that were added to one of them only do not count. */
function differences(
  own: string[],
  txt: string[],
  { added_tokens }: Description,
): number[] {
  const added = new Set(added_tokens.map(({ id }) => id));
  const differ: number[] = [];
  for (let id = 0; id < Math.max(own.length, txt.length); id++)
    if (own[id] !== txt[id] && !added.has(id)) {
      // A hole was given a name of our own.
      if (/^\[+unused\d+\]+$/.test(own[id] ?? "") && !txt[id]) continue;
      differ.push(id);
    }
  return differ;
}

const piece = (token: string | undefined): Value =>
  token === undefined ? said("tokenizer: nothing") : JSON.stringify(token);

function foreignSplitter(config: Record<string, unknown>): Text | null {
  const { word_tokenizer_type: kind, tokenizer_class: name } = config;
  if (typeof kind === "string" && kind !== "basic")
    return kind === "mecab" ? "MeCab" : kind;
  if (config.subword_tokenizer_type === "character")
    return said("split by: characters");
  if (typeof name === "string" && /Japanese/.test(name)) return "MeCab";
  if (config.do_basic_tokenize === false) return said("split by: spaces alone");
  return null;
}

/** What of it only tokenizer.json can say; null for BERT's own way. */
export function unlikeBert({
  normalizer,
  model,
  ...rest
}: Description): Text | null {
  const splitter = rest.pre_tokenizer as { type?: string } | null;
  if (normalizer?.type !== "BertNormalizer")
    return said("unlike BERT: normalizer", {
      type: normalizer?.type ?? "null",
    });
  if (normalizer.clean_text === false) return "clean_text false";
  if (splitter?.type !== "BertPreTokenizer")
    return said("unlike BERT: pre-tokenizer", {
      type: splitter?.type ?? "null",
    });
  if ((model.continuing_subword_prefix ?? "##") !== "##")
    return said("unlike BERT: prefix", {
      prefix: model.continuing_subword_prefix ?? "",
    });
  return null;
}
