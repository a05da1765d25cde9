import * as tf from "@tensorflow/tfjs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { inEnglish } from "../fixtures/english";
import { easyVocabulary } from "./fixtures/examples";
import { smallModel } from "./fixtures/small-model";
import { isEnglish, loadModel } from "./model";

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

describe("a bundled model", () => {
  /** Serves the small model, its weights as `how` says. */
  async function served(
    how: "whole" | "cut" | "short" | "busy",
    from: readonly File[] = files,
  ) {
    const contents = new Map<string, Buffer>();
    for (const file of from)
      contents.set(file.name, Buffer.from(await file.arrayBuffer()));
    const server = createServer((request, response) => {
      const name = request.url!.slice(1);
      const bytes = contents.get(name);
      if (!bytes) return void response.writeHead(404).end();
      if (name !== "model.safetensors" || how === "whole")
        return void response.end(bytes);
      if (how === "busy") return void response.writeHead(503).end();
      const half = bytes.subarray(0, bytes.length >> 1);
      if (how === "short") return void response.end(half);
      response.writeHead(200, { "content-length": bytes.length });
      response.write(half, () => response.destroy());
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    return loadModel({ kind: "bundled", name: "tiny", url });
  }

  test("is fetched file by file", async () => {
    expect((await served("whole")).report).toMatchObject({
      name: "tiny",
      layers: 2,
    });
  });

  test("comes without notes: its unused pretraining head is no news", async () => {
    const folder = "public/models/attune-tiny-en";
    const ours = readdirSync(folder).map(
      (name) => new File([readFileSync(join(folder, name))], name),
    );
    expect((await served("whole", ours)).report.notes).toEqual([]);
    expect(inEnglish((await load(ours)).report.notes)[0]).toMatch(
      /pretraining head/,
    );
  });

  test("whose download breaks in the middle says so, and what to do", async () => {
    await expect(served("cut")).rejects.toThrow(
      /^model\.safetensors of the model tiny: the download was cut off.* Check the connection and try again\.$/,
    );
  });

  test("that a server holds only in part says so, and what to do", async () => {
    await expect(served("short")).rejects.toThrow(
      /^model\.safetensors: .*The model tiny did not arrive whole: try again/,
    );
  });

  test("that a server refuses says its status, and what to do", async () => {
    await expect(served("busy")).rejects.toThrow(
      "model.safetensors of the model tiny: the server answered 503. Try again.",
    );
  });
});
