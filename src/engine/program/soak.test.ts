// What only shows after many steps, or under other flags of V8: each soak is a
// process of its own.

import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import type { Soak } from "../fixtures/soak";

async function soak(
  flags: string[],
  options: Record<string, number>,
): Promise<Soak> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...flags,
      ...["--import", "tsx", "src/engine/fixtures/soak.ts"],
      ...Object.entries(options).map(([name, value]) => `--${name}=${value}`),
    ],
    // A thread that has lost its place waits for ever.
    { timeout: 60_000, killSignal: "SIGKILL", maxBuffer: 2 ** 26 },
  );
  return JSON.parse(stdout) as Soak;
}

it("Threads that have to wait keep their place in code that is not optimised", async () => {
  // More threads than cores, so that waiting is more than a moment's spinning.
  const threads = availableParallelism() + 4;
  const flags = ["--liftoff-only"];
  const [one, many] = [
    await soak(flags, { threads: 1, steps: 60 }),
    await soak(flags, { threads, steps: 60 }),
  ];
  expect(many.losses).toEqual(one.losses);
  expect(many.parameters).toEqual(one.parameters);
});

it("500 steps leave memory and heap as the first hundred did", async () => {
  const { losses, memory, heap } = await soak(["--expose-gc"], {
    threads: 2,
    steps: 500,
    look: 100,
  });
  expect(losses).toHaveLength(500);
  expect(losses.at(-1)!).toBeLessThan(0.1 * losses[0]!);
  expect(new Set(memory).size).toBe(1);
  // Of the last 200, not one object is kept per step (before, V8 discards code).
  expect(heap[4]! - heap[2]!).toBeLessThan(40 * 200);
  console.log(
    `after 100 … 500 steps: heap ${heap.join(" ")}, WebAssembly ${memory[0]} bytes`,
  );
});
