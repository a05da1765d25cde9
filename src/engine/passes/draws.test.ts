import { describe, expect, test } from "vitest";
import { rowsDrawn } from "./draws";

/** Label i has i + 1 rows. */
const labels = [0, 1, 1, 2, 2, 2, 3, 3, 3, 3];

describe("rows of a batch of pairs", () => {
  test("differ, fit, and have a companion wherever their label has one", () => {
    const draw = rowsDrawn(labels, 6, 1);
    for (let batch = 0; batch < 40; batch++) {
      const rows = [...draw()];
      expect(new Set(rows).size).toBe(rows.length);
      expect(rows.length).toBeGreaterThan(1);
      expect(rows.length).toBeLessThanOrEqual(6);
      const drawn = rows.map((row) => labels[row]!);
      for (const label of new Set(drawn))
        if (label > 0)
          expect(
            drawn.filter((other) => other === label).length,
          ).toBeGreaterThan(1);
    }
  });

  test("labels come equally often, and all rows come", () => {
    const draw = rowsDrawn(labels, 4, 2);
    const batches = Array.from({ length: 200 }, () => [...draw()]);
    const count = (label: number) =>
      batches.filter((rows) => rows.some((row) => labels[row] === label))
        .length;
    for (const label of [0, 1, 2, 3]) expect(count(label)).toBe(100);
    expect(new Set(batches.flat()).size).toBe(labels.length);
  });

  test("repeat with the seed, and end where there is one label, or few rows", () => {
    const some = (seed: number) => {
      const draw = rowsDrawn(labels, 6, seed);
      return Array.from({ length: 9 }, () => [...draw()]);
    };
    expect(some(3)).toEqual(some(3));
    expect(some(3)).not.toEqual(some(4));
    expect(rowsDrawn([5, 5], 8, 1)()).toHaveLength(2);
    expect(rowsDrawn([5], 1, 1)()).toHaveLength(1);
  });
});
