// The program's dropout masks, drawn on the host: mix(e xor key) ≥ threshold keeps
// element e. The key is of (seed, step, batch, place in the network); the element's
// number counts positions by 512 whether or not there are as many, so that a mask
// does not depend on padding, nor on how many queries are asked for. Every backend
// is given the same bits: a resumed run goes on with the masks it would have had.
//
// kernels/math.wasm.ts and kernels/prelude.wgsl.ts hash the same on the device;
// masks.test.ts holds this against what WebAssembly drops.

import { counterPositions, dropoutKey, mix } from "../program/batch";

/** Dropout at one place of the network in one step. */
export interface Site {
  rate: number;
  /** 32 bits. */
  key: number;
  /** Rows of each sequence in what is dropped: T, or 1 where only [CLS] is there. */
  positions: number;
}

/** `site` numbers the places in the network, as the program's recorder does. */
export function siteOf(
  { rate, seed, step }: { rate: number; seed: number; step: number },
  site: number,
  positions: number,
): Site {
  // A step is one batch here.
  const key = dropoutKey(seed, step, 0) + Math.imul(site, 0x9e3779b9);
  return { rate, key: mix(key >>> 0), positions };
}

/**
 * Of rows [N·positions, width], N sequences (or heads of sequences): 0 where dropped,
 * 1 / (1 − rate) where kept. Element (n, t, i) is number
 * ((n · 512 + t) · stride + i) mod 2³².
 */
export function maskOf(
  { rate, key, positions }: Site,
  size: number,
  width: number,
  stride = width,
): Float32Array {
  const mask = new Float32Array(size);
  const threshold = Math.floor(rate * 2 ** 32);
  const scale = 1 / (1 - rate);
  for (let at = 0, row = 0; at < size; at += width, row++) {
    const n = Math.floor(row / positions);
    const e = Math.imul(n * counterPositions + (row - n * positions), stride);
    for (let i = 0; i < width; i++)
      if (mix(((e + i) ^ key) >>> 0) >= threshold) mask[at + i] = scale;
  }
  return mask;
}
