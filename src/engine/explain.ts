// What the present weights do with a text: predictions and attention.

import type { TextInput } from "../data";
import { lengthBatches, packBatch, type TokenizedPart } from "./batches";
import type { Classifier } from "./classifier";
import type { Control } from "./control";
import { softmax } from "./evaluation";
import type { AttentionCapture, Prediction } from "./protocol";
import type { Encoding, Tokenizer } from "./tokenizer";

/** A model that can be asked: its tokenizer and length limit come along. */
export interface Reader {
  classifier: Classifier;
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
  { classifier, tokenizer, maxTokens }: Reader,
  inputs: TextInput[],
  control: Control,
): Promise<Prediction[]> {
  const encodings = inputs.map(({ text, textB }) =>
    tokenizer.encode(text, textB, maxTokens),
  );
  const part = pack(encodings);
  const predictions = new Array<Prediction>(inputs.length);
  const { labelCount, capacity } = classifier;
  for (const rows of lengthBatches(part, capacity.sequences, capacity.tokens)) {
    const logits = await control.read(
      classifier.predict(packBatch(part, rows)),
    );
    rows.forEach((row, i) => {
      predictions[row] = {
        probabilities: softmax(
          logits.subarray(i * labelCount, (i + 1) * labelCount),
        ),
        tokens: encodings[row]!.ids.length,
        ...readable(encodings[row]!, tokenizer.unkId),
        truncated: encodings[row]!.truncated,
      };
    });
  }
  return predictions;
}

/** Words may be written out as special tokens; those are not counted. */
export function readable(
  { ids, words }: Pick<Encoding, "ids" | "words">,
  unkId: number,
): Pick<Prediction, "pieces" | "unknown"> {
  const own = ids.filter((_, i) => words[i] !== -1);
  return {
    pieces: own.length,
    unknown: own.filter((id) => id === unkId).length,
  };
}

export async function captureAttention(
  { classifier, tokenizer, maxTokens, trained }: Reader,
  input: TextInput,
  step: number,
  control: Control,
): Promise<AttentionCapture> {
  const encoding = tokenizer.encode(input.text, input.textB, maxTokens);
  const { num_hidden_layers: layers, num_attention_heads: heads } =
    classifier.config;
  const { weights, logits } = await control.read(
    classifier.attend(packBatch(pack([encoding]), [0])),
  );
  return {
    kind: "attention",
    step,
    input,
    tokens: encoding.tokens,
    words: Int32Array.from(encoding.words),
    layers,
    heads,
    weights,
    probabilities: trained ? softmax(logits) : null,
  };
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
