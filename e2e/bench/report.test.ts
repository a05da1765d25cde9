import { expect, test } from "vitest";
import { goalLine, goals, productLine } from "./goals.ts";
import {
  best,
  median,
  memoryShare,
  mixOf,
  ratio,
  type ProductSpeed,
  type Report,
  type Result,
  summaryOf,
  together,
} from "./report.ts";
import { markdown } from "./table.ts";
import { workload } from "./workloads.ts";

const result = (engine: string, ms: number[], more: object = {}): Result => ({
  engine,
  detail: `${engine} here`,
  omits: "",
  ...summaryOf(
    { size: 16, length: 64 },
    ms.map((each) => ({ ms: each, scriptMs: null, loss: 1 })),
  ),
  figures: null,
  failure: null,
  ...more,
});

const report = (results: Result[], more: Partial<Report> = {}): Report => ({
  date: "2026-11-27T12:00:00.000Z",
  machine: {
    processor: "a processor",
    cores: 2,
    memory: 1,
    system: "a system",
    node: "20",
    browser: "156",
    commit: "abc",
    libraries: {},
  },
  adapter: "an adapter",
  software: true,
  workloads: [
    {
      workload: workload("tiny", "16x64", 2),
      batch: "16x64",
      parameters: 10,
      plannedBytes: 200,
      results,
    },
  ],
  dispatched: [],
  products: [],
  lengths: [],
  ...more,
});

test("the median is the middle number, or the mean of the two in the middle", () => {
  expect(median([30, 1, 2])).toBe(2);
  expect(median([10, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test("tokens a second come from the median step, not from the fastest", () => {
  const { median, minimum, tokensPerSecond } = result("cpu", [40, 20, 400]);
  expect([median, minimum, tokensPerSecond]).toEqual([40, 20, 25_600]);
});

test("a ratio is ours over theirs, and none where one failed or has no BLAS", () => {
  const of = (theirs: object) =>
    ratio(
      report([result("cpu", [30]), result("torch", [120], theirs)]),
      ...(["tiny", "16x64", "cpu", "torch"] as const),
    );
  expect(of({})).toBe(0.25);
  expect(of({ failure: "no memory" })).toBeNull();
  expect(of({ detail: "PyTorch 2, reference BLAS, 2 threads" })).toBeNull();
});

test("the heap counts as memory", () => {
  const figures = { dispatches: null, bytes: 150, bytesOf: "", heap: 30 };
  expect(memoryShare({ plannedBytes: 200 }, { figures })).toBe(0.9);
  expect(memoryShare({ plannedBytes: 200 }, { figures: null })).toBeNull();
});

const product = (
  [m, n, k]: [number, number, number],
  times: number,
  speed: Record<string, number>,
): ProductSpeed => ({ model: "tiny", form: "NN", m, n, k, times, speed });
const products = [
  // 2e9 operations in 1 ms three times, 4e9 in 4 ms once: 10e9 in 7 ms.
  product([1000, 1000, 1000], 3, { cpu: 2000, torch: 2500 }),
  product([1000, 1000, 2000], 1, { cpu: 1000 }),
  product([512, 512, 512], 0, { cpu: 4000 }),
];

test("products together are their arithmetic over their time; the best may be of none of them", () => {
  expect(together(products, "tiny", "cpu")).toBeCloseTo(10_000 / 7, 6);
  expect(together(products, "mini", "cpu")).toBeNaN();
  expect(best(products, ["cpu", "torch"])).toBe(4000);
  expect(best(products, ["torch"])).toBe(2500);
  const told = report([], { products });
  expect(productLine(told, "tiny")).toMatch(/1429 GFLOP\/s, 36 % of the best/);
  expect(productLine(told, "mini")).toBeNull();
});

const bothWays = (tokens: number, packed: number, padded: number) => ({
  tokens,
  packed: { ms: packed, loss: 1 },
  padded: { ms: padded, loss: 1 + tokens * 1e-6 },
});

test("packed against padded: warm steps count for losses and lengths only", () => {
  const steps = [
    bothWays(900, 9999, 1),
    bothWays(100, 10, 40),
    bothWays(200, 20, 80),
    bothWays(300, 10, 60),
  ];
  const mix = mixOf(steps, 100, 1);
  expect(mix).toMatchObject({ texts: 100, mean: 15, packed: 10_000 });
  expect([mix.padded, mix.ratio]).toEqual([2500, 4]);
  expect(mix.difference).toBeCloseTo(9e-4, 9);
});

test("a goal is met at its limit, from either side, and not judged unmeasured", () => {
  const verdicts = (ours: number, packed: number) =>
    goals(
      report([result("cpu", [ours]), result("torch", [100])], {
        lengths: [
          { ...mixOf([bothWays(64, 1, packed)], 1, 0), set: "s", what: "w" },
        ],
        dispatched: [
          { model: "tiny", layers: 2, dispatches: 54, scriptMicroseconds: 9 },
        ],
      }),
    );
  const met = (ours: number, packed: number, what: RegExp) =>
    verdicts(ours, packed).find((goal) => what.test(goal.what))?.met;
  expect(met(80, 1, /PyTorch, tiny/)).toBe(true);
  expect(met(81, 1, /PyTorch, tiny/)).toBe(false);
  expect(met(80, 1, /PyTorch, MiniLM/)).toBeNull();
  expect(met(80, 2.5, /s: times the text/)).toBe(true);
  expect(met(80, 2.4, /s: times the text/)).toBe(false);
  expect(met(80, 1, /s: losses apart/)).toBe(true);
  expect(met(80, 1, /dispatches per step/), "21 · 2 + 12").toBe(true);
  expect(met(80, 1, /JavaScript per dispatch/)).toBe(false);
  expect(verdicts(81, 1).slice(0, 3).map(goalLine)).toEqual([
    "goal CPU against PyTorch, tiny 16x64: share of the time per step: 0.810 (at most 0.800) not met",
    "goal CPU against jax-js wasm, tiny 16x64: share of the time per step: not measured (at most 0.700) not judged",
    "goal CPU against PyTorch, MiniLM 16x64: share of the time per step: not measured (at most 1.50) not judged",
  ]);
});

test("tables tell medians, minima, fewer steps, failures and shares", () => {
  const figures = { dispatches: null, bytes: 150, bytesOf: "all", heap: 30 };
  const text = markdown(
    report(
      [
        result("cpu", [20, 40, 1234], { figures }),
        result("torch", [2000]),
        result("jax-wasm", [1], { failure: "gone" }),
      ],
      { products },
    ),
  );
  expect(text).toContain(
    "| model, batch | Attune CPU | PyTorch CPU | jax-js wasm |\n| --- | ---: | ---: | ---: |\n| tiny 16x64 | 40.0 (20.0) | 2,000 (2,000, 1 steps) | failed |",
  );
  expect(text).toContain("| tiny 16x64 | 25,600 | 512 | – |");
  expect(text).toContain("- jax-js wasm: gone");
  expect(text).toMatch(/\| tiny 16x64, Attune CPU \|.* 0\.90 \|/);
  expect(text).toContain(
    "| tiny ×3 NN 1000×1000×1000 | 2000.0 | 2500.0 | 50 % |",
  );
});
