// What stands behind the masks that are written into a text.

import type { TextInput } from "../../data";
import type { Classifier } from "../classifier";
import { packBatch, packEncodings } from "../passes/batches";
import type { Control } from "../passes/control";
import type { Encoding, Tokenizer } from "../model/tokenizer";
import type { Filling } from "../protocol";

const mostGuesses = 8;

/** "___" is easier to type than the token itself, and "[MASK]" what most know it as. */
export function withMasks(
  { text, textB }: TextInput,
  { maskToken }: Pick<Tokenizer, "maskToken">,
): TextInput {
  const masked = (given: string) =>
    given.replace(/_{3,}|\[MASK\]/g, () => ` ${maskToken} `);
  return { text: masked(text), textB: textB && masked(textB) };
}

/** For each mask in turn the likeliest pieces. */
export async function fillings(
  classifier: Classifier,
  tokenizer: Tokenizer,
  encoding: Encoding,
  control: Control,
): Promise<Filling[]> {
  const vocabulary = tokenizer.vocabTxt().split("\n");
  const masks = Int32Array.from(
    encoding.ids.flatMap((id, at) => (id === tokenizer.maskId ? [at] : [])),
  );
  const batch = packBatch(packEncodings([encoding]), [0]);
  const { labelCount, capacity } = classifier;
  const most = capacity.selected ?? capacity.tokens;
  const found: Filling[] = [];
  for (let from = 0; from < masks.length; from += most) {
    const selected = masks.slice(from, from + most);
    const logits = await control.read(
      classifier.predict({ ...batch, selected }),
    );
    for (let i = 0; i < selected.length; i++)
      found.push({
        guesses: likeliest(
          logits.subarray(i * labelCount, (i + 1) * labelCount),
        ).map(({ id, probability }) => ({
          piece: vocabulary[id] ?? "",
          probability,
        })),
      });
  }
  return found;
}

function likeliest(
  logits: Float32Array,
): { id: number; probability: number }[] {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = logits.reduce((total, x) => total + Math.exp(x - most), 0);
  return Array.from(logits.keys())
    .sort((a, b) => logits[b]! - logits[a]! || a - b)
    .slice(0, mostGuesses)
    .map((id) => ({ id, probability: Math.exp(logits[id]! - most) / sum }));
}
