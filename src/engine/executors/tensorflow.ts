// The classifier in TensorFlow.js operations, on whatever backend is current: for
// machines where the program cannot run, and its judge everywhere.

import * as tf from "@tensorflow/tfjs";
import { AdamW } from "../oracle/adamw";
import { sigmoidLoss, squaredLoss } from "../oracle/loss";
import { logitsOf } from "../oracle/heads";
import { padBatch, paddedRows } from "../oracle/pad";
import {
  classify,
  createBert,
  crossEntropy,
  encodeFeatures,
  forward,
  gradients,
  trainableNames,
  type ForwardOptions,
  type Snapshot,
} from "../oracle/bert";
import {
  type Batch,
  type Classifier,
  maxNorm,
  type Setup,
} from "../classifier";

function lossOf(
  head: Setup["head"],
  logits: tf.Tensor2D,
  targets: Int32Array | Float32Array,
  weights: Float32Array | null,
): tf.Scalar {
  if (targets instanceof Int32Array)
    return crossEntropy(logits, targets, weights);
  return head === "score"
    ? squaredLoss(logits, targets)
    : sigmoidLoss(logits, targets, weights);
}

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
  const names =
    training && trainableNames(bert, training.fineTune, training.topLayers);
  const optimizer =
    names &&
    new AdamW(bert.variables, names, { weightDecay: training!.weightDecay });
  const frozenLayers =
    training?.fineTune === "top layers"
      ? Math.max(0, config.num_hidden_layers - training.topLayers)
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
      const { loss, gradients: slopes } = gradients(bert, names, () =>
        lossOf(
          head,
          batch.features
            ? classify(bert, rowsOf(batch.features), dropout)
            : logits(batch, { dropout, frozenLayers }),
          batch.labels ?? new Int32Array(),
          training.classWeights,
        ),
      );
      unread.push(loss, optimizer.step(slopes, learningRate, maxNorm));
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
    predict: (batch) => read(() => logits(batch)),
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
