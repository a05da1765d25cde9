// Time per training step of the CPU executor beside PyTorch's, in one run.
//
//   npx tsx e2e/bench/cpu.ts [--only tiny] [--threads 2] [--steps 12] [--no-torch]

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { record } from "../../src/engine/program.ts";
import { createInNode } from "../../src/engine/program/node.ts";
import {
  defaultOptimizer,
  type WasmExecutor,
} from "../../src/engine/program/wasm.ts";

const { values: given } = parseArgs({
  options: {
    only: { type: "string" },
    threads: { type: "string", default: "2" },
    steps: { type: "string", default: "12" },
    torch: { type: "boolean", default: true },
    batches: { type: "string", default: "16x64,32x128" },
    full: { type: "boolean", default: false },
    // Time of each operation by itself.
    profile: { type: "boolean", default: false },
  },
  allowNegative: true,
});

const models = {
  tiny: { layers: 2, hidden: 128, heads: 2, vocabulary: 30522 },
  base: { layers: 4, hidden: 128, heads: 4, vocabulary: 8192 },
  mini: { layers: 4, hidden: 256, heads: 4, vocabulary: 30522 },
  MiniLM: { layers: 6, hidden: 384, heads: 12, vocabulary: 30522 },
};

const median = (times: number[]): number =>
  [...times].sort((a, b) => a - b)[times.length >> 1]!;

function profile(executor: WasmExecutor): void {
  // Processor time, because the machine may be busy with other things.
  const cpu = () => process.cpuUsage().user / 1000;
  for (const list of ["train", "update"] as const) {
    let total = 0;
    executor.program.lists[list].forEach((operation, i) => {
      const once = () => executor.runOne(list, i);
      once();
      const times: number[] = [];
      let spent = 0;
      while (spent < 40 || times.length < 5) {
        const start = cpu();
        once();
        times.push(cpu() - start);
        spent += times.at(-1)!;
      }
      const ms = median(times);
      total += ms;
      console.log(
        `${ms.toFixed(3).padStart(9)} ms ${(operation.flops / ms / 1e6).toFixed(1).padStart(6)} GFLOP/s  ${operation.label}`,
      );
    });
    console.log(`${total.toFixed(2).padStart(9)} ms in all of ${list}`);
  }
}

for (const [name, model] of Object.entries(models)) {
  if (given.only && !given.only.split(",").includes(name)) continue;
  for (const shape of given.batches.split(",")) {
    const [size, length] = shape.split("x").map(Number) as [number, number];
    const { layers, hidden, heads, vocabulary } = model;
    const program = record(
      {
        vocab_size: vocabulary,
        hidden_size: hidden,
        num_hidden_layers: layers,
        num_attention_heads: heads,
        intermediate_size: 4 * hidden,
        hidden_act: "gelu",
        max_position_embeddings: 512,
        type_vocab_size: 2,
        layer_norm_eps: 1e-12,
      },
      { labels: 6, dropout: 0.1, clsOnly: !given.full },
      { tokens: size * length, sequences: size, length, batches: 1 },
    );
    const executor = await createInNode(program, Number(given.threads));
    const parameters = executor.region("parameters");
    for (const { name, offset, size } of program.parameters.values())
      for (let i = 0; i < size; i++)
        parameters[offset + i] = name.includes("LayerNorm.weight")
          ? 1
          : name.endsWith("bias")
            ? 0
            : 0.04 * (Math.random() + Math.random() - 1);
    const batch = () => ({
      size,
      lengths: new Int32Array(size).fill(length),
      padded: 0,
      ids: Int32Array.from({ length: size * length }, () =>
        Math.floor(Math.random() * vocabulary),
      ),
      segments: new Int32Array(size * length),
      labels: Int32Array.from({ length: size }, () =>
        Math.floor(Math.random() * 6),
      ),
    });
    const times: number[] = [];
    for (let step = 0; step < Number(given.steps) + 3; step++) {
      const next = [batch()];
      const start = performance.now();
      executor.train(next, defaultOptimizer);
      if (step >= 3) times.push(performance.now() - start);
    }
    if (given.profile) profile(executor);
    executor.close();
    const ours = median(times);
    const flops = program.lists.train.reduce((sum, o) => sum + o.flops, 0);
    let torch = "";
    if (given.torch && existsSync("/usr/bin/python3")) {
      const line = execFileSync("/usr/bin/python3", [
        "e2e/bench/torch_step.py",
        ...[layers, hidden, 4 * hidden, heads, vocabulary, size, length].map(
          String,
        ),
        given.steps,
      ]).toString();
      const { ms } = JSON.parse(line) as { ms: number };
      torch = `   PyTorch ${ms.toFixed(1)} ms   ratio ${(ours / ms).toFixed(2)}`;
    }
    console.log(
      `${name.padEnd(7)} ${shape.padEnd(7)} ${ours.toFixed(1).padStart(8)} ms  ${(flops / ours / 1e6).toFixed(0).padStart(4)} GFLOP/s  ${program.lists.train.length + program.lists.update.length} operations${torch}`,
    );
  }
}
process.exit(0);
