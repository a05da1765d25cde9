// Tensors as typed arrays, for the two backends whose memory a loop can reach:
// "cpu" (plain arrays) and "wasm" (its heap). Kernels that run here are JavaScript
// loops over these views.
//
// Two rules. Allocate every output before taking any view: an allocation may grow
// the wasm heap and detach views. Never write into a tensor that another
// operation has seen: wasm's XNNPACK keeps packed copies by tensor id.

import * as tf from "@tensorflow/tfjs";

/** What is used of the two backends' insides. */
interface Heap extends tf.KernelBackend {
  // wasm
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
  // cpu
  data: { get(dataId: object): { values: Float32Array } };
}

/** True where kernels may loop over memory. */
export function onHost(): boolean {
  const name = tf.getBackend();
  return name === "wasm" || name === "cpu";
}

/** A fresh float tensor with undefined contents; fill all of it. */
export function output<R extends tf.Rank = tf.Rank>(
  shape: number[],
): tf.Tensor<R> {
  if (tf.getBackend() === "cpu")
    return tf.tensor<R>(
      new Float32Array(tf.util.sizeFromShape(shape)),
      shape as never,
    );
  const info = (tf.backend() as Heap).makeOutput(shape, "float32");
  return tf.engine().makeTensorFromTensorInfo(info) as tf.Tensor<R>;
}

/** A tensor's memory. Read only, unless it came from `output` just now. */
export function view(tensor: tf.TensorInfo): Float32Array {
  const backend = tf.backend() as Heap;
  return tf.getBackend() === "cpu"
    ? backend.data.get(tensor.dataId).values
    : backend.typedArrayFromHeap(tensor);
}
