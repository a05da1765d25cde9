// What a count lets one say. Used where scores are shown and where they are
// written down, so that both say the same.

/** The 97.5th percentile of the standard normal distribution. */
const z = 1.959963984540054;

/** Below this many texts a score is mostly chance, and is said to be. */
export const fewTexts = 30;

/** Wilson's score interval of a share, 95 %. */
export function wilson(share: number, count: number): [number, number] {
  const spread = 1 + (z * z) / count;
  const middle = (share + (z * z) / (2 * count)) / spread;
  const half =
    (z / spread) *
    Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
