// What becomes of C while it is in registers: bias, activation, dropout, residual
// and so on, four columns at a time; and of the column sums that are a bias's
// gradient. gemm.wasm.ts lists the kinds with their formulas.
//
// extra and dropped [m, n] are laid out as C; bias is [n]; keys [m] number the rows
// for dropout, (sequence · 512 + position), so that element j of a row is e = key · n + j.

export const epilogue = /* wgsl */ `
struct Epilogue {
  kind: u32, c: u32, ldc: u32, n: u32, bias: u32, extra: u32, extra2: u32,
  threshold: u32, key: u32, scale: f32, keys: u32, activation: u32, add: bool,
}
fn epilogue(o: u32) -> Epilogue {
  var e: Epilogue;
  e.kind = operand(o + Gemm_epilogue);
  e.c = place4(o + Gemm_c); e.ldc = operand(o + Gemm_ldc) >> 2u; e.n = operand(o + Gemm_n);
  e.bias = place4(o + Gemm_bias); e.extra = place4(o + Gemm_extra); e.extra2 = place4(o + Gemm_dropped);
  e.threshold = operand(o + Gemm_threshold); e.key = siteKey(operand(o + Gemm_site)); e.scale = number(o + Gemm_scale);
  e.keys = operand(o + Gemm_keys) >> 2u; e.activation = operand(o + Gemm_activation);
  // Gradients are set in the first batch of a step, and added to in others.
  e.add = operand(o + Gemm_add) == 2u || (operand(o + Gemm_add) == 1u && header(Header_accumulate) != 0u);
  return e;
}
fn gelu_tail(x: vec4<f32>) -> vec4<f32> {
  // ½ (1 − erf(|u|/√2)) / e^(−u²/2): Abramowitz and Stegun 7.1.26.
  let s = 1.0 / (1.0 + 0.3275911 * 0.70710678118654752 * abs(x));
  return s * (0.5 * 0.254829592 + s * (0.5 * -0.284496736 + s * (0.5 * 1.421413741 + s * (0.5 * -1.453152027 + s * 0.5 * 1.061405429))));
}
fn safeTanh(x: vec4<f32>) -> vec4<f32> {
  let e = exp(-2.0 * abs(x));
  return select(vec4<f32>(1.0), vec4<f32>(-1.0), x < vec4<f32>(0.0)) * (1.0 - e) / (1.0 + e);
}
/**
 * Row i, columns 4j to 4j + 3. Branches are loops that run once or never: a GPU in
 * software does both sides of a branch, with masks, but leaves a loop.
 */
fn finish(e: Epilogue, i: u32, j: u32, sum: vec4<f32>) {
  let at = i * e.ldc + j;
  var x = sum;
  var drop = vec4<f32>(1.0);
  for (var once = e.threshold != 0u; once; once = false) { drop = kept4(u(e.keys + i) * e.n + 4u * j, e.key, e.threshold, e.scale); }
  for (var once = e.kind == Epilogue_bias; once; once = false) { x += f4(e.bias + j); }
  for (var once = e.kind == Epilogue_activation; once; once = false) {
    let v = x + f4(e.bias + j);
    var slope: vec4<f32>;
    for (var gelu = e.activation == Activation_gelu; gelu; gelu = false) {
      let g = exp(-0.5 * v * v);
      let tail = gelu_tail(v) * g;
      let phi = select(1.0 - tail, tail, v < vec4<f32>(0.0));
      x = v * phi;
      slope = phi + v * g * 0.39894228040143268;
    }
    for (var tanh_ = e.activation == Activation_geluTanh; tanh_; tanh_ = false) {
      let th = safeTanh(0.79788456080286536 * v * (1.0 + 0.044715 * v * v));
      let half = 0.5 * (1.0 + th);
      x = v * half;
      slope = half + 0.5 * v * (1.0 - th * th) * 0.79788456080286536 * (1.0 + 0.134145 * v * v);
    }
    for (var relu = e.activation == Activation_relu; relu; relu = false) {
      x = max(v, vec4<f32>(0.0));
      slope = select(vec4<f32>(0.0), vec4<f32>(1.0), v > vec4<f32>(0.0));
    }
    for (var silu = e.activation == Activation_silu; silu; silu = false) {
      let sigma = 0.5 * (1.0 + safeTanh(0.5 * v));
      x = v * sigma;
      slope = sigma * (1.0 + v * (1.0 - sigma));
    }
    if (e.extra != 0u) { put4(e.extra + at, slope); }
  }
  for (var once = e.kind == Epilogue_residual; once; once = false) { x = (x + f4(e.bias + j)) * drop + f4(e.extra + at); }
  for (var once = e.kind == Epilogue_multiply; once; once = false) { x *= f4(e.extra + at); }
  for (var once = e.kind == Epilogue_add; once; once = false) { x += f4(e.extra + at); }
  for (var once = e.kind == Epilogue_tanh; once; once = false) {
    x = safeTanh(x + f4(e.bias + j));
    if (e.extra2 != 0u) { put4(e.extra2 + at, x * drop); }
  }
  for (var once = e.kind == Epilogue_tanhBackward; once; once = false) { let th = f4(e.extra + at); x = x * drop * (1.0 - th * th); }
  for (var once = e.add; once; once = false) { x += f4(e.c + at); }
  put4(e.c + at, x);
}
/** Gradient of a bias, elements 4i to 4i + 3 of m. */
fn finishSums(o: u32, i: u32, m: u32, sum: vec4<f32>) {
  let to = place4(o + Gemm_bias) + i;
  // What lies between two gradients stays zero.
  var x = select(vec4<f32>(0.0), sum, vec4<u32>(4u * i) + vec4<u32>(0u, 1u, 2u, 3u) < vec4<u32>(m));
  if (header(Header_accumulate) != 0u) { x += f4(to); }
  put4(to, x);
}`;
