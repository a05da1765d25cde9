// Embeddings for the GPU: word + position + segment, and back. The host sorts the
// packed rows of a batch by word, so that a word's gradient is one sum in a fixed
// order, without atomics.

import { rowKernel, type Sharing } from "./prelude.wgsl";

export const embed = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  if (r >= word(1u)) { return; }
  let n = word(2u) >> 2u;
  let w = place4(6u) + u(place(3u) + r) * n;
  let s = place4(8u) + u(place(4u) + r) * n;
  let p = place4(7u) + u(place(5u) + r) * n;
  for (var j = t; j < n; j += W) { put4(place4(9u) + r * n + j, f4(w + j) + f4(s + j) + f4(p + j)); }`,
  );

/**
 * One row of work for each word of the batch, then for each position, then for
 * each feature of each segment, whose sum is over all rows. Word 28: words of the batch, from the host, because a sum over threads must be reached by all.
 */
export const embedBackward = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  let n = word(2u) >> 2u; let d = place4(3u);
  let words = word(28u); let positions = word(12u);
  let add = header(6u) != 0u;
  if (r < words) {
    let slot = u(place(11u) + r);
    let to = place4(4u) + slot * n;
    let known = word(14u) != 0u || slot < header(4u);
    let first = u(place(10u) + r); let end = u(place(10u) + r + 1u);
    for (var j = t; j < n; j += W) {
      var s = vec4<f32>(0.0);
      if (known) { s = f4(to + j); }
      for (var x = first; x < end; x++) { s += f4(d + u(place(9u) + x) * n + j); }
      put4(to + j, s);
    }
  } else if (r < words + positions) {
    let at = r - words;
    let to = place4(5u) + at * n;
    for (var j = t; j < n; j += W) {
      var s = vec4<f32>(0.0);
      if (add) { s = f4(to + j); }
      for (var b = 0u; b < header(1u); b++) {
        let row = u(place(8u) + b) + at;
        if (row < u(place(8u) + b + 1u)) { s += f4(d + row * n + j); }
      }
      put4(to + j, s);
    }
  } else if (r < words + positions + word(13u) * 4u * n) {
    let at = r - words - positions;
    let segment = at / (4u * n); let j = at % (4u * n);
    var s = 0.0;
    for (var i = t; i < word(1u); i += W) {
      if (u(place(7u) + i) == segment) { s += f(4u * d + i * 4u * n + j); }
    }
    s = sumRow(t, s);
    if (t == 0u) { put(place(6u) + at, s + select(0.0, f(place(6u) + at), add)); }
  }`,
  );
