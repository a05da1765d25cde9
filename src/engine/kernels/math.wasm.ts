// Four floats at a time: exponential, GELU, tanh, and the hash behind dropout.

/** a · b + c: rounded once where the instruction is there (the relaxed builds), else twice. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/**
 * e^x, relative error about 2e-7; x is held within ±87, where neither it nor 2ⁿ leaves
 * the normal floats. x = n ln 2 + r with |r| ≤ ½ ln 2, so that e^x = 2ⁿ e^r, and
 * e^r = 1 + r + r² p(r): the polynomial of Cephes' expf (Moshier).
 */
@inline
export function exp4(x: v128): v128 {
  x = f32x4.max(f32x4.min(x, f32x4.splat(87)), f32x4.splat(-87));
  // n = round(x / ln 2), by adding and subtracting 1.5 · 2²³.
  const shifted = f32x4.add(
    f32x4.mul(x, f32x4.splat(1.44269504088896341)),
    f32x4.splat(12582912),
  );
  const n = f32x4.sub(shifted, f32x4.splat(12582912));
  // r = x − n ln 2, with ln 2 in two parts: the first has few bits, so that n times it
  // is exact (Cody and Waite).
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.splat(1.98756915e-4);
  p = madd(p, r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  p = madd(f32x4.mul(p, r), r, r);
  p = f32x4.add(p, f32x4.splat(1));
  // · 2ⁿ: the low bits of `shifted` hold n; add it to the exponent.
  return i32x4.add(p, i32x4.shl(shifted, 23));
}

/** x0 + x1 + (x2 + x3): always in this order. */
@inline
export function sum4(x: v128): f32 {
  return (
    f32x4.extract_lane(x, 0) +
    f32x4.extract_lane(x, 1) +
    (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3))
  );
}

@inline
export function max4(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

/** tanh x = ±(1 − e^{−2|x|}) / (1 + e^{−2|x|}): of |x|, so that the exponential cannot overflow. */
@inline
export function tanh4(x: v128): v128 {
  const e = exp4(f32x4.mul(f32x4.abs(x), f32x4.splat(-2)));
  const one = f32x4.splat(1);
  const t = f32x4.div(f32x4.sub(one, e), f32x4.add(one, e));
  return v128.or(t, v128.and(x, i32x4.splat(0x80000000)));
}

/**
 * ½ (1 − erf(|u|/√2)) / e^{−u²/2}: Abramowitz and Stegun 7.1.26, error of erf
 * below 1.5e-7.
 */
@inline
export function tail4(u: v128): v128 {
  const t = f32x4.div(
    f32x4.splat(1),
    f32x4.add(
      f32x4.splat(1),
      f32x4.mul(f32x4.abs(u), f32x4.splat(0.3275911 * 0.70710678118654752)),
    ),
  );
  let p = f32x4.splat(0.5 * 1.061405429);
  p = madd(p, t, f32x4.splat(0.5 * -1.453152027));
  p = madd(p, t, f32x4.splat(0.5 * 1.421413741));
  p = madd(p, t, f32x4.splat(0.5 * -0.284496736));
  p = madd(p, t, f32x4.splat(0.5 * 0.254829592));
  return f32x4.mul(p, t);
}

/**
 * Natural logarithm of a positive, normal number x = m 2ⁿ, with m in [√½, √2]:
 * n ln 2 + 2 artanh s, s = (m − 1) / (m + 1), artanh s = s + s³/3 + s⁵/5 + …; |s| < 0.172.
 */
export function logarithm(x: f64): f64 {
  const bits = reinterpret<i64>(x);
  let exponent = <i32>((bits >> 52) & 2047) - 1023;
  let m = reinterpret<f64>((bits & 0xfffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    exponent++;
  }
  const s = (m - 1) / (m + 1);
  const q = s * s;
  let series = 1.0 / 17.0;
  series = series * q + 1.0 / 15.0;
  series = series * q + 1.0 / 13.0;
  series = series * q + 1.0 / 11.0;
  series = series * q + 1.0 / 9.0;
  series = series * q + 1.0 / 7.0;
  series = series * q + 1.0 / 5.0;
  series = series * q + 1.0 / 3.0;
  series = series * q + 1.0;
  return 2 * s * series + <f64>exponent * 0.69314718055994531;
}

/** A bijection of 32 bits in which every input bit moves about half of the output bits. */
@inline
export function mix(x: u32): u32 {
  x ^= x >> 16;
  x *= 0x7feb352d;
  x ^= x >> 15;
  x *= 0x846ca68b;
  x ^= x >> 16;
  return x;
}

/** Key of one place of dropout in one step. */
@inline
export function siteKey(key: u32, site: u32): u32 {
  return mix(key + site * 0x9e3779b9);
}

/** All ones where element `e` is kept: mix(e xor key) ≥ threshold. */
@inline
export function keep4(e: v128, key: v128, threshold: v128): v128 {
  let x = v128.xor(e, key);
  x = v128.xor(x, i32x4.shr_u(x, 16));
  x = i32x4.mul(x, i32x4.splat(0x7feb352d));
  x = v128.xor(x, i32x4.shr_u(x, 15));
  x = i32x4.mul(x, i32x4.splat(0x846ca68b));
  x = v128.xor(x, i32x4.shr_u(x, 16));
  return i32x4.ge_u(x, threshold);
}

/** base, base + 1, base + 2, base + 3 */
@inline
export function count4(base: u32): v128 {
  return i32x4.add(i32x4.splat(base), i32x4(0, 1, 2, 3));
}
