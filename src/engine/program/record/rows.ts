// Rows taken from a matrix, and put back.

import { Gather, Scatter } from "../../kernels/operands";
import type { Count, Place } from "../operations";
import type { Matrix, Recorder } from "../recorder";

export function gather(
  recorder: Recorder,
  x: Matrix,
  rows: Place,
  count: Count,
  name: string,
): Matrix {
  const out = recorder.matrix(name, count, x.cols);
  recorder.push(
    "gather",
    name,
    {
      [Gather.rows]: { size: count },
      [Gather.cols]: x.cols,
      [Gather.x]: x,
      [Gather.out]: out,
      [Gather.from]: rows,
    },
    [x],
    [out],
    0,
  );
  return out;
}

export function scatter(
  recorder: Recorder,
  x: Matrix,
  to: Matrix,
  rows: Place,
  add: boolean,
): void {
  recorder.push(
    "scatter",
    add ? "add to the rows" : "spread to the rows",
    {
      [Scatter.rows]: { size: to.rows },
      [Scatter.cols]: x.cols,
      [Scatter.x]: x,
      [Scatter.out]: to,
      [Scatter.to]: rows,
      [Scatter.count]: { size: x.rows },
      [Scatter.add]: add ? 1 : 0,
    },
    add ? [x, to] : [x],
    [to],
    0,
  );
}
