// Mean pooling in a form that loads everywhere: one more encoder layer whose [CLS]
// leaves with the mean of all tokens. Nothing else of the model changes, so the
// same program trains it, and `BertForSequenceClassification` reads its export.
//
// In the layer, queries and keys are 0, so every token attends to all alike; values
// pass unchanged; the output is enlarged until the residual hardly counts; the
// feed-forward part is 0. What follows is LayerNorm twice, which leaves
//   h₀ = LayerNorm(mean + x₀ / gain).
// The pooler becomes half the identity: tanh stays in its lively range.

import type { Weights } from "./weights";
import type { BertConfig } from "./config";
import { layerName } from "./parameters";

const gain = 1000;

/** The same encoder with the averaging layer on top. `weights` stay as they are. */
export function withAveraging(
  config: BertConfig,
  weights: Weights,
): { config: BertConfig; weights: Weights } {
  const H = config.hidden_size;
  const F = config.intermediate_size;
  const layers = config.num_hidden_layers + 1;
  const layer = layerName(config.num_hidden_layers);
  const more: Weights = new Map(weights);
  const dense = (
    name: string,
    out: number,
    input: number,
    diagonal: number,
  ) => {
    const data = new Float32Array(out * input);
    if (diagonal !== 0)
      for (let i = 0; i < out; i++) data[i * input + i] = diagonal;
    more.set(`${name}.weight`, { shape: [out, input], data });
    more.set(`${name}.bias`, { shape: [out], data: new Float32Array(out) });
  };
  const norm = (name: string) => {
    more.set(`${name}.weight`, {
      shape: [H],
      data: new Float32Array(H).fill(1),
    });
    more.set(`${name}.bias`, { shape: [H], data: new Float32Array(H) });
  };
  dense(`${layer}.attention.self.query`, H, H, 0);
  dense(`${layer}.attention.self.key`, H, H, 0);
  dense(`${layer}.attention.self.value`, H, H, 1);
  dense(`${layer}.attention.output.dense`, H, H, gain);
  norm(`${layer}.attention.output.LayerNorm`);
  dense(`${layer}.intermediate.dense`, F, H, 0);
  dense(`${layer}.output.dense`, H, F, 0);
  norm(`${layer}.output.LayerNorm`);
  dense("bert.pooler.dense", H, H, 0.5);
  return {
    config: {
      ...config,
      num_hidden_layers: layers,
      raw: { ...config.raw, num_hidden_layers: layers },
    },
    weights: more,
  };
}
