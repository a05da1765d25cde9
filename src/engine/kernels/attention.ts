// Scaled dot-product attention with A heads of d = H / A, over B texts whose
// first lengths[b] of T positions are real:
//   S = Q Kᵀ / √d, keys beyond the length left out;  P = softmax(S) over keys
//   P̃ = P ∘ mask / (1 − rate) (dropout),  O = P̃ V
// Backward:
//   dV = P̃ᵀ dO,  dP = (dO Vᵀ) ∘ mask / (1 − rate)
//   dS = P ∘ (dP − Σ over keys of dP ∘ P) / √d,  dQ = dS K,  dK = dSᵀ Q
// Q is [B·U, H] with U queries a text (U = T, or 1 where only [CLS] is wanted),
// K and V are [B·T, H], O is [B·U, H]; P is [B, A, U, T].

import * as tf from "@tensorflow/tfjs";
import type { GradSaveFunc } from "@tensorflow/tfjs-core";
import { dropout, dropoutPlain } from "./dropout";
import { gemm } from "./gemm";
import { onGpu, run } from "./gpu";
import { bitsAt, thresholdOf, type Site } from "./hash";
import { onHost, output, view } from "./host";

export interface Shape {
  /** B */
  texts: number;
  /** U */
  queries: number;
  /** T */
  tokens: number;
  /** A */
  heads: number;
  /** [B] */
  lengths: Int32Array;
  /** Work out padded queries too: only people look at them, no key does. */
  padded: boolean;
}

type Rows = tf.Tensor2D;

/** O; unless `shape.padded`, padded queries may be left at 0. */
export function attend(
  q: Rows,
  k: Rows,
  v: Rows,
  shape: Shape,
  site: Site | null,
): Rows {
  if (onHost()) return attendOnHost(q, k, v, shape, site);
  if (onGpu()) return attendOnGpu(q, k, v, shape, site);
  return attendPlain(q, k, v, shape, site);
}

/** The plain version. */
export function attendPlain(
  q: Rows,
  k: Rows,
  v: Rows,
  shape: Shape,
  site: Site | null,
): Rows {
  const p = softmaxPlain(scoresOf(q, k, shape), scaleOf(q, shape), shape);
  return contextOf(site && site.rate > 0 ? dropoutPlain(p, site) : p, v, shape);
}

/** P, padded queries included, for people to look at. No gradient. */
export function probabilities(q: Rows, k: Rows, shape: Shape): tf.Tensor4D {
  if (onGpu()) return probabilitiesOnGpu(q, k, shape);
  if (!onHost())
    return softmaxPlain(scoresOf(q, k, shape), scaleOf(q, shape), shape);
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

const scaleOf = (q: Rows, { heads }: Shape) =>
  1 / Math.sqrt(q.shape[1] / heads);

/** [B·n, H] → [B, A, n, d] */
function splitHeads(x: Rows, rows: number, { texts, heads }: Shape) {
  const d = x.shape[1] / heads;
  return tf.transpose(tf.reshape(x, [texts, rows, heads, d]), [0, 2, 1, 3]);
}

/** Q Kᵀ [B, A, U, T], not yet scaled. */
function scoresOf(q: Rows, k: Rows, shape: Shape): tf.Tensor4D {
  return tf.matMul(
    splitHeads(q, shape.queries, shape),
    splitHeads(k, shape.tokens, shape),
    false,
    true,
  ) as tf.Tensor4D;
}

/** P V, heads side by side again: [B·U, H]. */
function contextOf(p: tf.Tensor4D, v: Rows, shape: Shape): Rows {
  const context = tf.matMul(p, splitHeads(v, shape.tokens, shape));
  return tf.reshape(tf.transpose(context, [0, 2, 1, 3]), [
    shape.texts * shape.queries,
    v.shape[1],
  ]);
}

function softmaxPlain(
  scores: tf.Tensor4D,
  scale: number,
  { texts, tokens, lengths }: Shape,
): tf.Tensor4D {
  // Large and finite: shaders may assume that there is no infinity.
  const bias = new Float32Array(texts * tokens);
  for (let b = 0; b < texts; b++)
    bias.fill(-1e9, b * tokens + lengths[b]!, (b + 1) * tokens);
  return tf.softmax(
    tf.add(tf.mul(scores, scale), tf.tensor4d(bias, [texts, 1, 1, tokens])),
  );
}

// On webgpu: products over strided heads, and the softmax by rows, one invocation
// each. (tfjs-webgpu's own softmax writes out of bounds above 65,535 rows.)

function attendOnGpu(
  q: Rows,
  k: Rows,
  v: Rows,
  shape: Shape,
  site: Site | null,
): Rows {
  const { texts, queries, tokens, heads } = shape;
  const width = q.shape[1];
  const d = width / heads;
  // One head of the rows of one text, and one text and head of P.
  const byQuery = { rows: width, outer: queries * width, inner: d, columns: 1 };
  const byKey = { rows: width, outer: tokens * width, inner: d, columns: 1 };
  const ofP = {
    rows: tokens,
    columns: 1,
    outer: heads * queries * tokens,
    inner: queries * tokens,
  };
  const turned = (s: typeof ofP) => ({
    ...s,
    rows: s.columns,
    columns: s.rows,
  });
  const batch = { outer: texts, inner: heads };
  const shapeOfP = [texts, heads, queries, tokens];

  return tf.customGrad((a, b, c, save) => {
    const [q, k, v] = [a, b, c] as [Rows, Rows, Rows];
    const p = probabilitiesOnGpu(q, k, shape);
    (save as GradSaveFunc)([q, k, v, p]);
    // O = P̃ V
    const value = gemm(
      dropout(p, site),
      v,
      { ...batch, m: queries, n: d, k: tokens, a: ofP, b: byKey, c: byQuery },
      q.shape,
    );
    const gradFunc = (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [q, k, v, p] = saved as [Rows, Rows, Rows, tf.Tensor4D];
      const inner = { ...batch, m: queries, n: tokens, k: d };
      const dp = dropout(
        gemm(
          dy,
          v,
          { ...inner, a: byQuery, b: turned(byKey), c: ofP },
          shapeOfP,
        ),
        site,
      );
      const ds = softmaxGradientOnGpu(dp, p, scaleOf(q, shape));
      const toKeys = { ...batch, m: tokens, n: d, k: queries, c: byKey };
      return [
        // dQ = dS K
        gemm(
          ds,
          k,
          {
            ...batch,
            m: queries,
            n: d,
            k: tokens,
            a: ofP,
            b: byKey,
            c: byQuery,
          },
          q.shape,
        ),
        // dK = dSᵀ Q
        gemm(ds, q, { ...toKeys, a: turned(ofP), b: byQuery }, k.shape),
        // dV = P̃ᵀ dO
        gemm(
          dropout(p, site),
          dy,
          { ...toKeys, a: turned(ofP), b: byQuery },
          v.shape,
        ),
      ];
    };
    return { value, gradFunc };
  })(q, k, v) as Rows;
}

function probabilitiesOnGpu(q: Rows, k: Rows, shape: Shape): tf.Tensor4D {
  const { texts, queries, tokens, heads, lengths } = shape;
  const width = q.shape[1];
  const d = width / heads;
  const dims = [texts, heads, queries, tokens];
  return tf.tidy(() => {
    const scores = gemm(
      q,
      k,
      {
        ...{ outer: texts, inner: heads, m: queries, n: tokens, k: d },
        a: { rows: width, columns: 1, outer: queries * width, inner: d },
        b: { rows: 1, columns: width, outer: tokens * width, inner: d },
        c: {
          ...{ rows: tokens, columns: 1, inner: queries * tokens },
          outer: heads * queries * tokens,
        },
      },
      dims,
    );
    return run<tf.Rank.R4>(
      {
        key: "maskedSoftmax",
        inputs: ["scores", "lengths"],
        uniforms: [
          { name: "tokens", type: "i32", value: tokens },
          { name: "perText", type: "i32", value: heads * queries },
          { name: "by", type: "f32", value: scaleOf(q, shape) },
        ],
        items: texts * heads * queries,
        code: /* wgsl */ `
          let at = index * uniforms.tokens;
          let keys = lengths[index / uniforms.perText];
          var highest = -3.0e38;
          for (var j = 0; j < keys; j++) { highest = max(highest, scores[at + j]); }
          var sum = 0.0;
          for (var j = 0; j < keys; j++) {
            let e = exp((scores[at + j] - highest) * uniforms.by);
            result[at + j] = e;
            sum += e;
          }
          for (var j = 0; j < keys; j++) { result[at + j] = result[at + j] / sum; }
          for (var j = keys; j < uniforms.tokens; j++) { result[at + j] = 0.0; }`,
      },
      [scores, tf.tensor1d(lengths, "int32")],
      dims,
    );
  });
}

/** dS = P ∘ (dP − Σ dP ∘ P) · scale */
function softmaxGradientOnGpu(
  dp: tf.Tensor,
  p: tf.Tensor4D,
  scale: number,
): tf.Tensor4D {
  const [texts, heads, queries, tokens] = p.shape;
  return run<tf.Rank.R4>(
    {
      key: "softmaxGradient",
      inputs: ["dp", "p"],
      uniforms: [
        { name: "tokens", type: "i32", value: tokens },
        { name: "by", type: "f32", value: scale },
      ],
      items: texts * heads * queries,
      code: /* wgsl */ `
        let at = index * uniforms.tokens;
        var along = 0.0;
        for (var j = 0; j < uniforms.tokens; j++) { along += dp[at + j] * p[at + j]; }
        for (var j = 0; j < uniforms.tokens; j++) {
          result[at + j] = p[at + j] * (dp[at + j] - along) * uniforms.by;
        }`,
    },
    [dp, p],
    p.shape,
  );
}

// On the host: one text and head at a time, in scratch memory, real tokens only.

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
  const scale = scaleOf(q, shape);
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

function attendOnHost(
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
      const scale = scaleOf(q, shape);
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
