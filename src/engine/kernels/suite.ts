// The ladder's first rungs, the same on every backend: a kernel equals its plain
// version (TensorFlow.js operations on the cpu backend) on awkward shapes, in
// values and gradients, and its gradients equal finite differences. On webgpu the
// kernel is the plain version, and it is the backend that is judged.

import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, test } from "vitest";
import { AdamW } from "../adamw";
import { activate, activatePlain, type Activation } from "./activation";
import { attend, attendPlain, probabilities, type Shape } from "./attention";
import { dropout, dropoutPlain } from "./dropout";
import { collectRows, embed, embedPlain } from "./embedding";
import { linear, linearPlain } from "./gemm";
import { bitsAt, maskOf, siteOf } from "./hash";
import { softmaxLoss, softmaxLossPlain } from "./loss";
import { residualNorm, residualNormPlain } from "./norm";

type Rows = tf.Tensor2D;
type Kernel = (...inputs: never[]) => tf.Tensor;

const site = siteOf({ rate: 0.3, seed: 5, step: 2 }, 4);

/** Declares the tests for one backend; `use` makes it current. */
export function kernelTests(name: string, use: () => Promise<unknown>): void {
  describe(`kernels on ${name}`, () => {
    beforeAll(() => use());
    const host = name !== "webgpu";

    const equal = async (
      fast: Kernel,
      plain: Kernel,
      shapes: number[][],
      options: { tolerance?: number; counts?: (i: number) => boolean } = {},
    ) => {
      const { tolerance = 2e-5, counts = () => true } = options;
      const inputs = shapes.map((shape, i) => noise(shape, 17 + i));
      await tf.setBackend("cpu");
      const theirs = await evaluate(plain, inputs, shapes, counts);
      await use();
      const before = tf.memory().numTensors;
      const ours = await evaluate(fast, inputs, shapes, counts);
      expect(tf.memory().numTensors).toBe(before);
      for (const [i, part] of ours.parts.entries()) {
        const what = i === 0 ? "value" : `gradient of input ${i - 1}`;
        expect(distance(part, theirs.parts[i]!), what).toBeLessThan(tolerance);
      }
      // Two directions per input: a few of its numbers, moved together.
      for (const [k, shape] of shapes.entries()) {
        const direction = noise(shape, 91 + k);
        const step = 4e-3 / Math.sqrt(Math.max(1, direction.length / 8));
        const at = async (by: number) => {
          const moved = inputs.map((input, i) =>
            i === k ? input.map((x, j) => x + by * direction[j]!) : input,
          );
          return (await evaluate(fast, moved, shapes, counts, false)).loss;
        };
        const slope = ((await at(step)) - (await at(-step))) / (2 * step);
        const predicted = dot(ours.parts[k + 1]!, direction);
        const size = Math.sqrt(
          dot(ours.parts[k + 1]!, ours.parts[k + 1]!) *
            dot(direction, direction),
        );
        expect(
          Math.abs(slope - predicted) / (size + 0.1),
          `finite difference of input ${k}`,
        ).toBeLessThan(0.02);
      }
    };

    test.each([[[1]], [[7, 11]], [[3, 5, 401]]])(
      "dropout of %j keeps the hashed elements, forward and backward",
      (shape) =>
        equal(
          (x: tf.Tensor) => dropout(x, site),
          (x: tf.Tensor) => dropoutPlain(x, site),
          [shape],
        ),
    );

    test.each<[Activation, number[]]>([
      ["gelu", [1]],
      ["gelu", [13, 79]],
      ["gelu_new", [13, 79]],
      ["gelu_pytorch_tanh", [3]],
      ["relu", [5, 7]],
    ])("%s of %j", (kind, shape) =>
      equal(
        (x: tf.Tensor) => activate(tf.mul(x, 3), kind),
        (x: tf.Tensor) => activatePlain(tf.mul(x, 3), kind),
        [shape],
      ),
    );

    test.each([
      [1, 1, 1],
      [3, 5, 7],
      [8, 4, 4],
      [33, 130, 17],
      // webgpu is wrong here: gemm.ts says why.
      [2, host ? 2100 : 1900, 9],
    ])("linear: %i rows, %i in, %i out", (n, i, o) =>
      equal(linear, linearPlain, [[n, i], [o, i], [o]], { tolerance: 1e-4 }),
    );

    test.each([
      [1, 3],
      [5, 7],
      [70, 130],
    ])("residual, dropout and LayerNorm of %i × %i", async (n, h) => {
      const shapes = [[n, h], [n, h], [h], [h]];
      for (const s of [null, site])
        await equal(
          (x: Rows, r: Rows, g: tf.Tensor1D, b: tf.Tensor1D) =>
            residualNorm(x, r, g, b, 1e-12, s),
          (x: Rows, r: Rows, g: tf.Tensor1D, b: tf.Tensor1D) =>
            residualNormPlain(x, r, g, b, 1e-12, s),
          shapes,
          { tolerance: 1e-4 },
        );
      await equal(
        (x: Rows, g: tf.Tensor1D, b: tf.Tensor1D) =>
          residualNorm(x, null, g, b, 1e-5, null),
        (x: Rows, g: tf.Tensor1D, b: tf.Tensor1D) =>
          residualNormPlain(x, null, g, b, 1e-5, null),
        [[n, h], [h], [h]],
        { tolerance: 1e-4 },
      );
    });

    test.each([
      [1, 1, 2, 1],
      [2, 3, 11, 7],
      [5, 13, 300, 33],
    ])(
      "embedding: %i × %i tokens of %i, %i wide",
      (texts, tokens, words, width) => {
        const ids = Int32Array.from(
          { length: texts * tokens },
          (_, i) => bitsAt(i >> 1, 3, 4) % words,
        );
        const places = { ids, segments: ids.map((id) => id % 2), tokens };
        return equal(
          (w: Rows, p: Rows, t: Rows) => embed(w, p, t, places),
          (w: Rows, p: Rows, t: Rows) => embedPlain(w, p, t, places),
          [
            [words, width],
            [tokens + 2, width],
            [2, width],
          ],
        );
      },
    );

    test.runIf(host)(
      "collecting rows is deterministic and leaves unused rows 0",
      async () => {
        const numbers = Int32Array.from(
          { length: 500 },
          (_, i) => (i * 7) % 10,
        );
        const dy = tf.tensor2d(noise([500, 3], 1), [500, 3]);
        const sums = [1, 2, 3].map(() => collectRows(dy, numbers, 12, 3));
        const [a, b, c] = await Promise.all(sums.map((t) => t.data()));
        expect(b).toEqual(a);
        expect(c).toEqual(a);
        expect([...a!.slice(30)]).toEqual([0, 0, 0, 0, 0, 0]);
        tf.dispose([dy, ...sums]);
      },
    );

    const shapes: [string, Shape, number][] = [
      ["one token", shapeOf(1, 1, 1, [1]), 1],
      ["unequal lengths", shapeOf(2, 5, 5, [5, 1, 3]), 6],
      ["only [CLS] asks", shapeOf(2, 1, 5, [5, 1, 3]), 6],
      ["more than a tile", shapeOf(3, 37, 37, [37, 20]), 15],
    ];
    test.each(shapes)("attention: %s", async (_, shape, width) => {
      const { texts, queries, tokens, lengths } = shape;
      const sizes = [queries, tokens, tokens].map((n) => [texts * n, width]);
      for (const s of [null, site])
        for (const padded of [false, true])
          await equal(
            (q: Rows, k: Rows, v: Rows) =>
              attend(q, k, v, { ...shape, padded }, s),
            (q: Rows, k: Rows, v: Rows) => attendPlain(q, k, v, shape, s),
            sizes,
            {
              tolerance: 1e-4,
              counts: (i) => {
                const row = Math.floor(i / width);
                return (
                  padded || row % queries < lengths[Math.floor(row / queries)]!
                );
              },
            },
          );
    });

    test("attention probabilities sum to 1 over real keys and are 0 on padding", async () => {
      const shape = shapeOf(2, 4, 4, [3, 1]);
      const [q, k] = [tf.randomNormal([8, 6]), tf.randomNormal([8, 6])];
      const p = probabilities(q as Rows, k as Rows, shape);
      const rows = (await p.data<"float32">()).slice();
      for (let r = 0; r < rows.length; r += 4) {
        const real = shape.lengths[Math.floor(r / 32)]!;
        const row = [...rows.subarray(r, r + 4)];
        expect(row.reduce((sum, x) => sum + x)).toBeCloseTo(1, 5);
        expect(row.slice(real).every((x) => x === 0)).toBe(true);
      }
      tf.dispose([q, k, p]);
    });

    test.each([
      [1, 2],
      [5, 3],
      [33, 77],
    ])("cross-entropy of %i texts over %i labels", (texts, classes) => {
      const labels = Int32Array.from(
        { length: texts },
        (_, i) => bitsAt(i, 1, 1) % classes,
      );
      const shares = labels.map((l) => l + 1);
      const total = shares.reduce((sum, x) => sum + x, 0);
      const weights = Float32Array.from(shares, (x) => x / total);
      return equal(
        (z: Rows) => softmaxLoss(tf.mul(z, 30) as Rows, labels, weights),
        (z: Rows) => softmaxLossPlain(tf.mul(z, 30) as Rows, labels, weights),
        [[texts, classes]],
      );
    });

    test("AdamW equals its plain version over parameters of awkward sizes, clipped or not", async () => {
      const sizes = {
        "a.weight": 1,
        "b.bias": 3,
        "c.weight": 4097,
        "d.LayerNorm.weight": 300,
      };
      for (const maxNorm of [1, 1e6]) {
        await use();
        const make = () =>
          new Map(
            Object.entries(sizes).map(([name, size], i) => {
              const value = tf.tensor1d(noise([size], i));
              const variable = tf.variable(value);
              value.dispose();
              return [name, variable] as const;
            }),
          );
        const [ours, theirs] = [make(), make()];
        const names = Object.keys(sizes);
        const fast = new AdamW(ours, names, { weightDecay: 0.1 });
        const plain = new AdamW(theirs, names, { weightDecay: 0.1 }, true);
        for (let step = 0; step < 4; step++) {
          // One parameter goes without a gradient now and then.
          const with_ = names.filter((_, i) => step !== 2 || i !== 1);
          const slopes = () =>
            new Map(
              with_.map((name) => [
                name,
                tf.tensor1d(noise([ours.get(name)!.size], step + 40)),
              ]),
            );
          const a = fast.step(slopes(), 1e-2, maxNorm);
          const b = plain.step(slopes(), 1e-2, maxNorm);
          const [norm] = await a.data();
          expect(norm! / (await b.data())[0]!).toBeCloseTo(1, 5);
          tf.dispose([a, b]);
        }
        for (const name of names) {
          const [p, q] = [ours.get(name)!, theirs.get(name)!];
          expect(distance(await p.data(), await q.data())).toBeLessThan(1e-5);
        }
        fast.dispose();
        plain.dispose();
        tf.dispose([...ours.values(), ...theirs.values()]);
      }
    });
  });
}

/** The hash itself, which every backend must reproduce; needs no backend. */
export function hashTests(): void {
  test("dropout keeps its share, and differs between seeds, steps and sites", () => {
    const size = 20_000;
    const kept = (options: { seed: number; step: number }, at: number) =>
      maskOf(siteOf({ rate: 0.25, ...options }, at), size).map((x) => +(x > 0));
    const masks = [
      kept({ seed: 1, step: 1 }, 0),
      kept({ seed: 2, step: 1 }, 0),
      kept({ seed: 1, step: 2 }, 0),
      kept({ seed: 1, step: 1 }, 1),
    ];
    for (const [i, a] of masks.entries()) {
      expect(Math.abs(dot(a, a) / size - 0.75)).toBeLessThan(0.015);
      for (const b of masks.slice(i + 1))
        // Independent: both kept in 0.75² of the places.
        expect(Math.abs(dot(a, b) / size - 0.5625)).toBeLessThan(0.015);
    }
    const neighbours = masks[0]!.slice(1);
    expect(Math.abs(dot(neighbours, masks[0]!) / size - 0.5625)).toBeLessThan(
      0.015,
    );
  });
}

function shapeOf(
  heads: number,
  queries: number,
  tokens: number,
  lengths: number[],
): Shape {
  return {
    texts: lengths.length,
    queries,
    tokens,
    heads,
    lengths: Int32Array.from(lengths),
    padded: true,
  };
}

/** Seeded numbers in (−1, 1). */
function noise(shape: number[], seed: number): Float32Array {
  const size = shape.reduce((product, n) => product * n, 1);
  return Float32Array.from(
    { length: size },
    (_, i) => bitsAt(i, seed * 7919, 99) / 2 ** 31 - 1,
  );
}

/** Value and gradients of Σ result · weights; `counts` says which results matter. */
async function evaluate(
  kernel: Kernel,
  inputs: Float32Array[],
  shapes: number[][],
  counts: (i: number) => boolean,
  withGradients = true,
) {
  const tensors = inputs.map((input, i) => tf.tensor(input, shapes[i]));
  const run = (...given: tf.Tensor[]) => {
    const value = (kernel as (...t: tf.Tensor[]) => tf.Tensor)(...given);
    const weights = noise(value.shape, 7).map((w, i) => (counts(i) ? w : 0));
    return { value, weights: tf.tensor(weights, value.shape) };
  };
  const results = tf.tidy(() => {
    const { value, weights } = run(...tensors);
    const slopes = withGradients
      ? tf.grads((...given: tf.Tensor[]) => {
          const { value, weights } = run(...given);
          return tf.sum(tf.mul(value, weights));
        })(tensors)
      : [];
    return [value, weights, ...slopes];
  });
  const [value, weights, ...slopes] = (await Promise.all(
    results.map((t) => t.data()),
  )) as Float32Array[];
  tf.dispose([...tensors, ...results]);
  return {
    loss: dot(value!, weights!),
    parts: [value!.map((x, i) => (counts(i) ? x : 0)), ...slopes],
  };
}

/** Largest difference, relative where numbers are large. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let worst = 0;
  let largest = 1;
  for (let i = 0; i < a.length; i++) {
    worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
    largest = Math.max(largest, Math.abs(b[i]!));
    if (Number.isNaN(a[i]!)) return NaN;
  }
  return worst / largest;
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < Math.min(a.length, b.length); i++) sum += a[i]! * b[i]!;
  return sum;
}
