import { expect, test } from "vitest";
import type { Engine } from "./engine.ts";
import { measure } from "./measure.ts";
import { workload } from "./workloads.ts";

/** Each step takes what is said; `asked` notes who made how many. */
function fake(name: string, ms: number, asked: string[], fails = Infinity) {
  let made = 0;
  const engine: Engine = {
    open: async () => ({ detail: `${name} opened`, omits: "" }),
    async steps(count) {
      asked.push(`${name} ${count}`);
      made += count;
      if (made > fails) throw new Error(`${name} broke\nat some line`);
      return Array.from({ length: count }, () => {
        return { ms, scriptMs: null, loss: made };
      });
    },
    figures: async () => {
      return { dispatches: null, bytes: 1, bytesOf: "", heap: null };
    },
    product: async () => null,
    close: async () => void asked.push(`${name} closed`),
  };
  return { name, engine, steps: 4 };
}

test("engines take turns; short steps come in threes behind one that does not count", async () => {
  const asked: string[] = [];
  const [quick, slow] = await measure(
    workload("tiny", "2x16", 1),
    [fake("quick", 10, asked), fake("slow", 600, asked)],
    () => {},
  );
  expect(asked.join(", ")).toBe(
    "quick 1, slow 1, quick 4, slow 1, quick 2, slow 1, slow 1, slow 1, quick closed, slow closed",
  );
  expect([quick!.ms.length, slow!.ms.length]).toEqual([4, 4]);
  expect(quick!.tokensPerSecond).toBe(3200);
});

test("an engine that fails tells why, is left out afterwards and closed", async () => {
  const asked: string[] = [];
  let left: string[] = [];
  const results = await measure(
    workload("tiny", "2x16", 1),
    [fake("broken", 600, asked, 2), fake("whole", 600, asked)],
    () => {},
    async (entrants) => void (left = entrants.map(({ name }) => name)),
  );
  expect(results.map(({ failure }) => failure)).toEqual(["broken broke", null]);
  expect(left).toEqual(["whole"]);
  expect(asked).toContain("broken closed");
});
