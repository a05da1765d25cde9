// The GPU's kernels against plain versions in double precision, on awkward
// shapes (one, odd, just beyond a tile), at every tile there is. What lies
// between the rows of a matrix is not a number: nothing may come of it.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tiles } from "../kernels/gemm.wgsl";
import {
  type Config,
  defaultTask,
  place,
  type Program,
  record,
} from "../program";
import { mix } from "./batch";
import { header, headerAt } from "./header";
import * as plain from "./plain";
import { Gemm } from "../kernels/words";
import { attention, attentionBackward, watch } from "./record/attention";
import { norm, normBackward } from "./record/norm";
import { gemm, linear } from "./record/products";
import { type Matrix, Recorder } from "./recorder";
import { type Tuning, WebgpuExecutor } from "./webgpu";
import { adapterKey } from "./webgpu/tuning";

let device: GPUDevice;
beforeAll(async () => {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error("no WebGPU adapter: this lane needs one");
  device = await adapter.requestDevice();
});
afterAll(() => device.destroy());

const config: Config = {
  vocab_size: 64,
  hidden_size: 16,
  num_hidden_layers: 1,
  num_attention_heads: 1,
  intermediate_size: 16,
  hidden_act: "gelu",
  max_position_embeddings: 512,
  type_vocab_size: 2,
  layer_norm_eps: 1e-12,
};

const numbers = (count: number, seed: number): Float32Array<ArrayBuffer> => {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 4 * (state / 2 ** 32) - 2;
  });
};

/** Rows of `cols` numbers, and what is not a number up to the next row. */
const padded = (dense: Float32Array, cols: number, ld: number) => {
  const rows = dense.length / cols;
  const all = new Float32Array(rows * ld).fill(NaN);
  for (let r = 0; r < rows; r++)
    all.set(dense.subarray(r * cols, (r + 1) * cols), r * ld);
  return all;
};

/** Runs operations recorded by hand, for sequences of these lengths. */
async function bench(
  other: Partial<Config>,
  lengths: number[],
  dropout: number,
  tile: (typeof tiles)[number],
  body: (recorder: Recorder) => void,
) {
  const full = { ...config, ...other };
  const tokens = lengths.reduce((a, b) => a + b, 0);
  const capacity = {
    tokens,
    sequences: lengths.length,
    length: Math.max(...lengths),
    batches: 1,
  };
  const real = record(full, { dropout }, capacity);
  const recorder = new Recorder(
    full,
    { ...defaultTask, dropout },
    capacity,
    real.parameters,
  );
  for (const [name, region] of real.regions)
    recorder.regions.set(name, { ...region });
  recorder.vectors = {
    offset: recorder.parameter("bert.embeddings.LayerNorm.weight").offset,
    size: 0,
  };
  const list = recorder.list(true, () => body(recorder));
  // Nothing shares space: the test looks at everything.
  for (const region of list.regions) [region.first, region.last] = [0, 1];
  const end = place(recorder, [list]);
  const program: Program = {
    ...real,
    regions: recorder.regions,
    lists: {
      ...real.lists,
      train: list.operations,
      predict: [],
      watch: [],
      flush: [],
      update: [],
    },
    end,
  };
  const tuning: Tuning = {
    adapter: adapterKey(device),
    sharing: tile.shared ? 64 : 1,
    tiles: Object.fromEntries(
      ["NT", "NN", "TN"].flatMap((form) => [
        [form, tile.name],
        [`${form}, few rows`, tile.name],
      ]),
    ),
  };
  const executor = await WebgpuExecutor.create(program, device, { tuning });
  executor.setSeed(3);
  const { arena, ints } = executor as unknown as {
    arena: GPUBuffer;
    ints: Int32Array;
  };
  return {
    executor,
    /** Key of `site` in the batch that `run` makes. */
    key: (site: number) =>
      mix(
        (ints[headerAt / 4 + header.dropoutKey]! +
          Math.imul(site, 0x9e3779b9)) >>>
          0,
      ),
    put: (m: Matrix, data: Float32Array) =>
      device.queue.writeBuffer(
        arena,
        m.region.at,
        padded(data, m.cols, m.ld) as Float32Array<ArrayBuffer>,
      ),
    /** Without what lies between rows. */
    async get(m: Matrix): Promise<Float32Array> {
      program.regions.set("asked for", m.region);
      const all = await executor.readRegion("asked for");
      const rows = Math.floor(m.region.size / m.ld);
      return Float32Array.from(
        { length: rows * m.cols },
        (_, i) => all[Math.floor(i / m.cols) * m.ld + (i % m.cols)]!,
      );
    },
    run: () =>
      executor.accumulate([
        {
          size: lengths.length,
          lengths: Int32Array.from(lengths),
          padded: 0,
          ids: new Int32Array(tokens),
          segments: new Int32Array(tokens),
          labels: new Int32Array(lengths.length),
        },
      ]),
  };
}

/** Largest difference as a share of the largest value. */
const error = (ours: Float32Array, theirs: Float64Array): number => {
  let most = 0;
  let size = 0.1;
  theirs.forEach((expected, i) => {
    const difference = Math.abs(ours[i]! - expected);
    if (!(difference <= most)) most = difference;
    size = Math.max(size, Math.abs(expected));
  });
  return most / size;
};

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
      const { executor, put, get, run } = await bench({}, [1], 0, tile, (r) => {
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
      });
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

const [alone, together] = [tiles[0]!, tiles.find(({ shared }) => shared)!];

describe.each([
  ["a thread to a row", alone],
  ["a workgroup to a row", together],
] as const)("With %s", (_, tile) => {
  it.each([
    ["gelu", 3],
    ["gelu_new", 21],
    ["relu", 5],
  ] as const)(
    "bias and %s, and its slope, are those of the plain product",
    async (hidden_act, n) => {
      let m!: Record<"a" | "w" | "bias" | "out" | "slope", Matrix>;
      const { executor, put, get, run } = await bench(
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
