// One AdamW update of one parameter, after PyTorch:
//   g = clip · gradient
//   m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²
//   p ← p (1 − lr · decay) − lr · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
// on every backend: loops over memory, WGSL in place, and plain operations.
// The clip factor, as torch.nn.utils.clip_grad_norm_:
//   min(1, maxNorm / (‖all gradients‖ + 1e-6))

import * as tf from "@tensorflow/tfjs";
import { gpu } from "./gpu";
import { output, view } from "./host";

/** What is the same for every parameter of a step. */
export interface Update {
  learningRate: number;
  beta1: number;
  beta2: number;
  eps: number;
  /** 1 − β₁ᵗ and 1 − β₂ᵗ */
  correction1: number;
  correction2: number;
  maxNorm: number;
}

/** A parameter, its gradient and its moments' place among the optimiser's. */
export interface Parameter {
  variable: tf.Variable;
  gradient: tf.Tensor;
  /** Weight decay of this parameter. */
  decay: number;
  index: number;
}

/** Holds the moments; `step` updates all parameters and returns the gradients' norm before clipping. */
export interface Updater {
  step(parameters: Parameter[], update: Update): tf.Scalar;
  dispose(): void;
}

const clipOf = (norm: number, maxNorm: number) =>
  Math.min(1, maxNorm / (norm + 1e-6));

// Moments live outside the wasm heap. Parameters get new tensors: writing into
// one that wasm's XNNPACK has seen would leave its packed copy behind.
export function hostUpdater(sizes: number[]): Updater {
  const m = sizes.map((size) => new Float32Array(size));
  const v = sizes.map((size) => new Float32Array(size));
  return {
    step(parameters, update) {
      let squares = 0;
      for (const { gradient } of parameters) {
        const g = view(gradient);
        for (let i = 0; i < g.length; i++) squares += g[i]! * g[i]!;
      }
      const norm = Math.sqrt(squares);
      const clip = clipOf(norm, update.maxNorm);
      for (const { variable, gradient, decay, index } of parameters) {
        const updated = output(variable.shape);
        updateLoop(
          view(variable),
          view(gradient),
          m[index]!,
          v[index]!,
          view(updated),
          { ...update, clip, decay },
        );
        variable.assign(updated);
        updated.dispose();
      }
      return tf.scalar(norm);
    },
    dispose() {},
  };
}

function updateLoop(
  p: Float32Array,
  g: Float32Array,
  m: Float32Array,
  v: Float32Array,
  to: Float32Array,
  update: Update & { clip: number; decay: number },
): void {
  const { beta1, beta2, eps, clip, learningRate, decay } = update;
  const keep = 1 - learningRate * decay;
  const rate = learningRate / update.correction1;
  const root = 1 / Math.sqrt(update.correction2);
  const [rest1, rest2] = [1 - beta1, 1 - beta2];
  for (let i = 0; i < to.length; i++) {
    const slope = g[i]! * clip;
    const mean = beta1 * m[i]! + rest1 * slope;
    const square = beta2 * v[i]! + rest2 * slope * slope;
    m[i] = mean;
    v[i] = square;
    to[i] = p[i]! * keep - (rate * mean) / (Math.sqrt(square) * root + eps);
  }
}

/** The plain version, in TensorFlow.js operations. */
export function plainUpdater(shapes: number[][]): Updater {
  const zeros = () => shapes.map((shape) => tf.keep(tf.zeros(shape)));
  const [m, v] = [zeros(), zeros()];
  const replace = (of: tf.Tensor[], index: number, by: tf.Tensor) => {
    of[index]!.dispose();
    of[index] = tf.keep(by);
  };
  return {
    step: (parameters, update) =>
      tf.tidy(() => {
        const squares = parameters.map(({ gradient }) =>
          tf.sum(tf.mul(gradient, gradient)),
        );
        const norm = tf.sqrt(squares.reduce((sum, s) => tf.add(sum, s)));
        const clip = tf.minimum(1, tf.div(update.maxNorm, tf.add(norm, 1e-6)));
        for (const { variable, gradient, decay, index } of parameters)
          tf.tidy(() => {
            const g = tf.mul(gradient, clip);
            const mean = tf.add(
              tf.mul(m[index]!, update.beta1),
              tf.mul(g, 1 - update.beta1),
            );
            const square = tf.add(
              tf.mul(v[index]!, update.beta2),
              tf.mul(tf.mul(g, g), 1 - update.beta2),
            );
            const root = tf.add(
              tf.sqrt(tf.div(square, update.correction2)),
              update.eps,
            );
            const by = tf.mul(
              tf.div(mean, root),
              update.learningRate / update.correction1,
            );
            const kept = tf.mul(variable, 1 - update.learningRate * decay);
            variable.assign(tf.sub(kept, by));
            replace(m, index, mean);
            replace(v, index, square);
          });
        return norm as tf.Scalar;
      }),
    dispose: () => tf.dispose([...m, ...v]),
  };
}

const group = 256;
/** Elements whose squares one workgroup sums. */
const chunk = 4096;

// In place, on the buffers TensorFlow.js holds: its queue is flushed first, ours
// goes after it, and the values it may have cached are dropped. Nothing waits.
export function gpuUpdater(sizes: number[]): Updater {
  const { device } = gpu();
  const buffer = (bytes: number, usage: number) =>
    device.createBuffer({ size: bytes, usage });
  const m = sizes.map((size) => buffer(size * 4, GPUBufferUsage.STORAGE));
  const v = sizes.map((size) => buffer(size * 4, GPUBufferUsage.STORAGE));
  const chunks = sizes.map((size) => Math.ceil(size / chunk));
  const partial = buffer(
    4 * chunks.reduce((sum, n) => sum + n, 0),
    GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST,
  );
  const clip = buffer(4, GPUBufferUsage.STORAGE);
  const settings = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
  const limit = buffer(16, settings);
  // Where each parameter's sums of squares start; never changes.
  let start = 0;
  const places = chunks.map((n) => {
    const place = device.createBuffer({
      size: 16,
      usage: GPUBufferUsage.UNIFORM,
      mappedAtCreation: true,
    });
    new Uint32Array(place.getMappedRange()).set([start]);
    place.unmap();
    start += n;
    return place;
  });
  /** One per weight decay in use. */
  const rates = new Map<number, GPUBuffer>();

  const pipeline = (code: string) =>
    device.createComputePipeline({
      layout: "auto",
      compute: { module: device.createShaderModule({ code }) },
    });
  const [sum, total, apply] = [
    pipeline(sumOfSquares),
    pipeline(clipFactor),
    pipeline(adamw),
  ];
  const bind = (to: GPUComputePipeline, buffers: GPUBuffer[]) =>
    device.createBindGroup({
      layout: to.getBindGroupLayout(0),
      entries: buffers.map((buffer, binding) => ({
        binding,
        resource: { buffer },
      })),
    });

  return {
    step(parameters, update) {
      const info = gpu().makeTensorInfo([], "float32");
      const norm = tf.engine().makeTensorFromTensorInfo(info) as tf.Scalar;
      const normBuffer = bufferOf(norm);
      const work = parameters.map((parameter) => ({
        ...parameter,
        p: bufferOf(parameter.variable),
        g: bufferOf(parameter.gradient),
      }));
      gpu().ensureCommandEncoderReady();
      gpu().endComputePassEncoder();
      gpu().submitQueue();

      device.queue.writeBuffer(
        limit,
        0,
        new Uint32Array([partial.size / 4, bitsOf(update.maxNorm)]),
      );
      for (const { decay } of parameters) {
        if (!rates.has(decay)) rates.set(decay, buffer(32, settings));
        device.queue.writeBuffer(
          rates.get(decay)!,
          0,
          new Float32Array([
            1 - update.learningRate * decay,
            update.learningRate / update.correction1,
            1 / Math.sqrt(update.correction2),
            update.eps,
            update.beta1,
            update.beta2,
            1 - update.beta1,
            1 - update.beta2,
          ]),
        );
      }

      const encoder = device.createCommandEncoder();
      // Parameters without a gradient this time must not count with an old one.
      if (parameters.length < sizes.length) encoder.clearBuffer(partial);
      const pass = encoder.beginComputePass();
      const dispatch = (
        to: GPUComputePipeline,
        buffers: GPUBuffer[],
        groups: number,
      ) => {
        pass.setPipeline(to);
        pass.setBindGroup(0, bind(to, buffers));
        const rows = Math.ceil(groups / 65_535);
        pass.dispatchWorkgroups(Math.ceil(groups / rows), rows);
      };
      for (const { g, index } of work)
        dispatch(sum, [g, partial, places[index]!], chunks[index]!);
      dispatch(total, [partial, normBuffer, clip, limit], 1);
      for (const { p, g, index, decay } of work)
        dispatch(
          apply,
          [p, m[index]!, v[index]!, g, clip, rates.get(decay)!],
          Math.ceil(sizes[index]! / group),
        );
      pass.end();
      device.queue.submit([encoder.finish()]);
      for (const { variable } of parameters) forgetValues(variable);
      return norm;
    },
    dispose() {
      for (const held of [
        ...m,
        ...v,
        ...places,
        ...rates.values(),
        partial,
        clip,
        limit,
      ])
        held.destroy();
    },
  };
}

function bufferOf(tensor: tf.Tensor): GPUBuffer {
  gpu().uploadToGPU(tensor.dataId);
  return gpu().tensorMap.get(tensor.dataId).resource as GPUBuffer;
}

/** TensorFlow.js keeps what it read back; after our writing that is stale. */
function forgetValues(tensor: tf.Tensor): void {
  gpu().tensorMap.get(tensor.dataId).values = null as never;
}

const bitsOf = (x: number) => new Uint32Array(new Float32Array([x]).buffer)[0]!;

const flatIndex = /* wgsl */ `
  (group.y * groups.x + group.x)`;

const sumOfSquares = /* wgsl */ `
  @group(0) @binding(0) var<storage, read> g: array<f32>;
  @group(0) @binding(1) var<storage, read_write> partial: array<f32>;
  @group(0) @binding(2) var<uniform> start: vec4<u32>;
  var<workgroup> sums: array<f32, ${group}>;
  @compute @workgroup_size(${group})
  fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
          @builtin(local_invocation_index) lane: u32) {
    let number = ${flatIndex};
    let end = min(arrayLength(&g), (number + 1u) * ${chunk}u);
    var sum = 0.0;
    for (var i = number * ${chunk}u + lane; i < end; i += ${group}u) { sum += g[i] * g[i]; }
    sums[lane] = sum;
    for (var half = ${group / 2}u; half > 0u; half /= 2u) {
      workgroupBarrier();
      if (lane < half) { sums[lane] += sums[lane + half]; }
    }
    if (lane == 0u && number * ${chunk}u < arrayLength(&g)) { partial[start.x + number] = sums[0]; }
  }`;

const clipFactor = /* wgsl */ `
  @group(0) @binding(0) var<storage, read_write> partial: array<f32>;
  @group(0) @binding(1) var<storage, read_write> norm: array<f32>;
  @group(0) @binding(2) var<storage, read_write> clip: array<f32>;
  @group(0) @binding(3) var<uniform> limit: vec4<u32>;
  var<workgroup> sums: array<f32, ${group}>;
  @compute @workgroup_size(${group})
  fn main(@builtin(local_invocation_index) lane: u32) {
    var sum = 0.0;
    for (var i = lane; i < limit.x; i += ${group}u) { sum += partial[i]; }
    sums[lane] = sum;
    for (var half = ${group / 2}u; half > 0u; half /= 2u) {
      workgroupBarrier();
      if (lane < half) { sums[lane] += sums[lane + half]; }
    }
    if (lane == 0u) {
      norm[0] = sqrt(sums[0]);
      clip[0] = min(1.0, bitcast<f32>(limit.y) / (norm[0] + 1e-6));
    }
  }`;

const adamw = /* wgsl */ `
  struct Rates { keep: f32, rate: f32, root: f32, eps: f32, beta1: f32, beta2: f32, rest1: f32, rest2: f32 }
  @group(0) @binding(0) var<storage, read_write> p: array<f32>;
  @group(0) @binding(1) var<storage, read_write> m: array<f32>;
  @group(0) @binding(2) var<storage, read_write> v: array<f32>;
  @group(0) @binding(3) var<storage, read> g: array<f32>;
  @group(0) @binding(4) var<storage, read_write> clip: array<f32>;
  @group(0) @binding(5) var<uniform> rates: Rates;
  @compute @workgroup_size(${group})
  fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
          @builtin(local_invocation_index) lane: u32) {
    let i = ${flatIndex} * ${group}u + lane;
    if (i >= arrayLength(&m)) { return; }
    let slope = g[i] * clip[0];
    m[i] = rates.beta1 * m[i] + rates.rest1 * slope;
    v[i] = rates.beta2 * v[i] + rates.rest2 * slope * slope;
    p[i] = p[i] * rates.keep - rates.rate * m[i] / (sqrt(v[i]) * rates.root + rates.eps);
  }`;
