// Prints the program of a model: npm run program -- --layers 6 --hidden 384 --heads 12 --batch 16x64

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Config, record, type Job } from "../../src/engine/program.ts";
import { listing } from "../../src/engine/program/listing.ts";

const { values: given } = parseArgs({
  options: {
    /** Folder with a config.json; the sizes below change it. */
    model: { type: "string", default: "public/models/attune-tiny-en" },
    layers: { type: "string" },
    hidden: { type: "string" },
    heads: { type: "string" },
    intermediate: { type: "string" },
    words: { type: "string" },
    batch: { type: "string", default: "16x64" },
    task: { type: "string", default: "labels" },
    labels: { type: "string", default: "6" },
    train: { type: "string", default: "all" },
    dropout: { type: "string", default: "0.1" },
    full: { type: "boolean", default: false },
  },
});
const config = JSON.parse(
  readFileSync(`${given.model}/config.json`, "utf8"),
) as Config;
if (given.layers) config.num_hidden_layers = Number(given.layers);
if (given.hidden) {
  config.hidden_size = Number(given.hidden);
  config.intermediate_size = 4 * config.hidden_size;
}
if (given.heads) config.num_attention_heads = Number(given.heads);
if (given.intermediate) config.intermediate_size = Number(given.intermediate);
if (given.words) config.vocab_size = Number(given.words);
const [sequences, length] = given.batch.split("x").map(Number) as [
  number,
  number,
];
console.log(
  listing(
    record(
      config,
      {
        kind: given.task as Job["kind"],
        labels: Number(given.labels),
        train: given.train === "all" ? "all" : Number(given.train),
        dropout: Number(given.dropout),
        clsOnly: !given.full,
      },
      { tokens: sequences * length, sequences, length, batches: 1 },
    ),
  ),
);
