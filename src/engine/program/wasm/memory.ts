// The memory of a CPU executor: the arena as the program planned it, behind it
// the lists as the kernels read them, the space for packed matrices that all
// threads share, and a working space for each. And the threads that share it.

import { Failure } from "../../../said";
import { Header } from "../../kernels/operands";
import type { Program } from "../shape";
import { align } from "../arena";
import { headerAt } from "../header";
import { encode, type Operation, operationBytes } from "../operations";

/** What the WebAssembly module exports. */
export interface Kernels {
  join(thread: number, threads: number): void;
  run(list: number, count: number): void;
  ready(): number;
  gemmPack(columns: number): number;
  gemmScratch(): number;
  attentionScratch(length: number, features: number): number;
}

/** What a helping thread is told (program/thread.ts). */
export interface ThreadStart {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  thread: number;
  threads: number;
  seen: number;
}

export interface WasmOptions {
  /** Compiled from program/threads.wasm, program/single.wasm or their relaxed kin. */
  module: WebAssembly.Module;
  /** True of the former, which may run on one thread too. */
  shared: boolean;
  threads: number;
  /** Starts a helper; resolves when it has joined. Returns how to end it. */
  spawn?: (start: ThreadStart) => Promise<() => void>;
}

export type ListName = keyof Program["lists"];
/** Where a list of operations lies, in bytes. */
export type Lists = Record<ListName, { at: number; count: number }>;

const pageBytes = 65536;

async function instantiate(
  { module, shared }: WasmOptions,
  pages: number,
): Promise<{ memory: WebAssembly.Memory; kernels: Kernels }> {
  const memory = new WebAssembly.Memory({
    initial: pages,
    ...(shared && { maximum: 65536, shared: true }),
  });
  const { exports } = await WebAssembly.instantiate(module, {
    env: { memory },
  });
  return { memory, kernels: exports as unknown as Kernels };
}

/** Where everything lies, with the arena at its beginning. */
function layOut(program: Program, sizes: Kernels, threads: number) {
  const { config, capacity } = program;
  let end = program.end;
  const take = (bytes: number): number => {
    const at = end;
    end = align(end + bytes, 64);
    return at;
  };
  const lists = {} as Lists;
  for (const [name, operations] of Object.entries(program.lists))
    lists[name as ListName] = {
      at: take(operations.length * operationBytes),
      count: operations.length,
    };
  const pack = take(sizes.gemmPack(program.widest));
  const features = config.hidden_size / config.num_attention_heads;
  // Two cache lines lie between the threads.
  const scratchBytes = align(
    Math.max(
      sizes.gemmScratch(),
      sizes.attentionScratch(capacity.length, features),
    ) + 128,
    64,
  );
  const scratch = take(scratchBytes * threads);
  return { lists, pack, scratch, scratchBytes, end };
}

/** Memory with the lists written into it, and all threads waiting for one. */
export async function openMemory(program: Program, options: WasmOptions) {
  const { module, shared, threads, spawn } = options;
  // The kernels say what they need beside the arena.
  const { kernels: sizes } = await instantiate(options, 1);
  const layout = layOut(program, sizes, threads);
  const pages = Math.ceil(layout.end / pageBytes);
  if (pages > 65536)
    throw new Failure("run on: more than a page can address", {
      need: `${(layout.end / 2 ** 30).toFixed(1)} GB`,
    });
  const { memory, kernels } = await instantiate(options, pages);
  const ints = new Int32Array(memory.buffer);
  const floats = new Float32Array(memory.buffer);
  ints[headerAt / 4 + Header.scratch] = layout.scratch;
  ints[headerAt / 4 + Header.scratchBytes] = layout.scratchBytes;
  ints[headerAt / 4 + Header.pack] = layout.pack;
  for (const [name, operations] of Object.entries(program.lists))
    operations.forEach((operation: Operation, i) =>
      encode(
        operation,
        layout.lists[name as ListName].at + i * operationBytes,
        ints,
        floats,
      ),
    );
  kernels.join(0, threads);
  const ends: (() => void)[] = [];
  if (threads > 1) {
    if (!shared || !spawn)
      throw new Error("internal: threads without a way to start them");
    const starts = [];
    for (let thread = 1; thread < threads; thread++)
      starts.push(
        spawn({ module, memory, thread, threads, seen: kernels.ready() }),
      );
    ends.push(...(await Promise.all(starts)));
  }
  return { memory, kernels, lists: layout.lists, ints, floats, ends };
}
