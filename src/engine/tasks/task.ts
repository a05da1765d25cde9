// What the engine knows of a task: which head is trained on what, how logits become
// answers and figures, and what the exported folder says of it.

import type { Dataset, Targets, TextInput } from "../../data";
import type { Task } from "../../task";
import type { Linear } from "./linear";
import type { Head } from "../parameters";
import type { Answer, EvaluationProgress } from "../protocol";

/** Targets as the program reads them. */
export interface HeadTargets {
  /** Numbers a row; "words" where each word of each text has one. */
  width: number | "words";
  values: Int32Array | Float32Array;
}

/** What must be known besides weights to make answers of logits. */
export interface Decoding {
  /** Scores are learned as (score − mean) / deviation. */
  scale: { mean: number; deviation: number } | null;
  /** Of many labels: from which probability on each is given. */
  thresholds: number[] | null;
}

export const plainDecoding: Decoding = { scale: null, thresholds: null };

/** Raw answers to a whole part. */
export interface Scored {
  /** Row-major [count, names]; of spans and roles [words, names]. */
  logits: Float32Array;
  targets: Targets;
  count: number;
}

/** What an answer of spans is about. */
export interface Asked {
  names: string[];
  /** [start, end) of each word in the text, in UTF-16 units. */
  words: readonly (readonly [start: number, end: number])[];
}

export interface Judging {
  names: string[];
  /** As in training, so that both losses are the same quantity. */
  classWeights: Float32Array | null;
  decoding: Decoding;
  /** True where what was tuned was tuned on this very part: then each half is judged by what the other gives. */
  tunedHere: boolean;
  /** Asked only for the texts that are shown. */
  textOf: (row: number) => TextInput;
}

/** An evaluation without when and on what. */
export type Figures<E extends EvaluationProgress = EvaluationProgress> =
  E extends EvaluationProgress
    ? Omit<E, "kind" | "part" | "step" | "epoch" | "best">
    : never;

export interface LabelTable {
  heads: string[];
  /** Shares from 0 to 1, then what is written as it is. */
  rows: { label: string; shares: number[]; others: string[] }[];
}

export interface EngineTask {
  task: Task;
  head: Head;
  /** Before training. */
  decodingOf(dataset: Dataset): Decoding;
  /** Weights of the outputs in the loss where labels are to count alike; null where that means nothing. */
  balanced(dataset: Dataset): Float32Array | null;
  targets(targets: Targets, decoding: Decoding, outputs: number): HeadTargets;
  figures(scored: Scored, judging: Judging): Figures;
  /** What the held-out answers teach about decoding. */
  tuned(scored: Scored, decoding: Decoding, outputs: number): Decoding;
  /**
   * A head fitted to features [count, width], without steps; null where the task
   * has none. Its logits times `gain` are what training starts from.
   */
  fitted:
    | ((
        features: Float32Array,
        targets: HeadTargets,
        outputs: number,
        priors: "rows" | "equal",
      ) => Linear)
    | null;
  /**
   * Fitted heads are sure of themselves on texts they were fitted to: a part of
   * their logits leaves the gradient something to do.
   */
  gain: number;
  /** Of one row of logits; of one text's, [words, names], where each word has an answer. */
  answer(logits: Float32Array, decoding: Decoding, asked?: Asked): Answer;
  /** The same targets for a model whose outputs come in another order: `rows[i]` is that of label i, of `outputs`. */
  reordered(targets: Targets, rows: number[], outputs: number): Targets;
  /** The classifier's parameters as others will read them, without what decodes them here. In place. */
  undone(
    classifier: { weight: Float32Array; bias: Float32Array },
    decoding: Decoding,
  ): void;
  /** Rows of each label; empty of what has none. */
  labelRows(targets: Targets, outputs: number): number[];
  /** What attune.json and the model card say of it. */
  exported: {
    architecture: string;
    problemType: string | null;
    pipeline: string;
    /** "A BERT text classifier" */
    what: string;
    /** Python that `use` begins with; unless given, what a pipeline needs. */
    imports?: string[];
    /** Python that uses the folder with transformers; `call` writes the call of a pipeline of this name on a text. */
    use(call: (name: string) => string): string[];
    /** An evaluation beyond its figures in one number, for attune.json. */
    details(evaluation: EvaluationProgress): Record<string, unknown>;
    /** Label by label, for the card; null where there are none. */
    table(evaluation: EvaluationProgress): LabelTable | null;
    /** What a reader of its figures must know; "" where they speak for themselves. */
    note: string;
  };
}
