// Rows picked out of a matrix and put back, and memory set to zero: X [R, H] → [n, H],
// where the head reads only n of R rows. Gathering is linear, by a matrix with a
// single 1 in each row; its gradient is the product with the transpose, `scatter`.

import { Clear, Gather, Header, Scatter } from "./operands";
import { arg, argAt, barrier, header, next } from "./threads.wasm";

/** Out[i] = X[rows[i]] */
export function gather(op: usize): void {
  const n = load<i32>(argAt(op, Gather.rows));
  const ld = argAt(op, Gather.cols) << 2;
  for (let i = next(); i < n; i = next())
    memory.copy(
      argAt(op, Gather.out) + <usize>i * ld,
      argAt(op, Gather.x) +
        <usize>load<i32>(argAt(op, Gather.from) + ((<usize>i) << 2)) * ld,
      ld,
    );
  barrier();
}

/**
 * The way back: Out[rows[i]] += X[i], or, with mode 0, = X[i] and zero elsewhere. The
 * rows are distinct (each sequence's [CLS], masked tokens): no two units add to one.
 */
export function scatter(op: usize): void {
  const rows = load<i32>(argAt(op, Scatter.rows));
  const ld = argAt(op, Scatter.cols) << 2;
  const to = argAt(op, Scatter.out);
  const n = load<i32>(argAt(op, Scatter.count));
  const add = arg(op, Scatter.add);
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
    const x = argAt(op, Scatter.x) + <usize>i * ld;
    const y =
      to + <usize>load<i32>(argAt(op, Scatter.to) + ((<usize>i) << 2)) * ld;
    for (let j: usize = 0; j < ld; j += 16)
      v128.store(y + j, f32x4.add(v128.load(y + j), v128.load(x + j)));
  }
  barrier();
}

/** Clears a gradient that later operations add to, once per step. */
export function clear(op: usize): void {
  const count = arg(op, Clear.size);
  if (!header(Header.accumulate))
    for (let u = next(); u * 65536 < count; u = next())
      memory.fill(
        argAt(op, Clear.place) + ((<usize>u) << 18),
        0,
        (<usize>min(65536, count - u * 65536)) << 2,
      );
  barrier();
}
