// LayerNorm by rows, and its gradient.

import { Norm, NormBackward } from "../../kernels/operands";
import { most } from "../operations";
import type { Matrix, NormState, Recorder } from "../recorder";

export function norm(
  recorder: Recorder,
  name: string,
  x: Matrix,
  out: Matrix,
  site?: number,
): NormState {
  const stats = recorder.matrix("mean, 1/σ", x.rows, 2);
  stats.ld = 2;
  const drop = site === undefined ? null : recorder.drop;
  recorder.push(
    "norm",
    "LayerNorm",
    {
      [Norm.rows]: { size: x.rows },
      [Norm.cols]: x.cols,
      [Norm.x]: x,
      [Norm.y]: out,
      [Norm.gamma]: recorder.weight(`${name}.weight`),
      [Norm.beta]: recorder.weight(`${name}.bias`),
      [Norm.stats]: stats,
      [Norm.epsilon]: { float: recorder.config.layer_norm_eps },
      [Norm.site]: site ?? 0,
      [Norm.threshold]: drop?.threshold ?? 0,
      [Norm.scale]: { float: drop?.scale ?? 1 },
      [Norm.keys]: recorder.keys(x.rows),
    },
    [x],
    [out, stats],
    8 * most(x.rows) * x.cols,
  );
  return { x, stats, name };
}

/**
 * Returns the gradient of x, and the same through the dropout at `after`.
 * `before` is dropout that came between LayerNorm and dy.
 */
export function normBackward(
  recorder: Recorder,
  { x, stats, name }: NormState,
  dy: Matrix,
  { before, after, slope }: { before?: number; after?: number; slope?: Matrix },
): { dx: Matrix; dz: Matrix } {
  const dx = recorder.matrix("dx of LayerNorm", x.rows, x.cols);
  const drop = recorder.drop;
  const drops = drop && after !== undefined;
  const dz = drops ? recorder.matrix("dx, dropped", x.rows, x.cols) : dx;
  const partials = recorder.matrix(
    "partial sums",
    Math.ceil(most(x.rows) / 32),
    2 * x.cols,
  );
  // The kernel always sums them; where nobody asks, they are left lying.
  const sum = (parameter: string) =>
    recorder.learns(`${name}.${parameter}`)
      ? recorder.gradient(`${name}.${parameter}`)
      : recorder.matrix(`d ${parameter}`, 1, x.cols);
  const [dGamma, dBeta] = [sum("weight"), sum("bias")];
  recorder.push(
    "normBackward",
    "LayerNorm backward",
    {
      [NormBackward.rows]: { size: x.rows },
      [NormBackward.cols]: x.cols,
      [NormBackward.dy]: dy,
      [NormBackward.x]: x,
      [NormBackward.stats]: stats,
      [NormBackward.gamma]: recorder.weight(`${name}.weight`),
      [NormBackward.dGamma]: dGamma,
      [NormBackward.dBeta]: dBeta,
      [NormBackward.dx]: dx,
      [NormBackward.dz]: drops ? dz : null,
      [NormBackward.partials]: partials,
      [NormBackward.before]: drop && before !== undefined ? before : -1,
      [NormBackward.after]: drops ? after : -1,
      [NormBackward.threshold]: drop?.threshold ?? 0,
      [NormBackward.scale]: { float: drop?.scale ?? 1 },
      [NormBackward.keys]: recorder.keys(x.rows),
      [NormBackward.slope]: slope ?? null,
    },
    [dy, x, stats, slope ?? null],
    [dx, dz, partials, dGamma, dBeta],
    16 * most(x.rows) * x.cols,
  );
  return { dx, dz };
}
