// The parameters of a BERT as TensorFlow.js variables under their Hugging Face names:
// making them, copying them, and which of them a run trains. What is worked out with
// them: encoder.ts and bert.ts.

import * as tf from "@tensorflow/tfjs";
import type { BertConfig } from "../model/config";
import { isHead, startingWeights, type BertOptions } from "../model/parameters";
import type { Weights } from "../model/weights";
import { layerName } from "../parameters";

/** A kept copy of parameters, on the device. */
export interface Snapshot {
  restore(): void;
  dispose(): void;
}

export interface Bert {
  config: BertConfig;
  /** By Hugging Face name, in the model's order. */
  variables: Map<string, tf.Variable>;
  /** Copies the present values of `names` (default all) without leaving the device. */
  snapshot(names?: string[]): Snapshot;
  /** Every parameter, read back. */
  read(): Promise<Weights>;
  dispose(): void;
}

let made = 0;

/** Puts the weights on the current backend. A classifier in `weights` is used where its size fits. */
export function createBert(
  config: BertConfig,
  weights: Weights,
  labelCount: number,
  options: BertOptions,
): Bert {
  // TensorFlow.js wants variable names unique in the page.
  const prefix = `bert${made++}/`;
  const variables = new Map<string, tf.Variable>();
  for (const [name, { shape, data }] of startingWeights(
    config,
    weights,
    labelCount,
    options,
  )) {
    const value = tf.tensor(data, shape, "float32");
    variables.set(name, tf.variable(value, true, prefix + name));
    value.dispose();
  }

  return {
    config,
    variables,
    snapshot(names = [...variables.keys()]) {
      const copies = names.map((name) => variables.get(name)!.clone());
      return {
        restore: () =>
          names.forEach((name, i) => variables.get(name)!.assign(copies[i]!)),
        dispose: () => tf.dispose(copies),
      };
    },
    async read() {
      const read: Weights = new Map();
      for (const [name, variable] of variables)
        read.set(name, {
          shape: variable.shape,
          data: new Float32Array(await variable.data<"float32">()),
        });
      return read;
    },
    dispose: () => tf.dispose([...variables.values()]),
  };
}

/** "head only" trains the pooler and the classifier: both read only [CLS], and few masked language models come with a trained pooler. So many layers at the top of the encoder `rest` in any case. */
export function trainableNames(
  bert: Bert,
  fineTune: "all layers" | "top layers" | "head only",
  topLayers: number,
  rest = 0,
): string[] {
  const names = [...bert.variables.keys()];
  const top = bert.config.num_hidden_layers - rest;
  const layers = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, i) => `${layerName(from + i)}.`);
  const resting = layers(top, bert.config.num_hidden_layers);
  if (fineTune === "all layers")
    return names.filter(
      (name) => !resting.some((layer) => name.startsWith(layer)),
    );
  const lowest = fineTune === "head only" ? top : Math.max(0, top - topLayers);
  const trained = layers(lowest, top);
  return names.filter(
    (name) => isHead(name) || trained.some((layer) => name.startsWith(layer)),
  );
}

/** `loss` and the gradients of `names`; both are the caller's to dispose of (AdamW.step disposes of the gradients). */
export function gradients(
  bert: Bert,
  names: string[],
  lossFunction: () => tf.Scalar,
): { loss: tf.Scalar; gradients: Map<string, tf.Tensor> } {
  const variables = names.map((name) => bert.variables.get(name)!);
  const { value, grads } = tf.variableGrads(lossFunction, variables);
  return {
    loss: value,
    gradients: new Map(
      names.map((name, i) => [name, grads[variables[i]!.name]!]),
    ),
  };
}
