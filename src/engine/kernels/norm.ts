// y = LayerNorm(residual + dropout(x)): how every half of a BERT layer ends.
//   s = residual + x ∘ mask,  x̂ = (s − mean) / √(var + ε),  y = γ x̂ + β
// over rows [N, H]. With g = γ dy, per row:
//   ds = (g − mean(g) − x̂ mean(g x̂)) / √(var + ε)
//   dγ = Σ over rows of dy x̂,  dβ = Σ over rows of dy
//   dresidual = ds,  dx = ds ∘ mask

import * as tf from "@tensorflow/tfjs";
import type { GradSaveFunc } from "@tensorflow/tfjs-core";
import { dropoutPlain } from "./dropout";
import { bitsAt, thresholdOf, type Site } from "./hash";
import { onHost, output, view } from "./host";

type Rows = tf.Tensor2D;

/** `residual` null: the plain LayerNorm of dropout(x). */
export function residualNorm(
  x: Rows,
  residual: Rows | null,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
  site: Site | null,
): Rows {
  return (onHost() ? residualNormOnHost : residualNormPlain)(
    x,
    residual,
    gamma,
    beta,
    epsilon,
    site,
  );
}

/** The plain version. */
export function residualNormPlain(
  x: Rows,
  residual: Rows | null,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
  site: Site | null,
): Rows {
  const kept = site && site.rate > 0 ? dropoutPlain(x, site) : x;
  const sum = residual ? tf.add(kept, residual) : kept;
  // Means as sums: the gradient of tf.mean uploads a tensor of ones.
  const width = x.shape[1];
  const mean = tf.div(tf.sum(sum, 1, true), width);
  const centred = tf.sub(sum, mean);
  const variance = tf.div(tf.sum(tf.mul(centred, centred), 1, true), width);
  const scaled = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(scaled, gamma), beta) as Rows;
}

// One pass over memory for all of it, and one for its gradient.
function residualNormOnHost(
  x: Rows,
  residual: Rows | null,
  gamma: tf.Tensor1D,
  beta: tf.Tensor1D,
  epsilon: number,
  site: Site | null,
): Rows {
  const [rows, width] = x.shape;
  const dropped = site !== null && site.rate > 0;
  const { keyA, keyB } = site ?? { keyA: 0, keyB: 0 };
  const threshold = thresholdOf(site?.rate ?? 0);
  const scale = 1 / (1 - (site?.rate ?? 0));

  const forward = (
    x: Rows,
    residual: Rows | null,
    gamma: tf.Tensor,
    beta: tf.Tensor,
    save: GradSaveFunc,
  ) => {
    const result = output<tf.Rank.R2>([rows, width]);
    const normal = output([rows, width]); // x̂
    const scales = output([rows]); // 1 / √(var + ε)
    const [from, g, b] = [view(x), view(gamma), view(beta)];
    const [y, xhat, rstd] = [view(result), view(normal), view(scales)];
    if (dropped)
      for (let i = 0; i < xhat.length; i++)
        xhat[i] = bitsAt(i, keyA, keyB) >= threshold ? from[i]! * scale : 0;
    else xhat.set(from);
    if (residual) {
      const more = view(residual);
      for (let i = 0; i < xhat.length; i++) xhat[i] = xhat[i]! + more[i]!;
    }
    for (let r = 0, at = 0; r < rows; r++, at += width) {
      let sum = 0;
      for (let c = 0; c < width; c++) sum += xhat[at + c]!;
      const mean = sum / width;
      let squares = 0;
      for (let c = 0; c < width; c++) {
        const d = xhat[at + c]! - mean;
        squares += d * d;
      }
      const inverse = 1 / Math.sqrt(squares / width + epsilon);
      rstd[r] = inverse;
      for (let c = 0; c < width; c++) {
        const n = (xhat[at + c]! - mean) * inverse;
        xhat[at + c] = n;
        y[at + c] = n * g[c]! + b[c]!;
      }
    }
    save([normal, scales, gamma]);
    return result;
  };

  const backward = (dy: Rows, saved: tf.Tensor[]) => {
    const dsum = output<tf.Rank.R2>([rows, width]);
    const masked = dropped ? output<tf.Rank.R2>([rows, width]) : null;
    const dgamma = output<tf.Rank.R1>([width]);
    const dbeta = output<tf.Rank.R1>([width]);
    const [normal, scales, gamma] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
    const [from, xhat, rstd, gv] = [
      view(dy),
      view(normal),
      view(scales),
      view(gamma),
    ];
    const [ds, dg, db] = [view(dsum), view(dgamma), view(dbeta)];
    dg.fill(0);
    db.fill(0);
    for (let r = 0, at = 0; r < rows; r++, at += width) {
      let sum = 0;
      let along = 0;
      for (let c = 0; c < width; c++) {
        const d = from[at + c]!;
        const n = xhat[at + c]!;
        const g = d * gv[c]!;
        sum += g;
        along += g * n;
        dg[c] = dg[c]! + d * n;
        db[c] = db[c]! + d;
      }
      const mean = sum / width;
      const slope = along / width;
      const inverse = rstd[r]!;
      for (let c = 0; c < width; c++)
        ds[at + c] =
          (from[at + c]! * gv[c]! - mean - xhat[at + c]! * slope) * inverse;
    }
    if (masked) {
      const to = view(masked);
      for (let i = 0; i < to.length; i++)
        to[i] = bitsAt(i, keyA, keyB) >= threshold ? ds[i]! * scale : 0;
    }
    // Only now: what a clone shares must not be written to any more.
    const dx = masked ?? dsum.clone();
    return { dx, dsum, dgamma, dbeta };
  };

  if (residual)
    return tf.customGrad((a, b, c, d, save) => ({
      value: forward(
        a as Rows,
        b as Rows,
        c as tf.Tensor,
        d as tf.Tensor,
        save as GradSaveFunc,
      ),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
        const { dx, dsum, dgamma, dbeta } = backward(dy as Rows, saved);
        return [dx, dsum, dgamma, dbeta];
      },
    }))(x, residual, gamma, beta) as Rows;
  return tf.customGrad((a, c, d, save) => ({
    value: forward(
      a as Rows,
      null,
      c as tf.Tensor,
      d as tf.Tensor,
      save as GradSaveFunc,
    ),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const { dx, dsum, dgamma, dbeta } = backward(dy as Rows, saved);
      dsum.dispose();
      return [dx, dgamma, dbeta];
    },
  }))(x, gamma, beta) as Rows;
}
