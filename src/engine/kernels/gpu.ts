// Running our own WGSL as a TensorFlow.js WebGPU program. What such a program may
// be: read-only inputs, one output, no `enable`, no `override`; its key must name
// every constant written into its text, or another program's pipeline is used.

import * as tf from "@tensorflow/tfjs";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";

type Program = Parameters<WebGPUBackend["runWebGPUProgram"]>[0];
type Uniforms = Parameters<WebGPUBackend["runWebGPUProgram"]>[3];

export function onGpu(): boolean {
  return tf.getBackend() === "webgpu";
}

export const gpu = () => tf.backend() as WebGPUBackend;

const width = 64;

interface Kernel {
  /** Unique, with every constant that `code` contains. */
  key: string;
  /** Names of the inputs as the code sees them: `name[i]`. */
  inputs: string[];
  /** Uniforms: `u32`, `i32` and `f32` scalars, read as `uniforms.name`. */
  uniforms?: { name: string; type: "u32" | "i32" | "f32"; value: number }[];
  /** Helper functions, outside of main. */
  functions?: string;
  /** One invocation per output element, or per `items`: sees `index: i32`, writes `result[…]`. */
  code: string;
  /** Number of invocations; default one per output element. */
  items?: number;
}

/** Runs a kernel; the result has `shape`, float32. */
export function run<R extends tf.Rank = tf.Rank>(
  kernel: Kernel,
  inputs: tf.Tensor[],
  shape: number[],
): tf.Tensor<R> {
  const size = tf.util.sizeFromShape(shape);
  const items = kernel.items ?? size;
  const uniforms = [
    { name: "items", type: "i32" as const, value: items },
    ...(kernel.uniforms ?? []),
  ];
  const program: Program = {
    outputShape: shape,
    shaderKey: `attune_${kernel.key}`,
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [Math.ceil(items / width), 1, 1],
    workgroupSize: [width, 1, 1],
    variableNames: kernel.inputs,
    uniforms: uniforms.map(({ name, type }) => `${name}: ${type},`).join(" "),
    getUserCode: () => `
      ${kernel.functions ?? ""}
      fn main(index: i32) {
        if (index < uniforms.items) {
          ${kernel.code}
        }
      }`,
  };
  const info = gpu().runWebGPUProgram(
    program,
    inputs,
    "float32",
    uniforms.map(({ type, value }) => ({
      type: type === "f32" ? "float32" : type === "u32" ? "uint32" : "int32",
      data: [value],
    })) as Uniforms,
  );
  return tf.engine().makeTensorFromTensorInfo(info) as tf.Tensor<R>;
}
