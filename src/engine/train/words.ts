// Masked words: other pieces are hidden in every epoch, the same ones whenever the
// held-out texts are judged.

import { guessPart } from "../passes";
import type { Guess } from "../passes/guessing";
import { epochBatches, type TokenizedPart } from "../passes/batches";
import {
  heldOutDraw,
  maskBatch,
  type Masker,
  maskerOf,
} from "../passes/masking";
import type { MaskedPiece, MaskedText } from "../protocol";
import type { Tokenizer } from "../model/tokenizer";
import type { Figures } from "../tasks";
import type { MaskedWordsEvaluation } from "../protocol";
import { Failure } from "../../said";
import type { Learner, LearnerInputs } from "./learners";

/** Texts that are shown with their guesses, and the longest of them. */
const mostShown = 8;
const longestShown = 48;

/** Throws a sentence where the vocabulary has no [MASK]. */
export function wordsLearner(
  inputs: LearnerInputs,
  tokenizer: Tokenizer,
): Learner {
  const { classifier, parts, options, control } = inputs;
  const masker = maskerOf(tokenizer);
  if (masker === null) throw new Failure("train: no mask token");
  const vocabulary = tokenizer.vocabTxt().split("\n");
  const frequencies = frequenciesOf(parts.train, masker);
  let present = 0;
  return {
    encoderLearns: true,
    rows: parts.train.count,
    batches(epoch) {
      present = epoch;
      return epochBatches(parts.train, options.batchSize, options.seed, epoch);
    },
    batch: (rows) =>
      maskBatch(parts.train, rows, masker, {
        seed: options.seed,
        epoch: present,
      }),
    score() {
      throw new Error("internal: the logits of masked words are not kept");
    },
    async *figures(name) {
      const part = parts[name]!;
      const guesses = yield* guessPart(
        classifier,
        part,
        masker,
        heldOutDraw,
        control,
      );
      return (
        guesses && {
          figures: wordFigures(guesses, part, vocabulary, frequencies),
        }
      );
    },
  };
}

/** How often each piece occurs in the training texts. */
interface Frequencies {
  counts: Float64Array;
  all: number;
  commonest: number;
}

function frequenciesOf(
  { ids }: TokenizedPart,
  { vocabularySize, special }: Masker,
): Frequencies {
  const counts = new Float64Array(vocabularySize);
  let all = 0;
  for (const id of ids)
    if (!special.has(id)) {
      counts[id]!++;
      all++;
    }
  let commonest = 0;
  counts.forEach((count, id) => {
    if (count > counts[commonest]!) commonest = id;
  });
  return { counts, all, commonest };
}

/** `guesses` by row of the part. */
export function wordFigures(
  guesses: Guess[][],
  part: TokenizedPart,
  vocabulary: string[],
  { counts, all, commonest }: Frequencies,
): Figures<MaskedWordsEvaluation> {
  const every = guesses.flat();
  const mean = (of: (guess: Guess) => number) =>
    every.length > 0
      ? every.reduce((sum, guess) => sum + of(guess), 0) / every.length
      : 0;
  const loss = mean((guess) => guess.loss);
  return {
    task: "masked words",
    count: part.count,
    loss,
    maskedLoss: loss,
    perplexity: Math.exp(loss),
    maskedAccuracy: mean(({ guessed, right }) => Number(guessed === right)),
    pieces: every.length,
    // Laplace's add-one over the whole vocabulary.
    byFrequency: frequencyFigures(
      mean(
        ({ right }) => -Math.log((counts[right]! + 1) / (all + counts.length)),
      ),
      mean(({ right }) => Number(right === commonest)),
    ),
    examples: examplesOf(guesses, part, vocabulary),
  };
}

const frequencyFigures = (maskedLoss: number, maskedAccuracy: number) => ({
  maskedLoss,
  perplexity: Math.exp(maskedLoss),
  maskedAccuracy,
});

/** Short texts from all over the part. */
function examplesOf(
  guesses: Guess[][],
  part: TokenizedPart,
  vocabulary: string[],
): MaskedText[] {
  const short = Array.from({ length: part.count }, (_, row) => row).filter(
    (row) =>
      guesses[row]!.length > 0 &&
      part.offsets[row + 1]! - part.offsets[row]! <= longestShown,
  );
  const shown = Math.min(mostShown, short.length);
  return Array.from({ length: shown }, (_, i) => {
    const row = short[Math.floor((i * short.length) / shown)]!;
    const ids = part.ids.subarray(part.offsets[row], part.offsets[row + 1]);
    const guessAt = new Map(guesses[row]!.map((guess) => [guess.at, guess]));
    const pieces: MaskedPiece[] = [];
    // Without [CLS] and the last [SEP].
    for (let at = 1; at < ids.length - 1; at++) {
      const guess = guessAt.get(at);
      pieces.push({
        piece: vocabulary[ids[at]!] ?? "",
        ...(guess && {
          guess: vocabulary[guess.guessed] ?? "",
          probability: guess.probability,
        }),
      });
    }
    return { pieces };
  });
}
