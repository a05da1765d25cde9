// One workload on several engines, turn by turn, so that whatever else the
// machine does hits them all alike.

import type { Engine, Product, Timing, Workload } from "./engine.ts";
import { productsOf, recordFor } from "./program.ts";
import {
  flopsOf,
  type ProductSpeed,
  type Result,
  summaryOf,
} from "./report.ts";

export interface Entrant {
  name: string;
  engine: Engine;
  /** Of the median; slow engines make fewer. */
  steps: number;
}

interface Runner extends Entrant {
  result: Result;
  timings: Timing[];
  /** Milliseconds of the step before. */
  last: number;
}

/** A turn begins with a step that does not count when steps are this short: caches and threads wake up. */
const shortMs = 500;
const turn = 3;

const nothing = (engine: string): Result => ({
  engine,
  detail: "",
  omits: "",
  ms: [],
  median: NaN,
  minimum: NaN,
  tokensPerSecond: NaN,
  loss: NaN,
  figures: null,
  failure: null,
});

/**
 * Warms every engine, then lets them take turns until each has its steps. One that
 * fails tells why in its result and is not asked again. `afterwards` gets those that
 * are left, still open.
 */
export async function measure(
  workload: Workload,
  entrants: Entrant[],
  say: (line: string) => void,
  afterwards: (left: Entrant[]) => Promise<void> = async () => {},
): Promise<Result[]> {
  const runners = entrants.map((entrant): Runner => {
    const result = nothing(entrant.name);
    return { ...entrant, result, timings: [], last: NaN };
  });
  const each = async (
    asked: Runner[],
    what: (runner: Runner) => Promise<void>,
  ) => {
    for (const runner of asked)
      try {
        await what(runner);
      } catch (error) {
        const { message } = error as Error;
        runner.result.failure = message.split("\n")[0]!;
        say(`${runner.name}: ${message}`);
      }
  };
  const going = () => runners.filter(({ result }) => !result.failure);
  await each(runners, async (runner) => {
    const { name, engine, steps, result } = runner;
    Object.assign(result, await engine.open(workload));
    const warm = await engine.steps(steps < 10 ? 1 : 2);
    runner.last = warm.at(-1)!.ms;
    say(`  ${name} is warm: ${runner.last.toFixed(0)} ms`);
  });
  const waiting = () =>
    going().filter(({ timings, steps }) => timings.length < steps);
  for (let now = waiting(); now.length; now = waiting())
    await each(now, async (runner) => {
      const { engine, steps, timings } = runner;
      const short = runner.last < shortMs;
      const count = short ? Math.min(turn, steps - timings.length) : 1;
      const made = await engine.steps(short ? count + 1 : count);
      timings.push(...made.slice(-count));
      runner.last = made.at(-1)!.ms;
    });
  await each(going(), async ({ engine, result, timings }) => {
    Object.assign(result, summaryOf(workload, timings));
    result.figures = await engine.figures();
  });
  await afterwards(going());
  for (const { engine } of runners) await engine.close();
  return runners.map(({ result }) => result);
}

/** Beside the products of a step, what shows what the device can do. */
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
