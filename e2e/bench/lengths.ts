// What leaving out the padding is worth on real texts: the same batches, once
// packed and once padded to 128, must give the same losses, and take what time?

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Config, record } from "../../src/engine/program.ts";
import type { Batch } from "../../src/engine/program/batch.ts";
import { createInNode } from "../../src/engine/program/node.ts";
import { openTokenizer } from "../../src/engine/model/tokenizer.ts";
import { readSafetensors } from "../../src/engine/model/weights.ts";
import { learning } from "./engine.ts";
import { optimizer } from "./program.ts";
import { type BothWays, type Mix, type MixResult, mixOf } from "./report.ts";
import { firstValues, randomFrom } from "./workloads.ts";

const data = "../shared/data/text";
const model = "public/models/attune-tiny-en";
const size = 32;
const longest = 128;
/** Steps that do not count for speed. */
const warm = 2;

type Text = [text: string, second: string | null, label: string];

const lines = (file: string, encoding: BufferEncoding) =>
  readFileSync(join(data, file), encoding).split(/\r?\n/).filter(Boolean);

const sets: { name: string; what: string; read: () => Text[] }[] = [
  {
    name: "trec6",
    what: "short questions",
    read: () =>
      lines("trec6/raw_TREC.train", "latin1").map((line) => [
        line.slice(line.indexOf(" ") + 1),
        null,
        line.slice(0, line.indexOf(":")),
      ]),
  },
  {
    name: "xlmt",
    what: "tweets",
    read: () => {
      const labels = lines("xlmt/english/train_labels.txt", "utf8");
      return lines("xlmt/english/train_text.txt", "utf8").map((line, i) => [
        line,
        null,
        labels[i]!,
      ]);
    },
  },
  {
    name: "mrpc",
    what: "pairs of news sentences, the longest texts there are",
    read: () =>
      lines("mrpc/msr_paraphrase_train.txt", "utf8")
        .slice(1)
        .map((line) => line.split("\t"))
        .map(([label, , , text, second]) => [text!, second!, label!]),
  },
];

export async function lengthMix(
  threads: number,
  steps: number,
  say: (line: string) => void,
): Promise<MixResult[]> {
  if (!existsSync(data)) {
    say(`${data} is not here: no real texts to measure.`);
    return [];
  }
  const results: MixResult[] = [];
  for (const set of sets) {
    say(`real lengths: ${set.name}`);
    results.push({
      set: set.name,
      what: set.what,
      ...(await compare(set.read(), threads, steps)),
    });
  }
  return results;
}

const file = (name: string) => readFileSync(join(model, name));

async function compare(
  texts: Text[],
  threads: number,
  steps: number,
): Promise<Mix> {
  const labels = [...new Set(texts.map(([, , label]) => label))].sort();
  const config = JSON.parse(file("config.json").toString()) as Config;
  const make = async () => {
    const program = record(
      config,
      { labels: labels.length, dropout: learning.dropout },
      {
        tokens: size * longest,
        sequences: size,
        length: longest,
        batches: 1,
      },
    );
    const executor = await createInNode(program, threads);
    const weights = readSafetensors(file("model.safetensors"), model);
    const random = randomFrom(1);
    for (const { name, size } of program.parameters.values())
      executor.setParameter(
        name,
        weights.get(name)?.data ?? firstValues(name, size, random),
      );
    executor.setSeed(5);
    return executor;
  };
  const tokenizer = openTokenizer({
    tokenizerJson: file("tokenizer.json").toString(),
    tokenizerConfig: file("tokenizer_config.json").toString(),
  });
  const random = randomFrom(3);
  const drawn = Array.from({ length: (steps + warm) * size }, () => {
    const [text, second, label] = texts[Math.floor(random() * texts.length)]!;
    const { ids, segments } = tokenizer.encode(text, second, longest);
    return { ids, segments, label: labels.indexOf(label) };
  });
  const packed = await make();
  const padded = await make();
  const done: BothWays[] = [];
  for (let step = 0; step < steps + warm; step++) {
    const rows = drawn.slice(step * size, (step + 1) * size);
    const timed = (executor: typeof packed, batch: Batch) => {
      const start = performance.now();
      const { loss } = executor.train([batch], optimizer);
      return { ms: performance.now() - start, loss };
    };
    done.push({
      tokens: rows.reduce((sum, { ids }) => sum + ids.length, 0),
      packed: timed(packed, batchOf(rows, 0)),
      padded: timed(padded, batchOf(rows, longest)),
    });
  }
  packed.close();
  padded.close();
  return mixOf(done, drawn.length, warm);
}

function batchOf(
  rows: { ids: number[]; segments: number[]; label: number }[],
  padded: number,
): Batch {
  const spread = (list: number[]) =>
    padded ? [...list, ...Array(padded - list.length).fill(0)] : list;
  return {
    size: rows.length,
    lengths: Int32Array.from(rows, ({ ids }) => ids.length),
    padded,
    ids: Int32Array.from(rows.flatMap(({ ids }) => spread(ids))),
    segments: Int32Array.from(rows.flatMap(({ segments }) => spread(segments))),
    labels: Int32Array.from(rows, ({ label }) => label),
  };
}
