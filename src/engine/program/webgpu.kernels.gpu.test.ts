// The GPU's other kernels against plain versions in double precision, on awkward
// shapes, by threads alone and by workgroups.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bench, error, numbers, openDevice } from "../fixtures/recorded";
import { tiles } from "../kernels/gemm/tiles";
import { mix } from "./batch";
import * as plain from "../fixtures/plain";
import { attention, attentionBackward, watch } from "./record/attention";
import { norm, normBackward } from "./record/norm";
import { linear } from "./record/products";
import type { Matrix } from "./recorder";

let device: GPUDevice;
beforeAll(async () => {
  device = await openDevice();
});
afterAll(() => device.destroy());

const [alone, together] = [tiles[0]!, tiles.find(({ shared }) => shared)!];

describe.each([
  ["a thread to a row", alone],
  ["a workgroup to a row", together],
] as const)("With %s", (_, tile) => {
  it.each([
    ["gelu", 3],
    ["gelu_new", 21],
    ["relu", 5],
    ["silu", 6],
  ] as const)(
    "bias and %s, and its slope, are those of the plain product",
    async (hidden_act, n) => {
      let m!: Record<"a" | "w" | "bias" | "out" | "slope", Matrix>;
      const { executor, put, get, run } = await bench(
        device,
        { hidden_act },
        [7],
        0,
        tile,
        (r) => {
          m = {
            a: r.matrix("a", 7, 8),
            w: r.matrix("w", n, 8),
            bias: r.matrix("bias", 1, n),
            out: r.matrix("out", 7, n),
            slope: r.matrix("slope", 7, n),
          };
          linear(r, "x", m.a, m.w, m.bias, m.out, {
            epilogue: "activation",
            extra: m.slope,
          });
        },
      );
      const [a, w, bias] = [numbers(56, 1), numbers(8 * n, 2), numbers(n, 3)];
      put(m.a, a);
      put(m.w, w);
      put(m.bias, bias);
      run();
      const u = plain
        .product("NT", a, w, 7, n, 8)
        .map((x, i) => x + bias[i % n]!);
      expect(
        error(
          await get(m.out),
          u.map((x) => plain.activation(hidden_act, x)),
        ),
      ).toBeLessThan(1e-6);
      const h = 1e-5;
      expect(
        error(
          await get(m.slope),
          u.map(
            (x) =>
              (plain.activation(hidden_act, x + h) -
                plain.activation(hidden_act, x - h)) /
              (2 * h),
          ),
        ),
      ).toBeLessThan(1e-6);
      executor.close();
    },
  );

  const cases: [number[], number, number, number, boolean][] = [
    [[1], 1, 4, 0, false],
    [[3, 1, 9], 2, 8, 0, false],
    [[65, 7], 3, 12, 0, false],
    [[33, 64], 2, 64, 0.2, false],
    [[9, 71], 2, 8, 0.2, true],
  ];
  it.each(cases)(
    "attention of lengths %j, %i heads of %i, dropout %d, [CLS] only %s, and its gradient, are the plain ones",
    async (lengths, heads, d, dropout, single) => {
      const H = heads * d;
      const site = 4;
      let m!: Record<
        "q" | "kv" | "out" | "lse" | "dOut" | "dq" | "dkv" | "p",
        Matrix
      >;
      const { executor, put, get, run, key } = await bench(
        device,
        { hidden_size: H, num_attention_heads: heads },
        lengths,
        dropout,
        tile,
        (r) => {
          const count = single ? r.sequences : r.rows;
          m = {
            q: r.matrix("q", count, H),
            kv: r.matrix("kv", r.rows, 2 * H),
            out: r.matrix("out", count, H),
            lse: r.matrix("lse", count, heads),
            dOut: r.matrix("dOut", count, H),
            dq: r.matrix("dq", count, H),
            dkv: r.matrix("dkv", r.rows, 2 * H),
            p: r.matrix("p", 1, heads * lengths[0]! ** 2),
          };
          const v = { ...m.kv, offset: H };
          const { q, out, lse } = m;
          const a = { q, k: m.kv, v, out, lse, single, site };
          attention(r, a);
          // What is watched is never asked of [CLS] alone.
          if (!single) watch(r, a, m.p);
          attentionBackward(r, a, m.dOut, m.dq, m.dkv, { ...m.dkv, offset: H });
        },
      );
      const rows = lengths.reduce((x, y) => x + y, 0);
      const queries = single ? lengths.length : rows;
      const [q, kv, dOut] = [
        numbers(queries * H, 1),
        numbers(rows * 2 * H, 2),
        numbers(queries * H, 3),
      ];
      put(m.q, q);
      put(m.kv, kv);
      put(m.dOut, dOut);
      run();
      const hash = key(site);
      const expected = plain.attention({
        q,
        kv,
        dOut,
        lengths,
        heads,
        d,
        single,
        kept: (b, h, i, j) =>
          mix((((((b * heads + h) * 512 + i) * 512 + j) >>> 0) ^ hash) >>> 0) >=
          Math.floor(dropout * 2 ** 32)
            ? 1 / (1 - dropout)
            : 0,
      });
      const part = async (matrix: Matrix, size: number) =>
        (await get(matrix)).subarray(0, size);
      expect(error(await part(m.out, queries * H), expected.out)).toBeLessThan(
        2e-6,
      );
      expect(error(await part(m.dq, queries * H), expected.dq)).toBeLessThan(
        1e-5,
      );
      expect(error(await part(m.dkv, rows * 2 * H), expected.dkv)).toBeLessThan(
        1e-5,
      );
      if (!single)
        expect(
          error(await part(m.p, expected.first.length), expected.first),
        ).toBeLessThan(5e-6);
      executor.close();
    },
  );

  it.each([
    [1, 4],
    [3, 12],
    [33, 128],
    [70, 20],
  ])(
    "LayerNorm of %i rows of %i, and its gradient, are the plain ones",
    async (rows, cols) => {
      let m!: Record<"x" | "y" | "dy" | "dx", Matrix>;
      const { executor, put, get, run } = await bench(
        device,
        { hidden_size: cols, num_attention_heads: 1 },
        [rows],
        0,
        tile,
        (r) => {
          m = {
            x: r.matrix("x", r.rows, cols),
            y: r.matrix("y", r.rows, cols),
            dy: r.matrix("dy", r.rows, cols),
            dx: r.matrix("unused", 1, 4),
          };
          const state = norm(r, "bert.embeddings.LayerNorm", m.x, m.y);
          m.dx = normBackward(r, state, m.dy, {}).dx;
        },
      );
      const size = rows * cols;
      const [x, dy] = [numbers(size, 1), numbers(size, 2)];
      const [gamma, beta] = [numbers(cols, 3), numbers(cols, 4)];
      put(m.x, x);
      put(m.dy, dy);
      const name = "bert.embeddings.LayerNorm";
      executor.setParameter(`${name}.weight`, gamma);
      executor.setParameter(`${name}.bias`, beta);
      run();
      const expected = plain.norm(x, gamma, beta, dy, rows, cols, 1e-12);
      expect(
        error((await get(m.y)).subarray(0, size), expected.y),
      ).toBeLessThan(3e-6);
      expect(
        error((await get(m.dx)).subarray(0, size), expected.dx),
      ).toBeLessThan(1e-5);
      const gradients = await executor.readRegion("gradients");
      const { parameters } = executor.program;
      const between =
        parameters.get(`${name}.bias`)!.offset -
        parameters.get(`${name}.weight`)!.offset;
      expect(error(gradients, expected.dGamma)).toBeLessThan(1e-5);
      expect(error(gradients.subarray(between), expected.dBeta)).toBeLessThan(
        1e-5,
      );
      executor.close();
    },
  );
});
