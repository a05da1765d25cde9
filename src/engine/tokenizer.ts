// Text → word pieces, around @huggingface/tokenizers.

export interface Encoding {
  ids: number[];
  segments: number[];
  tokens: string[];
  /** Index of the word each piece belongs to; -1 for special tokens. */
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

export function openTokenizer(files: TokenizerFiles): Tokenizer {
  throw new Error(`internal: not written yet ${Object.keys(files).join()}`);
}
