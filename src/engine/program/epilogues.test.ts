// What is done to a product or a LayerNorm in passing, dropout above all: each
// epilogue on the CPU against the same in double precision.

import { describe, expect, it } from "vitest";
import { bench, error, fill, siteKey } from "../fixtures/by-hand";
import { Epilogue, Gemm } from "../kernels/operands";
import { mix } from "./batch";
import * as plain from "../fixtures/plain";
import { norm, normBackward } from "./record/norm";
import { gemm } from "./record/products";
import type { Matrix } from "./recorder";
import type { WasmExecutor } from "./wasm";

const rate = 0.3;

/** What dropout makes of x in row r, column j, by the documented hash. */
function dropper(
  executor: WasmExecutor,
  lengths: number[],
  cols: number,
  site: number,
) {
  const key = siteKey(executor, site);
  const rows = lengths.flatMap((n, b) =>
    Array.from({ length: n }, (_, t) => b * 512 + t),
  );
  return (x: number, r: number, j: number) => {
    const e = (rows[r]! * cols + j) >>> 0;
    const kept = mix((e ^ key) >>> 0) >= Math.floor(rate * 2 ** 32);
    return kept ? x / (1 - rate) : 0;
  };
}

type Finish = (given: {
  u: number;
  bias: number;
  extra: number;
  drop: (x: number) => number;
}) => number;
const finishes: Record<string, Finish> = {
  none: ({ u }) => u,
  bias: ({ u, bias }) => u + bias,
  residual: ({ u, bias, extra, drop }) => drop(u + bias) + extra,
  multiply: ({ u, extra }) => u * extra,
  add: ({ u, extra }) => u + extra,
  tanh: ({ u, bias }) => Math.tanh(u + bias),
  // What it is given is tanh, of which 1 − t² is the slope.
  tanhBackward: ({ u, extra, drop }) => drop(u) * (1 - extra * extra),
  dropout: ({ u, drop }) => drop(u),
};

const shapes: [lengths: number[], n: number, k: number][] = [
  [[1], 1, 1],
  [[3, 4], 9, 5],
  [[33, 12, 1], 34, 385],
];

describe.each([
  ["two roundings", false],
  ["one rounding", true],
] as const)("In %s:", (_, relaxed) => {
  describe.each(shapes)("a product of lengths %j, %i × %i", (lengths, n, k) =>
    it.each(Object.keys(finishes))("ends in %s", async (name) => {
      const m = lengths.reduce((a, b) => a + b, 0);
      const made: Record<string, Matrix> = {};
      const { executor, at, run } = await bench(
        {},
        lengths,
        rate,
        (r) => {
          made.a = { ...r.matrix("a", m, k + 3), ld: k };
          made.b = { ...r.matrix("b", k, n + 3), ld: n };
          made.bias = r.matrix("bias", 1, n);
          made.extra = r.matrix("extra", m, n);
          made.c = r.matrix("c", m, n);
          made.dropped = r.matrix("dropped", m, n);
          gemm(
            r,
            name,
            "NN",
            made.a,
            made.b,
            made.c,
            r.rows,
            n,
            k,
            {
              [Gemm.epilogue]: Epilogue[name as keyof typeof Epilogue],
              [Gemm.bias]: made.bias,
              [Gemm.extra]: made.extra,
              [Gemm.dropped]: made.dropped,
              [Gemm.site]: 5,
              [Gemm.threshold]: r.drop!.threshold,
              [Gemm.scale]: { float: r.drop!.scale },
              [Gemm.keys]: r.keys(r.rows),
            },
            [made.bias, made.extra],
            [made.dropped],
          );
        },
        relaxed,
      );
      ["b", "bias", "extra"].forEach((x, i) => fill(at(made[x]!), i + 2));
      // So that the product's own rounding stays below that of what follows.
      fill(at(made.a!), 1, 1 / Math.sqrt(k));
      run();
      const drop = dropper(executor, lengths, n, 5);
      const { ld } = made.c!;
      const expected = plain
        .product("NN", at(made.a!), at(made.b!), m, n, k)
        .map((u, i) => {
          const [r, j] = [Math.floor(i / n), i % n];
          return finishes[name]!({
            u,
            bias: at(made.bias!)[j]!,
            extra: at(made.extra!)[r * ld + j]!,
            drop: (x) => drop(x, r, j),
          });
        });
      expect(error(at(made.c!), ld, expected, m, n)).toBeLessThan(3e-6);
      if (name === "tanh")
        expect(
          error(
            at(made.dropped!),
            ld,
            expected.map((t, i) => drop(t, Math.floor(i / n), i % n)),
            m,
            n,
          ),
        ).toBeLessThan(3e-6);
    }),
  );

  it.each([
    [[1], 4],
    [[5, 1, 27], 12],
    [[40, 33], 132],
  ])(
    "LayerNorm of lengths %j, %i features, drops what follows; its gradient goes through dropout on both sides and a slope",
    async (lengths, cols) => {
      const rows = lengths.reduce((a, b) => a + b, 0);
      const layer = "bert.embeddings.LayerNorm";
      const made: Record<string, Matrix> = {};
      const { executor, at, run } = await bench(
        { hidden_size: cols, num_attention_heads: 1 },
        lengths,
        rate,
        (r) => {
          for (const name of ["x", "y", "dy", "slope"])
            made[name] = r.matrix(name, r.rows, cols);
          const state = norm(r, layer, made.x!, made.y!, 3);
          const slope = made.slope!;
          const backward = { before: 3, after: 8, slope };
          Object.assign(made, normBackward(r, state, made.dy!, backward));
        },
        relaxed,
      );
      ["x", "dy", "slope"].forEach((x, i) => fill(at(made[x]!), i + 1));
      const [gamma, beta] = ["weight", "bias"].map((end, i) => {
        const parameter = executor.parameter(`${layer}.${end}`);
        fill(parameter, 7 + i);
        return parameter;
      });
      run();
      const [before, after] = [3, 8].map((site) => {
        const drop = dropper(executor, lengths, cols, site);
        return (x: number, i: number) =>
          drop(x, Math.floor(i / cols), i % cols);
      });
      const dy = Float64Array.from(at(made.dy!), before!);
      const { y, dx, dGamma, dBeta } = plain.norm(
        at(made.x!),
        gamma!,
        beta!,
        dy,
        rows,
        cols,
        1e-12,
      );
      const down = dx.map((x, i) => x * at(made.slope!)[i]!);
      for (const [name, expected] of [
        ["y", y.map(before!)],
        ["dx", down],
        ["dz", down.map(after!)],
      ] as const)
        expect(
          error(at(made[name]!), cols, expected, rows, cols),
          name,
        ).toBeLessThan(5e-6);
      const gradients = executor.region("gradients");
      const offset =
        executor.program.parameters.get(`${layer}.bias`)!.offset -
        executor.program.parameters.get(`${layer}.weight`)!.offset;
      expect(error(gradients, cols, dGamma, 1, cols)).toBeLessThan(5e-6);
      expect(
        error(gradients.subarray(offset), cols, dBeta, 1, cols),
      ).toBeLessThan(5e-6);
    },
  );
});
