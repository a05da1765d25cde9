// Embeddings and all layers, forward and back: which of them are trained, and how far
// down gradients go. B sequences of R rows in all; H hidden features.

import { embeddingNames } from "../parameters";
import { recordLayer } from "./layer";
import { embed, embedBackward } from "./record/embedding";
import { norm, normBackward } from "./record/norm";
import { type Matrix, type Recorder, sites } from "./recorder";

/** Takes the gradient of the encoder's last output; says nothing back. */
export type Backward = (dx: Matrix) => void;

export interface Encoded {
  /** [R, H], or [B, H] where only [CLS] was wanted. */
  x: Matrix;
  /** Null where nothing of the encoder is trained. */
  backward: Backward | null;
}

export function recordEncoder(
  recorder: Recorder,
  clsOnly: boolean,
  watch = false,
): Encoded {
  const { config, job, rows } = recorder;
  const H = config.hidden_size;
  const L = config.num_hidden_layers;
  const A = config.num_attention_heads;
  recorder.part("embeddings");
  const sum = recorder.matrix("sum", rows, H);
  embed(recorder, sum);
  let x = recorder.matrix("output", rows, H);
  const first = norm(recorder, embeddingNames.norm, sum, x, sites.embeddings);
  const T = recorder.capacity.length;
  const probabilities = watch
    ? recorder.matrix("attention", 1, L * A * T * T)
    : null;
  if (probabilities) recorder.keep("attention", probabilities);

  const { ofParameters } = recorder.pass;
  const all = job.train === "all" || !ofParameters;
  const rests = job.kind === "sentence" ? 1 : 0;
  const firstTrained = all ? 0 : L - rests - Number(job.train);
  let backward: Backward | null = null;
  if (recorder.goesBack && all)
    backward = (dx) => {
      recorder.part("embeddings");
      const { dx: dSum } = normBackward(recorder, first, dx, {
        before: sites.embeddings,
      });
      if (ofParameters) return embedBackward(recorder, dSum);
      recorder.keep("inputs", sum);
      recorder.keep("input gradients", dSum);
    };
  for (let i = 0; i < L; i++) {
    const below = backward;
    const trained = recorder.goesBack && i >= firstTrained;
    const layer = recordLayer(
      recorder,
      i,
      x,
      clsOnly && i === L - 1,
      probabilities && { ...probabilities, offset: i * A * T * T },
    );
    x = layer.x;
    if (trained)
      backward = (dx) => {
        const down = layer.backward(dx, below !== null);
        if (below && down) below(down);
      };
  }
  return { x, backward };
}
