// One layer of the encoder, forward and back. B sequences of R rows in all; H hidden,
// I intermediate features.

import { layerNames } from "../parameters";
import type { Place } from "./operations";
import {
  type Attended,
  attention,
  attentionBackward,
  watch,
} from "./record/attention";
import { norm, normBackward } from "./record/norm";
import { linear, linearBackward, weightGradient } from "./record/products";
import { gather, scatter } from "./record/rows";
import { type Matrix, type NormState, type Recorder, sites } from "./recorder";

/**
 * x [R, H] → [R, H], or [B, H] where the layer works out [CLS] alone. `backward` takes
 * the gradient of that and gives the gradient of x, null where nobody goes `further`.
 */
export function recordLayer(
  recorder: Recorder,
  i: number,
  x: Matrix,
  clsOnly: boolean,
  probabilities: Place | null,
): {
  x: Matrix;
  backward: (dx: Matrix, further: boolean) => Matrix | null;
} {
  const { config, rows, sequences, goesBack } = recorder;
  const H = config.hidden_size;
  const I = config.intermediate_size;
  const names = layerNames(i);
  const part = `layer ${i}`;
  recorder.part(part);
  const dropSite = { site: sites.attentionOutput(i) };

  // Query, key and value touch in memory, weights and biases alike.
  const wide = (from: "query" | "key", n: number): Matrix => ({
    ...recorder.weight(`${names[from]}.weight`),
    rows: n * H,
  });
  const slice = (matrix: Matrix, n: number): Matrix => ({
    ...matrix,
    offset: matrix.offset + n * H,
    cols: H,
  });
  const count = clsOnly ? sequences : rows;
  let xq = x;
  let q: Matrix, k: Matrix, v: Matrix, qkv: Matrix;
  if (clsOnly) {
    qkv = recorder.matrix("k, v", rows, 2 * H);
    linear(
      recorder,
      "k, v",
      x,
      wide("key", 2),
      recorder.weight(`${names.key}.bias`),
      qkv,
    );
    xq = gather(recorder, x, recorder.table("cls"), sequences, "[CLS] rows");
    q = recorder.matrix("q", sequences, H);
    linear(
      recorder,
      "q",
      xq,
      recorder.weight(`${names.query}.weight`),
      recorder.weight(`${names.query}.bias`),
      q,
    );
    [k, v] = [slice(qkv, 0), slice(qkv, 1)];
  } else {
    qkv = recorder.matrix("q, k, v", rows, 3 * H);
    linear(
      recorder,
      "q, k, v",
      x,
      wide("query", 3),
      recorder.weight(`${names.query}.bias`),
      qkv,
    );
    [q, k, v] = [slice(qkv, 0), slice(qkv, 1), slice(qkv, 2)];
  }
  const context = recorder.matrix("context", count, H);
  const attended: Attended = {
    q,
    k,
    v,
    out: context,
    lse: recorder.matrix("log Σ exp", count, config.num_attention_heads),
    single: clsOnly,
    site: sites.attention(i),
  };
  if (probabilities) watch(recorder, attended, probabilities);
  attention(recorder, attended);

  const dense = names.attended;
  const s1 = recorder.matrix("attention + input", count, H);
  linear(
    recorder,
    "attention output",
    context,
    recorder.weight(`${dense}.weight`),
    recorder.weight(`${dense}.bias`),
    s1,
    { epilogue: "residual", extra: xq, ...dropSite },
  );
  const h = recorder.matrix("attention normed", count, H);
  const norm1: NormState = norm(recorder, names.attendedNorm, s1, h);

  const { up, down } = names;
  const g = recorder.matrix("activation", count, I);
  const slope = goesBack ? recorder.matrix("slope", count, I) : null;
  linear(
    recorder,
    "intermediate",
    h,
    recorder.weight(`${up}.weight`),
    recorder.weight(`${up}.bias`),
    g,
    { epilogue: "activation", extra: slope },
  );
  const s2 = recorder.matrix("output + input", count, H);
  linear(
    recorder,
    "output",
    g,
    recorder.weight(`${down}.weight`),
    recorder.weight(`${down}.bias`),
    s2,
    { epilogue: "residual", extra: h, site: sites.output(i) },
  );
  const y = recorder.matrix("output", count, H);
  // What reads every token's output wants it dropped; [CLS] goes to the pooler as it is.
  const last = i === config.num_hidden_layers - 1;
  const site = last && recorder.job.kind === "tokens" ? sites.head : undefined;
  const norm2 = norm(recorder, names.norm, s2, y, site);

  const backward = (dy: Matrix, further: boolean): Matrix | null => {
    recorder.part(part);
    const { dx: ds2, dz: dz2 } = normBackward(recorder, norm2, dy, {
      before: site,
      after: sites.output(i),
    });
    const du = recorder.matrix("d activation", count, I);
    linearBackward(
      recorder,
      "dx output",
      dz2,
      recorder.weight(`${down}.weight`),
      du,
      {
        epilogue: "multiply",
        extra: slope!,
      },
    );
    weightGradient(
      recorder,
      "dW output",
      dz2,
      g,
      `${down}.weight`,
      `${down}.bias`,
    );
    const dh = recorder.matrix("d attention normed", count, H);
    linearBackward(
      recorder,
      "dx intermediate",
      du,
      recorder.weight(`${up}.weight`),
      dh,
      {
        epilogue: "add",
        extra: ds2,
      },
    );
    weightGradient(
      recorder,
      "dW intermediate",
      du,
      h,
      `${up}.weight`,
      `${up}.bias`,
    );
    const { dx: ds1, dz: dz1 } = normBackward(recorder, norm1, dh, {
      after: sites.attentionOutput(i),
    });
    const dContext = recorder.matrix("d context", count, H);
    linearBackward(
      recorder,
      "dx attention output",
      dz1,
      recorder.weight(`${dense}.weight`),
      dContext,
    );
    weightGradient(
      recorder,
      "dW attention output",
      dz1,
      context,
      `${dense}.weight`,
      `${dense}.bias`,
    );
    if (clsOnly) {
      const dq = recorder.matrix("dq", sequences, H);
      const dkv = recorder.matrix("dk, dv", rows, 2 * H);
      attentionBackward(
        recorder,
        attended,
        dContext,
        dq,
        slice(dkv, 0),
        slice(dkv, 1),
      );
      // Each product beside one it does not wait for.
      const dxq = recorder.matrix("d [CLS] rows", sequences, H);
      if (further)
        linearBackward(
          recorder,
          "dx q",
          dq,
          recorder.weight(`${names.query}.weight`),
          dxq,
          { epilogue: "add", extra: ds1 },
        );
      weightGradient(
        recorder,
        "dW q",
        dq,
        xq,
        `${names.query}.weight`,
        `${names.query}.bias`,
      );
      const dx = recorder.matrix("d input", rows, H);
      if (further) linearBackward(recorder, "dx k, v", dkv, wide("key", 2), dx);
      weightGradient(
        recorder,
        "dW k, v",
        dkv,
        x,
        `${names.key}.weight`,
        `${names.key}.bias`,
      );
      if (!further) return null;
      scatter(recorder, dxq, dx, recorder.table("cls"), true);
      return dx;
    }
    const dqkv = recorder.matrix("dq, dk, dv", rows, 3 * H);
    attentionBackward(
      recorder,
      attended,
      dContext,
      slice(dqkv, 0),
      slice(dqkv, 1),
      slice(dqkv, 2),
    );
    const dx = recorder.matrix("d input", rows, H);
    if (further)
      linearBackward(recorder, "dx q, k, v", dqkv, wide("query", 3), dx, {
        epilogue: "add",
        extra: ds1,
      });
    weightGradient(
      recorder,
      "dW q, k, v",
      dqkv,
      x,
      `${names.query}.weight`,
      `${names.query}.bias`,
    );
    return further ? dx : null;
  };
  return { x: y, backward };
}
