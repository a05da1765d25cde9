import { expect, test } from "vitest";
import { wilson } from "./statistics";

/** scipy 1.17.1: `binomtest(hits, of).proportion_ci(0.95, method="wilson")`. */
const scipy: [hits: number, of: number, low: number, high: number][] = [
  [2, 2, 0.34238022750665303, 1.0],
  [90, 100, 0.8256343384950865, 0.9447708629393249],
  [0, 5, 0.0, 0.43448246478317476],
  [7, 9, 0.4525889691069889, 0.9367748928821533],
  [1903, 2000, 0.9411889997479057, 0.960079906557123],
];

test.each(scipy)(
  "%i right of %i has scipy's interval",
  (hits, of, low, high) => {
    const [from, to] = wilson(hits / of, of);
    expect(from).toBeCloseTo(low, 12);
    expect(to).toBeCloseTo(high, 12);
  },
);
