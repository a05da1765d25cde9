// How much memory an executor really takes, against what there has to be.

import { expect, it } from "vitest";
import { type Program, record } from "../../program";
import type { Region } from "../arena";
import { createInNode } from "../node";

/** Bytes of all activations that are alive at the same operation, where that is most. */
function aliveAtOnce({ lists: { train } }: Program): number {
  const regions = new Set<Region>(
    train.flatMap(({ reads, writes }) => [...reads, ...writes]),
  );
  let most = 0;
  for (let i = 0; i < train.length; i++) {
    let bytes = 0;
    for (const { first, last, size } of regions)
      // Parameters, moments and the like have no end.
      if (Number.isFinite(last) && first <= i && i <= last) bytes += 4 * size;
    most = Math.max(most, bytes);
  }
  return most;
}

it.each([
  ["tiny", 2, 128, 2, 30522, 16, 64],
  ["tiny", 2, 128, 2, 30522, 32, 128],
  ["base", 4, 128, 4, 8192, 16, 64],
  ["MiniLM", 6, 384, 12, 30522, 16, 64],
])(
  "%s, %i layers of %i, %i heads, %i words, %i × %i: at most 1.3 of parameters · 16 bytes and the activations alive at once",
  async (_, layers, hidden, heads, words, sequences, length) => {
    const program = record(
      {
        vocab_size: words,
        hidden_size: hidden,
        num_hidden_layers: layers,
        num_attention_heads: heads,
        intermediate_size: 4 * hidden,
        hidden_act: "gelu",
        max_position_embeddings: 512,
        type_vocab_size: 2,
        layer_norm_eps: 1e-12,
      },
      { labels: 6 },
      { tokens: sequences * length, sequences, length, batches: 1 },
    );
    const executor = await createInNode(program, 2);
    executor.close();
    let parameters = 0;
    for (const { size } of program.parameters.values()) parameters += size;
    const needed = 16 * parameters + aliveAtOnce(program);
    const share = executor.bytes / needed;
    // Parameters and both moments are there; gradients of words only where met.
    expect(executor.bytes).toBeGreaterThan(12 * parameters);
    expect(share).toBeLessThan(1.3);
    console.log(
      `${(executor.bytes / 1e6).toFixed(1)} MB, ${share.toFixed(2)} × ${(needed / 1e6).toFixed(1)} MB`,
    );
  },
);
