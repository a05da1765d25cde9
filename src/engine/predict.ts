// What the present weights make of texts: a probability for each label.

import type { TextInput } from "../data";
import { wordsOf } from "../data/words";
import { lengthBatches, packBatch, packEncodings } from "./passes/batches";
import { JoinedWords, WindowedTexts } from "./passes/windows";
import type { Classifier } from "./classifier";
import type { Control } from "./passes/control";
import { fillings, withMasks } from "./predict/fill";
import { taskOf, type Decoding } from "./tasks";
import type { Task } from "../task";
import type { Prediction } from "./protocol";
import type { Encoding, Tokenizer } from "./model/tokenizer";

/** A model that can be asked: its tokenizer and length limit come along. */
export interface Reader {
  classifier: Classifier;
  tokenizer: Tokenizer;
  maxTokens: number;
  task: Task;
  /** What its outputs mean. */
  labels: string[];
  decoding: Decoding;
  /** False for a fresh head, whose probabilities mean nothing. */
  trained: boolean;
}

export async function predict(
  reader: Reader,
  inputs: TextInput[],
  control: Control,
): Promise<Prediction[]> {
  if (taskOf(reader.task).head === "tokens")
    return predictWords(reader, inputs, control);
  const { classifier, tokenizer, maxTokens, task, decoding } = reader;
  const guesses = task === "masked words";
  const encodings = (
    guesses ? inputs.map((input) => withMasks(input, tokenizer)) : inputs
  ).map(({ text, textB }) => tokenizer.encode(text, textB, maxTokens));
  const about = (encoding: Encoding) => ({
    tokens: encoding.ids.length,
    ...readable(encoding, tokenizer.unkId),
    truncated: encoding.truncated,
  });
  if (guesses) {
    const filled: Prediction[] = [];
    for (const encoding of encodings)
      filled.push({
        probabilities: [],
        fillings: await fillings(classifier, tokenizer, encoding, control),
        ...about(encoding),
      });
    return filled;
  }
  const part = packEncodings(encodings);
  const predictions = new Array<Prediction>(inputs.length);
  const { labelCount, capacity } = classifier;
  for (const rows of lengthBatches(part, capacity.sequences, capacity.tokens)) {
    const logits = await control.read(
      classifier.predict(packBatch(part, rows)),
    );
    rows.forEach((row, i) => {
      predictions[row] = {
        ...taskOf(task).answer(
          logits.subarray(i * labelCount, (i + 1) * labelCount),
          decoding,
        ),
        ...about(encodings[row]!),
      };
    });
  }
  return predictions;
}

/** A text may be as long as it likes: what no window holds is in the next. */
async function predictWords(
  { classifier, tokenizer, maxTokens, task, labels, decoding }: Reader,
  inputs: TextInput[],
  control: Control,
): Promise<Prediction[]> {
  const texts = new WindowedTexts(tokenizer, maxTokens);
  const words = inputs.map(({ text }) => wordsOf(text));
  const pieces = inputs.map(({ text, textB }, i) =>
    texts.add(text, textB, words[i]!),
  );
  const part = texts.part();
  const { labelCount, capacity } = classifier;
  const joined = new JoinedWords(part, labelCount);
  for (const rows of lengthBatches(part, capacity.sequences, capacity.tokens))
    joined.take(
      rows,
      await control.read(classifier.predict(packBatch(part, rows))),
    );
  let from = 0;
  return inputs.map((_, i): Prediction => {
    const to = from + words[i]!.length;
    const logits = joined.logits.subarray(from * labelCount, to * labelCount);
    from = to;
    return {
      ...taskOf(task).answer(logits, decoding, {
        names: labels,
        words: words[i]!,
      }),
      tokens: pieces[i]!.length + 2,
      pieces: pieces[i]!.length,
      unknown: pieces[i]!.filter(({ id }) => id === tokenizer.unkId).length,
      truncated: false,
    };
  });
}

/** Words may be written out as special tokens; those are not counted. */
export function readable(
  { ids, words }: Pick<Encoding, "ids" | "words">,
  unkId: number,
): Pick<Prediction, "pieces" | "unknown"> {
  const own = ids.filter((_, i) => words[i] !== -1);
  return {
    pieces: own.length,
    unknown: own.filter((id) => id === unkId).length,
  };
}
