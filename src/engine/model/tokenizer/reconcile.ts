// Two files tell how text is normalised: tokenizer.json's normalizer and
// tokenizer_config.json's flags. Python obeys the flags where they are written;
// so does this. What is not written is no statement: there tokenizer.json counts.

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
): { description: Description; notes: string[] } {
  const notes: string[] = [];
  let { normalizer } = given;
  if (fromJson && normalizer?.type === "BertNormalizer") {
    const agreed: Normalizer = { ...normalizer };
    for (const [flag, field, usual] of flags) {
      const said = config[flag];
      const has = normalizer[field] ?? usual;
      const counts =
        typeof said === "boolean" ||
        (said === null && field === "strip_accents");
      if (counts && said !== has) {
        Object.assign(agreed, { [field]: said });
        if (strips(normalizer, field) !== strips(agreed, field))
          notes.push(
            `tokenizer_config.json says ${flag} ${String(said)}, tokenizer.json says ${field} ${String(has)}: tokenizer_config.json is obeyed, as Python does. An export says it in both.`,
          );
      } else if (said === undefined && has !== usual)
        notes.push(
          `tokenizer.json says ${field} ${String(has)}, tokenizer_config.json does not say ${flag}, for which some versions of Python's transformers take ${usual === null ? "None" : "True"}. tokenizer.json is obeyed; an export says it in both.`,
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
        `vocab.txt and tokenizer.json disagree on ${differ.length} word ${differ.length === 1 ? "piece" : "pieces"} (line ${differ[0]! + 1}: ${shown(vocabTxt[differ[0]!])} and ${shown(own[differ[0]!])}): tokenizer.json is obeyed, as Python's AutoTokenizer does. An export writes both alike.`,
      );
  }
  const splitter = foreignSplitter(config);
  if (splitter)
    notes.push(
      `In Python this model's words are split by ${splitter}, which is not here: text is split at spaces, punctuation and ideographs, so that longer words fall into other pieces than it was trained on. It can be trained; expect lower scores. An export says how it was split here.`,
    );
  const unusual = unlikeBert(description);
  if (unusual)
    notes.push(
      `tokenizer.json has ${unusual}, which Python's BertTokenizer cannot do: load an export with AutoTokenizer.`,
    );
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

const shown = (token: string | undefined) =>
  token === undefined ? "nothing" : JSON.stringify(token);

function foreignSplitter(config: Record<string, unknown>): string | null {
  const { word_tokenizer_type: kind, tokenizer_class: name } = config;
  if (typeof kind === "string" && kind !== "basic")
    return kind === "mecab" ? "MeCab" : kind;
  if (config.subword_tokenizer_type === "character") return "characters";
  if (typeof name === "string" && /Japanese/.test(name)) return "MeCab";
  if (config.do_basic_tokenize === false) return "spaces alone";
  return null;
}

/** What of it only tokenizer.json can say; null for BERT's own way. */
export function unlikeBert({ normalizer, model, ...rest }: Description) {
  const splitter = rest.pre_tokenizer as { type?: string } | null;
  if (normalizer?.type !== "BertNormalizer")
    return `the normalizer ${normalizer?.type ?? "null"}`;
  if (normalizer.clean_text === false) return "clean_text false";
  if (splitter?.type !== "BertPreTokenizer")
    return `the pre-tokenizer ${splitter?.type ?? "null"}`;
  if ((model.continuing_subword_prefix ?? "##") !== "##")
    return `the prefix ${model.continuing_subword_prefix}`;
  return null;
}
