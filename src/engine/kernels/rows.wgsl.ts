// Moving rows about on the GPU: gather, scatter, clear.

import { rowKernel, type Sharing } from "./prelude.wgsl";

export const gather = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  if (r >= word(1u)) { return; }
  let n = word(2u) >> 2u;
  let source = place4(3u) + u(place(5u) + r) * n;
  for (var j = t; j < n; j += W) { memory[place4(4u) + r * n + j] = memory[source + j]; }`,
  );

/** Before rows are spread over a matrix: zero everywhere. */
export const scatterClear = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  if (r >= word(1u)) { return; }
  let n = word(2u) >> 2u;
  for (var j = t; j < n; j += W) { put4(place4(4u) + r * n + j, vec4<f32>(0.0)); }`,
  );

export const scatter = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  if (r >= word(6u)) { return; }
  let n = word(2u) >> 2u;
  let to = place4(4u) + u(place(5u) + r) * n;
  for (var j = t; j < n; j += W) { put4(to + j, f4(to + j) + f4(place4(3u) + r * n + j)); }`,
  );

/** Words that one row of work clears. */
export const clearChunk = 4096;

/** In the first batch of a step; later ones add. */
export const clear = (sharing: Sharing): string =>
  rowKernel(
    sharing,
    /* wgsl */ `
  let end = min((word(2u) + 3u) >> 2u, (r + 1u) * ${clearChunk / 4}u);
  if (header(6u) != 0u) { return; }
  for (var j = r * ${clearChunk / 4}u + t; j < end; j += W) { put4(place4(1u) + j, vec4<f32>(0.0)); }`,
  );
