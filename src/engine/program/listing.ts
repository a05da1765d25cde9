// A program for people to read: its operations with their shapes, what they
// read and write, and their arithmetic; then the memory it takes.

import type { Program } from "./shape";
import type { Region } from "./arena";
import type { Operation } from "./operations";

const mega = (n: number): string => (n / 1e6).toFixed(n < 1e7 ? 2 : 1);

function lines(operations: Operation[]): string[] {
  return operations.map((operation, i) => {
    const temporary = (regions: Region[]) =>
      [...new Set(regions)]
        .filter((region) => Number.isFinite(region.last))
        .reduce((sum, region) => sum + 4 * region.size, 0);
    const bytes = temporary(operation.reads) + temporary(operation.writes);
    return [
      String(i + 1).padStart(4),
      mega(operation.flops).padStart(9),
      mega(bytes).padStart(8),
      ` ${operation.label}`,
    ].join(" ");
  });
}

export function listing(program: Program): string {
  const { config, job, capacity, lists, regions, parameters } = program;
  const out: string[] = [];
  const total = (operations: Operation[]) =>
    operations.reduce((sum, operation) => sum + operation.flops, 0);
  const count = [...parameters.values()].reduce((sum, p) => sum + p.size, 0);
  out.push(
    `${config.num_hidden_layers} layers, ${config.hidden_size} hidden, ${config.num_attention_heads} heads, ${config.intermediate_size} intermediate, ${config.vocab_size} words: ${count.toLocaleString("en")} parameters`,
    `${job.kind}, training ${job.train === "all" ? "everything" : `the top ${job.train} layers and the head`}, dropout ${job.dropout}${job.clsOnly ? ", [CLS] only in the last layer" : ""}`,
    `up to ${capacity.sequences} sequences of ${capacity.length} tokens, ${capacity.tokens} in all`,
  );
  for (const [title, operations] of [
    ["train: once per batch", lists.train],
    ["update: once per step", lists.update],
    ["predict", lists.predict],
    ["watch", lists.watch],
  ] as const)
    out.push(
      "",
      `${title}: ${operations.length} operations, ${mega(total(operations))} MFLOP`,
      "   #     MFLOP       MB  operation",
      ...lines(operations),
    );
  const fixed = [...regions.values()].sort((a, b) => b.size - a.size);
  const end = Math.max(...fixed.map(({ at, size }) => at + 4 * size));
  const unshared = new Set(
    lists.train.flatMap((o) => [...o.reads, ...o.writes]),
  );
  const apart = [...unshared]
    .filter((region) => Number.isFinite(region.last))
    .reduce((sum, region) => sum + 4 * region.size, 0);
  out.push(
    "",
    "memory, MB",
    ...fixed
      .filter(({ size }) => size >= 2500)
      .map(({ name, size }) => `${mega(4 * size).padStart(9)}  ${name}`),
    `${mega(program.end - end).padStart(9)}  activations (${mega(apart)} if none shared space)`,
    `${mega(program.end).padStart(9)}  in all`,
  );
  return out.join("\n");
}
