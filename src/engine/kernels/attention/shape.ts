// The sizes attention is asked about.

import type * as tf from "@tensorflow/tfjs";

export interface Shape {
  /** B */
  texts: number;
  /** U */
  queries: number;
  /** T */
  tokens: number;
  /** A */
  heads: number;
  /** [B] */
  lengths: Int32Array;
  /** Work out padded queries too: only people look at them, no key does. */
  padded: boolean;
}

export type Rows = tf.Tensor2D;

/** 1 / √d */
export const scaleOf = (q: Rows, { heads }: Shape) =>
  1 / Math.sqrt(q.shape[1] / heads);
