// The first words of the arena: what changes from step to step. The CPU kernels
// read them where they lie (assembly/threads.ts); the GPU gets a copy.

export const headerAt = 4096;
export const arenaStart = 8192;

export const header = {
  /** Packed rows of this batch. */
  rows: 0,
  sequences: 1,
  /** Distinct words of the step so far. */
  words: 2,
  /** Distinct words of this batch. */
  segments: 3,
  /** Words below this one were already met in this step. */
  fresh: 4,
  /** Positions whose word is to be guessed. */
  selected: 5,
  /** 0 in the first batch of a step: gradients are set, not added to. */
  accumulate: 6,
  dropoutKey: 7,
  /** Finished steps. */
  done: 8,
  lossScale: 9,
  stepSize: 10,
  inverseRoot: 11,
  keep: 12,
  beta1: 13,
  beta2: 14,
  epsilon: 15,
  maxNorm: 16,
  loss: 17,
  norm: 18,
  clip: 19,
  /** Product of all decays so far. */
  decayed: 20,
  scratch: 21,
  scratchBytes: 22,
  /** The step being done, from 1. */
  step: 23,
  pack: 24,
} as const;
