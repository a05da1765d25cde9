// Attention, which keeps no probabilities; its gradient; and an operation that
// writes the probabilities of the one sequence somebody watches.

import { Attention } from "../../kernels/operands";
import type { Operation, Place } from "../operations";
import type { Matrix, Recorder } from "../recorder";

export interface Attended {
  q: Matrix;
  k: Matrix;
  v: Matrix;
  out: Matrix | null;
  lse: Matrix | null;
  /** One query per sequence, its [CLS]. */
  single: boolean;
  site: number;
}

function attentionOperands(
  recorder: Recorder,
  a: Attended,
): Operation["operands"] {
  const drop = recorder.drop;
  const d = recorder.config.hidden_size / recorder.config.num_attention_heads;
  return {
    [Attention.sequences]: { size: recorder.sequences },
    [Attention.heads]: recorder.config.num_attention_heads,
    [Attention.features]: d,
    [Attention.q]: a.q,
    [Attention.ldq]: a.q.ld,
    [Attention.k]: a.k,
    [Attention.v]: a.v,
    [Attention.ldk]: a.k.ld,
    [Attention.out]: a.out,
    [Attention.ldout]: a.out?.ld ?? 0,
    [Attention.lse]: a.lse,
    [Attention.cls]: recorder.table("cls"),
    [Attention.lengths]: recorder.table("lengths"),
    [Attention.single]: a.single ? 1 : 0,
    [Attention.site]: a.site,
    [Attention.threshold]: drop?.threshold ?? 0,
    [Attention.keepScale]: { float: drop?.scale ?? 1 },
    [Attention.scale]: { float: 1 / Math.sqrt(d) },
    [Attention.keys]: recorder.table("rowKeys"),
  };
}

function attentionFlops(recorder: Recorder, a: Attended): number {
  const queries = a.single
    ? recorder.capacity.sequences
    : recorder.capacity.tokens;
  return 4 * queries * recorder.capacity.length * recorder.config.hidden_size;
}

export function attention(recorder: Recorder, a: Attended): void {
  recorder.push(
    "attention",
    "attention",
    attentionOperands(recorder, a),
    [a.q, a.k, a.v],
    [a.out, a.lse],
    attentionFlops(recorder, a),
  );
}

/** Writes [heads, T, T] of the first sequence. */
export function watch(recorder: Recorder, a: Attended, to: Place): void {
  recorder.push(
    "attention",
    "attention probabilities of the first sequence",
    {
      ...attentionOperands(recorder, a),
      [Attention.out]: null,
      [Attention.lse]: null,
      [Attention.threshold]: 0,
      [Attention.probabilities]: to,
    },
    [a.q, a.k],
    [to],
    2 * recorder.capacity.length ** 2 * recorder.config.hidden_size,
  );
}

export function attentionBackward(
  recorder: Recorder,
  a: Attended,
  dOut: Matrix,
  dq: Matrix,
  dk: Matrix,
  dv: Matrix,
): void {
  recorder.push(
    "attentionBackward",
    "attention backward",
    {
      ...attentionOperands(recorder, a),
      [Attention.dOut]: dOut,
      [Attention.dq]: dq,
      [Attention.lddq]: dq.ld,
      [Attention.dk]: dk,
      [Attention.dv]: dv,
      [Attention.lddk]: dk.ld,
    },
    [a.q, a.k, a.v, a.out, a.lse, dOut],
    [dq, dk, dv],
    2.5 * attentionFlops(recorder, a),
  );
}
