// BERT's step in jax-js: one jitted function from parameters to parameters. It
// does less than the others: its scatter cannot be jitted, so the word
// embeddings rest, and nothing is dropped.

import {
  type Array as JaxArray,
  defaultDevice,
  init,
  jit,
  lax,
  nn,
  numpy as np,
  valueAndGrad,
} from "@jax-js/jax";
import {
  type Engine,
  learning,
  timeOf,
  type Timing,
  type Workload,
} from "../engine";
import { firstValues, randomBatch, randomFrom, shapesOf } from "../workloads";
import { adapterName, counted } from "./gpu";

// Every function takes ownership of the arrays it is given: `.ref` keeps one.
type Parameters = Record<string, JaxArray>;

/** Mean loss; `words` are [B·T, H], `targets` one-hot. */
function lossOf(
  { config, size: B, length: T }: Workload,
  parameters: Parameters,
  words: JaxArray,
  targets: JaxArray,
): JaxArray {
  const { hidden_size: H, num_attention_heads: A } = config;
  const get = (name: string) => parameters[name]!;
  const linear = (name: string, x: JaxArray) =>
    np.matmul(x, get(`${name}.weight`)).add(get(`${name}.bias`));
  const norm = (name: string, x: JaxArray) =>
    nn
      .standardize(x, -1, { epsilon: config.layer_norm_eps })
      .mul(get(`${name}.LayerNorm.weight`))
      .add(get(`${name}.LayerNorm.bias`));
  const split = (x: JaxArray) =>
    x.reshape([B, T, A, H / A]).transpose([0, 2, 1, 3]);

  const positions = get("position").slice([0, T]);
  const segment = get("segment").slice(0);
  let x = words.reshape([B, T, H]).add(positions).add(segment);
  x = norm("embeddings", x.reshape([B * T, H]));
  for (let l = 0; l < config.num_hidden_layers; l++) {
    const q = split(linear(`${l}.query`, x.ref));
    const k = split(linear(`${l}.key`, x.ref));
    const v = split(linear(`${l}.value`, x.ref));
    const scores = np.matmul(q, k.transpose([0, 1, 3, 2]));
    const shares = nn.softmax(scores.mul(Math.sqrt(A / H)), -1);
    const context = np.matmul(shares, v).transpose([0, 2, 1, 3]);
    const rows = context.reshape([B * T, H]);
    const attended = norm(
      `${l}.attention`,
      x.add(linear(`${l}.attended`, rows)),
    );
    const inner = nn.gelu(linear(`${l}.up`, attended.ref), {
      approximate: false,
    });
    x = norm(`${l}.output`, attended.add(linear(`${l}.down`, inner)));
  }
  const first = x.reshape([B, T, H]).slice([], 0);
  const logits = linear("classifier", np.tanh(linear("pooler", first)));
  return nn
    .logSoftmax(logits, -1)
    .mul(targets)
    .sum()
    .mul(-1 / B);
}

type State = { parameters: Parameters; m: Parameters; v: Parameters };

/** (state, words, targets, [step size, 1 / root of the second correction]) → [state, loss] */
const makeStep = (workload: Workload) =>
  jit(
    (
      { parameters, m, v }: State,
      table: JaxArray,
      ids: JaxArray,
      labels: JaxArray,
      figures: JaxArray,
    ): [State, JaxArray] => {
      const names = Object.keys(parameters);
      const kept = Object.fromEntries(
        names.map((name) => [name, parameters[name]!.ref]),
      );
      const words = lax.stopGradient(np.take(table, ids, 0));
      const targets = nn.oneHot(labels, workload.labels);
      const [loss, gradients] = valueAndGrad((p: Parameters) =>
        lossOf(workload, p, words.ref, targets.ref),
      )(kept) as [JaxArray, Parameters];
      words.dispose();
      targets.dispose();
      const squares = names.map((name) =>
        np.square(gradients[name]!.ref).sum(),
      );
      const norm = np.sqrt(squares.reduce((a, b) => a.add(b)));
      const share = np.minimum(np.reciprocal(norm.add(1e-6)), 1);
      const stepSize = figures.ref.slice(0);
      const inverseRoot = figures.slice(1);
      const next: State = { parameters: {}, m: {}, v: {} };
      for (const name of names) {
        const g = gradients[name]!.mul(share.ref);
        const m1 = m[name]!.mul(0.9).add(g.ref.mul(0.1));
        const v1 = v[name]!.mul(0.999).add(np.square(g).mul(0.001));
        const p = parameters[name]!;
        const keep = p.ndim > 1 ? 1 - learning.rate * learning.weightDecay : 1;
        const root = np.sqrt(v1.ref).mul(inverseRoot.ref).add(1e-8);
        next.parameters[name] = p
          .mul(keep)
          .sub(m1.ref.mul(stepSize.ref).div(root));
        next.m[name] = m1;
        next.v[name] = v1;
      }
      for (const array of [share, stepSize, inverseRoot]) array.dispose();
      return [next, loss];
    },
  );

export function jaxjs(device: "wasm" | "webgpu"): Engine {
  let workload: Workload;
  let step: ReturnType<typeof makeStep>;
  let state: State;
  let table: JaxArray;
  let done = 0;
  let dispatches = 0;
  const random = randomFrom(2);
  const ints = (values: Int32Array) =>
    np.array(values as Int32Array<ArrayBuffer>, { dtype: np.int32 });
  return {
    async open(asked) {
      workload = asked;
      if (!(await init(device)).includes(device))
        throw new Error(`jax-js has no ${device} here`);
      defaultDevice(device);
      const make = (name: string, shape: number[], zero: boolean) => {
        const size = shape.reduce((a, b) => a * b, 1);
        const values = zero
          ? new Float32Array(size)
          : (firstValues(name, size, random) as Float32Array<ArrayBuffer>);
        return np.array(values, { shape });
      };
      const all = (zero: boolean): Parameters =>
        Object.fromEntries(
          [...shapesOf(workload)]
            .filter(([name]) => name !== "word")
            .map(([name, shape]) => [name, make(name, shape, zero)]),
        );
      state = { parameters: all(false), m: all(true), v: all(true) };
      const { vocab_size, hidden_size } = workload.config;
      table = make("word", [vocab_size, hidden_size], false);
      step = makeStep(workload);
      const cores = navigator.hardwareConcurrency;
      return {
        detail: `jax-js 0.1.25 jit, ${device === "wasm" ? `${crossOriginIsolated ? cores : 1} threads` : await adapterName()}`,
        omits: "word embeddings not trained, no dropout",
      };
    },
    async steps(count) {
      const timings: Timing[] = [];
      for (let i = 0; i < count; i++) {
        const { ids, labels } = randomBatch(workload, random);
        done++;
        const figures = np.array([
          learning.rate / (1 - 0.9 ** done),
          1 / Math.sqrt(1 - 0.999 ** done),
        ]);
        counted.dispatches = 0;
        const start = performance.now();
        const [next, value] = step(
          state,
          table.ref,
          ints(ids),
          ints(labels),
          figures,
        );
        state = next as State;
        const [loss] = await value.data();
        // The loss is ready before the new parameters are.
        await Promise.all(
          Object.values(state.parameters).map((p) => p.blockUntilReady()),
        );
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
      return {
        dispatches: device === "webgpu" ? dispatches : null,
        bytes: device === "webgpu" ? counted.most : 0,
        bytesOf: device === "webgpu" ? "GPU buffers" : "not told",
        heap: null,
      };
    },
    async product({ form, m, n, k }) {
      const values = (rows: number, columns: number) =>
        np.array(new Float32Array(rows * columns).fill(0.5), {
          shape: [rows, columns],
        });
      const a = form === "TN" ? values(k, m) : values(m, k);
      const b = form === "NT" ? values(n, k) : values(k, n);
      const product = jit((a: JaxArray, b: JaxArray) =>
        np.matmul(
          form === "TN" ? a.transpose() : a,
          form === "NT" ? b.transpose() : b,
        ),
      );
      return timeOf(async (times) => {
        for (let i = 0; i < times; i++) {
          const c = product(a.ref, b.ref);
          await c.blockUntilReady();
          c.dispose();
        }
      });
    },
    async close() {},
  };
}
