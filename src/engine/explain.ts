// What the present weights do with a text: predictions and attention.

import * as tf from "@tensorflow/tfjs";
import type { TextInput } from "../data";
import { collate, lengthBatches, type TokenizedPart } from "./batches";
import { forward, type Bert } from "./bert";
import type { Control } from "./control";
import { softmax } from "./evaluation";
import type { AttentionCapture, Prediction } from "./protocol";
import type { Encoding, Tokenizer } from "./tokenizer";

/** A model that can be asked: its tokenizer and length limit come along. */
export interface Reader {
  bert: Bert;
  tokenizer: Tokenizer;
  maxTokens: number;
  /** False for a fresh head, whose probabilities mean nothing. */
  trained: boolean;
}

function pack(encodings: Encoding[]): TokenizedPart {
  const count = encodings.length;
  const offsets = new Uint32Array(count + 1);
  encodings.forEach(
    ({ ids }, i) => (offsets[i + 1] = offsets[i]! + ids.length),
  );
  return {
    count,
    ids: Int32Array.from(encodings.flatMap(({ ids }) => ids)),
    offsets,
    secondFrom: Uint16Array.from(encodings, ({ ids, segments }) => {
      const second = segments.indexOf(1);
      return second < 0 ? ids.length : second;
    }),
    labels: new Int32Array(count),
    truncated: 0,
  };
}

export async function predict(
  { bert, tokenizer, maxTokens }: Reader,
  inputs: TextInput[],
  control: Control,
): Promise<Prediction[]> {
  const encodings = inputs.map(({ text, textB }) =>
    tokenizer.encode(text, textB, maxTokens),
  );
  const part = pack(encodings);
  const predictions = new Array<Prediction>(inputs.length);
  for (const rows of lengthBatches(part)) {
    const logits = tf.tidy(
      () =>
        forward(bert, collate(part, rows, tokenizer.padId, maxTokens)).logits,
    );
    try {
      const values = await control.read(logits.data());
      rows.forEach((row, i) => {
        predictions[row] = {
          probabilities: softmax(
            values.subarray(i * bert.labelCount, (i + 1) * bert.labelCount),
          ),
          tokens: encodings[row]!.ids.length,
          truncated: encodings[row]!.truncated,
        };
      });
    } finally {
      logits.dispose();
    }
  }
  return predictions;
}

export async function captureAttention(
  { bert, tokenizer, maxTokens, trained }: Reader,
  input: TextInput,
  step: number,
  control: Control,
): Promise<AttentionCapture> {
  const encoding = tokenizer.encode(input.text, input.textB, maxTokens);
  const { num_hidden_layers: layers, num_attention_heads: heads } = bert.config;
  const count = encoding.ids.length;
  // Exactly the real tokens: padding would only have to be cut away again.
  const batch = {
    size: 1,
    tokens: count,
    ids: Int32Array.from(encoding.ids),
    segments: Int32Array.from(encoding.segments),
    lengths: Int32Array.of(count),
  };
  const [attention, logits] = tf.tidy(() => {
    const output = forward(bert, batch, { attention: true });
    return [tf.concat(output.attention!, 0), output.logits];
  });
  try {
    const weights = (await control.read(attention.data())) as Float32Array;
    const scores = await control.read(logits.data());
    return {
      kind: "attention",
      step,
      input,
      tokens: encoding.tokens,
      words: Int32Array.from(encoding.words),
      layers,
      heads,
      // A copy: the backend may keep what it returned, and this one is moved away.
      weights: Float32Array.from(weights),
      probabilities: trained ? softmax(scores) : null,
    };
  } finally {
    attention.dispose();
    logits.dispose();
  }
}

/** When the watched sentence may be captured: at most twice a second and for at most a tenth of the time. */
export class AttentionPace {
  #ended = -Infinity;
  #cost = 0;

  get due(): boolean {
    return performance.now() - this.#ended >= Math.max(500, 10 * this.#cost);
  }

  async timed<T>(capture: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await capture();
    } finally {
      this.#ended = performance.now();
      this.#cost = this.#ended - began;
    }
  }
}
