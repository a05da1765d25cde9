// Masked words: the text itself is the target. What is hidden and how well it is
// guessed is passes/masking.ts and train/words.ts; here is what the other tasks'
// faces ask of it.

import { plainDecoding, type EngineTask } from "./task";

const never = (what: string) => (): never => {
  throw new Error(`internal: masked words have no ${what}`);
};

export const maskedWords: EngineTask = {
  task: "masked words",
  head: "words",
  decodingOf: () => plainDecoding,
  balanced: () => null,
  targets: never("targets beside the texts"),
  figures: never("logits of a whole part"),
  tuned: (_, decoding) => decoding,
  fitted: null,
  gain: 1,
  answer: () => ({ probabilities: [] }),
  reordered: (targets) => targets,
  undone: () => {},
  labelRows: () => [],
  exported: {
    architecture: "BertForMaskedLM",
    problemType: null,
    pipeline: "fill-mask",
    what: "A BERT that guesses masked words, to start other training from",
    use: () => [
      `fill = pipeline("fill-mask", model="path/to/this/folder")`,
      `print(fill("The first word is [MASK]."))`,
    ],
    details: (evaluation) =>
      evaluation.task === "masked words"
        ? { pieces: evaluation.pieces, byFrequency: evaluation.byFrequency }
        : {},
    table: () => null,
    note: "Loss and perplexity are of the masked word pieces, 15 % of each text, the same ones at every evaluation; they compare only with models of the same vocabulary.",
  },
};
