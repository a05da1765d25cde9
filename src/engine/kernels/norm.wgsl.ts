// LayerNorm for the GPU, rows [R, n]: y = x̂ γ + β with x̂ = (x − mean) / σ, then
// dropout where a site is given. Backwards, with g = dy γ:
//
//   dx = (g − mean(g) − x̂ mean(g x̂)) / σ      dγ = Σ_rows dy x̂      dβ = Σ_rows dy
//
// The gradients of γ and β need only what is there before, so that one dispatch
// does both: first the R rows, then the n columns.

import { rowKernel, type Sharing } from "./prelude.wgsl";

export const norm = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  if (r >= word(1u)) { return; }
  let n = word(2u) >> 2u;
  let x = place4(3u) + r * n; let y = place4(4u) + r * n;
  let gamma = place4(5u); let beta = place4(6u);
  var s4 = vec4<f32>(0.0);
  for (var j = t; j < n; j += W) { s4 += f4(x + j); }
  let mean = sumRow(t, dot(s4, vec4<f32>(1.0))) / f32(4u * n);
  var s = 0.0;
  for (var j = t; j < n; j += W) { let c = f4(x + j) - mean; s += dot(c, c); }
  let inverse = 1.0 / sqrt(sumRow(t, s) / f32(4u * n) + number(8u));
  if (t == 0u) { put(place(7u) + 2u * r, mean); put(place(7u) + 2u * r + 1u, inverse); }
  let threshold = word(10u);
  if (threshold == 0u) {
    for (var j = t; j < n; j += W) { put4(y + j, (f4(x + j) - mean) * inverse * f4(gamma + j) + f4(beta + j)); }
  } else {
    let key = siteKey(word(9u)); let scale = number(11u); let e = u(place(12u) + r) * 4u * n;
    for (var j = t; j < n; j += W) {
      put4(y + j, ((f4(x + j) - mean) * inverse * f4(gamma + j) + f4(beta + j)) * kept4(e + 4u * j, key, threshold, scale));
    }
  }`,
  );

export const normBackward = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  let rows = word(1u); let n = word(2u) >> 2u;
  let dy = place4(3u); let x = place4(4u); let stats = place(5u);
  // Dropout between LayerNorm and dy, and where dx goes next: -1 for none.
  let before = bitcast<i32>(word(12u)) >= 0; let after = bitcast<i32>(word(13u)) >= 0;
  let beforeKey = siteKey(word(12u)); let afterKey = siteKey(word(13u));
  let threshold = word(14u); let scale = number(15u);
  if (r < rows) {
    let o = r * n; let gamma = place4(6u);
    let mean = f(stats + 2u * r); let inverse = f(stats + 2u * r + 1u);
    var e = 0u;
    if (before || after) { e = u(place(16u) + r) * 4u * n; }
    var s1 = vec4<f32>(0.0); var s2 = 0.0;
    for (var j = t; j < n; j += W) {
      var g = f4(dy + o + j) * f4(gamma + j);
      if (before) { g *= kept4(e + 4u * j, beforeKey, threshold, scale); }
      s1 += g; s2 += dot(g, f4(x + o + j) - mean);
    }
    let m1 = sumRow(t, dot(s1, vec4<f32>(1.0))) / f32(4u * n);
    let m2 = sumRow(t, s2) * inverse / f32(4u * n);
    let slope = place4(17u);
    for (var j = t; j < n; j += W) {
      var g = f4(dy + o + j) * f4(gamma + j);
      if (before) { g *= kept4(e + 4u * j, beforeKey, threshold, scale); }
      var d = (g - m1 - (f4(x + o + j) - mean) * inverse * m2) * inverse;
      if (slope != 0u) { d *= f4(slope + o + j); }
      put4(place4(9u) + o + j, d);
      if (after) { put4(place4(10u) + o + j, d * kept4(e + 4u * j, afterKey, threshold, scale)); }
    }
  } else if (r < rows + 4u * n) {
    let j = r - rows;
    var dg = 0.0; var db = 0.0;
    for (var i = t; i < rows; i += W) {
      var d = f(place(3u) + i * 4u * n + j);
      if (before) { d *= kept(u(place(16u) + i) * 4u * n + j, beforeKey, threshold, scale); }
      db += d;
      dg += d * (f(place(4u) + i * 4u * n + j) - f(stats + 2u * i)) * f(stats + 2u * i + 1u);
    }
    dg = sumRow(t, dg); db = sumRow(t, db);
    if (t == 0u) {
      let add = header(6u) != 0u;
      put(place(7u) + j, dg + select(0.0, f(place(7u) + j), add));
      put(place(8u) + j, db + select(0.0, f(place(8u) + j), add));
    }
  }`,
  );
