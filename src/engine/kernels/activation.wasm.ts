// The activation that ends a layer's first product, and its slope: a row of C [M, F],
// or `end` bytes of it, and of the bias [F].
//
// The way back is du = dy ∘ f′(u). f′ is written down now, while u is at hand, so
// that backward needs neither u nor another exponential.
// GELU is Hendrycks and Gimpel's (2016), the tanh form their approximation; SiLU
// is named there, too.

import { Activation } from "./operands";
import { exp4, tail4, tanh4 } from "./math.wasm";

/** row = act(row + bias); its derivative, wanted by the backward pass, goes to `slope`. */
export function activate(
  row: usize,
  bias: usize,
  slope: usize,
  end: usize,
  kind: i32,
): void {
  if (kind == Activation.gelu) {
    if (slope) gelu(row, bias, slope, end, true);
    else gelu(row, bias, slope, end, false);
    return;
  }
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  for (let j: usize = 0; j < end; j += 16) {
    const u = f32x4.add(v128.load(row + j), v128.load(bias + j));
    // y = f(u), d = f′(u).
    let y: v128, d: v128;
    if (kind == Activation.geluTanh) {
      // ½ u (1 + tanh s), s = √(2/π) (u + 0.044715 u³)
      const square = f32x4.mul(u, u);
      const s = f32x4.mul(
        f32x4.mul(u, f32x4.splat(0.79788456080286536)),
        f32x4.add(one, f32x4.mul(square, f32x4.splat(0.044715))),
      );
      const t = tanh4(s);
      const half = f32x4.mul(f32x4.add(one, t), f32x4.splat(0.5));
      y = f32x4.mul(u, half);
      // s′ = √(2/π) (1 + 3 · 0.044715 u²); slope ½ (1 + t) + ½ u (1 − t²) s′.
      const ds = f32x4.mul(
        f32x4.splat(0.79788456080286536),
        f32x4.add(one, f32x4.mul(square, f32x4.splat(0.134145))),
      );
      d = f32x4.add(
        half,
        f32x4.mul(
          f32x4.mul(
            f32x4.mul(u, f32x4.splat(0.5)),
            f32x4.sub(one, f32x4.mul(t, t)),
          ),
          ds,
        ),
      );
    } else if (kind == Activation.silu) {
      // u σ(u), σ(u) = ½ (1 + tanh ½u); slope σ (1 + u (1 − σ))
      const sigma = f32x4.mul(
        f32x4.add(one, tanh4(f32x4.mul(u, f32x4.splat(0.5)))),
        f32x4.splat(0.5),
      );
      y = f32x4.mul(u, sigma);
      d = f32x4.mul(
        sigma,
        f32x4.add(one, f32x4.mul(u, f32x4.sub(one, sigma))),
      );
    } else {
      y = f32x4.max(u, zero);
      d = v128.and(one, f32x4.gt(u, zero));
    }
    v128.store(row + j, y);
    if (slope) v128.store(slope + j, d);
  }
}

/**
 * GELU = u Φ(u); GELU′ = Φ(u) + u φ(u); one exponential serves both. A loop of its
 * own, tested at its end and without a choice inside: only out of such a one does
 * V8 keep all the constants.
 */
@inline
function gelu(
  row: usize,
  bias: usize,
  slope: usize,
  end: usize,
  wanted: bool,
): void {
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  let j: usize = 0;
  do {
    const u = f32x4.add(v128.load(row + j), v128.load(bias + j));
    // e = e^(−u²/2), so that φ(u) = e / √(2π). `tail` is Φ(−|u|): Φ(u) itself below 0,
    // 1 − Φ(u) above.
    const e = exp4(f32x4.mul(f32x4.mul(u, u), f32x4.splat(-0.5)));
    const tail = f32x4.mul(tail4(u), e);
    const phi = v128.bitselect(tail, f32x4.sub(one, tail), f32x4.lt(u, zero));
    v128.store(row + j, f32x4.mul(u, phi));
    if (wanted)
      v128.store(
        slope + j,
        f32x4.add(
          phi,
          f32x4.mul(f32x4.mul(u, e), f32x4.splat(0.39894228040143268)),
        ),
      );
    j += 16;
  } while (j < end);
}
