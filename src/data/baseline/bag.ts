// Texts → rows of numbers: scikit-learn's TfidfVectorizer(ngram_range=(1, 2)).

/** What keeps the whole fit within seconds. */
export const budget = {
  /** Multiply-adds per pass over the training rows. */
  products: 20e6,
  /** Weights held per vector of the optimiser. */
  weights: 1e6,
};
/** Whoever asks something else meanwhile waits for about so many. */
const ROWS_PER_BREATH = 500;

const WIDE = /[\u3040-\u30ff\u3400-\u9fff]/;

/**
 * Words of two letters and more (scikit-learn's `\b\w\w+\b`). Chinese and
 * Japanese do not space their words: there, every character counts as one.
 */
export function words(text: string): string[] {
  const found: string[] = [];
  for (const word of text
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}_]{2,}|[\u3040-\u30ff\u3400-\u9fff]/gu) ?? [])
    if (WIDE.test(word)) found.push(...word);
    else found.push(word);
  return found;
}

/** Words and pairs of neighbours. */
export function tokens(text: string): string[] {
  const found = words(text);
  const singles = found.length;
  for (let i = 1; i < singles; i++) found.push(`${found[i - 1]} ${found[i]}`);
  return found;
}

/** Rows of sparse, L2-normed TF-IDF. */
export interface Sparse {
  starts: Uint32Array;
  columns: Uint32Array;
  values: Float64Array;
}

export interface Vocabulary {
  index: Map<string, number>;
  /** ln((1 + n) / (1 + rows with it)) + 1 */
  idf: Float64Array;
}

export async function learnVocabulary(
  texts: string[],
  most: number,
  breathe: () => Promise<void>,
): Promise<Vocabulary> {
  const rows = new Map<string, number>();
  for (const [i, text] of texts.entries()) {
    if (i % ROWS_PER_BREATH === 0) await breathe();
    for (const token of new Set(tokens(text)))
      rows.set(token, (rows.get(token) ?? 0) + 1);
  }
  let kept = [...rows];
  // The commonest words carry most; a stable sort keeps the choice reproducible.
  if (kept.length > most)
    kept = kept.sort((a, b) => b[1] - a[1]).slice(0, most);
  return {
    index: new Map(kept.map(([token], i) => [token, i])),
    idf: Float64Array.from(
      kept,
      ([, n]) => Math.log((1 + texts.length) / (1 + n)) + 1,
    ),
  };
}

export async function vectorize(
  texts: string[],
  { index, idf }: Vocabulary,
  breathe: () => Promise<void>,
): Promise<Sparse> {
  const starts = new Uint32Array(texts.length + 1);
  const columns: number[] = [];
  const values: number[] = [];
  for (const [row, text] of texts.entries()) {
    if (row % ROWS_PER_BREATH === 0) await breathe();
    const counts = new Map<number, number>();
    for (const token of tokens(text)) {
      const column = index.get(token);
      if (column !== undefined)
        counts.set(column, (counts.get(column) ?? 0) + 1);
    }
    let norm = 0;
    for (const [column, count] of counts) norm += (count * idf[column]!) ** 2;
    norm = Math.sqrt(norm) || 1;
    for (const [column, count] of counts) {
      columns.push(column);
      values.push((count * idf[column]!) / norm);
    }
    starts[row + 1] = columns.length;
  }
  return {
    starts,
    columns: Uint32Array.from(columns),
    values: Float64Array.from(values),
  };
}

/** Every k-th row where all would take too long. `free` are the sets of weights, `products` what a pass may cost. */
export function affordable(
  texts: string[],
  free: number,
  products: number,
): number[] {
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  const step = Math.max(1, ((characters / 3) * free) / products);
  return Array.from({ length: Math.floor(texts.length / step) }, (_, i) =>
    Math.floor(i * step),
  );
}
