// AdamW with decoupled weight decay and clipping by global norm, as PyTorch's
// torch.optim.AdamW after torch.nn.utils.clip_grad_norm_. The arithmetic is in
// update.ts.

import * as tf from "@tensorflow/tfjs";
import { clipFactor, globalNorm, update } from "./update";

export interface AdamWOptions {
  /** On matrices and embeddings; never on biases and LayerNorm. */
  weightDecay: number;
  betas?: [number, number];
  eps?: number;
}

export class AdamW {
  private readonly moments: Map<string, { m: tf.Tensor; v: tf.Tensor }>;
  private steps = 0;

  /** Prepares moments for `names` on the current backend, which must stay. */
  constructor(
    private readonly variables: Map<string, tf.Variable>,
    names: string[],
    private readonly options: AdamWOptions,
  ) {
    this.moments = new Map(
      names.map((name) => {
        const { shape } = variables.get(name)!;
        return [name, { m: tf.zeros(shape), v: tf.zeros(shape) }];
      }),
    );
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
    const norm = tf.tidy(() => globalNorm([...gradients.values()]));
    const clip = tf.tidy(() => clipFactor(norm, maxNorm));
    for (const [name, gradient] of gradients) {
      const moments = this.moments.get(name);
      if (!moments)
        throw new Error(`internal: AdamW was not prepared for ${name}`);
      const variable = this.variables.get(name)!;
      const { p, m, v } = tf.tidy(() =>
        update(
          { p: variable, ...moments },
          gradient,
          decays(name) ? this.options.weightDecay : 0,
          {
            learningRate,
            beta1,
            beta2,
            eps: this.options.eps ?? 1e-8,
            correction1: 1 - beta1 ** this.steps,
            correction2: 1 - beta2 ** this.steps,
            clip,
          },
        ),
      );
      variable.assign(p);
      tf.dispose([p, moments.m, moments.v, gradient]);
      this.moments.set(name, { m, v });
    }
    clip.dispose();
    return norm;
  }

  dispose(): void {
    for (const moments of this.moments.values())
      tf.dispose([moments.m, moments.v]);
  }
}

const decays = (name: string) =>
  !name.endsWith(".bias") && !name.includes("LayerNorm");
