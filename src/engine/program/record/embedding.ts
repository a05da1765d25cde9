// The sum of three embeddings, and the gradients of all three.

import { Clear, Embed, EmbedBackward } from "../../kernels/operands";
import { embeddingNames, wordName } from "../../parameters";
import { most } from "../operations";
import { type Matrix, partOf, type Recorder } from "../recorder";
import { catchUpOperands } from "./update";

/** Word, position and segment by row; first the words in use are paid what they are owed. */
export function embed(recorder: Recorder, out: Matrix): void {
  const places = ["ids", "types", "positions"].map((n) => recorder.table(n));
  recorder.push(
    "embed",
    recorder.lazy
      ? "owed updates; word + position + segment"
      : "word + position + segment",
    {
      [Embed.rows]: { size: out.rows },
      [Embed.cols]: out.cols,
      [Embed.ids]: places[0]!,
      [Embed.types]: places[1]!,
      [Embed.positions]: places[2]!,
      [Embed.word]: recorder.weight(wordName),
      [Embed.position]: recorder.weight(`${embeddingNames.position}.weight`),
      [Embed.type]: recorder.weight(`${embeddingNames.type}.weight`),
      [Embed.out]: out,
      ...(recorder.lazy &&
        partOf(Embed.catchUp, catchUpOperands(recorder, false))),
    },
    [...places, recorder.table("parameters")],
    [out],
    2 * most(out.rows) * out.cols,
  );
}

export function embedBackward(recorder: Recorder, d: Matrix): void {
  const word = recorder.lazy
    ? recorder.table("wordGradients")
    : recorder.gradient(wordName);
  if (!recorder.lazy && recorder.job.kind !== "words")
    recorder.push(
      "clear",
      "word gradients = 0",
      {
        [Clear.place]: word,
        [Clear.size]: recorder.config.vocab_size * d.cols,
      },
      [],
      [word],
      0,
    );
  recorder.push(
    "embedBackward",
    "word, position and segment gradients",
    {
      [EmbedBackward.rows]: { size: d.rows },
      [EmbedBackward.cols]: d.cols,
      [EmbedBackward.d]: d,
      [EmbedBackward.word]: word,
      [EmbedBackward.position]: recorder.gradient(
        `${embeddingNames.position}.weight`,
      ),
      [EmbedBackward.type]: recorder.gradient(`${embeddingNames.type}.weight`),
      [EmbedBackward.types]: recorder.table("types"),
      [EmbedBackward.cls]: recorder.table("cls"),
      [EmbedBackward.sortedRows]: recorder.table("sortedRows"),
      [EmbedBackward.segmentStarts]: recorder.table("segmentStarts"),
      [EmbedBackward.segmentSlots]: recorder.table("segmentSlots"),
      [EmbedBackward.positions]: recorder.config.max_position_embeddings,
      [EmbedBackward.typeRows]: recorder.config.type_vocab_size,
      [EmbedBackward.dense]: recorder.lazy ? 0 : 1,
    },
    [d],
    [word],
    3 * most(d.rows) * d.cols,
  );
}
