// Matrix products: a layer, the gradient of its inputs, and that of its weights.

import { Activation, Epilogue, Form, Gemm } from "../../kernels/operands";
import { most, type Operation, type Place, type Size } from "../operations";
import type { Matrix, Recorder } from "../recorder";

/** out = a · weightᵀ, and what follows. */
export function linear(
  recorder: Recorder,
  label: string,
  a: Matrix,
  weight: Matrix,
  bias: Place,
  out: Matrix,
  then: {
    epilogue?: "bias" | "activation" | "residual" | "tanh";
    /** Slope of the activation, or the residual. */
    extra?: Matrix | null;
    /** The dropped copy of tanh. */
    dropped?: Matrix;
    site?: number;
  } = {},
): void {
  const drop = then.site === undefined ? null : recorder.drop;
  const extra = then.extra ?? null;
  const activation = {
    gelu: Activation.gelu,
    gelu_new: Activation.geluTanh,
    gelu_pytorch_tanh: Activation.geluTanh,
    relu: Activation.relu,
    silu: Activation.silu,
    swish: Activation.silu,
  }[recorder.config.hidden_act];
  gemm(
    recorder,
    label,
    "NT",
    a,
    weight,
    out,
    out.rows,
    out.cols,
    a.cols,
    {
      [Gemm.epilogue]: Epilogue[then.epilogue ?? "bias"],
      [Gemm.bias]: bias,
      [Gemm.extra]: extra,
      [Gemm.dropped]: then.dropped ?? null,
      [Gemm.site]: then.site ?? 0,
      [Gemm.threshold]: drop?.threshold ?? 0,
      [Gemm.scale]: { float: drop?.scale ?? 1 },
      [Gemm.keys]: recorder.keys(out.rows),
      [Gemm.activation]: activation,
    },
    then.epilogue === "residual" ? [bias, extra] : [bias],
    [then.dropped ?? null, then.epilogue === "activation" ? extra : null],
  );
}

/** dx = dy · weight, and what follows. */
export function linearBackward(
  recorder: Recorder,
  label: string,
  dy: Matrix,
  weight: Matrix,
  out: Matrix,
  then: {
    epilogue?: "none" | "multiply" | "add" | "tanhBackward";
    extra?: Matrix;
    site?: number;
  } = {},
): void {
  const drop = then.site === undefined ? null : recorder.drop;
  gemm(
    recorder,
    label,
    "NN",
    dy,
    weight,
    out,
    dy.rows,
    out.cols,
    dy.cols,
    {
      [Gemm.epilogue]: Epilogue[then.epilogue ?? "none"],
      [Gemm.extra]: then.extra ?? null,
      [Gemm.site]: then.site ?? 0,
      [Gemm.threshold]: drop?.threshold ?? 0,
      [Gemm.scale]: { float: drop?.scale ?? 1 },
      [Gemm.keys]: recorder.keys(dy.rows),
    },
    [then.extra ?? null],
    [],
  );
}

/** Gradients of the weight and bias of that name: dyᵀ · x and the sum of dy's rows. */
export function weightGradient(
  recorder: Recorder,
  label: string,
  dy: Matrix,
  x: Matrix,
  weight: string,
  bias: string,
): void {
  if (!recorder.learns(weight)) return;
  const to = {
    ...recorder.gradient(weight),
    rows: dy.cols,
    cols: x.cols,
    ld: x.cols,
  };
  const sums = recorder.gradient(bias);
  gemm(
    recorder,
    label,
    "TN",
    dy,
    x,
    to,
    dy.cols,
    x.cols,
    dy.rows,
    {
      [Gemm.bias]: sums,
      [Gemm.add]: 1,
    },
    [],
    [sums],
  );
}

export function gemm(
  recorder: Recorder,
  label: string,
  form: "NT" | "NN" | "TN",
  a: Matrix,
  b: Matrix,
  c: Matrix,
  m: Size,
  n: number,
  k: Size,
  operands: Operation["operands"],
  reads: (Place | null)[],
  writes: (Place | null)[],
): void {
  recorder.widest = Math.max(recorder.widest, n);
  recorder.push(
    "gemm",
    `${label} ${form} [${most(m)}×${n}×${most(k)}]`,
    {
      [Gemm.form]: Form[form],
      [Gemm.m]: { size: m },
      [Gemm.n]: n,
      [Gemm.k]: { size: k },
      [Gemm.a]: a,
      [Gemm.lda]: a.ld,
      [Gemm.b]: b,
      [Gemm.ldb]: b.ld,
      [Gemm.c]: c,
      [Gemm.ldc]: c.ld,
      ...operands,
    },
    [a, b, ...reads],
    [c, ...writes],
    2 * most(m) * n * most(k),
  );
}
