// Once the gradients of all batches of a step are added up: their norm, and AdamW.

import {
  AdamW,
  AdamWRows,
  CatchUp,
  GradientNorm,
} from "../../kernels/operands";
import { wordName } from "../../parameters";
import type { Operation, Place } from "../operations";
import { partOf, type Recorder } from "../recorder";

export function catchUpOperands(
  recorder: Recorder,
  everything: boolean,
): Operation["operands"] {
  return {
    [CatchUp.weights]: recorder.weight(wordName),
    [CatchUp.moments1]: recorder.table("wordMoments1"),
    [CatchUp.moments2]: recorder.table("wordMoments2"),
    [CatchUp.last]: recorder.table("wordLast"),
    [CatchUp.decayed]: recorder.table("wordDecayed"),
    [CatchUp.cols]: recorder.config.hidden_size,
    [CatchUp.ids]: everything ? null : recorder.table("words"),
    [CatchUp.rows]: {
      size: everything
        ? recorder.config.vocab_size
        : { header: "words", most: recorder.table("words").region.size },
    },
    [CatchUp.history]: recorder.table("history"),
  };
}

/** Pays what all rows of the word embeddings are owed. */
export function catchUp(recorder: Recorder): void {
  recorder.push(
    "catchUp",
    "pay all owed updates",
    catchUpOperands(recorder, true),
    [],
    [],
    0,
  );
}

export function update(recorder: Recorder): void {
  recorder.part("");
  const H = recorder.config.hidden_size;
  const { matrices, vectors } = recorder.layout;
  const g = recorder.table("gradients");
  const total = matrices.size + vectors.size;
  const words = recorder.lazy ? recorder.table("words").region.size : 0;
  const partials = recorder.fixed(
    "normPartials",
    2 * (Math.ceil(total / 4096) + Math.ceil((words * H) / 4096) + 4),
  );
  const at = (name: string, offset: number): Place => ({
    ...recorder.table(name),
    offset,
  });
  recorder.push(
    "gradientNorm",
    "global norm of the gradients",
    {
      [GradientNorm.partials]: { region: partials, offset: 0 },
      [GradientNorm.first]: g,
      [GradientNorm.firstCount]: { size: total },
      [GradientNorm.firstTimes]: 1,
      [GradientNorm.second]: g,
      [GradientNorm.secondCount]: { size: 0 },
      [GradientNorm.secondTimes]: 0,
      [GradientNorm.third]: recorder.lazy ? recorder.table("wordGradients") : g,
      [GradientNorm.thirdCount]: recorder.lazy
        ? { size: { header: "words", most: words } }
        : { size: 0 },
      [GradientNorm.thirdTimes]: recorder.lazy ? H : 0,
    },
    [],
    [],
    2 * (total + words * H),
  );
  recorder.push(
    "adamw",
    recorder.lazy ? "AdamW; of words, those in use" : "AdamW",
    {
      [AdamW.weights]: at("parameters", matrices.offset),
      [AdamW.gradients]: g,
      [AdamW.moments1]: recorder.table("moments1"),
      [AdamW.moments2]: recorder.table("moments2"),
      [AdamW.size]: matrices.size,
      [AdamW.decays]: 1,
      [AdamW.weightsTwo]: at("parameters", vectors.offset),
      [AdamW.gradientsTwo]: at("gradients", matrices.size),
      [AdamW.moments1Two]: at("moments1", matrices.size),
      [AdamW.moments2Two]: at("moments2", matrices.size),
      [AdamW.sizeTwo]: vectors.size,
      [AdamW.decaysTwo]: 0,
      ...(recorder.lazy &&
        partOf(AdamW.rows, {
          [AdamWRows.weights]: recorder.weight(wordName),
          [AdamWRows.moments1]: recorder.table("wordMoments1"),
          [AdamWRows.moments2]: recorder.table("wordMoments2"),
          [AdamWRows.gradients]: recorder.table("wordGradients"),
          [AdamWRows.ids]: recorder.table("words"),
          [AdamWRows.last]: recorder.table("wordLast"),
          [AdamWRows.decayed]: recorder.table("wordDecayed"),
          [AdamWRows.cols]: H,
          [AdamWRows.history]: recorder.table("history"),
        })),
    },
    [],
    [],
    14 * (total + words * H),
  );
}
