// Embeddings for the GPU: word + position + segment, and back. The host sorts the
// packed rows of a batch by word, so that a word's gradient is one sum in a fixed
// order, without atomics (of floats, WGSL has none, and their order would be chance).
//
// d [R, H] → dword[v] = Σ over r with ids[r] = v of d[r]; dposition and dtype alike.
// Rows sortedRows[starts[s]] … sortedRows[starts[s + 1] − 1] are those of word s.

import { rowKernel, type Sharing } from "./prelude.wgsl";

/** Out [R, H] = word[ids] + type[types] + position[positions]; a row of work is one of R. */
export const embed = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  if (r >= operand(Embed_rows)) { return; }
  let n = operand(Embed_cols) >> 2u;
  let w = place4(Embed_word) + u(place(Embed_ids) + r) * n;
  let s = place4(Embed_type) + u(place(Embed_types) + r) * n;
  let p = place4(Embed_position) + u(place(Embed_positions) + r) * n;
  for (var j = t; j < n; j += W) { put4(place4(Embed_out) + r * n + j, f4(w + j) + f4(s + j) + f4(p + j)); }`,
  );

/**
 * One row of work for each word of the batch, then for each position, then for
 * each feature of each segment, whose sum is over all rows. The number of words
 * comes as an operand and not from the header, because a sum over
 * threads must be reached by all.
 */
export const embedBackward = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  let n = operand(EmbedBackward_cols) >> 2u; let d = place4(EmbedBackward_d);
  let words = operand(EmbedBackward_segments); let positions = operand(EmbedBackward_positions);
  let add = header(Header_accumulate) != 0u;
  if (r < words) {
    let slot = u(place(EmbedBackward_segmentSlots) + r);
    let to = place4(EmbedBackward_word) + slot * n;
    let known = operand(EmbedBackward_dense) != 0u || slot < header(Header_fresh);
    let first = u(place(EmbedBackward_segmentStarts) + r); let end = u(place(EmbedBackward_segmentStarts) + r + 1u);
    for (var j = t; j < n; j += W) {
      var s = vec4<f32>(0.0);
      if (known) { s = f4(to + j); }
      for (var x = first; x < end; x++) { s += f4(d + u(place(EmbedBackward_sortedRows) + x) * n + j); }
      put4(to + j, s);
    }
  } else if (r < words + positions) {
    let at = r - words;
    let to = place4(EmbedBackward_position) + at * n;
    for (var j = t; j < n; j += W) {
      var s = vec4<f32>(0.0);
      if (add) { s = f4(to + j); }
      for (var b = 0u; b < header(Header_sequences); b++) {
        let row = u(place(EmbedBackward_cls) + b) + at;
        if (row < u(place(EmbedBackward_cls) + b + 1u)) { s += f4(d + row * n + j); }
      }
      put4(to + j, s);
    }
  } else if (r < words + positions + operand(EmbedBackward_typeRows) * 4u * n) {
    let at = r - words - positions;
    let segment = at / (4u * n); let j = at % (4u * n);
    var s = 0.0;
    for (var i = t; i < operand(EmbedBackward_rows); i += W) {
      if (u(place(EmbedBackward_types) + i) == segment) { s += f(4u * d + i * 4u * n + j); }
    }
    s = sumRow(t, s);
    if (t == 0u) { put(place(EmbedBackward_type) + at, s + select(0.0, f(place(EmbedBackward_type) + at), add)); }
  }`,
  );
