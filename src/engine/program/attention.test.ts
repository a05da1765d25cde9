// Attention on the CPU against a plain version in double precision: packed and
// padded, every query and [CLS] alone, from one token to as many as there may be.

import { describe, expect, it } from "vitest";
import { bench, error, fill, siteKey } from "../fixtures/by-hand";
import { Header } from "../kernels/operands";
import { mix } from "./batch";
import { headerAt } from "./header";
import * as plain from "../fixtures/plain";
import { attention, attentionBackward, watch } from "./record/attention";
import type { Matrix, Recorder } from "./recorder";

interface Case {
  lengths: number[];
  heads: number;
  /** Features of a head. */
  d: number;
  dropout?: number;
  single?: boolean;
  padded?: number;
}

/** Output, probabilities of the first sequence, and the gradients of all three inputs. */
function recordAll(
  r: Recorder,
  { lengths, heads, d, single = false, padded = 0 }: Case,
  site: number,
): Record<string, Matrix> {
  const H = heads * d;
  const count = single ? r.sequences : r.rows;
  const m = {
    q: r.matrix("q", count, H),
    kv: r.matrix("kv", r.rows, 2 * H),
    out: r.matrix("out", count, H),
    lse: r.matrix("lse", count, heads),
    dOut: r.matrix("dOut", count, H),
    dq: r.matrix("dq", count, H),
    dkv: r.matrix("dkv", r.rows, 2 * H),
    p: r.matrix("p", 1, heads * (padded || lengths[0]!) * lengths[0]!),
  };
  const v = { ...m.kv, offset: H };
  const a = { q: m.q, k: m.kv, v, out: m.out, lse: m.lse, single, site };
  attention(r, a);
  watch(r, a, m.p);
  attentionBackward(r, a, m.dOut, m.dq, m.dkv, { ...m.dkv, offset: H });
  return m;
}

async function compare(given: Case, relaxed: boolean): Promise<void> {
  const { lengths, heads, d, dropout = 0, single = false, padded = 0 } = given;
  const H = heads * d;
  const site = 4;
  let m!: Record<string, Matrix>;
  const { executor, at, run } = await bench(
    { hidden_size: H, num_attention_heads: heads },
    lengths,
    dropout,
    (r) => {
      m = recordAll(r, given, site);
    },
    relaxed,
    { padded },
  );
  ["q", "kv", "dOut"].forEach((name, i) => fill(at(m[name]!), i + 1));
  // Which rows are tokens; what the queries of padding pass back counts for nothing.
  const real = lengths.flatMap((n) =>
    Array.from({ length: padded || n }, (_, t) => t < n),
  );
  if (padded && !single)
    real.forEach((is, r) => {
      if (!is) at(m.dOut!).fill(0, r * H, (r + 1) * H);
    });
  // The thread's own space ends before the last two lines of it, and nothing follows.
  const numbers = new Uint32Array(executor.memory.buffer);
  const head = (at: Header) => numbers[headerAt / 4 + at]!;
  const end = (head(Header.scratch) + head(Header.scratchBytes) - 128) / 4;
  numbers.fill(0xdecade, end);
  run();
  expect(numbers.subarray(end).every((number) => number === 0xdecade)).toBe(
    true,
  );

  const tokens = (x: Float32Array, width: number, packed = !padded) =>
    packed ? x : x.filter((_, i) => real[Math.floor(i / width)]);
  const asked = (x: Float32Array) => tokens(x, H, !padded || single);
  const key = siteKey(executor, site);
  const expected = plain.attention({
    q: asked(at(m.q!)),
    kv: tokens(at(m.kv!), 2 * H),
    dOut: asked(at(m.dOut!)),
    lengths,
    heads,
    d,
    single,
    kept: (b, h, q, k) =>
      mix((((((b * heads + h) * 512 + q) * 512 + k) >>> 0) ^ key) >>> 0) >=
      Math.floor(dropout * 2 ** 32)
        ? 1 / (1 - dropout)
        : 0,
  });
  const rows = lengths.reduce((x, y) => x + y, 0);
  const queries = single ? lengths.length : rows;
  expect(error(asked(at(m.out!)), H, expected.out, queries, H)).toBeLessThan(
    2e-6,
  );
  // Of a single key dq is 0, and what is left is rounding.
  expect(error(asked(at(m.dq!)), H, expected.dq, queries, H)).toBeLessThan(
    1e-5,
  );
  const dkv = tokens(at(m.dkv!), 2 * H);
  expect(error(dkv, 2 * H, expected.dkv, rows, 2 * H)).toBeLessThan(5e-6);
  if (padded)
    expect(
      at(m.dkv!).every((x, i) => real[Math.floor(i / (2 * H))] || x === 0),
    ).toBe(true);
  if (!single) {
    const n = lengths[0]!;
    const first = at(m.p!).filter((_, i) => i % ((padded || n) * n) < n * n);
    expect(error(first, n, expected.first, heads * n, n)).toBeLessThan(2e-6);
  }
}

const name = ({ lengths, heads, d, dropout, single, padded }: Case) =>
  [
    `lengths ${lengths.join(", ")}`,
    `${heads} heads of ${d}`,
    ...(padded ? [`padded to ${padded}`] : []),
    ...(single ? ["[CLS] alone"] : []),
    ...(dropout ? [`dropout ${dropout}`] : []),
  ].join("; ");

const cases: Case[] = [
  { lengths: [1], heads: 1, d: 4 },
  { lengths: [1, 1, 1], heads: 3, d: 20, single: true },
  { lengths: [3, 1, 9], heads: 2, d: 8 },
  { lengths: [65, 7], heads: 3, d: 12 },
  { lengths: [130, 33, 64], heads: 2, d: 32 },
  { lengths: [70, 5, 64], heads: 2, d: 16, dropout: 0.2 },
  { lengths: [9, 131], heads: 2, d: 8, dropout: 0.2, single: true },
  { lengths: [512, 3], heads: 1, d: 64, dropout: 0.1 },
  { lengths: [2, 511], heads: 1, d: 20, single: true },
  // One token more than whole vectors and more tokens than features, beside padding.
  { lengths: [65, 41, 5], heads: 2, d: 4, padded: 68 },
  { lengths: [65, 41, 5], heads: 2, d: 12, padded: 65, dropout: 0.3 },
  { lengths: [33, 37, 1], heads: 1, d: 20, padded: 40, single: true },
  { lengths: [97, 9], heads: 1, d: 64, padded: 100, dropout: 0.1 },
  {
    lengths: [69, 129],
    heads: 2,
    d: 32,
    padded: 129,
    single: true,
    dropout: 0.2,
  },
];

describe.each([
  ["two roundings", false],
  ["one rounding", true],
] as const)("Attention and its gradient, in %s:", (_, relaxed) =>
  it.each(cases.map((given) => [name(given), given] as const))(
    "%s",
    (_, given) => compare(given, relaxed),
  ),
);
