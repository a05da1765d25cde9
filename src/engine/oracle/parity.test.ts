import { readFileSync } from "node:fs";
import * as tf from "@tensorflow/tfjs";
import { expect, test } from "vitest";
import { expectParity, fixtureBert, measureParity } from "../fixtures/parity";
import { readSafetensors } from "../model/weights";

const folder = "public/models/attune-tiny-en/";

test("agrees with PyTorch on the cpu backend", async () => {
  await tf.setBackend("cpu");
  const bert = fixtureBert(
    readFileSync(folder + "config.json", "utf8"),
    readSafetensors(readFileSync(folder + "model.safetensors"), "model"),
  );
  const parity = await measureParity(bert);
  bert.dispose();
  expectParity(parity);
  expect(tf.memory().numTensors).toBe(0);
});
