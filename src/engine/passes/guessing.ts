// Guesses at the hidden pieces of a text: a few numbers for each instead of its
// logits over the whole vocabulary, which would not fit for a part.

import type { MaskedBatch } from "./masking";

/** Of one hidden piece. */
export interface Guess {
  /** Its place in the row's ids. */
  at: number;
  /** What stood there. */
  right: number;
  /** −ln of what is given to it. */
  loss: number;
  /** The likeliest piece, and how likely. */
  guessed: number;
  probability: number;
}

/** By text of the batch. `logits`: [selected, words]. */
export function guessesOf(
  { size, lengths, selected, labels }: MaskedBatch,
  logits: Float32Array,
  words: number,
): Guess[][] {
  const guesses = Array.from({ length: size }, (): Guess[] => []);
  let [text, start] = [0, 0];
  selected.forEach((position, i) => {
    const right = labels[i]!;
    if (right < 0) return;
    while (position >= start + lengths[text]!) start += lengths[text++]!;
    guesses[text]!.push({
      at: position - start,
      right,
      ...judged(logits.subarray(i * words, (i + 1) * words), right),
    });
  });
  return guesses;
}

function judged(
  logits: Float32Array,
  right: number,
): Pick<Guess, "loss" | "guessed" | "probability"> {
  let guessed = 0;
  for (let i = 1; i < logits.length; i++)
    if (logits[i]! > logits[guessed]!) guessed = i;
  const most = logits[guessed]!;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - most);
  return {
    loss: Math.log(sum) + most - logits[right]!,
    guessed,
    probability: 1 / sum,
  };
}
