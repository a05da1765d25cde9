// The files of the folder that `transformers` reads. Everything needed to repeat
// the run lies beside the weights, in attune.json.

import type { ExportedFile } from "../protocol";
import { writeSafetensors, type Weights } from "../model/weights";
import { modelCard } from "./card";
import { configJson } from "./config";
import { attuneJson, type FinishedRun } from "./record";

export function huggingFaceFiles(
  run: FinishedRun,
  weights: Weights,
  name: string,
): ExportedFile[] {
  const { config, tokenizer } = run.model;
  return [
    file("README.md", modelCard(run, name)),
    file("attune.json", json(attuneJson(run, name))),
    file("config.json", json(configJson(run))),
    {
      name: "model.safetensors",
      bytes: writeSafetensors(weights, { format: "pt" }),
    },
    file("tokenizer.json", tokenizer.tokenizerJson()),
    file(
      "tokenizer_config.json",
      tokenizer.tokenizerConfig(config.max_position_embeddings),
    ),
    file("vocab.txt", tokenizer.vocabTxt()),
  ];
}

const file = (name: string, text: string): ExportedFile => ({
  name,
  bytes: new TextEncoder().encode(text),
});

const json = (value: unknown) => JSON.stringify(value, null, 2) + "\n";
