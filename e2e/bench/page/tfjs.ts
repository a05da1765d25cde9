// BERT's step as one writes it in stock TensorFlow.js: its own operations, its own
// gradients, its own Adam, and decay and clipping around it. The gradient of a
// lookup needs UnsortedSegmentSum, which the wasm backend lacks: there the words
// are looked up as a product with one-hot rows.

import * as tf from "@tensorflow/tfjs";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import "@tensorflow/tfjs-backend-webgpu";
import wasmUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url";
import simdUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url";
import threadedUrl from "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url";
import {
  type Engine,
  learning,
  timeOf,
  type Timing,
  type Workload,
} from "../engine";
import { firstValues, randomBatch, randomFrom, shapesOf } from "../workloads";
import { adapterName, counted } from "./gpu";

type Matrix = tf.Tensor2D;
type Variables = Map<string, tf.Variable>;

function forward(
  { config, size: B, length: T }: Workload,
  variables: Variables,
  ids: Int32Array,
): Matrix {
  const { hidden_size: H, num_attention_heads: A, vocab_size: V } = config;
  const get = <R extends tf.Rank>(name: string) =>
    variables.get(name) as unknown as tf.Tensor<R>;
  const drop = <R extends tf.Rank>(x: tf.Tensor<R>) =>
    tf.dropout(x, learning.dropout) as tf.Tensor<R>;
  const linear = (name: string, x: Matrix): Matrix =>
    tf.add(tf.matMul(x, get(`${name}.weight`)), get(`${name}.bias`));
  const norm = (name: string, x: Matrix): Matrix => {
    const { mean, variance } = tf.moments(x, 1, true);
    const scaled = tf.mul(
      tf.sub(x, mean),
      tf.rsqrt(tf.add(variance, config.layer_norm_eps)),
    );
    return tf.add(
      tf.mul(scaled, get(`${name}.LayerNorm.weight`)),
      get(`${name}.LayerNorm.bias`),
    );
  };
  const split = (x: Matrix) =>
    tf.transpose(tf.reshape(x, [B, T, A, H / A]), [0, 2, 1, 3]);
  const gelu = (x: Matrix): Matrix =>
    tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));

  const given = tf.tensor1d(ids, "int32");
  const table = get<tf.Rank.R2>("word");
  const words = (
    tf.getKernel("UnsortedSegmentSum", tf.getBackend())
      ? tf.gather(table, given)
      : tf.matMul(tf.oneHot(given, V).toFloat() as Matrix, table)
  ) as Matrix;
  const positions = tf.tile(
    tf.slice(get<tf.Rank.R2>("position"), [0, 0], [T, H]),
    [B, 1],
  );
  const segment = tf.slice(get<tf.Rank.R2>("segment"), [0, 0], [1, H]);
  let x = tf.add(tf.add(words, positions), segment) as Matrix; // [B·T, H]
  x = drop(norm("embeddings", x));
  for (let l = 0; l < config.num_hidden_layers; l++) {
    const [q, k, v] = ["query", "key", "value"].map((name) =>
      split(linear(`${l}.${name}`, x)),
    ) as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
    const scores = tf.mul(tf.matMul(q, k, false, true), Math.sqrt(A / H));
    const context = tf.matMul(drop(tf.softmax(scores)), v); // [B, A, T, H/A]
    const rows = tf.reshape(tf.transpose(context, [0, 2, 1, 3]), [B * T, H]);
    const attended = norm(
      `${l}.attention`,
      tf.add(x, drop(linear(`${l}.attended`, rows as Matrix))),
    );
    const inner = gelu(linear(`${l}.up`, attended));
    x = norm(`${l}.output`, tf.add(attended, drop(linear(`${l}.down`, inner))));
  }
  const first = tf.reshape(
    tf.slice(tf.reshape(x, [B, T, H]), [0, 0, 0], [B, 1, H]),
    [B, H],
  ) as Matrix;
  return linear("classifier", drop(tf.tanh(linear("pooler", first))));
}

/** Adam, clipped before and decayed after; returns the loss. */
function step(
  workload: Workload,
  variables: Variables,
  adam: tf.Optimizer,
  { ids, labels }: { ids: Int32Array; labels: Int32Array },
): tf.Scalar {
  return tf.tidy(() => {
    const { value, grads } = tf.variableGrads(() => {
      const logits = forward(workload, variables, ids);
      const targets = tf.oneHot(tf.tensor1d(labels, "int32"), workload.labels);
      return tf.losses.softmaxCrossEntropy(targets, logits) as tf.Scalar;
    });
    const squares = Object.values(grads).map((g) => tf.sum(tf.square(g)));
    const norm = tf.sqrt(squares.reduce((a, b) => tf.add(a, b))) as tf.Scalar;
    const share = tf.minimum(tf.div(learning.maxNorm, tf.add(norm, 1e-6)), 1);
    for (const [name, gradient] of Object.entries(grads))
      grads[name] = tf.mul(gradient, share);
    const keep = 1 - learning.rate * learning.weightDecay;
    for (const variable of variables.values())
      if (variable.rank > 1) variable.assign(tf.mul(variable, keep));
    adam.applyGradients(grads);
    return value;
  });
}

async function useBackend(name: string, threads: number): Promise<string> {
  if (name === "wasm") {
    setWasmPaths({
      "tfjs-backend-wasm.wasm": wasmUrl,
      "tfjs-backend-wasm-simd.wasm": simdUrl,
      "tfjs-backend-wasm-threaded-simd.wasm": threadedUrl,
    });
    setThreadsCount(threads);
  }
  if (!(await tf.setBackend(name))) throw new Error(`no ${name} backend`);
  await tf.ready();
  return name === "wasm" ? `${threads} threads` : await adapterName();
}

export function stock(backend: "wasm" | "webgpu"): Engine {
  let workload: Workload;
  let adam: tf.Optimizer;
  let dispatches = 0;
  const variables: Variables = new Map();
  const random = randomFrom(2);
  return {
    async open(asked) {
      workload = asked;
      const detail = await useBackend(backend, workload.threads);
      for (const [name, shape] of shapesOf(workload)) {
        const size = shape.reduce((a, b) => a * b, 1);
        const values = tf.tensor(firstValues(name, size, random), shape);
        variables.set(name, tf.variable(values, true, name));
      }
      adam = tf.train.adam(learning.rate);
      return {
        detail: `TensorFlow.js ${tf.version_core}, ${detail}`,
        omits: "",
      };
    },
    async steps(count) {
      const timings: Timing[] = [];
      for (let i = 0; i < count; i++) {
        const batch = randomBatch(workload, random);
        counted.dispatches = 0;
        const start = performance.now();
        const value = step(workload, variables, adam, batch);
        const [loss] = await value.data();
        value.dispose();
        dispatches = counted.dispatches;
        timings.push({
          ms: performance.now() - start,
          scriptMs: null,
          loss: loss!,
        });
      }
      return timings;
    },
    async figures() {
      const webgpu = backend === "webgpu";
      return {
        dispatches: webgpu ? dispatches : null,
        bytes: webgpu ? counted.most : tf.memory().numBytes,
        bytesOf: webgpu ? "GPU buffers" : "tensors between steps",
        heap: null,
      };
    },
    async product({ form, m, n, k }) {
      const [ta, tb] = [form === "TN", form === "NT"];
      const a = tf.randomUniform(ta ? [k, m] : [m, k]) as Matrix;
      const b = tf.randomUniform(tb ? [n, k] : [k, n]) as Matrix;
      const ms = await timeOf(async (times) => {
        for (let i = 0; i < times; i++) {
          const c = tf.matMul(a, b, ta, tb);
          await c.data();
          c.dispose();
        }
      });
      tf.dispose([a, b]);
      return ms;
    },
    async close() {},
  };
}
