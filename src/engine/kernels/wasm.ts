// What tfjs-wasm lacks or does slowly, registered over its own kernels.

import * as tf from "@tensorflow/tfjs";
import { collectRows } from "./embedding";
import { view } from "./host";

interface WasmBackend extends tf.KernelBackend {
  incRef(dataId: object): void;
}

let done = false;

export function registerWasmKernels(): void {
  if (done) return;
  done = true;

  // The gradient of tf.gather.
  tf.registerKernel({
    kernelName: "UnsortedSegmentSum",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) => {
      const { x, segmentIds } = inputs as unknown as Record<string, tf.Tensor>;
      const { numSegments } = attrs as unknown as { numSegments: number };
      const rest = x!.shape.slice(segmentIds!.shape.length);
      // A copy: the output may move the heap.
      const numbers = view(segmentIds!).slice() as unknown as Int32Array;
      const width = tf.util.sizeFromShape(rest);
      const rows = collectRows(x as tf.Tensor2D, numbers, numSegments, width);
      const shaped = tf.reshape(rows, [numSegments, ...rest]);
      rows.dispose();
      return shaped;
    },
  });

  // tensor.clone(), and so everything a gradient saves: tfjs-wasm copies it, the
  // other backends share. Nothing here writes into a tensor that may be shared.
  tf.unregisterKernel("Identity", "wasm");
  tf.registerKernel({
    kernelName: "Identity",
    backendName: "wasm",
    kernelFunc: ({ inputs, backend }) => {
      const { dataId, shape, dtype } = inputs.x as tf.TensorInfo;
      (backend as WasmBackend).incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
}
