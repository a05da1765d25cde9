// The GPU the page got, and a stopwatch for products that libraries compute.

import { openDevice } from "../../../src/engine/device";
import { asText } from "../../../src/say";

/** "Google SwiftShader (software)", "Apple M2", … */
export const adapterName = async (): Promise<string> =>
  asText((await openDevice()).name);

/** Milliseconds of one call: the fastest of at least four. */
export async function timeProduct(once: () => Promise<void>): Promise<number> {
  await once();
  let best = Infinity;
  const began = performance.now();
  for (let i = 0; i < 4 || performance.now() - began < 30; i++) {
    const start = performance.now();
    await once();
    best = Math.min(best, performance.now() - start);
    if (i > 100) break;
  }
  return best;
}
