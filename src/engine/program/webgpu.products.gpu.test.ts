// The GPU's matrix products against plain versions in double precision, on awkward
// shapes (one, odd, just beyond a tile), at every tile there is.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bench, error, numbers, openDevice } from "../fixtures/recorded";
import { tiles } from "../kernels/gemm/tiles";
import { Gemm } from "../kernels/operands";
import * as plain from "../fixtures/plain";
import { gemm } from "./record/products";
import type { Matrix } from "./recorder";

let device: GPUDevice;
beforeAll(async () => {
  device = await openDevice();
});
afterAll(() => device.destroy());

describe.each(tiles.map((tile) => [tile.name, tile] as const))(
  "A product at %s",
  (_, tile) => {
    it("is the plain one, and its column sums too", async () => {
      const shapes: [number, number, number][] = [
        [1, 1, 4],
        [5, 3, 8],
        [17, 33, 20],
        [65, 6, 36],
        [33, 66, 128],
        [70, 130, 12],
      ];
      const made: {
        form: "NT" | "NN" | "TN";
        m: number;
        n: number;
        k: number;
        a: Matrix;
        b: Matrix;
        c: Matrix;
        sums: Matrix;
      }[] = [];
      const { executor, put, get, run } = await bench(
        device,
        {},
        [1],
        0,
        tile,
        (r) => {
          for (const form of ["NT", "NN", "TN"] as const)
            for (const [m, n, whole] of shapes) {
              // Rows of a product by B transposed are whole fours in every model.
              const k = form === "NT" ? whole : whole - 3;
              const matrix = (name: string, rows: number, cols: number) =>
                r.matrix(name, rows, cols);
              const a = form === "TN" ? matrix("a", k, m) : matrix("a", m, k);
              const b = form === "NT" ? matrix("b", n, k) : matrix("b", k, n);
              const c = matrix("c", m, n);
              const sums = matrix("sums", 1, m);
              made.push({ form, m, n, k, a, b, c, sums });
              gemm(
                r,
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
        },
      );
      const given = made.map(({ m, n, k, a, b }, i) => {
        const [x, y] = [numbers(m * k, i + 1), numbers(n * k, 100 + i)];
        put(a, x);
        put(b, y);
        return [x, y] as const;
      });
      run();
      for (const [i, { form, m, n, k, c, sums }] of made.entries()) {
        const [x, y] = given[i]!;
        expect(
          error(
            (await get(c)).subarray(0, m * n),
            plain.product(form, x, y, m, n, k),
          ),
          `${form} ${m}×${n}×${k}`,
        ).toBeLessThan(2e-6 * Math.sqrt(k) + 1e-6);
        if (form === "TN")
          expect(
            error(await get(sums), plain.columnSums(x, k, m)),
          ).toBeLessThan(1e-5);
      }
      executor.close();
    });
  },
);
