// Roles through the whole engine, in WebAssembly: what is answered depends on the
// predicate that is asked for; exported, loaded again.

import { unzipSync, strFromU8 } from "fflate";
import { beforeAll, expect, test } from "vitest";
import type { Dataset, Examples } from "../../data";
import { wordsOf } from "../../data/words";
import { smallOptions } from "../fixtures/options";
import { datasetOf } from "../fixtures/examples";
import { engineInNode } from "../fixtures/node-engine";
import { smallModel } from "../fixtures/small-model";
import { useBackend } from "../oracle/backends";
import type { RolesEvaluation, TrainingOptions } from "../protocol";
import { taskOf } from "../tasks";

const names = ["O", "B-A0", "I-A0", "B-A1", "I-A1", "B-V", "I-V"];
const subjects = ["ana", "joao", "maria"];
const verbs = ["saw", "fled", "cut"];
const vocabulary = [
  ...["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"],
  ...[...subjects, ...verbs, "and", "the", "tree", "."],
];
interface Row {
  text: string;
  textB: string;
  tags: string[];
}
/** "ana saw the tree and joao cut ana .": two predicates, each with its own roles. */
const rows = Array.from({ length: 60 }, (_, i): Row[] => {
  const [a, b] = [subjects[i % 3]!, subjects[(i + 1 + (i % 2)) % 3]!];
  const [one, two] = [verbs[i % 3]!, verbs[(i + 1) % 3]!];
  const text = `${a} ${one} the tree and ${b} ${two} ${a} .`;
  const tags = (written: string) => written.split(" ");
  return [
    { text, textB: one, tags: tags("B-A0 B-V B-A1 I-A1 O O O O O") },
    { text, textB: two, tags: tags("O O O O O B-A0 B-V B-A1 O") },
  ];
}).flat();
function rolesOf(part: Row[], examples: Examples): Examples {
  const words = part.map(({ text }) => wordsOf(text));
  const offsets = new Uint32Array(part.length + 1);
  words.forEach((own, i) => (offsets[i + 1] = offsets[i]! + own.length));
  return {
    ...examples,
    targets: {
      task: "roles",
      words: Int32Array.from(words.flat(2)),
      offsets,
      tags: Int32Array.from(
        part.flatMap(({ tags }) => tags.map((tag) => names.indexOf(tag))),
      ),
    },
  };
}
function dataset(): Dataset {
  const [train, validation] = [rows.slice(0, 96), rows.slice(96)];
  const labelled = (part: Row[]) =>
    part.map(({ text, textB }) => ({ text, textB, label: 0 }));
  const base = datasetOf(["x"], {
    train: labelled(train),
    validation: labelled(validation),
  });
  return {
    ...base,
    task: "roles",
    labels: names,
    train: rolesOf(train, base.train),
    validation: rolesOf(validation, base.validation),
  };
}
const options: TrainingOptions = {
  ...smallOptions,
  epochs: 10,
  learningRate: 5e-3,
  dropout: 0,
  maxTokens: 24,
  seed: 3,
};
beforeAll(() => useBackend("cpu"));

const text = "maria cut the tree and ana saw maria .";
const asked = ["cut", "saw"].map((textB) => ({ text, textB }));

test("learns whose roles are asked for, and its export answers the same", async () => {
  const engine = engineInNode();
  await engine.open("auto", null);
  await engine.load({ kind: "files", files: await smallModel(vocabulary) });
  const summary = await engine.train(dataset(), options);
  const found = summary.validation as RolesEvaluation;
  expect(found.task).toBe("roles");
  expect(found.argumentF1).toBeGreaterThan(0.9);
  expect(found.perType.map(({ label }) => label)).toEqual(["A0", "A1"]);

  const answers = await engine.predict(asked);
  const marked = (all: typeof answers) =>
    all.map(({ spans }) =>
      spans?.map(({ start, end, label }) => [text.slice(start, end), label]),
    );
  expect(marked(answers)).toEqual([
    [
      ["maria", "A0"],
      ["the tree", "A1"],
    ],
    [
      ["ana", "A0"],
      ["maria", "A1"],
    ],
  ]);

  const { bytes } = await engine.exportRun("huggingface", "who");
  const inside = unzipSync(bytes);
  const written = (end: string) =>
    strFromU8(
      inside[
        Object.keys(inside).find((name) => name.replace(/^.*\//, "") === end)!
      ]!,
    );
  expect(JSON.parse(written("config.json"))).toMatchObject({
    architectures: ["BertForTokenClassification"],
    id2label: { "0": "O", "1": "B-A0" },
  });
  expect(JSON.parse(written("attune.json"))).toMatchObject({ task: "roles" });
  const card = written("README.md");
  expect(card).toContain("tokenizer(sentence, predicate");
  expect(card).not.toContain("import pipeline");
  const report = await engine.load({
    kind: "files",
    files: Object.entries(inside).map(
      ([name, data]) =>
        new File([new Uint8Array(data)], name.slice(name.lastIndexOf("/") + 1)),
    ),
  });
  expect(report).toMatchObject({
    ...{ task: "roles", labels: names, answers: true },
    former: { pairs: true },
  });
  expect(marked(await engine.predict(asked, "model"))).toEqual(marked(answers));
  const judged = await engine.evaluate(dataset());
  expect(judged.find(({ part }) => part === "validation")).toMatchObject({
    argumentF1: found.argumentF1,
  });
}, 60_000);

test("the predicate counts for nothing, found or not", () => {
  const roles = taskOf("roles");
  const one = "ana saw tree";
  const words = wordsOf(one);
  const decoding = roles.decodingOf(dataset());
  const judged = (...tags: string[]) => {
    const logits = Float32Array.from(
      tags.flatMap((tag) => names.map((name) => (name === tag ? 4 : 0))),
    );
    return {
      spans: roles.answer(logits, decoding, { names, words }).spans,
      figures: roles.figures(
        {
          logits,
          count: 1,
          targets: {
            task: "roles",
            words: Int32Array.from(words.flat()),
            offsets: Uint32Array.of(0, 3),
            tags: Int32Array.of(1, 5, 3),
          },
        },
        {
          ...{ names, classWeights: null, decoding, tunedHere: false },
          textOf: () => ({ text: one, textB: "saw" }),
        },
      ),
    };
  };
  for (const tag of ["B-V", "O"]) {
    const { spans, figures } = judged("B-A0", tag, "B-A1");
    expect(spans?.map(({ label }) => label)).toEqual(["A0", "A1"]);
    expect(figures).toMatchObject({
      ...{ argumentF1: 1, strictArgumentF1: 1, tokenAccuracy: 1 },
      mistakeCount: 0,
    });
  }
  expect(judged("B-A0", "B-V", "O").figures).toMatchObject({
    ...{ argumentPrecision: 1, argumentRecall: 0.5, mistakeCount: 1 },
    mistakes: [{ textB: "saw", kinds: ["missed"] }],
  });
});
