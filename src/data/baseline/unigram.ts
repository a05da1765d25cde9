// Of masked words: how well one guesses a word from nothing but how frequent it is.

import { words } from "./bag";

export interface UnigramFigures {
  /** e to the mean −ln P(word) of the held words; 0 where there are none. */
  perplexity: number;
  /** Always guessing the most frequent training word: the share it gets right. */
  majority: { word: string; accuracy: number };
  /** Different words seen in training. */
  vocabulary: number;
  /** Words it was measured on. */
  words: number;
}

/**
 * P(word) = (count + 1) / (all counts + different words + 1), Laplace's add-one:
 * the last 1 is for all words that training never saw, which share one place.
 * `split` gives a text's words, as whatever it is compared with splits them.
 */
export function unigram(
  train: readonly string[],
  held: readonly string[],
  split: (text: string) => readonly string[] = words,
): UnigramFigures {
  const counts = new Map<string, number>();
  let all = 0;
  for (const text of train)
    for (const word of split(text)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      all++;
    }
  const places = all + counts.size + 1;
  let most = "";
  for (const [word, count] of counts)
    if (count > (counts.get(most) ?? 0)) most = word;
  let surprise = 0;
  let asked = 0;
  let right = 0;
  for (const text of held)
    for (const word of split(text)) {
      surprise -= Math.log(((counts.get(word) ?? 0) + 1) / places);
      asked++;
      if (word === most) right++;
    }
  return {
    perplexity: asked > 0 ? Math.exp(surprise / asked) : 0,
    majority: { word: most, accuracy: asked > 0 ? right / asked : 0 },
    vocabulary: counts.size,
    words: asked,
  };
}
