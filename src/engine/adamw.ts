// AdamW with decoupled weight decay and clipping by global norm, as PyTorch's
// torch.optim.AdamW after torch.nn.utils.clip_grad_norm_. The arithmetic is in
// kernels/update.ts.

import * as tf from "@tensorflow/tfjs";
import { onHost } from "./kernels/host";
import { hostUpdater, plainUpdater, type Updater } from "./kernels/update";

export interface AdamWOptions {
  /** On matrices and embeddings; never on biases and LayerNorm. */
  weightDecay: number;
  betas?: [number, number];
  eps?: number;
}

export class AdamW {
  private readonly updater: Updater;
  private readonly index: Map<string, number>;
  private steps = 0;

  /** Prepares moments for `names` on the current backend, which must stay. `plain` uses TensorFlow.js operations throughout, to judge the others by. */
  constructor(
    private readonly variables: Map<string, tf.Variable>,
    names: string[],
    private readonly options: AdamWOptions,
    plain = false,
  ) {
    this.index = new Map(names.map((name, i) => [name, i]));
    const shapes = names.map((name) => variables.get(name)!.shape);
    this.updater = (onHost() && !plain ? hostUpdater : plainUpdater)(shapes);
  }

  /**
   * One update; `gradients` are disposed of. Returns the gradient's global norm
   * before clipping: a scalar the caller reads when it likes and disposes of.
   */
  step(
    gradients: Map<string, tf.Tensor>,
    learningRate: number,
    maxNorm: number,
  ): tf.Scalar {
    const [beta1, beta2] = this.options.betas ?? [0.9, 0.999];
    this.steps++;
    const norm = this.updater.step(
      [...gradients].map(([name, gradient]) => {
        const index = this.index.get(name);
        if (index === undefined)
          throw new Error(`internal: AdamW was not prepared for ${name}`);
        return {
          variable: this.variables.get(name)!,
          gradient,
          index,
          decay: decays(name) ? this.options.weightDecay : 0,
        };
      }),
      {
        learningRate,
        maxNorm,
        beta1,
        beta2,
        eps: this.options.eps ?? 1e-8,
        correction1: 1 - beta1 ** this.steps,
        correction2: 1 - beta2 ** this.steps,
      },
    );
    tf.dispose([...gradients.values()]);
    return norm;
  }

  dispose(): void {
    this.updater.dispose();
  }
}

const decays = (name: string) =>
  !name.endsWith(".bias") && !name.includes("LayerNorm");
