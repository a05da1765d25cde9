// Mean pooling in a form that loads everywhere: one more encoder layer whose [CLS]
// leaves with the mean of all tokens. Nothing else of the model changes, so the
// same program trains it, and `BertForSequenceClassification` reads its export.
//
// In the layer, queries and keys are 0, so every token attends to all alike; values
// pass unchanged; the output is enlarged until the residual hardly counts; the
// feed-forward part is 0. What follows is LayerNorm twice, which leaves
//   h₀ = LayerNorm(mean + x₀ / gain).
// The pooler becomes half the identity: tanh stays in its lively range.

import { headNames, layerNames, parameterBlocks } from "../parameters";
import type { Weights } from "./weights";
import type { BertConfig } from "./config";

const gain = 1000;

/** The same encoder with the averaging layer on top. `weights` stay as they are. */
export function withAveraging(
  config: BertConfig,
  weights: Weights,
): { config: BertConfig; weights: Weights } {
  const top = config.num_hidden_layers;
  const { value, attended } = layerNames(top);
  const diagonals = new Map([
    [value, 1],
    [attended, gain],
    [headNames.pooler, 0.5],
  ]);
  const deeper = { ...config, num_hidden_layers: top + 1 };
  const more: Weights = new Map(weights);
  for (const block of parameterBlocks(deeper, "labels", 0))
    for (const name of block.names) {
      if (block.of !== top && name !== headNames.pooler) continue;
      const { weight, bias, scales } = block;
      if (weight)
        more.set(`${name}.weight`, {
          shape: weight,
          data: diagonal(weight, scales ? 1 : (diagonals.get(name) ?? 0)),
        });
      if (bias)
        more.set(`${name}.bias`, {
          shape: bias,
          data: new Float32Array(bias[0]!),
        });
    }
  return {
    config: {
      ...deeper,
      raw: { ...config.raw, num_hidden_layers: top + 1 },
    },
    weights: more,
  };
}

/** `value` along the diagonal of a matrix, or all over a vector. */
function diagonal([rows = 0, columns]: number[], value: number) {
  const data = new Float32Array(rows * (columns ?? 1));
  const step = columns === undefined ? 1 : columns + 1;
  if (value !== 0) for (let i = 0; i < rows; i++) data[i * step] = value;
  return data;
}
