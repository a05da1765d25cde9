// AdamW with decoupled weight decay and clipping by global norm, as PyTorch's
// torch.optim.AdamW after torch.nn.utils.clip_grad_norm_.

import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs";

export interface AdamWOptions {
  /** On matrices and embeddings; never on biases and LayerNorm. */
  weightDecay: number;
  betas?: [number, number];
  eps?: number;
}

export class AdamW {
  constructor(
    readonly variables: Map<string, Variable>,
    readonly names: string[],
    readonly options: AdamWOptions,
  ) {}

  /**
   * One update; `gradients` are disposed of. Returns the gradient's global norm
   * before clipping: a scalar the caller reads when it likes and disposes of.
   */
  step(
    gradients: Map<string, Tensor>,
    learningRate: number,
    maxNorm: number,
  ): Scalar {
    throw new Error(
      `internal: not written yet ${gradients.size} ${learningRate} ${maxNorm}`,
    );
  }

  dispose(): void {}
}
