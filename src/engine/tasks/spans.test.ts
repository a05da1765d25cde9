// Spans through the whole engine, in WebAssembly: learned, judged, asked about,
// exported, loaded again.

import { unzipSync, strFromU8 } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { useBackend } from "../oracle/backends";
import type { Dataset, Examples } from "../../data";
import { wordsOf } from "../../data/words";
import { smallOptions } from "../fixtures/options";
import { datasetOf } from "../fixtures/examples";
import { engineInNode } from "../fixtures/node-engine";
import { smallModel } from "../fixtures/small-model";
import type { SpansEvaluation, TrainingOptions } from "../protocol";
import { taskOf } from "../tasks";

const names = ["O", "B-LOC", "I-LOC", "B-PER", "I-PER"];
const people = ["ana", "joao", "maria"];
const places = ["porto", "rome"];
const vocabulary = [
  ...["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"],
  ...[...people, "silva", ...places, "old", "##town"],
  ...["went", "to", "with", "and", "was", "in", "then", "."],
];
const tagOf = (word: string, before: string): string => {
  if (people.includes(word)) return "B-PER";
  if (word === "silva") return people.includes(before) ? "I-PER" : "B-PER";
  if (word.startsWith("old")) return "B-LOC";
  if (places.includes(word)) return before === "oldtown" ? "I-LOC" : "B-LOC";
  return "O";
};
/** Some longer than a model of 16 tokens reads. */
const texts = Array.from({ length: 96 }, (_, i) => {
  const name = `${people[i % 3]}${i % 2 ? " silva" : ""}`;
  const place = `${i % 5 === 0 ? "oldtown " : ""}${places[i % 2]}`;
  const one = `${name} went to ${place} .`;
  return i % 4 === 0
    ? `${one} then and was in with ${one} then was ${one} and ${name} was in ${place}`
    : one;
});
const tagged = (text: string) => {
  const words = wordsOf(text);
  const written = words.map(([from, to]) => text.slice(from, to));
  return { words, tags: written.map((w, i) => tagOf(w, written[i - 1] ?? "")) };
};
function spansOf(part: string[], examples: Examples): Examples {
  const all = part.map(tagged);
  const offsets = new Uint32Array(part.length + 1);
  all.forEach(({ words }, i) => (offsets[i + 1] = offsets[i]! + words.length));
  return {
    ...examples,
    targets: {
      task: "spans",
      words: Int32Array.from(all.flatMap(({ words }) => words.flat())),
      offsets,
      tags: Int32Array.from(
        all.flatMap(({ tags }) => tags.map((tag) => names.indexOf(tag))),
      ),
    },
  };
}
function dataset(): Dataset {
  const row = (text: string) => ({ text, label: 0 });
  const [train, validation] = [texts.slice(0, 72), texts.slice(72)];
  const base = datasetOf(["x"], {
    train: train.map(row),
    validation: validation.map(row),
  });
  return {
    ...base,
    task: "spans",
    labels: names,
    train: spansOf(train, base.train),
    validation: spansOf(validation, base.validation),
  };
}
const options: TrainingOptions = {
  ...smallOptions,
  epochs: 6,
  learningRate: 5e-3,
  dropout: 0,
  maxTokens: 16,
  seed: 3,
};
beforeAll(() => useBackend("cpu"));

const asked = [
  "joao silva went to oldtown rome .",
  texts[0]!,
  `${"was in then and ".repeat(8)}ana`,
].map((text) => ({ text, textB: null }));

test("learns spans, windows joined, and its export answers the same", async () => {
  const engine = engineInNode();
  await engine.open("auto", null);
  const files = await smallModel(vocabulary);
  await engine.load({ kind: "files", files });
  const summary = await engine.train(dataset(), options);
  const found = summary.validation as SpansEvaluation;
  expect(found.task).toBe("spans");
  expect(found.count).toBe(24);
  // Long texts are several rows, and a step counts rows.
  expect(summary.steps).toBeGreaterThan((72 / 8) * 6);
  expect(found.strictEntityF1).toBeGreaterThan(0.95);
  expect(found.perType.map(({ label }) => label)).toEqual(["LOC", "PER"]);

  const answers = await engine.predict(asked);
  expect(answers[0]!.probabilities).toEqual([]);
  expect(answers[0]!.spans).toMatchObject([
    { start: 0, end: 10, label: "PER" },
    { start: 19, end: 31, label: "LOC" },
  ]);
  for (const { probability } of answers[0]!.spans!)
    expect(probability).toBeGreaterThan(0.5);
  const { text } = asked[2]!;
  expect(answers[2]).toMatchObject({
    truncated: false,
    spans: [{ start: text.length - 3, end: text.length, label: "PER" }],
  });

  const { bytes } = await engine.exportRun("huggingface", "names");
  const inside = unzipSync(bytes);
  const path = Object.keys(inside).find(
    (name) => name.endsWith("config.json") && !name.includes("tokenizer"),
  )!;
  expect(JSON.parse(strFromU8(inside[path]!))).toMatchObject({
    architectures: ["BertForTokenClassification"],
    id2label: { "0": "O", "1": "B-LOC" },
  });
  const report = await engine.load({
    kind: "files",
    files: Object.entries(inside).map(
      ([name, data]) =>
        new File([new Uint8Array(data)], name.slice(name.lastIndexOf("/") + 1)),
    ),
  });
  expect(report).toMatchObject({ task: "spans", labels: names, answers: true });
  const again = await engine.predict(asked, "model");
  expect(
    again.map(({ spans }) =>
      spans?.map(({ start, end, label }) => [start, end, label]),
    ),
  ).toEqual(
    answers.map(({ spans }) =>
      spans?.map(({ start, end, label }) => [start, end, label]),
    ),
  );
  const judged = await engine.evaluate(dataset());
  expect(judged.find(({ part }) => part === "validation")).toMatchObject({
    strictEntityF1: found.strictEntityF1,
  });
}, 60_000);

test("a head fitted to the words' frozen features finds spans before any step", async () => {
  const found = async (changes: Partial<TrainingOptions>) => {
    const engine = engineInNode();
    await engine.open("auto", null);
    await engine.load({ kind: "files", files: await smallModel(vocabulary) });
    const { validation } = await engine.train(dataset(), {
      ...options,
      // As good as none.
      ...{ epochs: 1, learningRate: 1e-9 },
      ...changes,
    });
    return (validation as SpansEvaluation).entityF1;
  };
  expect(await found({})).toBeLessThan(0.3);
  expect(await found({ frozenStart: true })).toBeGreaterThan(0.9);
}, 60_000);

test("an I that nothing begins is answered as a span; mistakes are kept with their kinds", () => {
  const spans = taskOf("spans");
  const logits = (...tags: string[]) =>
    Float32Array.from(
      tags.flatMap((tag) => names.map((name) => (name === tag ? 4 : 0))),
    );
  const text = "ana went to rome";
  const words = wordsOf(text);
  const plain = spans.decodingOf(dataset());
  const given = logits("O", "O", "I-LOC", "I-LOC");
  expect(spans.answer(given, plain, { names, words }).spans).toMatchObject([
    { start: 9, end: 16, label: "LOC" },
  ]);
  const figures = spans.figures(
    {
      logits: given,
      count: 1,
      targets: {
        task: "spans",
        words: Int32Array.from(words.flat()),
        offsets: Uint32Array.of(0, 4),
        tags: Int32Array.of(3, 0, 0, 1),
      },
    },
    {
      names,
      classWeights: null,
      decoding: plain,
      tunedHere: false,
      textOf: () => ({ text, textB: null }),
    },
  );
  expect(figures).toMatchObject({
    task: "spans",
    entityF1: 0,
    errors: { boundary: 1, missed: 1, spurious: 0, type: 0, both: 0 },
    mistakeCount: 1,
    mistakes: [
      {
        gold: [
          { start: 0, end: 3, label: "PER" },
          { start: 12, end: 16, label: "LOC" },
        ],
        predicted: [{ start: 9, end: 16, label: "LOC" }],
        kinds: ["boundary", "missed"],
      },
    ],
  });
});
