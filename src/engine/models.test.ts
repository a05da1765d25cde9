import * as tf from "@tensorflow/tfjs";
import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { easyVocabulary } from "./fixtures/examples";
import { smallModel } from "./fixtures/small-model";
import { isEnglish, loadModel } from "./models";

let files: File[];
beforeAll(async () => {
  await tf.setBackend("cpu");
  files = await smallModel(easyVocabulary);
});
const load = (files: File[]) => loadModel({ kind: "files", files });
const replace = (name: string, content: string) =>
  files.map((file) => (file.name === name ? new File([content], name) : file));

describe("a dropped folder", () => {
  test("is read and described", async () => {
    const { report, weights } = await load([
      new File(["# about"], "README.md"),
      ...files,
    ]);
    expect(report).toMatchObject({
      name: "dropped model",
      layers: 2,
      heads: 2,
      hidden: 32,
      intermediate: 64,
      vocabulary: easyVocabulary.length,
      maxPositions: 48,
      cased: false,
      english: false,
      bytes: files.at(-1)!.size,
    });
    let parameters = 0;
    for (const { data } of weights.values()) parameters += data.length;
    expect(report.parameters).toBe(parameters);
  });

  test("may have its weights under another name", async () => {
    const renamed = files.map((file) =>
      file.name === "model.safetensors"
        ? new File([file], "bert.safetensors")
        : file,
    );
    expect((await load(renamed)).report.layers).toBe(2);
  });

  test("that lacks files is told which", async () => {
    await expect(load(files.slice(0, 1))).rejects.toThrow(
      "The model dropped model lacks tokenizer.json or vocab.txt and model.safetensors. Drop config.json, tokenizer.json or vocab.txt, and model.safetensors together.",
    );
  });

  test("with weights in a format that cannot be read is told which to use", async () => {
    await expect(
      load([...files.slice(0, 3), new File(["x"], "pytorch_model.bin")]),
    ).rejects.toThrow(
      "pytorch_model.bin cannot be read. Save the model as model.safetensors",
    );
    await expect(
      load([
        ...files.slice(0, 3),
        new File(["x"], "model-00001-of-00002.safetensors"),
      ]),
    ).rejects.toThrow("Save the model as one model.safetensors.");
  });

  test("whose vocabulary is larger than the model is refused", async () => {
    const wrong = replace(
      "vocab.txt",
      [...easyVocabulary, "more", "words"].join("\n"),
    );
    await expect(load(wrong)).rejects.toThrow(
      `The tokenizer has ${easyVocabulary.length + 2} word pieces, config.json says vocab_size ${easyVocabulary.length}.`,
    );
  });

  test("of another architecture is named", async () => {
    await expect(
      load(replace("config.json", JSON.stringify({ model_type: "gpt2" }))),
    ).rejects.toThrow("gpt2");
  });
});

describe("an English vocabulary", () => {
  const vocabulary = (path: string) => readFileSync(path, "utf8").split("\n");

  test("is the bundled model's", () => {
    expect(
      isEnglish(vocabulary("public/models/attune-tiny-en/vocab.txt")),
    ).toBe(true);
  });

  const shared = "../shared/data/tokenizer/vocab";
  test.skipIf(!existsSync(shared) && !process.env["CI"])(
    "is BERT's English ones, not the Chinese one",
    () => {
      expect(
        isEnglish(vocabulary(`${shared}/bert-base-uncased/vocab.txt`)),
      ).toBe(true);
      expect(isEnglish(vocabulary(`${shared}/bert-base-cased/vocab.txt`))).toBe(
        true,
      );
      expect(
        isEnglish(vocabulary(`${shared}/bert-base-chinese/vocab.txt`)),
      ).toBe(false);
    },
  );
});
