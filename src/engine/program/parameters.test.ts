// One table of parameters, read twice: the order in a file, and the order in memory.

import { expect, test } from "vitest";
import { readConfig } from "../model/config";
import { parameterShapes } from "../model/parameters";
import { layParameters } from "./arena";
import { parameterGroups } from "./parameters";
import { defaultJob, type Job } from "./shape";

const config = readConfig(
  JSON.stringify({
    model_type: "bert",
    vocab_size: 31,
    hidden_size: 12,
    num_hidden_layers: 1,
    num_attention_heads: 2,
    intermediate_size: 20,
    max_position_embeddings: 16,
    type_vocab_size: 2,
  }),
);
const laid = (job: Partial<Job>) => [
  ...layParameters(
    parameterGroups(config, { ...defaultJob, labels: 3, ...job }),
  ).parameters.values(),
];
const lines = (job: Partial<Job>) =>
  laid(job).map(
    ({ name, shape, offset, trained }) =>
      `${offset} ${name} ${shape.join("×")}${trained ? "" : " rests"}`,
  );

test("parameters lie where they always lay: what decays, then what does not", () => {
  expect(lines({ train: 0 })).toMatchInlineSnapshot(`
    [
      "0 bert.embeddings.word_embeddings.weight 31×12 rests",
      "384 bert.embeddings.position_embeddings.weight 16×12 rests",
      "576 bert.embeddings.token_type_embeddings.weight 2×12 rests",
      "608 bert.encoder.layer.0.attention.self.query.weight 12×12 rests",
      "752 bert.encoder.layer.0.attention.self.key.weight 12×12 rests",
      "896 bert.encoder.layer.0.attention.self.value.weight 12×12 rests",
      "1040 bert.encoder.layer.0.attention.output.dense.weight 12×12 rests",
      "1184 bert.encoder.layer.0.intermediate.dense.weight 20×12 rests",
      "1424 bert.encoder.layer.0.output.dense.weight 12×20 rests",
      "1664 bert.pooler.dense.weight 12×12",
      "1808 classifier.weight 3×12",
      "1856 bert.embeddings.LayerNorm.weight 12 rests",
      "1872 bert.embeddings.LayerNorm.bias 12 rests",
      "1888 bert.encoder.layer.0.attention.self.query.bias 12 rests",
      "1900 bert.encoder.layer.0.attention.self.key.bias 12 rests",
      "1912 bert.encoder.layer.0.attention.self.value.bias 12 rests",
      "1936 bert.encoder.layer.0.attention.output.dense.bias 12 rests",
      "1952 bert.encoder.layer.0.attention.output.LayerNorm.weight 12 rests",
      "1968 bert.encoder.layer.0.attention.output.LayerNorm.bias 12 rests",
      "1984 bert.encoder.layer.0.intermediate.dense.bias 20 rests",
      "2016 bert.encoder.layer.0.output.dense.bias 12 rests",
      "2032 bert.encoder.layer.0.output.LayerNorm.weight 12 rests",
      "2048 bert.encoder.layer.0.output.LayerNorm.bias 12 rests",
      "2064 bert.pooler.dense.bias 12",
      "2080 classifier.bias 3",
    ]
  `);
  expect(lines({ kind: "words" }).slice(-8)).toMatchInlineSnapshot(`
    [
      "1936 bert.encoder.layer.0.intermediate.dense.bias 20",
      "1968 bert.encoder.layer.0.output.dense.bias 12",
      "1984 bert.encoder.layer.0.output.LayerNorm.weight 12",
      "2000 bert.encoder.layer.0.output.LayerNorm.bias 12",
      "2016 cls.predictions.transform.dense.bias 12",
      "2032 cls.predictions.transform.LayerNorm.weight 12",
      "2048 cls.predictions.transform.LayerNorm.bias 12",
      "2064 cls.predictions.bias 31",
    ]
  `);
});

test("a file's parameters are those of the program, each weight before its bias", () => {
  const shapes = parameterShapes(config, 3);
  const names = [...shapes.keys()];
  for (const { name, shape } of laid({}))
    expect(shapes.get(name), name).toEqual(shape);
  expect(laid({})).toHaveLength(names.length);
  for (const name of names.filter((name) => name.endsWith(".bias")))
    expect(names[names.indexOf(name) - 1]).toBe(
      name.replace(/bias$/, "weight"),
    );
});

test("the top layers and the head are trained, and nothing below", () => {
  const two = { ...config, num_hidden_layers: 2 };
  const resting = (train: Job["train"]) =>
    parameterGroups(two, { ...defaultJob, train })
      .filter(({ trained }) => !trained)
      .flatMap(({ names }) => names.map(([name]) => name));
  expect(resting("all")).toEqual([]);
  expect(
    resting(1).filter((name) => !/embeddings|layer\.0/.test(name)),
  ).toEqual([]);
  expect(resting(1)).toHaveLength(5 + 16);
  expect(resting(0)).toHaveLength(5 + 2 * 16);
});
