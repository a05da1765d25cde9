// Labelled texts as a run takes them: packed bytes that cross threads without being
// copied, and how to read them. A leaf: data and engine share this one copy.

/** Texts packed as UTF-8 so that they cross a thread without being copied. */
export interface PackedTexts {
  /** All texts, one after the other. */
  utf8: Uint8Array<ArrayBuffer>;
  /** count + 1 byte offsets into `utf8`. */
  offsets: Uint32Array<ArrayBuffer>;
}

/** One part of a dataset. */
export interface Examples {
  count: number;
  texts: PackedTexts;
  /** Second texts of pairs, or null. */
  textsB: PackedTexts | null;
  /** Index into `Dataset.labels`. */
  labels: Int32Array<ArrayBuffer>;
  /** Where each row stood: file index and 1-based data row. */
  origin: { file: Uint16Array<ArrayBuffer>; row: Uint32Array<ArrayBuffer> };
}

export interface Dataset {
  /** Name for the run: file name without extension. */
  name: string;
  /** Sorted by name; numbers sort as numbers. */
  labels: string[];
  train: Examples;
  validation: Examples;
  test: Examples | null;
  /** SHA-256 over labels, texts and split: hex. */
  fingerprint: string;
  /** Hex of the first 8 bytes of SHA-256 of each row's text(s) and label, by part, packed: 8 bytes each. */
  rowHashes: {
    train: Uint8Array<ArrayBuffer>;
    validation: Uint8Array<ArrayBuffer>;
    test: Uint8Array<ArrayBuffer> | null;
  };
}

/** One text, or a pair. */
export interface TextInput {
  text: string;
  textB: string | null;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The `i`-th of the packed texts. */
export function textAt({ utf8, offsets }: PackedTexts, i: number): string {
  return decoder.decode(utf8.subarray(offsets[i], offsets[i + 1]));
}

/** The text or pair of the `i`-th example. */
export function inputAt({ texts, textsB }: Examples, i: number): TextInput {
  return { text: textAt(texts, i), textB: textsB && textAt(textsB, i) };
}
