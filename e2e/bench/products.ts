// How fast the products of a step are, each by itself, beside the best product
// that anything computed on the same device in the same run.

import type { Product, Workload } from "./engine.ts";
import type { Entrant } from "./measure.ts";
import { flopsOf, productsOf, recordFor } from "./program.ts";

export interface ProductSpeed extends Product {
  model: string;
  /** How often a step makes it; 0 for those that only show what is possible. */
  times: number;
  /** GFLOP/s by engine. */
  speed: Record<string, number>;
}

const squares: Product[] = [
  { form: "NN", m: 512, n: 512, k: 512 },
  { form: "NT", m: 1024, n: 512, k: 512 },
];

/** Threads of OpenBLAS wait awake for a tenth of a second, in others' way. */
const rest = () => new Promise((resolve) => setTimeout(resolve, 200));

/**
 * Times all products of the workload's step, engine after engine for each, and then
 * all once more: a machine that is shared can be slow for half a minute.
 */
export async function productSpeeds(
  workload: Workload,
  entrants: Entrant[],
): Promise<ProductSpeed[]> {
  const asked = [
    ...productsOf(recordFor(workload)),
    ...squares.map((square) => ({ ...square, times: 0 })),
  ];
  const speeds = asked.map((product): ProductSpeed => {
    return { ...product, model: workload.model, speed: {} };
  });
  for (let pass = 0; pass < 2; pass++)
    for (const { form, m, n, k, times, speed } of speeds)
      for (const { name, engine } of entrants) {
        // Of libraries in a browser, only what they could do: some take seconds.
        if (times && /^(tfjs|jax)/.test(name)) continue;
        const shape: Product = { form, m, n, k };
        if (entrants.length > 1) await rest();
        const ms = await engine.product(shape).catch(() => null);
        if (ms !== null)
          speed[name] = Math.max(speed[name] ?? 0, flopsOf(shape) / ms / 1e6);
      }
  return speeds;
}

export const best = (speeds: ProductSpeed[], engines: string[]): number =>
  Math.max(
    ...speeds.flatMap(({ speed }) => engines.map((name) => speed[name] ?? 0)),
  );

/** All products of a model's step together: their arithmetic over their time. */
export function together(
  speeds: ProductSpeed[],
  model: string,
  engine: string,
): number {
  let flops = 0;
  let ms = 0;
  for (const product of speeds) {
    const speed = product.speed[engine];
    if (product.model !== model || !product.times || !speed) continue;
    flops += product.times * flopsOf(product);
    ms += (product.times * flopsOf(product)) / speed / 1e6;
  }
  return ms > 0 ? flops / ms / 1e6 : NaN;
}
