// The shape of a recorded program: what it is recorded for, and what comes out. A
// leaf, so that recorder and executors need not import the recording itself.

import type { Head, Sizes } from "../parameters";
import type { Parameter, Region } from "./arena";
import type { Operation } from "./operations";

export { wordName } from "../parameters";

/** What the program needs to know of config.json. */
export interface Config extends Sizes {
  num_attention_heads: number;
  hidden_act:
    "gelu" | "gelu_new" | "gelu_pytorch_tanh" | "relu" | "silu" | "swish";
  layer_norm_eps: number;
}

/** What a program is recorded for: a head, and how much of the model is trained. */
export interface Job {
  kind: Head;
  /** Number of labels; ignored for words, and of a sentence the hidden features. */
  labels: number;
  /** How much is trained: everything, the top k layers and the head, or (0) the head only, from features that `encode` worked out before. For "sentence" the last layer rests in any case (the averaging one, model/averaging.ts), and the k are below it. */
  train: "all" | number;
  dropout: number;
  /** In the last layer, compute only what [CLS] needs. Exact; only where the head reads nothing else. */
  clsOnly: boolean;
  /** Update all rows of the word embeddings in every step, not only those in use. Same results; always so for words. */
  denseEmbeddings: boolean;
  /** Also record `explain`. Not for words. */
  explains: boolean;
}

/** The most one batch may hold. */
export interface Capacity {
  /** Of all sequences together. */
  tokens: number;
  sequences: number;
  /** Of one sequence, in tokens. */
  length: number;
  /** Words to be guessed, for "words"; as many as tokens unless given. */
  selected?: number;
  /** Batches whose gradients are added up for one step. */
  batches: number;
}

export interface Program {
  config: Config;
  job: Job;
  capacity: Capacity;
  parameters: Map<string, Parameter>;
  /** Where in the region "gradients" that of each trained parameter lies, in floats; those of lazily updated word embeddings are rows elsewhere. */
  gradients: Map<string, number>;
  /** What the host writes and reads, by name. */
  regions: Map<string, Region>;
  lists: {
    /** Forward, loss (of a sentence, what the host chose), backward: once per batch. */
    train: Operation[];
    /** Clip and AdamW: once per step. */
    update: Operation[];
    /** Up to the logits. */
    predict: Operation[];
    /** Up to what the head reads; empty unless the head alone is trained. */
    encode: Operation[];
    /** From what the head reads to the logits; empty unless the head alone is trained. */
    score: Operation[];
    /** Up to the logits, with the attention of the first sequence. */
    watch: Operation[];
    /** The gradient of chosen logits with respect to the sum of embeddings of each token; nothing dropped. Empty unless the job explains. */
    explain: Operation[];
    /** Pays all updates that rows of the word embeddings are still owed. */
    flush: Operation[];
  };
  /** What each list leaves behind for the host. */
  outputs: Record<OutputList, Map<string, Region>>;
  /** The arena ends here (bytes); an executor's own working space follows. */
  end: number;
  /** Widest matrix any GEMM packs. */
  widest: number;
}

export type OutputList =
  "train" | "predict" | "watch" | "encode" | "score" | "explain";

export const defaultJob: Job = {
  kind: "labels",
  labels: 2,
  train: "all",
  dropout: 0.1,
  clsOnly: true,
  denseEmbeddings: false,
  explains: false,
};

/** Regions that are zero before the first step. `wordDecayed` is one. */
export const forgotten = [
  "moments1",
  "moments2",
  "gradients",
  "history",
  "wordMoments1",
  "wordMoments2",
  "wordGradients",
  "wordLast",
];

/** Regions that later steps depend on, as far as a program has them. */
export const lasting = [
  "parameters",
  "moments1",
  "moments2",
  "history",
  "wordMoments1",
  "wordMoments2",
  "wordLast",
  "wordDecayed",
];

/** Steps whose figures are kept so that owed updates can be paid. */
export const historySteps = 16384;
