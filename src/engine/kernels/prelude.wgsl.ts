// What every WGSL kernel of the recorded program starts with. All see one memory,
// the arena, and the operands of their operation (operands.ts) as a
// uniform, in which addresses are bytes, exactly as for the CPU. Floats are cast
// and never loaded as floats where they might be integers: a GPU may flush what
// looks denormal.
//
// The surprise: a row of work belongs to a whole workgroup on a real GPU, and to
// one thread on a GPU in software, where a barrier costs more than it saves. The
// same text serves both; `W` is how many threads share a row.

import * as enums from "./operands";

/**
 * A shader with a constant for each operand it names: `Norm_rows` is `Norm.rows`
 * (operands.ts), and no shader says 1u for it.
 */
export function named(code: string): string {
  const all = enums as unknown as Record<string, Record<string, number>>;
  const constants = new Map<string, number>();
  for (const [name, group, member] of code.matchAll(/\b([A-Z]\w*?)_(\w+)/g)) {
    const value = all[group!]?.[member!];
    if (value !== undefined) constants.set(name, value);
  }
  return (
    [...constants]
      .map(([name, value]) => `const ${name} = ${value}u;`)
      .join("\n") + code
  );
}

/** Threads that share a row: a workgroup's, or one alone. */
export type Sharing = 64 | 1;

/** Operands a dispatch sees, as a uniform: two operations'. */
export const uniformOperands = 64;

const uniform = /* wgsl */ `
@group(0) @binding(1) var<uniform> operation: array<vec4<u32>, 16>;
fn operand(i: u32) -> u32 { return operation[i >> 2u][i & 3u]; }
fn number(i: u32) -> f32 { return bitcast<f32>(operand(i)); }
`;

const hash = /* wgsl */ `
fn mix32(y: u32) -> u32 {
  var x = y;
  x ^= x >> 16u; x *= 0x7feb352du;
  x ^= x >> 15u; x *= 0x846ca68bu;
  return x ^ (x >> 16u);
}
fn siteKey(site: u32) -> u32 { return mix32(header(Header_dropoutKey) + site * 0x9e3779b9u); }
/** The factor dropout gives element e. */
fn kept(e: u32, key: u32, threshold: u32, scale: f32) -> f32 {
  return select(0.0, scale, mix32(e ^ key) >= threshold);
}
fn kept4(e: u32, key: u32, threshold: u32, scale: f32) -> vec4<f32> {
  return vec4<f32>(kept(e, key, threshold, scale), kept(e + 1u, key, threshold, scale),
    kept(e + 2u, key, threshold, scale), kept(e + 3u, key, threshold, scale));
}
`;

/** Memory in fours of separate numbers: one may be written without touching its neighbours. */
export const quads =
  uniform +
  /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> memory: array<array<u32, 4>>;
/** The address that operand i is, in numbers of 4 bytes. */
fn place(i: u32) -> u32 { return operand(i) >> 2u; }
/** The same in fours of them. */
fn place4(i: u32) -> u32 { return operand(i) >> 4u; }
fn u(i: u32) -> u32 { return memory[i >> 2u][i & 3u]; }
fn putU(i: u32, x: u32) { memory[i >> 2u][i & 3u] = x; }
fn f(i: u32) -> f32 { return bitcast<f32>(memory[i >> 2u][i & 3u]); }
fn put(i: u32, x: f32) { memory[i >> 2u][i & 3u] = bitcast<u32>(x); }
fn f4(i: u32) -> vec4<f32> {
  return bitcast<vec4<f32>>(vec4<u32>(memory[i][0], memory[i][1], memory[i][2], memory[i][3]));
}
fn put4(i: u32, x: vec4<f32>) {
  let y = bitcast<vec4<u32>>(x);
  memory[i][0] = y.x; memory[i][1] = y.y; memory[i][2] = y.z; memory[i][3] = y.w;
}
fn header(i: u32) -> u32 { return memory[256u + (i >> 2u)][i & 3u]; }
fn headerFloat(i: u32) -> f32 { return bitcast<f32>(header(i)); }
fn putHeader(i: u32, x: f32) { memory[256u + (i >> 2u)][i & 3u] = bitcast<u32>(x); }
` +
  hash;

/** Memory as vectors of four, which only whole vectors are written to. */
export const vectors =
  uniform +
  /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> memory: array<vec4<u32>>;
fn place4(i: u32) -> u32 { return operand(i) >> 4u; }
fn u(i: u32) -> u32 { return memory[i >> 2u][i & 3u]; }
fn f4(i: u32) -> vec4<f32> { return bitcast<vec4<f32>>(memory[i]); }
fn put4(i: u32, x: vec4<f32>) { memory[i] = bitcast<vec4<u32>>(x); }
fn header(i: u32) -> u32 { return memory[256u + (i >> 2u)][i & 3u]; }
` +
  hash;

const tree = (name: string, combine: string) => /* wgsl */ `
/** Over the threads of a row, in a fixed order. */
fn ${name}(t: u32, x: f32) -> f32 {
  workgroupBarrier();
  gathered[t] = x;
  workgroupBarrier();
  for (var n = 32u; n > 0u; n >>= 1u) {
    if (t < n) { gathered[t] = ${combine}; }
    workgroupBarrier();
  }
  return gathered[0];
}`;

/** Rows of work in one workgroup when a thread has a row to itself. */
export const rowsAlone = 16;

/** A kernel that works row by row: `body` sees the row r, its thread t of W, and may add up over the row. */
export const rowKernel = (
  sharing: Sharing,
  body: string,
  functions = "",
): string =>
  named(
    quads +
      (sharing === 1
        ? /* wgsl */ `
fn sumRow(t: u32, x: f32) -> f32 { return x; }
fn maxRow(t: u32, x: f32) -> f32 { return x; }`
        : "var<workgroup> gathered: array<f32, 64>;" +
          tree("sumRow", "gathered[t] + gathered[t + n]") +
          tree("maxRow", "max(gathered[t], gathered[t + n])")) +
      functions +
      /* wgsl */ `
const W = ${sharing}u;
@compute @workgroup_size(${sharing === 1 ? rowsAlone : sharing})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) local: u32) {
  // Many rows are laid out as a grid of workgroups.
  let item = group.x + group.y * groups.x;
  let r = ${sharing === 1 ? `item * ${rowsAlone}u + local` : "item"};
  let t = ${sharing === 1 ? "0u" : "local"};
${body}
}`,
  );
