// Rows picked out of a matrix and put back, and memory set to zero.

import { arg, argAt, barrier, header, next } from "./threads.wasm";

/** Out[i] = X[rows[i]] */
export function gather(op: usize): void {
  const n = load<i32>(argAt(op, 1));
  const ld = argAt(op, 2) << 2;
  for (let i = next(); i < n; i = next())
    memory.copy(
      argAt(op, 4) + <usize>i * ld,
      argAt(op, 3) + <usize>load<i32>(argAt(op, 5) + ((<usize>i) << 2)) * ld,
      ld,
    );
  barrier();
}

/** The way back: Out[rows[i]] += X[i], or, with mode 0, = X[i] and zero elsewhere. */
export function scatter(op: usize): void {
  const rows = load<i32>(argAt(op, 1));
  const ld = argAt(op, 2) << 2;
  const to = argAt(op, 4);
  const n = load<i32>(argAt(op, 6));
  const add = arg(op, 7);
  if (!add) {
    for (let u = next(); u * 32 < rows; u = next())
      memory.fill(
        to + <usize>(u * 32) * ld,
        0,
        <usize>min(32, rows - u * 32) * ld,
      );
    barrier();
  }
  for (let i = next(); i < n; i = next()) {
    const x = argAt(op, 3) + <usize>i * ld;
    const y = to + <usize>load<i32>(argAt(op, 5) + ((<usize>i) << 2)) * ld;
    for (let j: usize = 0; j < ld; j += 16)
      v128.store(y + j, f32x4.add(v128.load(y + j), v128.load(x + j)));
  }
  barrier();
}

/** Clears a gradient that later operations add to, once per step. */
export function clear(op: usize): void {
  const count = arg(op, 2);
  if (!header(6))
    for (let u = next(); u * 65536 < count; u = next())
      memory.fill(
        argAt(op, 1) + ((<usize>u) << 18),
        0,
        (<usize>min(65536, count - u * 65536)) << 2,
      );
  barrier();
}
