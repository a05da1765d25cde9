// One workload on several engines, turn by turn, so that whatever else the
// machine does hits them all alike.

import type { Engine, Figures, Timing, Workload } from "./engine.ts";

export interface Entrant {
  name: string;
  engine: Engine;
  /** Of the median; slow engines make fewer. */
  steps: number;
}

export interface Result {
  engine: string;
  detail: string;
  omits: string;
  /** Milliseconds of each step after warm-up. */
  ms: number[];
  /** Medians. */
  median: number;
  scriptMs: number | null;
  minimum: number;
  tokensPerSecond: number;
  loss: number;
  figures: Figures | null;
  /** Why there are no numbers. */
  failure: string | null;
}

export const median = (numbers: number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2
    ? sorted[half]!
    : (sorted[half - 1]! + sorted[half]!) / 2;
};

/** A turn begins with a step that does not count when steps are this short: caches and threads wake up. */
const shortMs = 500;
const turn = 3;

export async function measure(
  workload: Workload,
  entrants: Entrant[],
  say: (line: string) => void,
  afterwards: (
    entrants: Entrant[],
    results: Map<string, Result>,
  ) => Promise<void> = async () => {},
): Promise<Result[]> {
  const tokens = workload.size * workload.length;
  const results = new Map<string, Result>();
  const timings = new Map<string, Timing[]>();
  const last = new Map<string, number>();
  const attempt = async (entrant: Entrant, what: () => Promise<void>) => {
    try {
      await what();
    } catch (error) {
      const { message } = error as Error;
      results.get(entrant.name)!.failure = message.split("\n")[0]!;
      say(`${entrant.name}: ${message}`);
    }
  };
  for (const entrant of entrants) {
    const { name, engine, steps } = entrant;
    results.set(name, {
      engine: name,
      detail: "",
      omits: "",
      ms: [],
      median: NaN,
      scriptMs: null,
      minimum: NaN,
      tokensPerSecond: NaN,
      loss: NaN,
      figures: null,
      failure: null,
    });
    timings.set(name, []);
    await attempt(entrant, async () => {
      Object.assign(results.get(name)!, await engine.open(workload));
      const warm = await engine.steps(steps < 10 ? 1 : 2);
      last.set(name, warm.at(-1)!.ms);
    });
  }
  const waiting = () =>
    entrants.filter(
      ({ name, steps }) =>
        !results.get(name)!.failure && timings.get(name)!.length < steps,
    );
  for (let now = waiting(); now.length; now = waiting())
    for (const entrant of now)
      await attempt(entrant, async () => {
        const { name, engine, steps } = entrant;
        const done = timings.get(name)!;
        const short = last.get(name)! < shortMs;
        const count = short ? Math.min(turn, steps - done.length) : 1;
        const made = await engine.steps(short ? count + 1 : count);
        done.push(...made.slice(-count));
        last.set(name, made.at(-1)!.ms);
      });
  for (const entrant of entrants) {
    const result = results.get(entrant.name)!;
    if (result.failure) continue;
    const all = timings.get(entrant.name)!;
    result.ms = all.map(({ ms }) => ms);
    result.median = median(result.ms);
    result.minimum = Math.min(...result.ms);
    result.tokensPerSecond = (1000 * tokens) / result.median;
    result.loss = all.at(-1)!.loss;
    const script = all.flatMap(({ scriptMs }) => scriptMs ?? []);
    result.scriptMs = script.length ? median(script) : null;
    await attempt(entrant, async () => {
      result.figures = await entrant.engine.figures();
    });
  }
  await afterwards(
    entrants.filter(({ name }) => !results.get(name)!.failure),
    results,
  );
  for (const { engine } of entrants) await engine.close();
  return [...results.values()];
}
