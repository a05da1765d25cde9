/**
 * The colour of a class, the same in every panel: a class is known by its index
 * in the dataset's sorted labels. Eight colour-blind safe hues, then the same
 * ones nearer to the ink; never the only way to tell classes apart.
 */
export function classColour(index: number): string {
  const hue = `var(--series-${(index % 8) + 1})`;
  const round = Math.floor(index / 8) % 4;
  return round === 0
    ? hue
    : `color-mix(in oklab, ${hue} ${100 - 18 * round}%, var(--ink))`;
}
