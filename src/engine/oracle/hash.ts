// Random bits without state: a 32-bit hash of (seed, step, site, element). Every
// backend is given the same bits, so a run's dropout masks are reproducible and a
// resumed run goes on with the masks it would have had.
//
// Two multiply-xorshift rounds over the element, keyed before the first and
// between them: with one key by XOR alone, two sites would be permutations of
// each other.

/** Dropout at one place of the network in one step. */
export interface Site {
  rate: number;
  /** Two 32-bit keys. */
  keyA: number;
  keyB: number;
}

/** `site` numbers the places in the network. */
export function siteOf(
  dropout: { rate: number; seed: number; step: number },
  site: number,
): Site {
  const first = mix((dropout.seed ^ 0x9e3779b9) >>> 0);
  const second = mix((first ^ dropout.step) >>> 0);
  const keyA = mix((second + site) >>> 0);
  return { rate: dropout.rate, keyA, keyB: mix((keyA ^ second) >>> 0) };
}

function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** The element's 32 bits; unsigned. */
export function bitsAt(element: number, keyA: number, keyB: number): number {
  let x = element ^ keyA;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = (x ^ (x >>> 15)) + keyB;
  x = Math.imul(x, 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** An element is kept where its bits reach this. */
function thresholdOf(rate: number): number {
  return Math.min(0xffffffff, Math.round(rate * 2 ** 32));
}

/** 0 where dropped, 1 / (1 − rate) where kept. */
export function maskOf(site: Site, size: number): Float32Array {
  const mask = new Float32Array(size);
  const { keyA, keyB } = site;
  const threshold = thresholdOf(site.rate);
  const scale = 1 / (1 - site.rate);
  for (let i = 0; i < size; i++)
    mask[i] = bitsAt(i, keyA, keyB) >= threshold ? scale : 0;
  return mask;
}
