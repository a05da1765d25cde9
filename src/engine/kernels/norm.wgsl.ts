// LayerNorm for the GPU, rows [R, n]: y = x̂ γ + β with x̂ = (x − mean) / σ, then
// dropout where a site is given. Backwards, with g = dy γ:
//
//   dx = (g − mean(g) − x̂ mean(g x̂)) / σ      dγ = Σ_rows dy x̂      dβ = Σ_rows dy
//
// The gradients of γ and β need only what is there before, so that one dispatch
// does both: first the R rows, then the n columns. norm.wasm.ts derives dx. The
// two passes over a row each work out g from dy: nothing is kept between them.

import { rowKernel, type Sharing } from "./prelude.wgsl";

/** Stats [R, 2] are mean and 1/σ: the way back wants both, and reads x again for x̂. */
export const norm = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  if (r >= operand(Norm_rows)) { return; }
  let n = operand(Norm_cols) >> 2u;
  let x = place4(Norm_x) + r * n; let y = place4(Norm_y) + r * n;
  let gamma = place4(Norm_gamma); let beta = place4(Norm_beta);
  var s4 = vec4<f32>(0.0);
  for (var j = t; j < n; j += W) { s4 += f4(x + j); }
  let mean = sumRow(t, dot(s4, vec4<f32>(1.0))) / f32(4u * n);
  var s = 0.0;
  for (var j = t; j < n; j += W) { let c = f4(x + j) - mean; s += dot(c, c); }
  let inverse = 1.0 / sqrt(sumRow(t, s) / f32(4u * n) + number(Norm_epsilon));
  if (t == 0u) { put(place(Norm_stats) + 2u * r, mean); put(place(Norm_stats) + 2u * r + 1u, inverse); }
  let threshold = operand(Norm_threshold);
  if (threshold == 0u) {
    for (var j = t; j < n; j += W) { put4(y + j, (f4(x + j) - mean) * inverse * f4(gamma + j) + f4(beta + j)); }
  } else {
    let key = siteKey(operand(Norm_site)); let scale = number(Norm_scale); let e = u(place(Norm_keys) + r) * 4u * n;
    for (var j = t; j < n; j += W) {
      put4(y + j, ((f4(x + j) - mean) * inverse * f4(gamma + j) + f4(beta + j)) * kept4(e + 4u * j, key, threshold, scale));
    }
  }`,
  );

/** Rows of work: r < R is a row's dx, from its two means m1 = mean(g) and m2 = mean(g x̂); R + j is column j of dγ and dβ. */
export const normBackward = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  let rows = operand(NormBackward_rows); let n = operand(NormBackward_cols) >> 2u;
  let dy = place4(NormBackward_dy); let x = place4(NormBackward_x); let stats = place(NormBackward_stats);
  // Dropout between LayerNorm and dy, and where dx goes next: -1 for none.
  let before = bitcast<i32>(operand(NormBackward_before)) >= 0; let after = bitcast<i32>(operand(NormBackward_after)) >= 0;
  let beforeKey = siteKey(operand(NormBackward_before)); let afterKey = siteKey(operand(NormBackward_after));
  let threshold = operand(NormBackward_threshold); let scale = number(NormBackward_scale);
  if (r < rows) {
    let o = r * n; let gamma = place4(NormBackward_gamma);
    let mean = f(stats + 2u * r); let inverse = f(stats + 2u * r + 1u);
    var e = 0u;
    if (before || after) { e = u(place(NormBackward_keys) + r) * 4u * n; }
    var s1 = vec4<f32>(0.0); var s2 = 0.0;
    for (var j = t; j < n; j += W) {
      var g = f4(dy + o + j) * f4(gamma + j);
      if (before) { g *= kept4(e + 4u * j, beforeKey, threshold, scale); }
      s1 += g; s2 += dot(g, f4(x + o + j) - mean);
    }
    let m1 = sumRow(t, dot(s1, vec4<f32>(1.0))) / f32(4u * n);
    let m2 = sumRow(t, s2) * inverse / f32(4u * n);
    let slope = place4(NormBackward_slope);
    for (var j = t; j < n; j += W) {
      var g = f4(dy + o + j) * f4(gamma + j);
      if (before) { g *= kept4(e + 4u * j, beforeKey, threshold, scale); }
      var d = (g - m1 - (f4(x + o + j) - mean) * inverse * m2) * inverse;
      if (slope != 0u) { d *= f4(slope + o + j); }
      put4(place4(NormBackward_dx) + o + j, d);
      if (after) { put4(place4(NormBackward_dz) + o + j, d * kept4(e + 4u * j, afterKey, threshold, scale)); }
    }
  } else if (r < rows + 4u * n) {
    let j = r - rows;
    var dg = 0.0; var db = 0.0;
    for (var i = t; i < rows; i += W) {
      var d = f(place(NormBackward_dy) + i * 4u * n + j);
      if (before) { d *= kept(u(place(NormBackward_keys) + i) * 4u * n + j, beforeKey, threshold, scale); }
      db += d;
      dg += d * (f(place(NormBackward_x) + i * 4u * n + j) - f(stats + 2u * i)) * f(stats + 2u * i + 1u);
    }
    dg = sumRow(t, dg); db = sumRow(t, db);
    if (t == 0u) {
      let add = header(Header_accumulate) != 0u;
      put(place(NormBackward_dGamma) + j, dg + select(0.0, f(place(NormBackward_dGamma) + j), add));
      put(place(NormBackward_dBeta) + j, db + select(0.0, f(place(NormBackward_dBeta) + j), add));
    }
  }`,
  );
