// The oracle on every backend a browser has. No adapter is a failure, not a skip.

import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import { useBackend } from "../fixtures/backends";
import { asText, say } from "../../say";
import { onDeviceLost } from "../device";
import { expectParity, fixtureBert, measureParity } from "../fixtures/parity";
import { readSafetensors, type Weights } from "../model/weights";

let config: string;
let weights: Weights;

beforeAll(async () => {
  const folder = "/models/attune-tiny-en/";
  config = await (await fetch(folder + "config.json")).text();
  weights = readSafetensors(
    new Uint8Array(
      await (await fetch(folder + "model.safetensors")).arrayBuffer(),
    ),
    "model.safetensors",
  );
});

for (const name of ["webgpu", "wasm", "webgl"] as const)
  test(`agrees with PyTorch on ${name}`, async () => {
    const detail = await useBackend(name);
    let lost: string | undefined;
    const forget = onDeviceLost((message) => (lost = say(message)));
    const tensors = tf.memory().numTensors;
    const bert = fixtureBert(config, weights);
    const started = performance.now();
    const parity = await measureParity(bert);
    bert.dispose();
    forget();
    console.log(
      `${name} (${asText(detail)}), ${Math.round(performance.now() - started)} ms:`,
      JSON.stringify(parity),
    );
    expect(lost).toBeUndefined();
    expectParity(parity);
    expect(tf.memory().numTensors).toBe(tensors);
  }, 300_000);
