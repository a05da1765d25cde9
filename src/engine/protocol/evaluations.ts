// What a run says of a part of the data: the figures in one number that a task has,
// and what its panel shows beside them. Types only.

import type { ManyFigures, ScoreFigures } from "../../figures";
import type { Metrics, Task } from "../../task";

/** Figures of one part, by the run's task. */
export type EvaluationProgress =
  | OneLabelEvaluation
  | ManyLabelsEvaluation
  | ScoreEvaluation
  | SpansEvaluation
  | RolesEvaluation
  | MaskedWordsEvaluation;

/** What every evaluation has, and the figures in one number that its task has. */
interface Evaluation extends Metrics {
  kind: "evaluation";
  task: Task;
  /** "all" are the rows of every part, where nothing was trained. */
  part: "train" | "validation" | "test" | "all";
  /** 0 of a model that was not trained here. */
  step: number;
  epoch: number;
  /** Rows that were judged. */
  count: number;
  loss: number;
  /** True when this is the best validation figure so far, of those that judge. */
  best: boolean;
}

export interface OneLabelEvaluation extends Evaluation {
  task: "one label";
  accuracy: number;
  macroF1: number;
  mcc: number;
  confusion: Confusion;
  perClass: ClassFigures[];
  /** Worst (most confidently wrong) first, at most 200. */
  mistakes: Mistake[];
  mistakeCount: number;
}

export type ManyLabelsEvaluation = Evaluation &
  ManyFigures & {
    task: "many labels";
    /** Texts with a label too many or too few; the most surprising first, at most 200. */
    mistakes: ManyMistake[];
    mistakeCount: number;
  };

export type ScoreEvaluation = Evaluation &
  ScoreFigures & {
    task: "score";
    /** actual, predicted and so on; at most 2,000 rows spread over the part. */
    points: Float32Array<ArrayBuffer>;
    /** The farthest off first, at most 200. */
    mistakes: ScoreMistake[];
  };

/** Of the masked word pieces of the texts; the same ones at every evaluation. */
export interface MaskedWordsEvaluation extends Evaluation {
  task: "masked words";
  maskedLoss: number;
  /** e to the loss. */
  perplexity: number;
  maskedAccuracy: number;
  /** How many were judged. */
  pieces: number;
  /** The same pieces guessed by how frequent each is in the training texts, unread. */
  byFrequency: {
    maskedLoss: number;
    perplexity: number;
    maskedAccuracy: number;
  };
  /** A few short texts. */
  examples: MaskedText[];
}

export interface MaskedText {
  pieces: MaskedPiece[];
}

export interface MaskedPiece {
  /** As the vocabulary has it: "##ing" goes on where the one before ends. */
  piece: string;
  /** Where it was hidden: what it was taken for, and how surely. */
  guess?: string;
  probability?: number;
}

/** A part of a text, in UTF-16 units, end exclusive. */
export interface Span {
  start: number;
  end: number;
  label: string;
  /** Of a prediction: mean probability of its words' tags. */
  probability?: number;
}

/** How a span is wrong: other ends, another type, both, not found, or none there. */
export type SpanError = "boundary" | "type" | "both" | "missed" | "spurious";

export interface SpansEvaluation extends Evaluation {
  task: "spans";
  /** As conlleval counts. */
  entityF1: number;
  /** As IOB2 is written (seqeval strict). */
  strictEntityF1: number;
  entityPrecision: number;
  entityRecall: number;
  tokenAccuracy: number;
  /** By type, as conlleval counts. */
  perType: ClassFigures[];
  errors: Record<SpanError, number>;
  /** Texts with an error, most errors first, at most 200. */
  mistakes: SpanMistake[];
  mistakeCount: number;
}

/** Arguments of predicates: whatever is said of them is without the predicates themselves. */
export interface RolesEvaluation extends Evaluation {
  task: "roles";
  /** As conlleval counts. */
  argumentF1: number;
  /** As IOB2 is written (seqeval strict). */
  strictArgumentF1: number;
  argumentPrecision: number;
  argumentRecall: number;
  tokenAccuracy: number;
  /** By role, as conlleval counts. */
  perType: ClassFigures[];
  errors: Record<SpanError, number>;
  /** Sentences with an error, each with the predicate as second text; most errors first, at most 200. */
  mistakes: SpanMistake[];
  mistakeCount: number;
}

export interface SpanMistake {
  text: string;
  textB: string | null;
  gold: Span[];
  predicted: Span[];
  kinds: SpanError[];
}

/** The cells that hold anything; `tasks/labels/confusion.ts` reads it. */
export interface Confusion {
  labels: number;
  /** label, predicted, count and so on, by label and then by predicted. */
  cells: Int32Array<ArrayBuffer>;
}

export interface ClassFigures {
  label: string;
  precision: number;
  recall: number;
  f1: number;
  support: number;
}

/** A text whose set of labels was not met. */
export interface ManyMistake {
  text: string;
  textB: string | null;
  /** Indices of labels it has and was not given, and the other way round. */
  missed: number[];
  wrong: number[];
  /** Of what it was given and has. */
  right: number[];
  /** By label. */
  probabilities: number[];
}

export interface ScoreMistake {
  text: string;
  textB: string | null;
  actual: number;
  predicted: number;
}

export interface Mistake {
  text: string;
  textB: string | null;
  label: number;
  predicted: number;
  /** Probability given to the predicted label. */
  confidence: number;
  /** Probability given to the right label. */
  probabilityOfLabel: number;
}
