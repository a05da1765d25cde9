// Attention for the GPU, over packed rows: sequence b is rows first(b) … of q, k
// and v, and has keys(b) keys. For each query i and head, with d features a head,
//
//   p_ij = exp(q_i·k_j / √d − lse_i)     out_i = Σ_j p_ij m_ij v_j
//
// where m is dropout and lse the logarithm of the scores' exponentials, the only
// thing kept for the way back. There, with D_i = out_i·dout_i and
// ds_ij = p_ij (m_ij dout_i·v_j − D_i) / √d,
//
//   dq_i = Σ_j ds_ij k_j     dk_j = Σ_i ds_ij q_i     dv_j = Σ_i p_ij m_ij dout_i
//
// One thread has a query (or, for dk and dv, a key) of one head with all its
// features in registers, and walks the keys (the queries) a few at a time;
// neighbours walk the same ones, so these come from the cache. Probabilities are
// never in memory: only `watch` writes them, of the first sequence.

import { named, quads } from "./prelude.wgsl";

/** Threads in a workgroup: software has four to a core and no use for more. */
export const attentionThreads = (sharing: number): number =>
  sharing === 1 ? 4 : 64;

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const each = (n: number, text: (i: number) => string): string =>
  range(n).map(text).join("\n    ");
/** a·b as one chain per component over d/4 vectors. */
const dotOf = (n: number, a: (i: number) => string, b: (i: number) => string) =>
  `dot(${range(n).reduce(
    (sum, i) => (i ? `fma(${a(i)}, ${b(i)}, ${sum})` : `${a(0)} * ${b(0)}`),
    "",
  )}, vec4<f32>(1.0))`;

const parts = /* wgsl */ `
struct Row { b: u32, position: u32, first: u32, keys: u32, queries: u32 }
/** Which sequence row r is of, and where that lies; with a single query, r is the sequence. */
fn find(r: u32, single: bool) -> Row {
  var x: Row;
  x.b = r; x.position = 0u;
  if (!single) { let key = u(place(Attention_keys) + r); x.b = key >> 9u; x.position = key & 511u; }
  x.first = u(place(Attention_cls) + x.b);
  x.keys = u(place(Attention_lengths) + x.b);
  x.queries = u(place(Attention_cls) + x.b + 1u) - x.first;
  return x;
}
fn counter(b: u32, h: u32, query: u32) -> u32 { return ((b * operand(Attention_heads) + h) * 512u + query) * 512u; }
`;

/** One thread for each of `count` rows of each head. */
const kernel = (threads: number, count: string, body: string): string =>
  named(
    quads +
      parts +
      /* wgsl */ `
@compute @workgroup_size(${threads})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) t: u32) {
  let count = ${count};
  let blocks = (count + ${threads - 1}u) / ${threads}u;
  let item = group.x + group.y * groups.x;
  let h = item / blocks; let r = (item % blocks) * ${threads}u + t;
  if (h >= operand(Attention_heads) || r >= count) { return; }
  let single = operand(Attention_single) == 1u;
  let scale = number(Attention_scale); let threshold = operand(Attention_threshold); let dropScale = number(Attention_keepScale); let key = siteKey(operand(Attention_site));
  let ldq = operand(Attention_ldq) >> 2u; let ldk = operand(Attention_ldk) >> 2u; let ldo = operand(Attention_ldout) >> 2u;
${body}
}`,
  );

/**
 * Forward, with the softmax's sum kept as it goes: after some keys, `top` is the largest
 * score so far, total = Σ exp(s_j − top) and o = Σ exp(s_j − top) m_j v_j. A larger score
 * multiplies both by exp(old top − new top). At the end out = o / total and
 * lse = top + log total.
 */
export function attention(d: number, threads: number): string {
  const n = d / 4;
  const o = `h * ${n}u`;
  // Keys at a time: more spare rescaling, and cost registers.
  const at = d > 48 ? 2 : 4;
  return kernel(
    threads,
    "operand(Attention_queries)",
    /* wgsl */ `
  let x = find(r, single);
  let query = place4(Attention_q) + r * ldq + ${o};
  let keys = place4(Attention_k) + x.first * ldk + ${o};
  let values = place4(Attention_v) + x.first * ldk + ${o};
  let e = counter(x.b, h, x.position);
  ${each(n, (i) => `let q${i} = f4(query + ${i}u) * scale;`)}
  ${each(n, (i) => `var o${i} = vec4<f32>(0.0);`)}
  var top = -1e30; var total = 0.0;
  for (var j = 0u; j < x.keys; j += ${at}u) {
    ${each(at, (b) => `let j${b} = min(j + ${b}u, x.keys - 1u); let k${b} = keys + j${b} * ldk;`)}
    ${each(
      at,
      (b) =>
        `let s${b} = select(-1e30, ${dotOf(
          n,
          (i) => `q${i}`,
          (i) => `f4(k${b} + ${i}u)`,
        )}, j + ${b}u < x.keys);`,
    )}
    let higher = max(top, ${range(at).reduce((m, b) => (b ? `max(${m}, s${b})` : "s0"), "")});
    let old = exp(top - higher);
    top = higher;
    ${each(at, (b) => `var p${b} = exp(s${b} - top);`)}
    total = total * old + ${range(at)
      .map((b) => `p${b}`)
      .join(" + ")};
    if (threshold != 0u) { ${each(at, (b) => `p${b} *= kept(e + j${b}, key, threshold, dropScale);`)} }
    ${each(at, (b) => `let v${b} = values + j${b} * ldk;`)}
    ${each(
      n,
      (i) =>
        `o${i} = ${range(at).reduce((sum, b) => `fma(vec4<f32>(p${b}), f4(v${b} + ${i}u), ${sum})`, `o${i} * old`)};`,
    )}
  }
  let inverse = 1.0 / total;
  let out = place4(Attention_out) + r * ldo + ${o};
  ${each(n, (i) => `put4(out + ${i}u, o${i} * inverse);`)}
  put(place(Attention_lse) + r * operand(Attention_heads) + h, top + log(total));`,
  );
}

/** dq, and D to `Attention.spare`, for the keys' gradients. */
export function attentionBackwardQueries(d: number, threads: number): string {
  const n = d / 4;
  const o = `h * ${n}u`;
  return kernel(
    threads,
    "operand(Attention_queries)",
    /* wgsl */ `
  let x = find(r, single);
  let query = place4(Attention_q) + r * ldq + ${o};
  let keys = place4(Attention_k) + x.first * ldk + ${o};
  let values = place4(Attention_v) + x.first * ldk + ${o};
  let out = place4(Attention_out) + r * ldo + ${o};
  let dOut = place4(Attention_dOut) + r * ldo + ${o};
  let e = counter(x.b, h, x.position);
  ${each(n, (i) => `let q${i} = f4(query + ${i}u) * scale; let g${i} = f4(dOut + ${i}u);`)}
  let mean = ${dotOf(
    n,
    (i) => `g${i}`,
    (i) => `f4(out + ${i}u)`,
  )};
  put(place(Attention_spare) + r * operand(Attention_heads) + h, mean);
  let lse = f(place(Attention_lse) + r * operand(Attention_heads) + h);
  ${each(n, (i) => `var d${i} = vec4<f32>(0.0);`)}
  for (var j = 0u; j < x.keys; j++) {
    let kj = keys + j * ldk; let vj = values + j * ldk;
    ${each(n, (i) => `let k${i} = f4(kj + ${i}u);`)}
    let p = exp(${dotOf(
      n,
      (i) => `q${i}`,
      (i) => `k${i}`,
    )} - lse);
    var g = ${dotOf(
      n,
      (i) => `g${i}`,
      (i) => `f4(vj + ${i}u)`,
    )};
    if (threshold != 0u) { g *= kept(e + j, key, threshold, dropScale); }
    let ds = p * (g - mean) * scale;
    ${each(n, (i) => `d${i} = fma(vec4<f32>(ds), k${i}, d${i});`)}
  }
  let dq = place4(Attention_dq) + r * (operand(Attention_lddq) >> 2u) + ${o};
  ${each(n, (i) => `put4(dq + ${i}u, d${i});`)}`,
  );
}

/** dk and dv; `Attention.queries` is how many rows of keys there are. Rows of padding get zero. */
export function attentionBackwardKeys(d: number, threads: number): string {
  const n = d / 4;
  const o = `h * ${n}u`;
  return kernel(
    threads,
    "operand(Attention_queries)",
    /* wgsl */ `
  let x = find(r, false);
  let ours = place4(Attention_k) + r * ldk + ${o};
  let value = place4(Attention_v) + r * ldk + ${o};
  var queries = select(x.queries, 1u, single);
  if (x.position >= x.keys) { queries = 0u; }
  let row0 = select(x.first, x.b, single);
  ${each(n, (i) => `let k${i} = f4(ours + ${i}u) * scale; let v${i} = f4(value + ${i}u);`)}
  ${each(n, (i) => `var dk${i} = vec4<f32>(0.0); var dv${i} = vec4<f32>(0.0);`)}
  for (var i = 0u; i < queries; i++) {
    let row = row0 + i;
    let qi = place4(Attention_q) + row * ldq + ${o};
    let gi = place4(Attention_dOut) + row * ldo + ${o};
    ${each(n, (c) => `let q${c} = f4(qi + ${c}u); let g${c} = f4(gi + ${c}u);`)}
    let stat = row * operand(Attention_heads) + h;
    let p = exp(${dotOf(
      n,
      (c) => `q${c}`,
      (c) => `k${c}`,
    )} - f(place(Attention_lse) + stat));
    var drop = 1.0;
    if (threshold != 0u) { drop = kept(counter(x.b, h, i) + x.position, key, threshold, dropScale); }
    let y = p * drop;
    let ds = p * (${dotOf(
      n,
      (c) => `g${c}`,
      (c) => `v${c}`,
    )} * drop - f(place(Attention_spare) + stat)) * scale;
    ${each(n, (c) => `dk${c} = fma(vec4<f32>(ds), q${c}, dk${c}); dv${c} = fma(vec4<f32>(y), g${c}, dv${c});`)}
  }
  let to = r * (operand(Attention_lddk) >> 2u) + ${o};
  ${each(n, (i) => `put4(place4(Attention_dk) + to + ${i}u, dk${i}); put4(place4(Attention_dv) + to + ${i}u, dv${i});`)}`,
  );
}

/** Probabilities [heads, queries, keys] of the first sequence; a thread for each row of them. */
export const watch = (threads: number): string =>
  kernel(
    threads,
    "operand(Attention_queries)",
    /* wgsl */ `
  let x = find(r, single);
  let n = operand(Attention_features) >> 2u;
  let query = place4(Attention_q) + r * ldq + h * n;
  let keys = place4(Attention_k) + x.first * ldk + h * n;
  let to = place(Attention_probabilities) + (h * x.queries + x.position) * x.keys;
  var top = -1e30;
  for (var j = 0u; j < x.keys; j++) {
    var s = 0.0;
    for (var i = 0u; i < n; i++) { s += dot(f4(query + i), f4(keys + j * ldk + i)); }
    s *= scale;
    top = max(top, s);
    put(to + j, s);
  }
  var total = 0.0;
  for (var j = 0u; j < x.keys; j++) { let p = exp(f(to + j) - top); total += p; put(to + j, p); }
  for (var j = 0u; j < x.keys; j++) { put(to + j, f(to + j) / total); }`,
  );
