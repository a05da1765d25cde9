// Every kernel against a plain version in double precision, on awkward shapes:
// one, odd, just beyond a tile, beyond a block of the inner dimension.

import { describe, expect, it } from "vitest";
import { bench, error, fill, siteKey } from "../fixtures/by-hand";
import { randomStream } from "../fixtures/random";
import { Gemm } from "../kernels/operands";
import { mix } from "./batch";
import * as plain from "../fixtures/plain";
import { norm, normBackward } from "./record/norm";
import { gemm, linear } from "./record/products";
import type { Matrix, Recorder } from "./recorder";

describe.each([
  ["two roundings", false],
  ["one rounding", true],
] as const)("Multiplying and adding in %s:", (_, relaxed) => {
  describe("GEMM", () => {
    const shapes: [number, number, number][] = [];
    const random = randomStream(1);
    const among = (list: number[]) => list[Math.floor(random() * list.length)]!;
    for (let i = 0; i < 24; i++)
      shapes.push([
        among([1, 2, 4, 5, 6, 39, 41, 83]),
        among([1, 3, 7, 8, 9, 17, 65, 130]),
        among([1, 2, 5, 31, 128, 384, 385, 900]),
      ]);
    it.each(["NT", "NN", "TN"] as const)(
      "%s is the plain product, bit-equal on one and three threads",
      async (form) => {
        const made: {
          m: number;
          n: number;
          k: number;
          a: Matrix;
          b: Matrix;
          c: Matrix;
          sums: Matrix;
        }[] = [];
        const body = (recorder: Recorder) => {
          made.length = 0;
          for (const [m, n, k] of shapes) {
            const exact = (rows: number, cols: number, name: string) => ({
              ...recorder.matrix(name, rows, cols + 5),
              ld: cols,
            });
            const a = form === "TN" ? exact(k, m, "a") : exact(m, k, "a");
            const b = form === "NT" ? exact(n, k, "b") : exact(k, n, "b");
            const c = recorder.matrix("c", m, n);
            const sums = recorder.matrix("sums", 1, m);
            made.push({ m, n, k, a, b, c, sums });
            gemm(
              recorder,
              "test",
              form,
              a,
              b,
              c,
              m,
              n,
              k,
              form === "TN" ? { [Gemm.bias]: sums, [Gemm.add]: 1 } : {},
              [],
              [sums],
            );
          }
        };
        const results: Float32Array[][] = [];
        for (const threads of [1, 3]) {
          const { executor, at, run } = await bench({}, [1], 0, body, relaxed, {
            threads,
          });
          made.forEach(({ a, b }, i) => {
            fill(at(a), i);
            fill(at(b), 100 + i);
          });
          run();
          results.push(made.map(({ c }) => at(c).slice()));
          if (threads === 1)
            made.forEach(({ m, n, k, a, b, c, sums }) => {
              const expected = plain.product(form, at(a), at(b), m, n, k);
              expect(
                error(at(c), c.ld, expected, m, n),
                `${m} ${n} ${k}`,
              ).toBeLessThan(2e-6 * Math.sqrt(k) + 1e-6);
              if (form === "TN")
                expect(
                  error(at(sums), m, plain.columnSums(at(a), k, m), 1, m),
                ).toBeLessThan(1e-5);
            });
          executor.close();
        }
        expect(results[1]).toEqual(results[0]);
      },
    );

    it.each(["gelu", "gelu_new", "relu", "silu"] as const)(
      "does bias and %s, and its slope, in passing",
      async (hidden_act) => {
        let m!: Record<string, Matrix>;
        const { at, run } = await bench(
          { hidden_act },
          [7],
          0,
          (r) => {
            m = {
              a: r.matrix("a", 7, 3),
              w: { ...r.matrix("w", 21, 4), ld: 3 },
              bias: r.matrix("bias", 1, 21),
              out: r.matrix("out", 7, 21),
              slope: r.matrix("slope", 7, 21),
            };
            linear(r, "x", { ...m.a!, ld: 4 }, m.w!, m.bias!, m.out!, {
              epilogue: "activation",
              extra: m.slope!,
            });
          },
          relaxed,
        );
        fill(at(m.a!), 1, 2);
        fill(at(m.w!), 2);
        fill(at(m.bias!), 3);
        run();
        const a = new Float32Array(21);
        for (let i = 0; i < 7; i++)
          for (let j = 0; j < 3; j++) a[i * 3 + j] = at(m.a!)[i * 4 + j]!;
        const u = plain
          .product("NT", a, at(m.w!), 7, 21, 3)
          .map((x, i) => x + at(m.bias!)[i % 21]!);
        expect(
          error(
            at(m.out!),
            24,
            u.map((x) => plain.activation(hidden_act, x)),
            7,
            21,
          ),
        ).toBeLessThan(1e-6);
        const h = 1e-5;
        const slope = u.map(
          (x) =>
            (plain.activation(hidden_act, x + h) -
              plain.activation(hidden_act, x - h)) /
            (2 * h),
        );
        expect(error(at(m.slope!), 24, slope, 7, 21)).toBeLessThan(1e-6);
      },
    );

    it("drops by the documented hash: site, sequence, position, feature", async () => {
      let m!: Record<string, Matrix>;
      const lengths = [3, 4];
      const { executor, at, run } = await bench(
        {},
        lengths,
        0.3,
        (r) => {
          m = {
            a: r.matrix("a", r.rows, 5),
            w: r.matrix("w", 12, 8),
            bias: r.matrix("bias", 1, 12),
            out: r.matrix("out", r.rows, 12),
            residual: r.matrix("residual", r.rows, 12),
          };
          linear(r, "x", m.a!, { ...m.w!, ld: 5 }, m.bias!, m.out!, {
            epilogue: "residual",
            extra: m.residual!,
            site: 9,
          });
        },
        relaxed,
      );
      for (const [i, x] of Object.values(m).entries()) fill(at(x), i);
      run();
      const a = new Float32Array(35);
      for (let i = 0; i < 7; i++)
        for (let j = 0; j < 5; j++) a[i * 5 + j] = at(m.a!)[i * 8 + j]!;
      const key = siteKey(executor, 9);
      const rows = lengths.flatMap((n, s) =>
        Array.from({ length: n }, (_, p) => s * 512 + p),
      );
      const expected = plain
        .product("NT", a, at(m.w!), 7, 12, 5)
        .map((x, i) => {
          const e = (rows[Math.floor(i / 12)]! * 12 + (i % 12)) >>> 0;
          const kept = mix((e ^ key) >>> 0) >= Math.floor(0.3 * 2 ** 32);
          return (
            (kept ? (x + at(m.bias!)[i % 12]!) / 0.7 : 0) + at(m.residual!)[i]!
          );
        });
      expect(error(at(m.out!), 12, expected, 7, 12)).toBeLessThan(1e-6);
    });
  });

  it.each([
    [1, 4],
    [3, 12],
    [33, 128],
    [70, 20],
  ])("LayerNorm of %i rows of %i, and its gradient", async (rows, cols) => {
    let m!: Record<string, Matrix>;
    const { executor, at, run } = await bench(
      { hidden_size: cols, num_attention_heads: 1 },
      [rows],
      0,
      (r) => {
        m = {
          x: r.matrix("x", r.rows, cols),
          y: r.matrix("y", r.rows, cols),
          dy: r.matrix("dy", r.rows, cols),
        };
        const state = norm(r, "bert.embeddings.LayerNorm", m.x!, m.y!);
        m.dx = normBackward(r, state, m.dy!, {}).dx;
      },
      relaxed,
    );
    fill(at(m.x!), 1, 3);
    fill(at(m.dy!), 2);
    const gamma = executor.parameter("bert.embeddings.LayerNorm.weight");
    const beta = executor.parameter("bert.embeddings.LayerNorm.bias");
    fill(gamma, 3);
    fill(beta, 4);
    run();
    const expected = plain.norm(
      at(m.x!),
      gamma,
      beta,
      at(m.dy!),
      rows,
      cols,
      1e-12,
    );
    expect(error(at(m.y!), cols, expected.y, rows, cols)).toBeLessThan(2e-6);
    expect(error(at(m.dx!), cols, expected.dx, rows, cols)).toBeLessThan(5e-6);
    const gradients = executor.region("gradients");
    expect(error(gradients, cols, expected.dGamma, 1, cols)).toBeLessThan(5e-6);
    const offset =
      executor.program.parameters.get("bert.embeddings.LayerNorm.bias")!
        .offset -
      executor.program.parameters.get("bert.embeddings.LayerNorm.weight")!
        .offset;
    expect(
      error(gradients.subarray(offset), cols, expected.dBeta, 1, cols),
    ).toBeLessThan(5e-6);
  });
});
