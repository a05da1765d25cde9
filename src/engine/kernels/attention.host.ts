// attention.ts on the host: one text and head at a time, in scratch memory, real
// tokens only.

import * as tf from "@tensorflow/tfjs";
import type { GradSaveFunc } from "@tensorflow/tfjs-core";
import { bitsAt, thresholdOf, type Site } from "./hash";
import { output, view } from "./host";
import type { Rows, Shape } from "./attention";

export function probabilitiesOnHost(
  q: Rows,
  k: Rows,
  shape: Shape,
): tf.Tensor4D {
  const { texts, heads, queries, tokens } = shape;
  const p = output<tf.Rank.R4>([texts, heads, queries, tokens]);
  const to = view(p);
  eachHead(q, k, shape, (scratch, at, keys, rows) => {
    for (let i = 0; i < rows; i++) {
      const row = at + i * tokens;
      to.fill(0, row + keys, row + tokens);
      for (let j = 0; j < keys; j++) to[row + j] = scratch.p[i * keys + j]!;
    }
  });
  return p;
}

/** Doubles, because JavaScript computes in doubles: no conversions in the inner loop. */
class Scratch {
  p: Float64Array;
  q: Float64Array;
  k: Float64Array;
  a: Float64Array;
  b: Float64Array;
  c: Float64Array;
  constructor(queries: number, tokens: number, d: number) {
    this.p = new Float64Array(queries * tokens);
    this.a = new Float64Array(queries * tokens);
    this.q = new Float64Array(queries * d);
    this.k = new Float64Array(tokens * d);
    this.b = new Float64Array(Math.max(queries, tokens) * d);
    this.c = new Float64Array(Math.max(queries, tokens) * d);
  }
}

/** Computes P of each text and head into `scratch.p` [rows, keys] and hands it on; `at` is its place in [B, A, U, T]. */
function eachHead(
  q: Rows,
  k: Rows,
  shape: Shape,
  use: (
    scratch: Scratch,
    at: number,
    keys: number,
    rows: number,
    b: number,
    h: number,
  ) => void,
): void {
  const { texts, heads, queries, tokens, lengths, padded } = shape;
  const width = q.shape[1];
  const d = width / heads;
  const scale = 1 / Math.sqrt(d);
  const [qv, kv] = [view(q), view(k)];
  const scratch = new Scratch(queries, tokens, d);
  for (let b = 0; b < texts; b++) {
    const keys = lengths[b]!;
    const rows = padded ? queries : Math.min(queries, keys);
    for (let h = 0; h < heads; h++) {
      gather(qv, b * queries * width + h * d, width, scratch.q, rows, d, scale);
      gather(kv, b * tokens * width + h * d, width, scratch.k, keys, d, 1);
      dots(scratch.q, scratch.k, scratch.p, rows, keys, d);
      softmaxRows(scratch.p, rows, keys);
      use(scratch, (b * heads + h) * queries * tokens, keys, rows, b, h);
    }
  }
}

export function attendOnHost(
  q: Rows,
  k: Rows,
  v: Rows,
  shape: Shape,
  site: Site | null,
): Rows {
  const { texts, heads, queries, tokens, lengths, padded } = shape;
  const width = q.shape[1];
  const d = width / heads;
  const dropped = site !== null && site.rate > 0;
  const { keyA, keyB } = site ?? { keyA: 0, keyB: 0 };
  const threshold = thresholdOf(site?.rate ?? 0);
  const keep = 1 / (1 - (site?.rate ?? 0));

  return tf.customGrad((a, b, c, save) => {
    const [q, k, v] = [a, b, c] as [Rows, Rows, Rows];
    const result = output<tf.Rank.R2>([texts * queries, width]);
    const kept = output<tf.Rank.R4>([texts, heads, queries, tokens]);
    const [vv, to, pv] = [view(v), view(result), view(kept)];
    to.fill(0);
    eachHead(q, k, shape, (scratch, at, keys, rows, b, h) => {
      const { p } = scratch;
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < keys; j++) {
          const element = at + i * tokens + j;
          pv[element] = p[i * keys + j]!;
          if (dropped)
            p[i * keys + j]! *=
              bitsAt(element, keyA, keyB) >= threshold ? keep : 0;
        }
      // O = P̃ V as dots with Vᵀ
      gatherTransposed(
        vv,
        b * tokens * width + h * d,
        width,
        scratch.b,
        keys,
        d,
      );
      dots(p, scratch.b, scratch.c, rows, d, keys);
      scatter(scratch.c, to, b * queries * width + h * d, width, rows, d);
    });
    (save as GradSaveFunc)([q, k, v, kept]);

    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [q, k, v, kept] = saved as [Rows, Rows, Rows, tf.Tensor4D];
      const dq = output<tf.Rank.R2>(q.shape);
      const dk = output<tf.Rank.R2>(k.shape);
      const dv = output<tf.Rank.R2>(v.shape);
      const [qs, ks, vs, ps, os] = [q, k, v, kept, dy].map(view) as Views;
      const [toQ, toK, toV] = [view(dq), view(dk), view(dv)];
      toQ.fill(0);
      toK.fill(0);
      toV.fill(0);
      const s = new Scratch(queries, tokens, d);
      const scale = 1 / Math.sqrt(d);
      for (let b = 0; b < texts; b++) {
        const keys = lengths[b]!;
        const rows = padded ? queries : Math.min(queries, keys);
        for (let h = 0; h < heads; h++) {
          const atQ = b * queries * width + h * d;
          const atK = b * tokens * width + h * d;
          const at = (b * heads + h) * queries * tokens;
          // dP̃ = dO Vᵀ
          gather(os, atQ, width, s.q, rows, d, 1);
          gather(vs, atK, width, s.k, keys, d, 1);
          dots(s.q, s.k, s.a, rows, keys, d);
          // P̃ transposed into p, dS into a
          for (let i = 0; i < rows; i++) {
            let along = 0;
            for (let j = 0; j < keys; j++) {
              const element = at + i * tokens + j;
              const p = ps[element]!;
              const mask = dropped
                ? bitsAt(element, keyA, keyB) >= threshold
                  ? keep
                  : 0
                : 1;
              s.p[j * rows + i] = p * mask;
              const dp = s.a[i * keys + j]! * mask;
              s.a[i * keys + j] = dp;
              along += dp * p;
            }
            for (let j = 0; j < keys; j++)
              s.a[i * keys + j] =
                ps[at + i * tokens + j]! * (s.a[i * keys + j]! - along) * scale;
          }
          // dV = P̃ᵀ dO
          gatherTransposed(os, atQ, width, s.b, rows, d);
          dots(s.p, s.b, s.c, keys, d, rows);
          scatter(s.c, toV, atK, width, keys, d);
          // dQ = dS K
          gatherTransposed(ks, atK, width, s.b, keys, d);
          dots(s.a, s.b, s.c, rows, d, keys);
          scatter(s.c, toQ, atQ, width, rows, d);
          // dK = dSᵀ Q
          for (let i = 0; i < rows; i++)
            for (let j = 0; j < keys; j++)
              s.p[j * rows + i] = s.a[i * keys + j]!;
          gatherTransposed(qs, atQ, width, s.b, rows, d);
          dots(s.p, s.b, s.c, keys, d, rows);
          scatter(s.c, toK, atK, width, keys, d);
        }
      }
      return [dq, dk, dv];
    };
    return { value: result, gradFunc };
  })(q, k, v) as Rows;
}

type Views = [
  Float32Array,
  Float32Array,
  Float32Array,
  Float32Array,
  Float32Array,
];

/** One head's columns: to [rows, d], times `by`. */
function gather(
  from: Float32Array,
  at: number,
  stride: number,
  to: Float64Array,
  rows: number,
  d: number,
  by: number,
): void {
  for (let r = 0, o = 0; r < rows; r++, at += stride)
    for (let c = 0; c < d; c++) to[o++] = from[at + c]! * by;
}

/** One head's columns, turned: to [d, rows]. */
function gatherTransposed(
  from: Float32Array,
  at: number,
  stride: number,
  to: Float64Array,
  rows: number,
  d: number,
): void {
  for (let r = 0; r < rows; r++, at += stride)
    for (let c = 0; c < d; c++) to[c * rows + r] = from[at + c]!;
}

function scatter(
  from: Float64Array,
  to: Float32Array,
  at: number,
  stride: number,
  rows: number,
  d: number,
): void {
  for (let r = 0, o = 0; r < rows; r++, at += stride)
    for (let c = 0; c < d; c++) to[at + c] = from[o++]!;
}

function softmaxRows(p: Float64Array, rows: number, keys: number): void {
  for (let i = 0, at = 0; i < rows; i++, at += keys) {
    let highest = -Infinity;
    for (let j = 0; j < keys; j++) highest = Math.max(highest, p[at + j]!);
    let sum = 0;
    for (let j = 0; j < keys; j++)
      sum += p[at + j] = Math.exp(p[at + j]! - highest);
    for (let j = 0; j < keys; j++) p[at + j]! /= sum;
  }
}

/** to [n, m] = a [n, d] · b [m, d]ᵀ, in blocks of 2 × 4 sums. */
function dots(
  a: Float64Array,
  b: Float64Array,
  to: Float64Array,
  n: number,
  m: number,
  d: number,
): void {
  let i = 0;
  for (; i + 1 < n; i += 2) {
    const a0 = i * d;
    const a1 = a0 + d;
    let j = 0;
    for (; j + 3 < m; j += 4) {
      const b0 = j * d;
      const b1 = b0 + d;
      const b2 = b1 + d;
      const b3 = b2 + d;
      let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
      for (let x = 0; x < d; x++) {
        const u = a[a0 + x]!;
        const w = a[a1 + x]!;
        const y0 = b[b0 + x]!;
        const y1 = b[b1 + x]!;
        const y2 = b[b2 + x]!;
        const y3 = b[b3 + x]!;
        s00 += u * y0;
        s01 += u * y1;
        s02 += u * y2;
        s03 += u * y3;
        s10 += w * y0;
        s11 += w * y1;
        s12 += w * y2;
        s13 += w * y3;
      }
      const o = i * m + j;
      to[o] = s00;
      to[o + 1] = s01;
      to[o + 2] = s02;
      to[o + 3] = s03;
      to[o + m] = s10;
      to[o + m + 1] = s11;
      to[o + m + 2] = s12;
      to[o + m + 3] = s13;
    }
    for (; j < m; j++) {
      to[i * m + j] = dot(a, a0, b, j * d, d);
      to[(i + 1) * m + j] = dot(a, a1, b, j * d, d);
    }
  }
  for (; i < n; i++)
    for (let j = 0; j < m; j++) to[i * m + j] = dot(a, i * d, b, j * d, d);
}

function dot(
  a: Float64Array,
  at: number,
  b: Float64Array,
  bt: number,
  d: number,
): number {
  let sum = 0;
  for (let x = 0; x < d; x++) sum += a[at + x]! * b[bt + x]!;
  return sum;
}
