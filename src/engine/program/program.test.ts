// The program against itself: packed and padded, one thread and several, lazy
// and dense, and its gradients against differences of its loss.

import { expect, it } from "vitest";
import {
  type Capacity,
  type Config,
  record,
  type Job,
  wordName,
} from "../program";
import type { Batch } from "./batch";
import { createInNode } from "./node";
import { normalish, randomStream } from "../fixtures/random";
import { defaultOptimizer, type WasmExecutor } from "./wasm";

const config: Config = {
  vocab_size: 53,
  hidden_size: 24,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  intermediate_size: 44,
  hidden_act: "gelu",
  max_position_embeddings: 40,
  type_vocab_size: 2,
  layer_norm_eps: 1e-12,
};
const capacity: Capacity = {
  tokens: 200,
  sequences: 7,
  length: 33,
  batches: 2,
};

function initialise(executor: WasmExecutor, scale = 0.3): void {
  const random = randomStream(7);
  const parameters = executor.region("parameters");
  for (const { name, offset, size } of executor.program.parameters.values())
    for (let i = 0; i < size; i++)
      parameters[offset + i] =
        scale * normalish(random) + (name.endsWith("LayerNorm.weight") ? 1 : 0);
}

async function open(
  job: Partial<Job> = {},
  threads = 1,
  other: Partial<Config> = {},
  relaxed = false,
): Promise<WasmExecutor> {
  const program = record(
    { ...config, ...other },
    { labels: 5, dropout: 0.1, ...job },
    capacity,
  );
  const executor = await createInNode(program, threads, relaxed);
  initialise(executor);
  executor.setSeed(11);
  return executor;
}

/** The same texts packed, or padded to 33 tokens. */
function makeBatch(
  kind: Job["kind"],
  seed: number,
  padded = 0,
  lengths = [1, 5, 33, 8, 17, 2],
): Batch {
  const random = randomStream(seed);
  const pick = (n: number) => Math.floor(random() * n);
  const rows: {
    id: number;
    segment: number;
    label: number;
    selected: boolean;
  }[] = [];
  lengths.forEach((n) => {
    for (let t = 0; t < (padded || n); t++)
      if (t < n)
        rows.push({
          id: pick(config.vocab_size),
          segment: pick(2),
          label: pick(6) - 1,
          selected: pick(4) === 0,
        });
      else rows.push({ id: 0, segment: 0, label: -100, selected: false });
  });
  const batch: Batch = {
    size: lengths.length,
    lengths: Int32Array.from(lengths),
    padded,
    ids: Int32Array.from(rows, (r) => r.id),
    segments: Int32Array.from(rows, (r) => r.segment),
  };
  if (kind === "labels")
    batch.labels = Int32Array.from(lengths, (_, b) => (b * 3) % 5);
  else if (kind === "many labels")
    batch.labels = Float32Array.from({ length: 5 * lengths.length }, (_, i) =>
      i % 3 === 0 ? 1 : 0,
    );
  else if (kind === "score")
    batch.labels = Float32Array.from({ length: 5 * lengths.length }, (_, i) =>
      Math.sin(3 * i),
    );
  else if (kind === "tokens")
    batch.labels = Int32Array.from(rows, (r) => r.label);
  else {
    const selected = rows.flatMap((r, i) => (r.selected ? [i] : []));
    batch.selected = Int32Array.from(selected);
    batch.labels = Int32Array.from(selected, (i) => (rows[i]!.id * 7) % 53);
  }
  return batch;
}

/** What the program takes: where it trains the head alone, features instead of tokens. */
const given = (executor: WasmExecutor, batch: Batch): Batch =>
  executor.program.regions.has("features")
    ? { ...batch, features: featuresOf(executor, batch) }
    : batch;
const featuresOf = (executor: WasmExecutor, batch: Batch) =>
  executor.encode(batch).slice(0, batch.size * config.hidden_size);

/** Five labels in rows of eight; what lies between is nobody's. */
const logitsOf = (rows: Float32Array, size: number) =>
  rows.slice(0, size * 8).filter((_, i) => i % 8 < 5);

const kinds = ["labels", "many labels", "score", "tokens", "words"] as const;
const optimizer = { ...defaultOptimizer, learningRate: 1e-3 };
const losses = (
  executor: WasmExecutor,
  steps: number,
  batch: (s: number) => Batch[],
) =>
  Array.from(
    { length: steps },
    (_, s) => executor.train(batch(s), optimizer).loss,
  );
const worst = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  expect(a.length).toBe(b.length);
  let most = 0;
  for (let i = 0; i < a.length; i++)
    if (!(Math.abs(a[i]! - b[i]!) <= most)) most = Math.abs(a[i]! - b[i]!);
  return most;
};

it.each(kinds)(
  "Padding changes nothing, dropout included: %s",
  async (kind) => {
    const run = async (padded: number) => {
      const executor = await open({ kind });
      return losses(executor, 12, (s) => [makeBatch(kind, s, padded)]);
    };
    const [packed, padded] = [await run(0), await run(33)];
    expect(worst(packed, padded)).toBeLessThan(1e-4);
    expect(packed.every((x) => x > 0)).toBe(true);
  },
);

it("Work for [CLS] alone in the last layer changes nothing", async () => {
  const run = async (clsOnly: boolean) => {
    const executor = await open({ clsOnly });
    return losses(executor, 12, (s) => [makeBatch("labels", s)]);
  };
  expect(worst(await run(true), await run(false))).toBeLessThan(1e-4);
});

it("Owed updates of word embeddings, once paid, are those of dense AdamW", async () => {
  const run = async (denseEmbeddings: boolean) => {
    const executor = await open({ denseEmbeddings });
    // Few words in use for long: some rows are owed hundreds of steps, some all.
    const all = losses(executor, 330, (s) => {
      const batch = makeBatch("labels", s, 0, [4, 3]);
      if (s > 3) batch.ids.forEach((id, i) => (batch.ids[i] = id % 9));
      if (s === 329) batch.ids[2] = 40;
      return [batch];
    });
    executor.flush();
    return { all, words: executor.parameter(wordName).slice() };
  };
  const [lazy, dense] = [await run(false), await run(true)];
  expect(worst(lazy.all, dense.all)).toBeLessThan(1e-4);
  expect(worst(lazy.words, dense.words)).toBeLessThan(2e-5);
});

it.each(kinds)(
  "Any number of threads gives the same bits: %s",
  async (kind) => {
    const run = async (threads: number, relaxed: boolean) => {
      const executor = await open({ kind }, threads, {}, relaxed);
      losses(executor, 5, (s) => [makeBatch(kind, s), makeBatch(kind, s + 50)]);
      executor.flush();
      const bits = new Uint32Array(
        executor.region("parameters").slice().buffer,
      );
      executor.close();
      return bits;
    };
    for (const relaxed of [false, true]) {
      const one = await run(1, relaxed);
      expect(await run(2, relaxed)).toEqual(one);
      expect(await run(3, relaxed)).toEqual(one);
    }
  },
);

it.each(kinds)("Gradients are differences of the loss: %s", async (kind) => {
  for (const [train, accumulated, hidden_act] of [
    ["all", true, "gelu"],
    ["all", false, "gelu_new"],
    [1, true, "relu"],
    [0, false, "gelu"],
    ["all", false, "silu"],
  ] as const) {
    if (kind === "words" && train !== "all") continue;
    const executor = await open(
      { kind, train, denseEmbeddings: true, clsOnly: train !== 1 },
      1,
      { hidden_act },
    );
    if (kind !== "words")
      executor.weigh(Float32Array.from([1, 2, 0.5, 1.5, 1]));
    const batches = [
      makeBatch(kind, 1),
      ...(accumulated ? [makeBatch(kind, 2, 33)] : []),
    ].map((batch) => given(executor, batch));
    const value = () => executor.accumulate(batches);
    value();
    const random = randomStream(3);
    for (const {
      name,
      trained,
      size,
    } of executor.program.parameters.values()) {
      if (!trained) continue;
      // Along a direction with the gradient's own signs the difference is largest.
      const gradient = executor.gradient(name).slice();
      const parameter = executor.parameter(name);
      const kept = parameter.slice();
      const direction = Float32Array.from(
        { length: size },
        (_, i) => Math.sign(gradient[i]!) * (0.5 + random()),
      );
      const expected = direction.reduce(
        (sum, d, i) => sum + d * gradient[i]!,
        0,
      );
      const reach = Math.sqrt(direction.reduce((s, d) => s + d * d, 0)) || 1;
      const h = 4e-3 / reach;
      parameter.forEach(
        (_, i) => (parameter[i] = kept[i]! + h * direction[i]!),
      );
      const up = value();
      parameter.forEach(
        (_, i) => (parameter[i] = kept[i]! - h * direction[i]!),
      );
      const down = value();
      parameter.set(kept);
      const difference = (up - down) / (2 * h);
      expect(
        Math.abs(difference - expected),
        `${name} ${train} ${difference} ${expected}`,
      ).toBeLessThan(0.02 * Math.abs(expected) + 3e-4 * reach);
    }
  }
});

it.each(kinds)("The loss is the plain one: %s", async (kind) => {
  const executor = await open({ kind, dropout: 0 });
  const weights = Float32Array.from([1, 2, 0.5, 1.5, 1]);
  if (kind !== "words") executor.weigh(weights);
  const batch = makeBatch(kind, 4);
  const logits = executor.predict(batch).slice();
  const classes = kind === "words" ? 53 : 5;
  const ld = Math.ceil(classes / 4) * 4;
  let sum = 0;
  let total = 0;
  const labels = batch.labels!;
  const rows =
    kind === "many labels" || kind === "score" ? batch.size : labels.length;
  for (let r = 0; r < rows; r++) {
    const row = Array.from(logits.subarray(r * ld, r * ld + classes));
    if (kind === "many labels")
      row.forEach((z, j) => {
        const p = 1 / (1 + Math.exp(-z));
        const y = labels[r * 5 + j]!;
        sum -= weights[j]! * y * Math.log(p) + (1 - y) * Math.log(1 - p);
        total++;
      });
    else if (kind === "score")
      row.forEach((z, j) => {
        sum += (z - labels[r * 5 + j]!) ** 2;
        total++;
      });
    else if (labels[r]! >= 0) {
      const weight = kind === "words" ? 1 : weights[labels[r]!]!;
      const all = row.reduce((a, z) => a + Math.exp(z), 0);
      sum += weight * (Math.log(all) - row[labels[r]!]!);
      total += weight;
    }
  }
  expect(executor.accumulate([batch])).toBeCloseTo(sum / total, 5);
});

it("Two half batches make the step of the whole one", async () => {
  const run = async (split: boolean) => {
    const executor = await open({ dropout: 0 });
    const whole = makeBatch("labels", 5, 33, [9, 33, 4, 12]);
    const half = (b: number): Batch => ({
      ...whole,
      size: 2,
      lengths: whole.lengths.slice(b, b + 2),
      ids: whole.ids.slice(b * 33, (b + 2) * 33),
      segments: whole.segments.slice(b * 33, (b + 2) * 33),
      labels: whole.labels!.slice(b, b + 2),
    });
    return losses(executor, 5, () => (split ? [half(0), half(2)] : [whole]));
  };
  expect(worst(await run(true), await run(false))).toBeLessThan(1e-5);
});

it("Frozen parameters stay as they are", async () => {
  for (const train of [0, 1]) {
    const executor = await open({ train });
    const before = executor.region("parameters").slice();
    losses(executor, 3, (s) => [given(executor, makeBatch("labels", s))]);
    const after = executor.region("parameters");
    for (const {
      name,
      offset,
      size,
      trained,
    } of executor.program.parameters.values())
      expect(
        worst(
          before.subarray(offset, offset + size),
          after.subarray(offset, offset + size),
        ) > 0,
        name,
      ).toBe(trained);
  }
});

it("The head learns from features what it learns from texts", async () => {
  const run = async (clsOnly: boolean) => {
    const executor = await open({ train: 0, dropout: 0, clsOnly });
    const trained = losses(executor, 5, (s) => [
      given(executor, makeBatch("labels", s)),
    ]);
    const batch = makeBatch("labels", 9);
    return {
      executor,
      batch,
      trained,
      logits: logitsOf(executor.predict(batch), batch.size),
    };
  };
  const features = await run(true);
  const texts = await run(false);
  expect(worst(features.trained, texts.trained)).toBeLessThan(1e-6);
  expect(worst(features.logits, texts.logits)).toBeLessThan(1e-5);
  const { executor, batch, logits } = features;
  const scored = executor.score(given(executor, batch));
  expect(logitsOf(scored, batch.size)).toEqual(logits);
});

it("What was kept comes back, and training goes on from there", async () => {
  const executor = await open();
  losses(executor, 3, (s) => [makeBatch("labels", s)]);
  executor.keep();
  const kept = executor.readParameters();
  losses(executor, 3, (s) => [makeBatch("labels", s)]);
  expect(worst(executor.readParameters(), kept)).toBeGreaterThan(1e-4);
  executor.restore();
  expect(executor.readParameters()).toEqual(kept);
  const [loss] = losses(executor, 1, () => [makeBatch("labels", 0)]);
  expect(Number.isFinite(loss)).toBe(true);
});

it("300 steps learn five batches by heart, in the memory of the first", async () => {
  const executor = await open({}, 2);
  const bytes = executor.bytes;
  const all = losses(executor, 300, (s) => [makeBatch("labels", s % 5)]);
  expect(executor.bytes).toBe(bytes);
  expect(all.every(Number.isFinite)).toBe(true);
  expect(all.at(-1)!).toBeLessThan(0.5 * all[0]!);
  executor.close();
});

it("Prediction does not disturb training", async () => {
  const run = async (predict: boolean) => {
    const executor = await open();
    return losses(executor, 6, (s) => {
      if (predict) {
        executor.predict(makeBatch("labels", 90 + s));
        executor.watch(makeBatch("labels", 91 + s, 0, [7]));
      }
      return [makeBatch("labels", s)];
    });
  };
  // A prediction pays what its words are owed at once; in one go or in two, rounding differs.
  expect(worst(await run(true), await run(false))).toBeLessThan(1e-5);
});

it("Says what does not fit", async () => {
  const executor = await open();
  expect(() => executor.predict(makeBatch("labels", 1, 0, [34]))).toThrow(
    "34 tokens, 34 in one sequence, where there is room for 200 and 33",
  );
  const batch = makeBatch("labels", 1);
  batch.ids[3] = 53;
  expect(() => executor.predict(batch)).toThrow("token 53");
});

it("Says which numbers cannot be learned", async () => {
  for (const kind of ["many labels", "score"] as const) {
    const executor = await open({ kind });
    const batch = makeBatch(kind, 1);
    batch.labels![7] = NaN;
    expect(() => executor.train([batch], optimizer)).toThrow("NaN as a number");
    batch.labels = new Float32Array(29);
    expect(() => executor.train([batch], optimizer)).toThrow(
      "29 numbers to learn where there are 30 outputs",
    );
  }
});
