// On webgpu: products over strided heads, and the softmax by rows, one invocation
// each. (tfjs-webgpu's own softmax writes out of bounds above 65,535 rows.)

import * as tf from "@tensorflow/tfjs";
import type { GradSaveFunc } from "@tensorflow/tfjs-core";
import { dropout } from "../dropout";
import { gemm } from "../gemm";
import { run } from "../gpu";
import type { Site } from "../hash";
import { scaleOf, type Rows, type Shape } from "./shape";

export function attendOnGpu(
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

export function probabilitiesOnGpu(
  q: Rows,
  k: Rows,
  shape: Shape,
): tf.Tensor4D {
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
