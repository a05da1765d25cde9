// The classifier in TensorFlow.js operations, on whatever backend is current: for
// machines where the program cannot run, and its judge everywhere.

import * as tf from "@tensorflow/tfjs";
import { AdamW } from "../oracle/adamw";
import { logitsOf, lossOf } from "../oracle/heads";
import { padBatch, paddedRows } from "../oracle/pad";
import { classify, encodeFeatures, forward } from "../oracle/bert";
import type { ForwardOptions } from "../oracle/encoder";
import {
  createBert,
  gradients,
  trainableNames,
  type Snapshot,
} from "../oracle/variables";
import {
  type Batch,
  type Classifier,
  maxNorm,
  type Setup,
} from "../classifier";

/** Of each token of a padded batch → of each token there is. */
function unpadded(
  logits: Float32Array,
  { lengths }: Batch,
  labels: number,
): Float32Array {
  const across = logits.length / lengths.length;
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  const all = new Float32Array(tokens * labels);
  let at = 0;
  lengths.forEach((length, row) => {
    const from = row * across;
    all.set(logits.subarray(from, from + length * labels), at * labels);
    at += length;
  });
  return all;
}

/** Targets of each token, with none for padding. */
function paddedLabels(
  { lengths, labels = none }: Batch,
  tokens: number,
): Int32Array {
  const padded = new Int32Array(lengths.length * tokens).fill(-1);
  let at = 0;
  lengths.forEach((length, row) => {
    padded.set(labels.subarray(at, at + length), row * tokens);
    at += length;
  });
  return padded;
}

const none = new Int32Array();

export function openTensorFlow({
  config,
  weights,
  head,
  labelCount,
  capacity,
  training,
}: Setup): Classifier {
  const bert = createBert(config, weights, labelCount, {
    seed: 0,
    randomWeights: false,
    head,
  });
  // The averaging layer of embeddings rests.
  const rests = head === "sentence" ? 1 : 0;
  const names =
    training &&
    trainableNames(bert, training.fineTune, training.topLayers, rests);
  const optimizer =
    names &&
    new AdamW(bert.variables, names, { weightDecay: training!.weightDecay });
  const frozenLayers =
    training?.fineTune === "top layers"
      ? Math.max(0, config.num_hidden_layers - training.topLayers - rests)
      : 0;
  const padded = (batch: Batch) =>
    padBatch(batch, config.pad_token_id, capacity.length);
  const selected = (batch: Batch, tokens: number) =>
    batch.selected && paddedRows(batch, tokens, batch.selected);
  const logits = (batch: Batch, options: ForwardOptions = {}) => {
    const rectangle = padded(batch);
    const asked = selected(batch, rectangle.tokens);
    return logitsOf(bert, head, rectangle, asked, options);
  };
  const rowsOf = (features: Float32Array) =>
    tf.tensor2d(features, [
      features.length / config.hidden_size,
      config.hidden_size,
    ]);
  let unread: tf.Scalar[] = [];
  let kept: Snapshot | null = null;
  let step = 0;

  async function read(
    compute: () => tf.Tensor,
  ): Promise<Float32Array<ArrayBuffer>> {
    const result = tf.tidy(compute);
    try {
      // A copy: the backend may keep what it returned.
      return Float32Array.from(await result.data<"float32">());
    } finally {
      result.dispose();
    }
  }

  return {
    config,
    head,
    labelCount,
    capacity,
    get bytes() {
      return tf.memory().numBytes;
    },
    train(batch, learningRate) {
      if (!training || !names || !optimizer)
        throw new Error("internal: this model was opened for reading");
      step++;
      const dropout = { rate: training.dropout, seed: training.seed, step };
      const { loss, gradients: slopes } = gradients(bert, names, () => {
        return lossOf(
          head,
          batch.features
            ? classify(bert, rowsOf(batch.features), dropout)
            : logits(batch, { dropout, frozenLayers }),
          {
            labels:
              head === "tokens"
                ? paddedLabels(batch, padded(batch).tokens)
                : (batch.labels ?? none),
            weights: training.classWeights,
          },
        );
      });
      unread.push(loss, optimizer.step(slopes, learningRate, maxNorm));
    },
    pull(batch, gradient, learningRate) {
      if (!training || !names || !optimizer)
        throw new Error("internal: this model was opened for reading");
      step++;
      const dropout = { rate: training.dropout, seed: training.seed, step };
      const { loss, gradients: slopes } = gradients(bert, names, () => {
        const options = { dropout, frozenLayers };
        const reached = logitsOf(bert, head, padded(batch), undefined, options);
        return tf.sum(tf.mul(reached, rowsOf(gradient)));
      });
      tf.dispose([loss, optimizer.step(slopes, learningRate, maxNorm)]);
    },
    async figures() {
      if (unread.length === 0) return [];
      const scalars = unread;
      unread = [];
      // One read for all: each waits for the device.
      const values = await read(() => tf.stack(scalars));
      tf.dispose(scalars);
      return scalars
        .filter((_, i) => i % 2 === 0)
        .map((_, i) => ({ loss: values[2 * i]!, norm: values[2 * i + 1]! }));
    },
    keep() {
      kept?.dispose();
      kept = bert.snapshot(names ?? []);
    },
    restore: () => kept?.restore(),
    async predict(batch) {
      const found = await read(() => logits(batch));
      return head === "tokens" ? unpadded(found, batch, labelCount) : found;
    },
    encode: (batch) => read(() => encodeFeatures(bert, padded(batch))),
    score: (features) => read(() => classify(bert, rowsOf(features))),
    async attend(batch) {
      // Exactly the real tokens: padding would only have to be cut away again.
      const tokens = batch.lengths[0]!;
      const [attention, logits] = tf.tidy(() => {
        const output = forward(bert, { ...batch, tokens }, { attention: true });
        return [tf.concat(output.attention!, 0), output.logits];
      });
      return {
        weights: await read(() => attention),
        logits: await read(() => logits),
      };
    },
    read: () => bert.read(),
    dispose() {
      tf.dispose(unread);
      kept?.dispose();
      optimizer?.dispose();
      bert.dispose();
    },
  };
}
