// Matrix products for the GPU, with what follows each (bias, activation, dropout,
// residual …) done while C is in registers, and a bias gradient's column sums in
// the pass over A. NT: C = A Bᵀ with A [m,k], B [n,k]; NN: C = A B with A [m,k],
// B [k,n]; TN: C = Aᵀ B with A [k,m], B [k,n]. All memory is read in vectors of
// four along whatever lies contiguous, and four steps of k are taken at a time:
// with a₀…a₃ and b₀…b₃ along k, every form is c += a·b.
//
// The surprise: tiles in shared memory, which a real GPU wants, are what a GPU in
// software wants least; there a thread keeps a tile of C in registers and reads A
// and B directly. Hence several tiles, of which the tuner takes the fastest.
//
// A thread whose rows or columns lie beyond the end reads the last ones again and
// writes nothing. Beyond k, A counts as zero.

import { direct } from "./gemm/direct.wgsl";
import { epilogue } from "./gemm/epilogue.wgsl";
import { depth, shared } from "./gemm/shared.wgsl";
import type { Form, Tile } from "./gemm/tiles";
import { named, uniformOperands, vectors } from "./prelude.wgsl";

/**
 * One product; or two that do not wait for each other, NN and then TN (a layer's
 * dx and dW), so that a small one does not leave the GPU idle. The second one's
 * operands follow the first one's, and its workgroups follow too.
 */
export function gemmShader(forms: Form[], [first, second]: Tile[]): string {
  const used = [first!, second ?? first!];
  const size = (of: (tile: Tile) => number) =>
    Math.max(...used.map(of)) * depth;
  /** Where the second one's operands begin. */
  const next = uniformOperands / 2;
  return named(
    vectors +
      epilogue +
      (first!.shared
        ? /* wgsl */ `
var<workgroup> tileA: array<f32, ${size((t) => t.rows * t.down)}>;
var<workgroup> tileB: array<f32, ${size((t) => t.columns * t.across)}>;`
        : "") +
      forms
        .map((form, i) => (first!.shared ? shared : direct)(form, used[i]!))
        .join("") +
      /* wgsl */ `
@compute @workgroup_size(${first!.down * first!.across})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
        @builtin(local_invocation_index) t: u32) {
  let item = group.x + group.y * groups.x;
  ${
    forms.length === 1
      ? `if (item >= ${groupsOf(first!, 0)}) { return; }
  product${forms[0]}(0u, item, t);`
      : `let before = ${groupsOf(used[0]!, 0)};
  if (item < before) { product${forms[0]}(0u, item, t); }
  else if (item - before < ${groupsOf(used[1]!, next)}) { product${forms[1]}(${next}u, item - before, t); }`
  }
}`,
  );
}
const groupsOf = ({ rows, down, columns, across }: Tile, o: number): string =>
  `((operand(${o}u + Gemm_m) + ${rows * down - 1}u) / ${rows * down}u) * ((operand(${o}u + Gemm_n) + ${columns * across - 1}u) / ${columns * across}u)`;
