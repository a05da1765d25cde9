// One AdamW update of one parameter, after PyTorch:
//   g = clip · gradient
//   m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²
//   p ← p (1 − lr · decay) − lr · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
// The clip factor, as torch.nn.utils.clip_grad_norm_:
//   min(1, maxNorm / (‖all gradients‖ + 1e-6))

import * as tf from "@tensorflow/tfjs";
import { output, view } from "./host";

/** What is the same for every parameter of a step. */
export interface Update {
  learningRate: number;
  beta1: number;
  beta2: number;
  eps: number;
  /** 1 − β₁ᵗ and 1 − β₂ᵗ */
  correction1: number;
  correction2: number;
  maxNorm: number;
}

/** A parameter, its gradient and its moments' place among the optimiser's. */
export interface Parameter {
  variable: tf.Variable;
  gradient: tf.Tensor;
  /** Weight decay of this parameter. */
  decay: number;
  index: number;
}

/** Holds the moments; `step` updates all parameters and returns the gradients' norm before clipping. */
export interface Updater {
  step(parameters: Parameter[], update: Update): tf.Scalar;
  dispose(): void;
}

/** The plain version, in TensorFlow.js operations. */
export function plainUpdater(shapes: number[][]): Updater {
  const zeros = () => shapes.map((shape) => tf.keep(tf.zeros(shape)));
  const [m, v] = [zeros(), zeros()];
  const replace = (of: tf.Tensor[], index: number, by: tf.Tensor) => {
    of[index]!.dispose();
    of[index] = tf.keep(by);
  };
  return {
    step: (parameters, update) =>
      tf.tidy(() => {
        const squares = parameters.map(({ gradient }) =>
          tf.sum(tf.mul(gradient, gradient)),
        );
        const norm = tf.sqrt(squares.reduce((sum, s) => tf.add(sum, s)));
        const clip = tf.minimum(1, tf.div(update.maxNorm, tf.add(norm, 1e-6)));
        for (const { variable, gradient, decay, index } of parameters)
          tf.tidy(() => {
            const g = tf.mul(gradient, clip);
            const mean = tf.add(
              tf.mul(m[index]!, update.beta1),
              tf.mul(g, 1 - update.beta1),
            );
            const square = tf.add(
              tf.mul(v[index]!, update.beta2),
              tf.mul(tf.mul(g, g), 1 - update.beta2),
            );
            const root = tf.add(
              tf.sqrt(tf.div(square, update.correction2)),
              update.eps,
            );
            const by = tf.mul(
              tf.div(mean, root),
              update.learningRate / update.correction1,
            );
            const kept = tf.mul(variable, 1 - update.learningRate * decay);
            variable.assign(tf.sub(kept, by));
            replace(m, index, mean);
            replace(v, index, square);
          });
        return norm as tf.Scalar;
      }),
    dispose: () => tf.dispose([...m, ...v]),
  };
}

const clipOf = (norm: number, maxNorm: number) =>
  Math.min(1, maxNorm / (norm + 1e-6));

// Moments live outside the wasm heap. Parameters get new tensors: writing into
// one that wasm's XNNPACK has seen would leave its packed copy behind.
export function hostUpdater(shapes: number[][]): Updater {
  const zeros = () =>
    shapes.map((shape) => new Float32Array(tf.util.sizeFromShape(shape)));
  const [m, v] = [zeros(), zeros()];
  return {
    step(parameters, update) {
      let squares = 0;
      for (const { gradient } of parameters) {
        const g = view(gradient);
        for (let i = 0; i < g.length; i++) squares += g[i]! * g[i]!;
      }
      const norm = Math.sqrt(squares);
      const clip = clipOf(norm, update.maxNorm);
      for (const { variable, gradient, decay, index } of parameters) {
        const updated = output(variable.shape);
        updateLoop(
          view(variable),
          view(gradient),
          m[index]!,
          v[index]!,
          view(updated),
          { ...update, clip, decay },
        );
        variable.assign(updated);
        updated.dispose();
      }
      return tf.scalar(norm);
    },
    dispose() {},
  };
}

function updateLoop(
  p: Float32Array,
  g: Float32Array,
  m: Float32Array,
  v: Float32Array,
  to: Float32Array,
  update: Update & { clip: number; decay: number },
): void {
  const { beta1, beta2, eps, clip, learningRate, decay } = update;
  const keep = 1 - learningRate * decay;
  const rate = learningRate / update.correction1;
  const root = 1 / Math.sqrt(update.correction2);
  const [rest1, rest2] = [1 - beta1, 1 - beta2];
  for (let i = 0; i < to.length; i++) {
    const slope = g[i]! * clip;
    const mean = beta1 * m[i]! + rest1 * slope;
    const square = beta2 * v[i]! + rest2 * slope * slope;
    m[i] = mean;
    v[i] = square;
    to[i] = p[i]! * keep - (rate * mean) / (Math.sqrt(square) * root + eps);
  }
}
