// Tensors have had several names: LayerNorm's older ones, those without `bert.`, and
// whatever a wrapper put in front. Here they get the names that this model has.

import { Failure, said, type Said } from "../../said";
import type { Weights } from "./weights";

/** LayerNorm's gamma and beta by their later names. */
const modern = (name: string) =>
  name
    .replace(/LayerNorm\.gamma$/, "LayerNorm.weight")
    .replace(/LayerNorm\.beta$/, "LayerNorm.bias");

/** Names as this model has them: with `bert.` in front. */
export function canonical(name: string): string {
  const later = modern(name);
  return /^(embeddings|encoder|pooler)\./.test(later) ? `bert.${later}` : later;
}

/** What ends every BERT's first tensor; before it stands whatever wrapped the model. */
const anchor = "embeddings.word_embeddings.weight";

/**
 * The weights under the names that `startingWeights` looks for. Wrappers leave
 * prefixes (`module.`, `_orig_mod.`, `0.auto_model.`, …): whatever stands before
 * `embeddings.` stands before the rest. Throws where two encoders are in it.
 */
export function unwrapped(
  weights: Weights,
  fileName: string,
): { weights: Weights; notes: Said[] } {
  const notes: Said[] = [];
  const prefixes = [...weights.keys()]
    .filter((name) => name === anchor || name.endsWith(`.${anchor}`))
    .map((name) => name.slice(0, -anchor.length))
    .filter((prefix) => !otherFamily.test(prefix));
  const [own = "", ...more] = prefixes;
  for (const other of more)
    if (!sameUnder(weights, own, other))
      throw new Failure("weights: two encoders", {
        file: fileName,
        one: own + anchor,
        other: other + anchor,
      });
  const outer = own.replace(/bert\.$/, "");
  const result: Weights = new Map();
  for (const [name, array] of weights) {
    if (
      more.some(
        (prefix) =>
          prefix !== "" && prefix !== outer && name.startsWith(prefix),
      )
    )
      continue;
    if (more.includes("") && canonical(name) !== modern(name)) continue;
    const bare = name.startsWith(own)
      ? name.slice(own.length)
      : outer !== "" && name.startsWith(outer)
        ? name.slice(outer.length)
        : name;
    result.set(canonical(bare), array);
  }
  if (more.length > 0)
    notes.push(
      said("weights: encoder several times", {
        file: fileName,
        times: prefixes.length,
        names: prefixes.map((prefix) => `${prefix}embeddings`).join(", "),
      }),
    );
  if (outer !== "")
    notes.push(said("weights: prefix taken off", { prefix: outer }));
  return { weights: result, notes };
}

/** Whether everything under one prefix is under the other, number by number. */
function sameUnder(weights: Weights, a: string, b: string): boolean {
  for (const [name, array] of weights) {
    if (!name.startsWith(`${a}embeddings.`) && !name.startsWith(`${a}encoder.`))
      continue;
    const other = weights.get(b + name.slice(a.length));
    if (other?.data.length !== array.data.length) return false;
    for (let i = 0; i < array.data.length; i++)
      if (!Object.is(array.data[i], other.data[i])) return false;
  }
  return true;
}

const otherFamily =
  /(^|\.)(roberta|distilbert|deberta|electra|albert|xlm|mpnet|camembert)\.$/;
