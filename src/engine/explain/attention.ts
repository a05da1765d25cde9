// Attention of the present weights on one text, now and while they learn.

import type { TextInput } from "../../data";
import { packBatch, packEncodings } from "../passes/batches";
import type { Control } from "../passes/control";
import type { Reader } from "../predict";
import type { AttentionCapture } from "../protocol";
import { taskOf } from "../tasks";

export async function captureAttention(
  { classifier, tokenizer, maxTokens, task, decoding, trained }: Reader,
  input: TextInput,
  step: number,
  control: Control,
): Promise<AttentionCapture> {
  const encoding = tokenizer.encode(input.text, input.textB, maxTokens);
  const { num_hidden_layers: layers, num_attention_heads: heads } =
    classifier.config;
  const { weights, logits } = await control.read(
    classifier.attend(packBatch(packEncodings([encoding]), [0])),
  );
  const { probabilities } = trained
    ? taskOf(task).answer(logits, decoding)
    : { probabilities: [] };
  return {
    kind: "attention",
    step,
    input,
    tokens: encoding.tokens,
    words: Int32Array.from(encoding.words),
    layers,
    heads,
    weights,
    probabilities: probabilities.length > 0 ? probabilities : null,
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
