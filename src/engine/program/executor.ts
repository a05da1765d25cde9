// What anything that carries out a program can do, wherever it computes. One that
// computes right here answers at once; one that has to wait for a device, later:
// callers await both.

import type { Program } from "./shape";
import type { Batch } from "./batch";
import type { Optimizer, StepResult } from "./step";

export type Later<T> = T | Promise<T>;

/** All that further steps depend on, besides what its caller says anew: seed, class weights, optimizer. */
export interface ExecutorState {
  step: number;
  /** As in `Stepper`. */
  decayed: number;
  /** 32-bit numbers as they lie, by region: the parameters, both moments, what rows of the word embeddings are owed; and the `kept` parameters where there are such. */
  regions: Map<string, Uint32Array<ArrayBuffer>>;
}

export interface Explanation {
  /** Gradient of Σ logits · chosen with respect to the inputs. */
  gradients: Float32Array;
  /** Word, position and segment embedding of each token, summed. */
  inputs: Float32Array;
  logits: Float32Array;
}

export interface Executor {
  readonly program: Program;
  /** Finished steps. */
  readonly step: number;
  /** Bytes it holds: the arena and its own working space. */
  readonly bytes: number;

  /** Puts values into a parameter; `data` is as long as the parameter. */
  setParameter(name: string, data: Float32Array): void;
  /** A copy of all parameters as the program lays them; pays owed updates first. */
  readParameters(): Later<Float32Array>;

  /** Of dropout. */
  setSeed(seed: number): void;
  /** Weight of each label in the loss; null for 1. For "many labels", of the label where it is there (PyTorch's `pos_weight`). A score has none. */
  weigh(weights: Float32Array | null): void;
  /** Forgets moments and history; parameters stay. */
  reset(): void;

  /** One step of AdamW on the mean loss of these batches. Steps may be asked for before earlier ones are done. */
  train(batches: Batch[], optimizer: Optimizer): Later<StepResult>;

  /** A copy of the whole state, at this step. Pays nothing: what is owed stays owed. */
  save(): Later<ExecutorState>;
  /** Goes on from a state of the same program, to the bit as if it had never stopped. */
  resume(state: ExecutorState): void;

  /** Keeps a copy of the present parameters, in place of an earlier one. */
  keep(): void;
  /** Brings the kept parameters back. */
  restore(): void;

  /** Logits, row by row, each row a multiple of four long. Valid until the next call. */
  predict(batch: Batch): Later<Float32Array>;
  /** Attention of the first sequence, one [head, query, key] per layer, and the logits. Valid until the next call. */
  watch(
    batch: Batch,
  ): Later<{ attention: Float32Array[]; logits: Float32Array }>;
  /** What the head reads, [sequence, hidden]. Only of programs that train the head alone. Valid until the next call. */
  encode(batch: Batch): Later<Float32Array>;
  /** Logits, as `predict`, from `batch.features`. Only of programs that train the head alone. Valid until the next call. */
  score(batch: Batch): Later<Float32Array>;

  /** What each token's embedding adds to the chosen logits, to first order: [rows, hidden] each. Only of programs that explain. Valid until the next call. */
  explain(batch: Batch): Later<Explanation>;

  close(): void;
}
