// Small models that say whether an executor computes the right numbers, and how
// fast it is.

import { Failure, said, type Text } from "../../said";
import { randomNumbers } from "../random";
import { startingWeights } from "../model/parameters";
import type { Batch, Classifier, OpenClassifier, Setup } from "../classifier";
import type { ExecutorName } from "../protocol";
import type { Opened } from "./open";

export const title: Record<ExecutorName, Text> = {
  webgpu: "WebGPU",
  wasm: "WebAssembly",
  webgl: "WebGL",
  cpu: said("plain JavaScript"),
};

/** A model to try things with, from fixed random weights. */
function smallModel(
  size: { layers: number; hidden: number; vocabulary: number },
  training: { dropout: number },
  capacity: Setup["capacity"],
): Setup {
  const config: Setup["config"] = {
    vocab_size: size.vocabulary,
    hidden_size: size.hidden,
    num_hidden_layers: size.layers,
    num_attention_heads: 2,
    intermediate_size: 4 * size.hidden,
    hidden_act: "gelu",
    max_position_embeddings: 64,
    type_vocab_size: 2,
    layer_norm_eps: 1e-12,
    // Large enough that the numbers say something.
    initializer_range: 0.2,
    pad_token_id: 0,
    raw: {},
  };
  return {
    config,
    weights: startingWeights(config, new Map(), 2, {
      seed: 0,
      randomWeights: true,
    }),
    head: "labels",
    labelCount: 2,
    capacity,
    training: {
      fineTune: "all layers",
      topLayers: 0,
      dropout: training.dropout,
      seed: 0,
      weightDecay: 0.01,
      classWeights: null,
    },
  };
}

/** Texts of nearly equal length, with labels. */
function someBatch(size: number, tokens: number, vocabulary: number): Batch {
  const random = randomNumbers(1);
  const lengths = Int32Array.from({ length: size }, (_, i) => tokens - (i % 3));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  return {
    size,
    lengths,
    padded: 0,
    ids: Int32Array.from({ length: total }, () =>
      Math.floor(random() * vocabulary),
    ),
    segments: new Int32Array(total),
    labels: Int32Array.from({ length: size }, (_, i) => i % 2),
  };
}

/** Milliseconds of one small training step. Stops early once clearly slower than `fastest`. */
export async function measure(
  { openClassifier }: Pick<Opened, "openClassifier">,
  fastest: number,
): Promise<number> {
  const classifier = await openClassifier(
    smallModel(
      { layers: 2, hidden: 128, vocabulary: 1000 },
      { dropout: 0.1 },
      { sequences: 8, tokens: 256, length: 32 },
    ),
  );
  const batch = someBatch(8, 32, 1000);
  const stepsMs: number[] = [];
  try {
    for (let step = 0; step < 4; step++) {
      const began = performance.now();
      classifier.train(batch, 1e-3);
      await classifier.figures();
      stepsMs.push(performance.now() - began);
      if (
        step > 0 &&
        (stepsMs.at(-1)! > 3 * fastest ||
          stepsMs.reduce((a, b) => a + b) > 1500)
      )
        break;
    }
  } finally {
    classifier.dispose();
  }
  // The first step compiles.
  return Math.min(...stepsMs.slice(stepsMs.length > 1 ? 1 : 0));
}

/** An executor computes other numbers than plain JavaScript. */
export class WrongNumbers extends Failure {
  constructor(name: ExecutorName, found: number, right: number) {
    super("run on: wrong numbers", {
      name: title[name],
      found: String(found),
      right: String(right),
    });
  }
}

/** What the self-test must give: plain JavaScript's numbers (executors.test.ts asks it again). */
export const rightNumbers = [
  0.601084, 1.208544, 0.265363, 1.200744, 1.246121, -0.798716, -1.153511,
  0.71359, 1.141085, -0.827098,
];

/** Loss and gradient norm of two steps, and the logits after them: every kind of operation has a part in these. */
export async function testNumbers(
  openClassifier: OpenClassifier,
): Promise<number[]> {
  let classifier: Classifier | null = null;
  try {
    classifier = await openClassifier(
      smallModel(
        { layers: 2, hidden: 16, vocabulary: 50 },
        { dropout: 0 },
        { sequences: 3, tokens: 24, length: 8 },
      ),
    );
    const batch = someBatch(3, 8, 50);
    classifier.train(batch, 1e-2);
    classifier.train(batch, 1e-2);
    const figures = await classifier.figures();
    const logits = await classifier.predict(batch);
    return [
      ...figures.flatMap(({ loss, norm }) => [loss, norm]),
      ...logits.subarray(0, 6),
    ];
  } finally {
    classifier?.dispose();
  }
}

/** Throws `WrongNumbers` where there are any. */
export async function selfTest(
  name: ExecutorName,
  { openClassifier }: Pick<Opened, "openClassifier">,
): Promise<void> {
  const numbers = await testNumbers(openClassifier);
  const wrong = rightNumbers.findIndex(
    (right, i) => !(Math.abs(numbers[i]! - right) <= 1e-3),
  );
  if (wrong >= 0)
    throw new WrongNumbers(name, numbers[wrong]!, rightNumbers[wrong]!);
}
