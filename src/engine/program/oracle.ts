// For tests: the bundled model, and PyTorch's numbers for it.

import { readFileSync } from "node:fs";
import { readSafetensors } from "../weights";
import type { Config } from "../program";
import type { Batch } from "./batch";
import type { WasmExecutor } from "./wasm";

const model = "public/models/attune-tiny-en";
export const fixture = JSON.parse(
  readFileSync("src/engine/fixtures/attune-tiny-en.json", "utf8"),
);
export const config: Config = JSON.parse(
  readFileSync(`${model}/config.json`, "utf8"),
);
const weights = readSafetensors(
  readFileSync(`${model}/model.safetensors`),
  "model.safetensors",
);

/** Puts the bundled encoder and the fixture's classifier where the program has them. */
export function loadOracle(executor: WasmExecutor): void {
  for (const { name } of executor.program.parameters.values()) {
    if (name === "classifier.weight")
      executor.parameter(name).set(fixture.classifier.weight);
    else if (name === "classifier.bias")
      executor.parameter(name).set(fixture.classifier.bias);
    else {
      const data = weights.get(name)?.data;
      if (!data) throw new Error(`no ${name}`);
      executor.parameter(name).set(data);
    }
  }
}

/** The fixture's four texts, packed, or padded to 29 tokens. */
export function fixtureBatch(padded: boolean): Batch {
  const lengths: number[] = fixture.attention_mask.map((row: number[]) =>
    row.reduce((sum, x) => sum + x, 0),
  );
  const ids = fixture.input_ids.flatMap((row: number[], b: number) =>
    padded ? row : row.slice(0, lengths[b]),
  );
  return {
    size: lengths.length,
    lengths: Int32Array.from(lengths),
    padded: padded ? fixture.input_ids[0].length : 0,
    ids: Int32Array.from(ids),
    segments: new Int32Array(ids.length),
    labels: Int32Array.from(fixture.labels),
  };
}
