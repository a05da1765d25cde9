// Moving rows about on the GPU: gather, scatter, clear.

import { rowKernel, type Sharing } from "./prelude.wgsl";

/** Out [n, H]: Out[r] = X[from[r]], a row of work to each. */
export const gather = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  if (r >= operand(Gather_rows)) { return; }
  let n = operand(Gather_cols) >> 2u;
  let source = place4(Gather_x) + u(place(Gather_from) + r) * n;
  for (var j = t; j < n; j += W) { memory[place4(Gather_out) + r * n + j] = memory[source + j]; }`,
  );

/** Before rows are spread over a matrix: zero everywhere. */
export const scatterClear = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  if (r >= operand(Scatter_rows)) { return; }
  let n = operand(Scatter_cols) >> 2u;
  for (var j = t; j < n; j += W) { put4(place4(Scatter_out) + r * n + j, vec4<f32>(0.0)); }`,
  );

/** The gradient of `gather`: Out[to[r]] += X[r], X [count, H]. The rows `to` are distinct, so that no two threads add to one number. */
export const scatter = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  if (r >= operand(Scatter_count)) { return; }
  let n = operand(Scatter_cols) >> 2u;
  let to = place4(Scatter_out) + u(place(Scatter_to) + r) * n;
  for (var j = t; j < n; j += W) { put4(to + j, f4(to + j) + f4(place4(Scatter_x) + r * n + j)); }`,
  );

/** Numbers that one row of work clears. */
export const clearChunk = 4096;

/** In the first batch of a step; later ones add. */
export const clear = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  let end = min((operand(Clear_size) + 3u) >> 2u, (r + 1u) * ${clearChunk / 4}u);
  if (header(Header_accumulate) != 0u) { return; }
  for (var j = r * ${clearChunk / 4}u + t; j < end; j += W) { put4(place4(Clear_place) + j, vec4<f32>(0.0)); }`,
  );
