// What stands on the encoder: a pooled text's labels or score, a label for every
// token, or the words behind the masks (whose decoder is the word table itself); or
// nothing, where the [CLS] row is what is asked for.

import { headNames, wordName } from "../parameters";
import type { Backward } from "./encoder";
import { seed } from "./record/loss";
import { norm, normBackward } from "./record/norm";
import { linear, linearBackward, weightGradient } from "./record/products";
import { gather, scatter } from "./record/rows";
import { type Matrix, type Recorder, sites } from "./recorder";

const { pooler, classifier, transform, transformNorm, decoder } = headNames;

export function recordHead(
  recorder: Recorder,
  x: Matrix,
  backward: Backward | null,
): void {
  recorder.part("head");
  if (recorder.job.kind === "tokens") tokens(recorder, x, backward);
  else if (recorder.job.kind === "words") words(recorder, x, backward);
  else if (recorder.job.kind === "sentence") sentence(recorder, x, backward);
  else labels(recorder, x, backward);
}

function labels(recorder: Recorder, x: Matrix, backward: Backward | null) {
  const { sequences, goesBack, config } = recorder;
  const H = config.hidden_size;
  const cls = recorder.table("cls");
  const gathered = x.rows !== sequences;
  const first = gathered
    ? gather(recorder, x, cls, sequences, "[CLS] rows")
    : x;
  const pooled = recorder.matrix("pooled", sequences, H);
  const dropped = recorder.drops
    ? recorder.matrix("pooled, dropped", sequences, H)
    : pooled;
  linear(
    recorder,
    "pooler",
    first,
    recorder.weight(`${pooler}.weight`),
    recorder.weight(`${pooler}.bias`),
    pooled,
    {
      epilogue: "tanh",
      site: sites.head,
      ...(recorder.drops && { dropped }),
    },
  );
  const logits = classify(recorder, dropped);
  if (!goesBack) return;
  const d = seed(recorder, logits);
  const dPooled = recorder.matrix("d pooled", sequences, H);
  linearBackward(
    recorder,
    "dx classifier",
    d,
    recorder.weight(`${classifier}.weight`),
    dPooled,
    {
      epilogue: "tanhBackward",
      extra: pooled,
      site: sites.head,
    },
  );
  weightGradient(
    recorder,
    "dW classifier",
    d,
    dropped,
    `${classifier}.weight`,
    `${classifier}.bias`,
  );
  const dFirst = recorder.matrix("d [CLS] rows", sequences, H);
  if (backward)
    linearBackward(
      recorder,
      "dx pooler",
      dPooled,
      recorder.weight(`${pooler}.weight`),
      dFirst,
    );
  weightGradient(
    recorder,
    "dW pooler",
    dPooled,
    first,
    `${pooler}.weight`,
    `${pooler}.bias`,
  );
  if (!backward) return;
  if (gathered) {
    const dx = recorder.matrix("d output", recorder.rows, H);
    scatter(recorder, dFirst, dx, cls, false);
    backward(dx);
  } else backward(dFirst);
}

function sentence(recorder: Recorder, x: Matrix, backward: Backward | null) {
  const { sequences } = recorder;
  const cls = recorder.table("cls");
  const gathered = x.rows !== sequences;
  const first = gathered
    ? gather(recorder, x, cls, sequences, "[CLS] rows")
    : x;
  recorder.keep("logits", first);
  if (!recorder.goesBack || !backward) return;
  const d = seed(recorder, first);
  if (!gathered) return backward(d);
  const dx = recorder.matrix("d output", recorder.rows, x.cols);
  scatter(recorder, d, dx, cls, false);
  backward(dx);
}

function tokens(recorder: Recorder, x: Matrix, backward: Backward | null) {
  const logits = classify(recorder, x);
  if (!recorder.goesBack) return;
  const d = seed(recorder, logits);
  weightGradient(
    recorder,
    "dW classifier",
    d,
    x,
    `${classifier}.weight`,
    `${classifier}.bias`,
  );
  if (!backward) return;
  const dx = recorder.matrix("d output", recorder.rows, x.cols);
  linearBackward(
    recorder,
    "dx classifier",
    d,
    recorder.weight(`${classifier}.weight`),
    dx,
  );
  backward(dx);
}

function classify(recorder: Recorder, x: Matrix): Matrix {
  const logits = recorder.matrix("logits", x.rows, recorder.job.labels);
  linear(
    recorder,
    "classifier",
    x,
    recorder.weight(`${classifier}.weight`),
    recorder.weight(`${classifier}.bias`),
    logits,
  );
  recorder.keep("logits", logits);
  return logits;
}

function words(recorder: Recorder, x: Matrix, backward: Backward | null) {
  const { selected, config, goesBack } = recorder;
  const H = config.hidden_size;
  const rows = recorder.table("selected");
  const masked = gather(recorder, x, rows, selected, "masked rows");
  const transformed = recorder.matrix("transformed", selected, H);
  const slope = goesBack ? recorder.matrix("slope", selected, H) : null;
  linear(
    recorder,
    "transform",
    masked,
    recorder.weight(`${transform}.weight`),
    recorder.weight(`${transform}.bias`),
    transformed,
    { epilogue: "activation", extra: slope },
  );
  const normed = recorder.matrix("transform normed", selected, H);
  const state = norm(recorder, transformNorm, transformed, normed);
  const logits = recorder.matrix("logits", selected, config.vocab_size);
  linear(
    recorder,
    "decoder",
    normed,
    recorder.weight(wordName),
    recorder.weight(`${decoder}.bias`),
    logits,
  );
  recorder.keep("logits", logits);
  if (!goesBack) return;
  const d = seed(recorder, logits);
  weightGradient(
    recorder,
    "dW decoder",
    d,
    normed,
    wordName,
    `${decoder}.bias`,
  );
  const dNormed = recorder.matrix("d transform normed", selected, H);
  linearBackward(recorder, "dx decoder", d, recorder.weight(wordName), dNormed);
  const { dx: du } = normBackward(recorder, state, dNormed, { slope: slope! });
  weightGradient(
    recorder,
    "dW transform",
    du,
    masked,
    `${transform}.weight`,
    `${transform}.bias`,
  );
  const dMasked = recorder.matrix("d masked rows", selected, H);
  linearBackward(
    recorder,
    "dx transform",
    du,
    recorder.weight(`${transform}.weight`),
    dMasked,
  );
  if (!backward) return;
  const dx = recorder.matrix("d output", recorder.rows, H);
  scatter(recorder, dMasked, dx, rows, false);
  backward(dx);
}
