// The kernels for the GPU. All see one memory, the arena, as words; each
// dispatch has its operation's 32 words as a uniform, in which addresses are
// bytes, exactly as for the CPU (operations.ts). Floats are cast, never loaded as
// floats where they might be integers: a GPU may flush what looks denormal.

const prelude = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> memory: array<u32>;
@group(0) @binding(1) var<uniform> operation: array<vec4<u32>, 8>;

fn word(i: u32) -> u32 { return operation[i >> 2u][i & 3u]; }
fn number(i: u32) -> f32 { return bitcast<f32>(word(i)); }
/** Address of word i, in words. */
fn place(i: u32) -> u32 { return word(i) >> 2u; }
/** A size: the CPU finds it in memory, here the host writes it among the words, because a loop with a barrier must have a uniform end. */
fn size(i: u32) -> u32 { return word(i); }
fn header(i: u32) -> u32 { return memory[1024u + i]; }
fn headerFloat(i: u32) -> f32 { return bitcast<f32>(memory[1024u + i]); }
fn f(i: u32) -> f32 { return bitcast<f32>(memory[i]); }
fn put(i: u32, x: f32) { memory[i] = bitcast<u32>(x); }

fn mix32(y: u32) -> u32 {
  var x = y;
  x ^= x >> 16u; x *= 0x7feb352du;
  x ^= x >> 15u; x *= 0x846ca68bu;
  return x ^ (x >> 16u);
}
fn siteKey(site: u32) -> u32 { return mix32(header(7u) + site * 0x9e3779b9u); }
/** The factor dropout gives element e. */
fn kept(e: u32, key: u32, threshold: u32, scale: f32) -> f32 {
  return select(0.0, scale, mix32(e ^ key) >= threshold);
}

var<workgroup> shared_sum: array<f32, 64>;
/** Sum over the 64 threads of a workgroup, in a fixed order. */
fn sum64(t: u32, x: f32) -> f32 {
  workgroupBarrier();
  shared_sum[t] = x;
  workgroupBarrier();
  for (var n = 32u; n > 0u; n >>= 1u) {
    if (t < n) { shared_sum[t] += shared_sum[t + n]; }
    workgroupBarrier();
  }
  return shared_sum[0];
}
fn max64(t: u32, x: f32) -> f32 {
  workgroupBarrier();
  shared_sum[t] = x;
  workgroupBarrier();
  for (var n = 32u; n > 0u; n >>= 1u) {
    if (t < n) { shared_sum[t] = max(shared_sum[t], shared_sum[t + n]); }
    workgroupBarrier();
  }
  return shared_sum[0];
}
/** One workgroup per item, laid out as a grid where there are many. */
fn item(id: vec3<u32>, groups: vec3<u32>) -> u32 { return id.x + id.y * groups.x; }
`;

const main = (body: string): string => /* wgsl */ `
@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) t: u32) {
${body}
}`;

/** What is done to one number of C: bias, activation, dropout, residual, and so on. */
const gemmParts = /* wgsl */ `
fn gelu_erf(x: f32) -> f32 {
  // ½ (1 − erf(|u|/√2)) / e^(−u²/2): Abramowitz and Stegun 7.1.26.
  let s = 1.0 / (1.0 + 0.3275911 * 0.70710678118654752 * abs(x));
  return s * (0.5 * 0.254829592 + s * (0.5 * -0.284496736 + s * (0.5 * 1.421413741 + s * (0.5 * -1.453152027 + s * 0.5 * 1.061405429))));
}
fn safeTanh(x: f32) -> f32 {
  let e = exp(-2.0 * abs(x));
  return select(1.0, -1.0, x < 0.0) * (1.0 - e) / (1.0 + e);
}

fn finish(i: u32, j: u32, n: u32, sum: f32) {
  let c = place(9u);
  let bias = place(12u); let extra = place(13u); let extra2 = place(14u);
  let threshold = word(16u);
  let at = i * word(10u) + j;
  var x = sum;
  var drop = 1.0;
  if (threshold != 0u) { drop = kept(memory[place(18u) + i] * n + j, siteKey(word(15u)), threshold, number(17u)); }
  switch word(11u) {
      case 1u: { x += f(bias + j); }
      case 2u: {
        let u = x + f(bias + j);
        var slope: f32;
        switch word(19u) {
          case 0u: {
            let g = exp(-0.5 * u * u);
            let tail = gelu_erf(u) * g;
            let phi = select(1.0 - tail, tail, u < 0.0);
            x = u * phi;
            slope = phi + u * g * 0.39894228040143268;
          }
          case 1u: {
            let th = safeTanh(0.79788456080286536 * u * (1.0 + 0.044715 * u * u));
            let half = 0.5 * (1.0 + th);
            x = u * half;
            slope = half + 0.5 * u * (1.0 - th * th) * 0.79788456080286536 * (1.0 + 0.134145 * u * u);
          }
          default: { x = max(u, 0.0); slope = select(0.0, 1.0, u > 0.0); }
        }
        if (extra != 0u) { put(extra + at, slope); }
      }
      case 3u: { x = (x + f(bias + j)) * drop + f(extra + at); }
      case 4u: { x *= f(extra + at); }
      case 5u: { x += f(extra + at); }
      case 6u: {
        x = safeTanh(x + f(bias + j));
        if (extra2 != 0u) { put(extra2 + at, x * drop); }
      }
      case 7u: { let th = f(extra + at); x = x * drop * (1.0 - th * th); }
      default: {}
    }
  if (word(1u) == 2u && (word(20u) == 2u || (word(20u) == 1u && header(6u) != 0u))) { x += f(c + at); }
  put(c + at, x);
}`;

/** 32 × 32 of C in a workgroup of 64 threads, through shared memory: for a real GPU. */
const gemm =
  gemmParts +
  /* wgsl */ `
const TK = 16u;
var<workgroup> ta: array<f32, 512>;
var<workgroup> tb: array<f32, 512>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) t: u32) {
  let form = word(1u);
  let m = size(2u); let n = word(3u); let k = size(4u);
  let a = place(5u); let lda = word(6u);
  let b = place(7u); let ldb = word(8u);
  let i0 = group.y * 32u; let j0 = group.x * 32u;
  let ti = (t >> 3u) * 4u; let tj = (t & 7u) * 4u;
  var sum: array<vec4<f32>, 4>;
  for (var r = 0u; r < 4u; r++) { sum[r] = vec4<f32>(0.0); }
  for (var k0 = 0u; k0 < k; k0 += TK) {
    for (var x = t; x < 512u; x += 64u) {
      // Neighbouring threads read neighbouring words, whichever way a matrix lies.
      var ai: u32; var ak: u32;
      if (form == 2u) { ai = x & 31u; ak = x >> 5u; } else { ai = x >> 4u; ak = x & 15u; }
      var v = 0.0;
      if (i0 + ai < m && k0 + ak < k) {
        if (form == 2u) { v = f(a + (k0 + ak) * lda + i0 + ai); } else { v = f(a + (i0 + ai) * lda + k0 + ak); }
      }
      ta[ak * 32u + ai] = v;
      var bj: u32; var bk: u32;
      if (form == 0u) { bj = x >> 4u; bk = x & 15u; } else { bj = x & 31u; bk = x >> 5u; }
      v = 0.0;
      if (j0 + bj < n && k0 + bk < k) {
        if (form == 0u) { v = f(b + (j0 + bj) * ldb + k0 + bk); } else { v = f(b + (k0 + bk) * ldb + j0 + bj); }
      }
      tb[bk * 32u + bj] = v;
    }
    workgroupBarrier();
    for (var x = 0u; x < TK; x++) {
      let o = x * 32u;
      let y = vec4<f32>(tb[o + tj], tb[o + tj + 1u], tb[o + tj + 2u], tb[o + tj + 3u]);
      for (var r = 0u; r < 4u; r++) { sum[r] += ta[o + ti + r] * y; }
    }
    workgroupBarrier();
  }
  for (var r = 0u; r < 4u; r++) {
    for (var s = 0u; s < 4u; s++) {
      if (i0 + ti + r < m && j0 + tj + s < n) { finish(i0 + ti + r, j0 + tj + s, n, sum[r][s]); }
    }
  }
}`;

/** 8 × 64 of C in a workgroup of 16 threads, nothing shared: for a GPU in software, where a barrier costs more than it saves. */
const gemmDirect =
  gemmParts +
  /* wgsl */ `
@compute @workgroup_size(16)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) t: u32) {
  let form = word(1u);
  let m = size(2u); let n = word(3u); let k = size(4u);
  let i0 = group.y * 8u; let j0 = group.x * 64u + t * 4u;
  if (j0 >= n) { return; }
  // Rows and columns beyond the end repeat the last ones and are not written.
  var a: array<u32, 8>;
  let stepA = select(1u, word(6u), form == 2u);
  for (var r = 0u; r < 8u; r++) {
    a[r] = place(5u) + min(i0 + r, m - 1u) * select(word(6u), 1u, form == 2u);
  }
  let stepB = select(word(8u), 1u, form == 0u);
  let across = select(1u, word(8u), form == 0u);
  var b0 = place(7u) + j0 * across;
  var b1 = place(7u) + min(j0 + 1u, n - 1u) * across;
  var b2 = place(7u) + min(j0 + 2u, n - 1u) * across;
  var b3 = place(7u) + min(j0 + 3u, n - 1u) * across;
  var a0 = a[0]; var a1 = a[1]; var a2 = a[2]; var a3 = a[3];
  var a4 = a[4]; var a5 = a[5]; var a6 = a[6]; var a7 = a[7];
  var c0 = vec4<f32>(0.0); var c1 = c0; var c2 = c0; var c3 = c0;
  var c4 = c0; var c5 = c0; var c6 = c0; var c7 = c0;
  for (var x = 0u; x < k; x++) {
    let y = vec4<f32>(f(b0), f(b1), f(b2), f(b3));
    c0 += f(a0) * y; c1 += f(a1) * y; c2 += f(a2) * y; c3 += f(a3) * y;
    c4 += f(a4) * y; c5 += f(a5) * y; c6 += f(a6) * y; c7 += f(a7) * y;
    a0 += stepA; a1 += stepA; a2 += stepA; a3 += stepA;
    a4 += stepA; a5 += stepA; a6 += stepA; a7 += stepA;
    b0 += stepB; b1 += stepB; b2 += stepB; b3 += stepB;
  }
  var sum = array<vec4<f32>, 8>(c0, c1, c2, c3, c4, c5, c6, c7);
  for (var r = 0u; r < 8u; r++) {
    for (var s = 0u; s < 4u; s++) {
      if (i0 + r < m && j0 + s < n) { finish(i0 + r, j0 + s, n, sum[r][s]); }
    }
  }
}`;

/** Sums of the columns of A, a gradient of a bias: one workgroup for each column. */
const columnSums = main(/* wgsl */ `
  let m = size(2u); let k = size(4u);
  let i = item(group, groups);
  var s = 0.0;
  if (i < m) { for (var r = t; r < k; r += 64u) { s += f(place(5u) + r * word(6u) + i); } }
  s = sum64(t, s);
  if (t == 0u && i < m) {
    let to = place(12u) + i;
    if (header(6u) != 0u) { s += f(to); }
    put(to, s);
  }`);

const attentionParts = /* wgsl */ `
var<workgroup> p: array<f32, 512>;
var<workgroup> q: array<f32, 512>;
struct Row { b: u32, position: u32, row: u32, first: u32, keys: u32, queries: u32, row0: u32 }
/** The query (or key) of this workgroup, which sequence it is of, and where that lies. */
fn find(r: u32, single: bool) -> Row {
  var x: Row;
  x.row = r;
  if (single) { x.b = r; x.position = 0u; }
  else { let key = memory[place(27u) + r]; x.b = key >> 9u; x.position = key & 511u; }
  x.first = memory[place(12u) + x.b];
  x.keys = memory[place(13u) + x.b];
  x.queries = memory[place(12u) + x.b + 1u] - x.first;
  x.row0 = x.first;
  return x;
}
fn counter(b: u32, h: u32, query: u32) -> u32 { return ((b * word(2u) + h) * 512u + query) * 512u; }
fn dot(a: u32, b: u32, n: u32) -> f32 {
  var s = 0.0;
  for (var i = 0u; i < n; i++) { s += f(a + i) * f(b + i); }
  return s;
}`;

/** One workgroup for each query and head; its probabilities live in the workgroup only. */
const attention =
  attentionParts +
  main(/* wgsl */ `
  let d = word(3u); let h = group.y;
  let x = find(group.x, word(14u) == 1u);
  let scale = number(18u);
  let query = place(4u) + x.row * word(5u) + h * d;
  let keys = place(6u) + x.first * word(8u) + h * d;
  var top = -1e30;
  for (var j = t; j < x.keys; j += 64u) {
    let s = dot(query, keys + j * word(8u), d) * scale;
    p[j] = s;
    top = max(top, s);
  }
  top = max64(t, top);
  var total = 0.0;
  for (var j = t; j < x.keys; j += 64u) { let e = exp(p[j] - top); p[j] = e; total += e; }
  total = sum64(t, total);
  let threshold = word(16u); let key = siteKey(word(15u)); let e = counter(x.b, h, x.position);
  for (var j = t; j < x.keys; j += 64u) {
    var y = p[j] / total;
    if (threshold != 0u) { y *= kept(e + j, key, threshold, number(17u)); }
    p[j] = y;
    if (word(26u) != 0u) { put(place(26u) + (h * x.queries + x.position) * x.keys + j, y); }
  }
  workgroupBarrier();
  if (word(9u) != 0u) {
    if (t == 0u) { put(place(11u) + x.row * word(2u) + h, top + log(total)); }
    let values = place(7u) + x.first * word(8u) + h * d;
    for (var i = t; i < d; i += 64u) {
      var s = 0.0;
      for (var j = 0u; j < x.keys; j++) { s += p[j] * f(values + j * word(8u) + i); }
      put(place(9u) + x.row * word(10u) + h * d + i, s);
    }
  }`);

/** Gradient of one query. */
const attentionBackwardQ =
  attentionParts +
  main(/* wgsl */ `
  let d = word(3u); let h = group.y;
  let x = find(group.x, word(14u) == 1u);
  let scale = number(18u);
  let query = place(4u) + x.row * word(5u) + h * d;
  let keys = place(6u) + x.first * word(8u) + h * d;
  let values = place(7u) + x.first * word(8u) + h * d;
  let out = place(9u) + x.row * word(10u) + h * d;
  let dOut = place(20u) + x.row * word(10u) + h * d;
  let lse = f(place(11u) + x.row * word(2u) + h);
  let mean = dot(out, dOut, d);
  let threshold = word(16u); let key = siteKey(word(15u)); let e = counter(x.b, h, x.position);
  for (var j = t; j < x.keys; j += 64u) {
    let y = exp(dot(query, keys + j * word(8u), d) * scale - lse);
    var g = dot(dOut, values + j * word(8u), d);
    if (threshold != 0u) { g *= kept(e + j, key, threshold, number(17u)); }
    p[j] = y * (g - mean) * scale;
  }
  workgroupBarrier();
  for (var i = t; i < d; i += 64u) {
    var s = 0.0;
    for (var j = 0u; j < x.keys; j++) { s += p[j] * f(keys + j * word(8u) + i); }
    put(place(21u) + x.row * word(22u) + h * d + i, s);
  }`);

/** Gradients of one key and its value. */
const attentionBackwardKV =
  attentionParts +
  main(/* wgsl */ `
  let d = word(3u); let h = group.y;
  let single = word(14u) == 1u;
  let x = find(group.x, false);
  let scale = number(18u);
  let ours = place(6u) + x.row * word(8u) + h * d;
  let value = place(7u) + x.row * word(8u) + h * d;
  let padding = x.position >= x.keys;
  let threshold = word(16u); let key = siteKey(word(15u));
  let count = select(x.queries, 1u, single);
  let row0 = select(x.first, x.b, single);
  if (!padding) {
    for (var i = t; i < count; i += 64u) {
      let row = row0 + i;
      let query = place(4u) + row * word(5u) + h * d;
      let dOut = place(20u) + row * word(10u) + h * d;
      let y = exp(dot(query, ours, d) * scale - f(place(11u) + row * word(2u) + h));
      var drop = 1.0;
      if (threshold != 0u) { drop = kept(counter(x.b, h, i) + x.position, key, threshold, number(17u)); }
      let mean = dot(place(9u) + row * word(10u) + h * d, dOut, d);
      p[i] = y * (dot(dOut, value, d) * drop - mean) * scale;
      q[i] = y * drop;
    }
  }
  workgroupBarrier();
  for (var i = t; i < d; i += 64u) {
    var dk = 0.0; var dv = 0.0;
    if (!padding) {
      for (var j = 0u; j < count; j++) {
        dk += p[j] * f(place(4u) + (row0 + j) * word(5u) + h * d + i);
        dv += q[j] * f(place(20u) + (row0 + j) * word(10u) + h * d + i);
      }
    }
    put(place(23u) + x.row * word(25u) + h * d + i, dk);
    put(place(24u) + x.row * word(25u) + h * d + i, dv);
  }`);

const norm = main(/* wgsl */ `
  let r = item(group, groups);
  if (r >= size(1u)) { return; }
  let n = word(2u);
  let x = place(3u) + r * n; let y = place(4u) + r * n;
  var s = 0.0;
  for (var j = t; j < n; j += 64u) { s += f(x + j); }
  let mean = sum64(t, s) / f32(n);
  s = 0.0;
  for (var j = t; j < n; j += 64u) { let c = f(x + j) - mean; s += c * c; }
  let inverse = 1.0 / sqrt(sum64(t, s) / f32(n) + number(8u));
  if (t == 0u) { put(place(7u) + 2u * r, mean); put(place(7u) + 2u * r + 1u, inverse); }
  let threshold = word(10u); let key = siteKey(word(9u));
  for (var j = t; j < n; j += 64u) {
    var z = (f(x + j) - mean) * inverse * f(place(5u) + j) + f(place(6u) + j);
    if (threshold != 0u) { z *= kept(memory[place(12u) + r] * n + j, key, threshold, number(11u)); }
    put(y + j, z);
  }`);

const normBackward = main(/* wgsl */ `
  let r = item(group, groups);
  if (r >= size(1u)) { return; }
  let n = word(2u); let o = r * n;
  let mean = f(place(5u) + 2u * r); let inverse = f(place(5u) + 2u * r + 1u);
  let before = siteKey(word(12u)); let after = siteKey(word(13u));
  let hasBefore = bitcast<i32>(word(12u)) >= 0; let hasAfter = bitcast<i32>(word(13u)) >= 0;
  var e = 0u;
  if (hasBefore || hasAfter) { e = memory[place(16u) + r] * n; }
  var s1 = 0.0; var s2 = 0.0;
  for (var j = t; j < n; j += 64u) {
    var g = f(place(3u) + o + j) * f(place(6u) + j);
    if (hasBefore) { g *= kept(e + j, before, word(14u), number(15u)); }
    s1 += g; s2 += g * (f(place(4u) + o + j) - mean) * inverse;
  }
  let m1 = sum64(t, s1) / f32(n); let m2 = sum64(t, s2) / f32(n);
  for (var j = t; j < n; j += 64u) {
    var g = f(place(3u) + o + j) * f(place(6u) + j);
    if (hasBefore) { g *= kept(e + j, before, word(14u), number(15u)); }
    let z = (f(place(4u) + o + j) - mean) * inverse;
    var y = (g - m1 - z * m2) * inverse;
    if (word(17u) != 0u) { y *= f(place(17u) + o + j); }
    put(place(9u) + o + j, y);
    if (hasAfter) { put(place(10u) + o + j, y * kept(e + j, after, word(14u), number(15u))); }
  }`);

/** Sums over 32 rows each of dy ∘ x̂ and dy. */
const normBackwardPartial = main(/* wgsl */ `
  let n = word(2u); let rows = size(1u);
  let j = group.x * 64u + t; let r0 = group.y * 32u;
  if (j >= n) { return; }
  let before = siteKey(word(12u)); let hasBefore = bitcast<i32>(word(12u)) >= 0;
  var dg = 0.0; var db = 0.0;
  for (var r = r0; r < min(rows, r0 + 32u); r++) {
    var dy = f(place(3u) + r * n + j);
    if (hasBefore) { dy *= kept(memory[place(16u) + r] * n + j, before, word(14u), number(15u)); }
    db += dy;
    dg += dy * (f(place(4u) + r * n + j) - f(place(5u) + 2u * r)) * f(place(5u) + 2u * r + 1u);
  }
  put(place(11u) + group.y * 2u * n + j, dg);
  put(place(11u) + group.y * 2u * n + n + j, db);`);

const normBackwardSum = main(/* wgsl */ `
  let n = word(2u); let chunks = (size(1u) + 31u) / 32u;
  let j = group.x * 64u + t;
  if (j >= n) { return; }
  var dg = 0.0; var db = 0.0;
  if (header(6u) != 0u) { dg = f(place(7u) + j); db = f(place(8u) + j); }
  for (var c = 0u; c < chunks; c++) {
    dg += f(place(11u) + c * 2u * n + j);
    db += f(place(11u) + c * 2u * n + n + j);
  }
  put(place(7u) + j, dg); put(place(8u) + j, db);`);

const embed = main(/* wgsl */ `
  let r = item(group, groups);
  if (r >= size(1u)) { return; }
  let n = word(2u);
  for (var j = t; j < n; j += 64u) {
    put(place(9u) + r * n + j, f(place(6u) + memory[place(3u) + r] * n + j)
      + f(place(8u) + memory[place(4u) + r] * n + j) + f(place(7u) + memory[place(5u) + r] * n + j));
  }`);

/** Words first, then positions, then segments; one workgroup for each row of a table. */
const embedBackward = main(/* wgsl */ `
  let i = item(group, groups);
  let n = word(2u); let d = place(3u);
  let segments = header(3u); let positions = word(12u);
  let add = header(6u) != 0u;
  for (var j = t; j < n; j += 64u) {
    var s = 0.0;
    if (i < segments) {
      let slot = memory[place(11u) + i];
      let to = place(4u) + slot * n + j;
      if (word(14u) != 0u || slot < header(4u)) { s = f(to); }
      for (var x = memory[place(10u) + i]; x < memory[place(10u) + i + 1u]; x++) { s += f(d + memory[place(9u) + x] * n + j); }
      put(to, s);
    } else if (i < segments + positions) {
      let at = i - segments;
      let to = place(5u) + at * n + j;
      if (add) { s = f(to); }
      for (var b = 0u; b < header(1u); b++) {
        let r = memory[place(8u) + b] + at;
        if (r < memory[place(8u) + b + 1u]) { s += f(d + r * n + j); }
      }
      put(to, s);
    } else if (i < segments + positions + word(13u)) {
      let at = i - segments - positions;
      let to = place(6u) + at * n + j;
      if (add) { s = f(to); }
      for (var r = 0u; r < size(1u); r++) { if (memory[place(7u) + r] == at) { s += f(d + r * n + j); } }
      put(to, s);
    }
  }`);

const gather = main(/* wgsl */ `
  let i = item(group, groups); let n = word(2u);
  if (i >= size(1u)) { return; }
  for (var j = t; j < n; j += 64u) { memory[place(4u) + i * n + j] = memory[place(3u) + memory[place(5u) + i] * n + j]; }`);

const scatterClear = main(/* wgsl */ `
  let i = item(group, groups); let n = word(2u);
  if (i >= size(1u)) { return; }
  for (var j = t; j < n; j += 64u) { memory[place(4u) + i * n + j] = 0u; }`);

const scatter = main(/* wgsl */ `
  let i = item(group, groups); let n = word(2u);
  if (i >= size(6u)) { return; }
  let to = place(4u) + memory[place(5u) + i] * n;
  for (var j = t; j < n; j += 64u) { put(to + j, f(to + j) + f(place(3u) + i * n + j)); }`);

const clear = main(/* wgsl */ `
  if (header(6u) != 0u) { return; }
  for (var j = item(group, groups) * 4096u + t; j < min(word(2u), (item(group, groups) + 1u) * 4096u); j += 64u) { memory[place(1u) + j] = 0u; }`);

const loss = main(/* wgsl */ `
  let r = item(group, groups);
  if (r >= size(1u)) { return; }
  let n = word(2u); let x = place(3u) + r * word(4u); let dx = place(5u) + r * word(4u);
  let scale = headerFloat(9u);
  var mine = 0.0;
  if (word(8u) == 0u) {
    let label = bitcast<i32>(memory[place(6u) + r]);
    var top = -1e30;
    for (var j = t; j < n; j += 64u) { top = max(top, f(x + j)); }
    top = max64(t, top);
    var s = 0.0;
    for (var j = t; j < n; j += 64u) { s += exp(f(x + j) - top); }
    s = sum64(t, s);
    var weight = 0.0;
    if (label >= 0) { weight = f(place(7u) + u32(label)) * scale; }
    for (var j = t; j < n; j += 64u) {
      put(dx + j, weight * (exp(f(x + j) - top) / s - select(0.0, 1.0, i32(j) == label)));
    }
    if (label >= 0) { mine = weight * (log(s) + top - f(x + u32(label))); }
  } else {
    var s = 0.0;
    for (var j = t; j < n; j += 64u) {
      let z = f(x + j); let y = f(place(6u) + r * n + j); let weight = f(place(7u) + j) * scale;
      let e = exp(-abs(z));
      put(dx + j, weight * (select(e, 1.0, z >= 0.0) / (1.0 + e) - y));
      s += weight * (max(z, 0.0) - z * y + log(1.0 + e));
    }
    mine = sum64(t, s);
  }
  if (t == 0u) { put(place(9u) + r, mine); }`);

const lossSum = main(/* wgsl */ `
  var s = 0.0;
  for (var r = t; r < size(1u); r += 64u) { s += f(place(9u) + r); }
  s = sum64(t, s);
  if (t == 0u) {
    if (header(6u) != 0u) { s += headerFloat(17u); }
    put(1024u + 17u, s);
  }`);

/** Partial sums of squares, 4096 numbers each, over the first and third range. */
const normSquares = main(/* wgsl */ `
  let i = item(group, groups);
  let first = size(3u); let third = size(9u) * word(10u);
  let c1 = (first + 4095u) / 4096u; let c3 = (third + 4095u) / 4096u;
  if (i >= c1 + c3) { return; }
  var base = place(2u); var start = i * 4096u; var end = min(first, start + 4096u);
  if (i >= c1) { base = place(8u); start = (i - c1) * 4096u; end = min(third, start + 4096u); }
  var s = 0.0;
  for (var j = start + t; j < end; j += 64u) { let x = f(base + j); s += x * x; }
  s = sum64(t, s);
  if (t == 0u) { put(place(1u) + i, s); }`);

const normSum = main(/* wgsl */ `
  let n = (size(3u) + 4095u) / 4096u + (size(9u) * word(10u) + 4095u) / 4096u;
  var s = 0.0;
  for (var i = t; i < n; i += 64u) { s += f(place(1u) + i); }
  let norm = sqrt(sum64(t, s));
  if (t == 0u) {
    let limit = headerFloat(16u);
    put(1024u + 18u, norm);
    put(1024u + 19u, select(1.0, min(1.0, limit / (norm + 1e-6)), limit > 0.0));
  }`);

const update = /* wgsl */ `
fn update(w: u32, g: u32, m: u32, v: u32, keep: f32) {
  let x = f(g) * headerFloat(19u);
  let first = f(m) * headerFloat(13u) + x * (1.0 - headerFloat(13u));
  let second = f(v) * headerFloat(14u) + x * x * (1.0 - headerFloat(14u));
  put(m, first); put(v, second);
  put(w, f(w) * keep - first * headerFloat(10u) / (sqrt(second) * headerFloat(11u) + headerFloat(15u)));
}`;

const adamw =
  update +
  main(/* wgsl */ `
  let one = word(5u);
  for (var s = 0u; s < 16u; s++) {
    var i = (item(group, groups) * 16u + s) * 64u + t;
    if (i < one) { update(place(1u) + i, place(2u) + i, place(3u) + i, place(4u) + i, select(1.0, headerFloat(12u), word(6u) != 0u)); }
    else {
      i -= one;
      if (i < word(11u)) { update(place(7u) + i, place(8u) + i, place(9u) + i, place(10u) + i, 1.0); }
    }
  }`);

const adamwRows =
  update +
  main(/* wgsl */ `
  let i = item(group, groups); let n = word(20u);
  if (i >= header(2u)) { return; }
  let id = memory[place(17u) + i];
  for (var j = t; j < n; j += 64u) {
    update(place(13u) + id * n + j, place(16u) + i * n + j, place(14u) + id * n + j, place(15u) + id * n + j, headerFloat(12u));
  }
  if (t == 0u) {
    memory[place(18u) + id] = header(23u);
    memory[place(19u) + id] = memory[place(21u) + 4u * (header(23u) & 16383u) + 3u];
  }`);

/** One workgroup for each row that may be owed updates; \`o\` is where its words begin. */
const catchUp = (o: number): string =>
  main(/* wgsl */ `
  let i = item(group, groups);
  if (i >= size(${o + 8}u)) { return; }
  let n = word(${o + 6}u);
  var id = i;
  if (word(${o + 7}u) != 0u) { id = memory[place(${o + 7}u) + i]; }
  let last = memory[place(${o + 4}u) + id]; let done = header(8u);
  let decayed = f(place(${o + 5}u) + id); let total = headerFloat(20u);
  let history = place(${o + 9}u);
  workgroupBarrier();
  if (last >= done) { return; }
  let missed = done - last; let steps = min(missed, 256u);
  var reached = decayed;
  if (last > 0u) { reached = f(history + 4u * ((last + steps) & 16383u) + 3u); }
  for (var j = t; j < n; j += 64u) {
    let w = place(${o + 1}u) + id * n + j;
    var x = f(w);
    if (last > 0u) {
      let mAt = place(${o + 2}u) + id * n + j; let vAt = place(${o + 3}u) + id * n + j;
      var m = f(mAt); var r = sqrt(f(vAt));
      let root = sqrt(headerFloat(14u));
      for (var s = last + 1u; s <= last + steps; s++) {
        let h = history + 4u * (s & 16383u);
        m *= headerFloat(13u); r *= root;
        x = x * f(h + 2u) - m * f(h) / (r * f(h + 1u) + headerFloat(15u));
      }
      put(mAt, f(mAt) * pow(headerFloat(13u), f32(missed)));
      put(vAt, f(vAt) * pow(headerFloat(14u), f32(missed)));
    }
    put(w, x * (total / reached));
  }
  if (t == 0u) {
    if (last > 0u) { memory[place(${o + 4}u) + id] = done; }
    put(place(${o + 5}u) + id, total);
  }`);

export const shaders = Object.fromEntries(
  Object.entries({
    gemm,
    gemmDirect,
    columnSums,
    attention,
    attentionBackwardQ,
    attentionBackwardKV,
    norm,
    normBackward,
    normBackwardPartial,
    normBackwardSum,
    embed,
    embedBackward,
    gather,
    scatterClear,
    scatter,
    clear,
    loss,
    lossSum,
    normSquares,
    normSum,
    adamw,
    adamwRows,
    catchUp: catchUp(0),
    catchUpWords: catchUp(10),
  }).map(([name, body]) => [name, prelude + body]),
);
