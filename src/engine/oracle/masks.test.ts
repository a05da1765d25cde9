// The oracle's masks are what WebAssembly drops, to the bit: each kernel that drops
// is given ones, so that what comes out is its mask.

import { describe, expect, it } from "vitest";
import { bench } from "../fixtures/by-hand";
import { Epilogue, Gemm } from "../kernels/operands";
import { counterPositions } from "../program/batch";
import { attention } from "../program/record/attention";
import { norm } from "../program/record/norm";
import { gemm } from "../program/record/products";
import { type Matrix, sites } from "../program/recorder";
import { maskOf, siteOf } from "./hash";

const rate = 0.1;
/** As `bench` sets them: its executor makes the first batch of the first step. */
const dropping = { rate, seed: 3, step: 1 };

/** Rows of the padded rectangle that are tokens, in order: what is packed. */
const realRows = (lengths: number[], padded: number): number[] =>
  lengths.flatMap((n, b) =>
    Array.from({ length: n }, (_, t) => b * padded + t),
  );

/** Rows of a mask of padded [B·T, width]. */
const pick = (mask: Float32Array, rows: number[], width: number): number[] =>
  rows.flatMap((r) => [...mask.subarray(r * width, (r + 1) * width)]);

const drops = (observed: number[]) => {
  expect(new Set(observed)).toEqual(new Set([0, Math.fround(1 / (1 - rate))]));
};

describe.each([
  ["packed", false],
  ["padded", true],
])("In a %s batch the oracle keeps what WebAssembly keeps", (_, isPadded) => {
  const lengths = [9, 1, 70, 33];
  const T = Math.max(...lengths);
  const padded = isPadded ? T : 0;
  const rows = isPadded
    ? lengths.flatMap((_, b) => Array.from({ length: T }, (_, t) => b * T + t))
    : realRows(lengths, T);

  it.each([
    ["every row", sites.output(2), false],
    ["[CLS] alone", sites.head, true],
  ])("of a product: %s", async (_, site, single) => {
    const n = 52;
    const made: Record<string, Matrix> = {};
    const { at, run } = await bench(
      {},
      lengths,
      rate,
      (r) => {
        const count = single ? r.sequences : r.rows;
        made.a = r.matrix("a", count, 4);
        made.b = r.matrix("b", 4, n);
        made.c = r.matrix("c", count, n);
        gemm(
          r,
          "ones",
          "NN",
          made.a,
          made.b,
          made.c,
          count,
          n,
          4,
          {
            [Gemm.epilogue]: Epilogue.dropout,
            [Gemm.site]: site,
            [Gemm.threshold]: r.drop!.threshold,
            [Gemm.scale]: { float: r.drop!.scale },
            [Gemm.keys]: r.keys(count),
          },
          [],
          [],
        );
      },
      false,
      { padded },
    );
    at(made.a!).fill(0.25);
    at(made.b!).fill(1);
    run();
    const kept = single ? lengths.map((_, b) => b) : rows;
    const positions = single ? 1 : T;
    const size = lengths.length * positions * n;
    const mask = maskOf(siteOf(dropping, site, positions), size, n);
    const observed = [...at(made.c!).subarray(0, kept.length * n)];
    drops(observed);
    expect(observed).toEqual(pick(mask, kept, n));
  });

  it("after the embeddings' LayerNorm", async () => {
    const H = 36;
    const layer = "bert.embeddings.LayerNorm";
    const made: Record<string, Matrix> = {};
    const { executor, at, run } = await bench(
      { hidden_size: H },
      lengths,
      rate,
      (r) => {
        made.x = r.matrix("x", r.rows, H);
        made.y = r.matrix("y", r.rows, H);
        norm(r, layer, made.x, made.y, sites.embeddings);
      },
      false,
      { padded },
    );
    executor.parameter(`${layer}.weight`).fill(0);
    executor.parameter(`${layer}.bias`).fill(1);
    run();
    const site = siteOf(dropping, sites.embeddings, T);
    const mask = maskOf(site, lengths.length * T * H, H);
    const observed = [...at(made.y!).subarray(0, rows.length * H)];
    drops(observed);
    expect(observed).toEqual(pick(mask, rows, H));
  });

  it.each([
    ["every query", false],
    ["[CLS] alone", true],
  ])("of attention: %s", async (_, single) => {
    // With all scores equal a probability is 1 / n, and exact where n is a power of 2.
    const lengths = [8, 1, 64, 16];
    const [heads, d] = [2, 64];
    const T = 64;
    const site = sites.attention(1);
    const made: Record<string, Matrix> = {};
    const { at, run } = await bench(
      { hidden_size: heads * d, num_attention_heads: heads },
      lengths,
      rate,
      (r) => {
        const count = single ? r.sequences : r.rows;
        made.q = r.matrix("q", count, heads * d);
        made.k = r.matrix("k", r.rows, heads * d);
        made.v = r.matrix("v", r.rows, heads * d);
        made.out = r.matrix("out", count, heads * d);
        const lse = r.matrix("lse", count, heads);
        const { q, k, v, out } = made as Record<
          "q" | "k" | "v" | "out",
          Matrix
        >;
        attention(r, { q, k, v, out, lse, single, site });
      },
      false,
      { padded: isPadded ? T : 0 },
    );
    // n times the identity: what comes out of feature j is the mask at key j.
    const v = at(made.v!);
    let first = 0;
    for (const n of lengths) {
      for (let t = 0; t < n; t++)
        for (let h = 0; h < heads; h++)
          v[(first + t) * heads * d + h * d + t] = n;
      first += isPadded ? T : n;
    }
    run();
    const U = single ? 1 : T;
    const size = lengths.length * heads * U * T;
    const mask = maskOf(siteOf(dropping, site, U), size, T, counterPositions);
    const observed: number[] = [];
    const expected: number[] = [];
    const out = at(made.out!);
    let row = 0;
    lengths.forEach((n, b) => {
      const queries = single ? 1 : isPadded ? T : n;
      for (let q = 0; q < queries; q++, row++)
        for (let h = 0; h < heads; h++)
          for (let k = 0; k < n; k++) {
            observed.push(out[(row * heads + h) * d + k]!);
            expected.push(mask[((b * heads + h) * U + q) * T + k]!);
          }
    });
    drops(observed);
    expect(observed).toEqual(expected);
  });
});

it("Another seed, step or place keeps others, and padding changes nothing", () => {
  const width = 8;
  const of = (change: Partial<typeof dropping>, place: number, T = 6) =>
    maskOf(
      siteOf({ ...dropping, rate: 0.5, ...change }, place, T),
      2 * T * width,
      width,
    );
  const mask = of({}, 0);
  for (const other of [of({ seed: 4 }, 0), of({ step: 2 }, 0), of({}, 1)])
    expect(other).not.toEqual(mask);
  const rows = realRows([3, 6], 6);
  expect(pick(of({}, 0, 11), realRows([3, 6], 11), width)).toEqual(
    pick(mask, rows, width),
  );
});
