// The CPU executor: a program's lists in WebAssembly, over one memory shared by
// all threads. Filling the batch and starting a list is all JavaScript does.

import {
  historySteps,
  type OutputList,
  type Program,
  wordName,
} from "../program";
import { align } from "./arena";
import { type Batch, dropoutKey, Filler } from "./batch";
import type { Executor } from "./executor";
import { header, headerAt } from "./header";
import {
  defaultOptimizer,
  lossScale,
  type Optimizer,
  stepFigures,
  type StepResult,
} from "./step";
import { encode, type Operation, operationBytes } from "./operations";

interface Kernels {
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

export { defaultOptimizer, type Optimizer, type StepResult };

type ListName = keyof Program["lists"];

export class WasmExecutor implements Executor {
  /** Finished steps. */
  step = 0;
  private seed = 0;
  private decayed = 1;
  private classWeights: Float32Array | null = null;
  private kept: Float32Array | null = null;

  private constructor(
    readonly program: Program,
    readonly memory: WebAssembly.Memory,
    readonly threads: number,
    private readonly kernels: Kernels,
    private readonly lists: Record<ListName, { at: number; count: number }>,
    private readonly filler: Filler,
    private readonly ints: Int32Array,
    private readonly floats: Float32Array,
    private readonly ends: (() => void)[],
  ) {}

  static async create(
    program: Program,
    { module, shared, threads, spawn }: WasmOptions,
  ): Promise<WasmExecutor> {
    const { config, capacity } = program;
    // The kernels say what they need beside the arena.
    const probe = new WebAssembly.Memory({
      initial: 1,
      ...(shared && { maximum: 65536, shared: true }),
    });
    const sizes = (
      await WebAssembly.instantiate(module, { env: { memory: probe } })
    ).exports as unknown as Kernels;
    const heads = config.hidden_size / config.num_attention_heads;
    const scratch = align(
      Math.max(
        sizes.gemmScratch(),
        sizes.attentionScratch(capacity.length, heads),
      ) + 128,
      64,
    );
    let end = program.end;
    const take = (bytes: number): number => {
      const at = end;
      end = align(end + bytes, 64);
      return at;
    };
    const lists = {} as Record<ListName, { at: number; count: number }>;
    for (const [name, operations] of Object.entries(program.lists))
      lists[name as ListName] = {
        at: take(operations.length * operationBytes),
        count: operations.length,
      };
    const pack = take(sizes.gemmPack(program.widest));
    const scratchAt = take(scratch * threads);

    const pages = Math.ceil(end / 65536);
    if (pages > 65536)
      throw new Error(
        `This model and batch need ${(end / 2 ** 30).toFixed(1)} GB, more than the 4 GB a page can address. Choose a smaller batch or fewer tokens.`,
      );
    const memory = new WebAssembly.Memory({
      initial: pages,
      ...(shared && { maximum: 65536, shared: true }),
    });
    const instance = await WebAssembly.instantiate(module, { env: { memory } });
    const kernels = instance.exports as unknown as Kernels;
    const ints = new Int32Array(memory.buffer);
    const floats = new Float32Array(memory.buffer);
    ints[headerAt / 4 + header.scratch] = scratchAt;
    ints[headerAt / 4 + header.scratchBytes] = scratch;
    ints[headerAt / 4 + header.pack] = pack;
    for (const [name, operations] of Object.entries(program.lists))
      operations.forEach((operation: Operation, i) =>
        encode(
          operation,
          lists[name as ListName].at + i * operationBytes,
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
    const executor = new WasmExecutor(
      program,
      memory,
      threads,
      kernels,
      lists,
      new Filler(program, memory.buffer),
      ints,
      floats,
      ends,
    );
    executor.reset();
    return executor;
  }

  /** Bytes of the whole memory. */
  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  private head(name: keyof typeof header, value: number): void {
    this.ints[headerAt / 4 + header[name]] = value;
  }
  private headFloat(name: keyof typeof header, value: number): void {
    this.floats[headerAt / 4 + header[name]] = value;
  }
  private read(name: keyof typeof header): number {
    return this.floats[headerAt / 4 + header[name]]!;
  }

  /** A fixed region as floats, where it lies. */
  region(name: string): Float32Array {
    const region = this.program.regions.get(name);
    if (!region) throw new Error(`internal: no region ${name}`);
    return this.floats.subarray(region.at / 4, region.at / 4 + region.size);
  }

  parameter(name: string): Float32Array {
    const parameter = this.program.parameters.get(name);
    if (!parameter) throw new Error(`internal: no parameter ${name}`);
    return this.region("parameters").subarray(
      parameter.offset,
      parameter.offset + parameter.size,
    );
  }

  /** Gradient of a trained parameter after `accumulate`, as it lies; for lazily updated word embeddings by `words` instead. */
  gradient(name: string): Float32Array {
    const list = [...this.program.parameters.values()];
    const parameter = this.program.parameters.get(name)!;
    const lazy = this.program.regions.has("wordGradients");
    const span = (decays: boolean) => {
      const of = list.filter(
        (p) =>
          p.trained && p.decays === decays && !(lazy && p.name === wordName),
      );
      const first = Math.min(...of.map((p) => p.offset));
      return {
        first,
        size: align(Math.max(...of.map((p) => p.offset + p.size)) - first, 16),
      };
    };
    const matrices = span(true);
    const at = parameter.decays
      ? parameter.offset - matrices.first
      : matrices.size + parameter.offset - span(false).first;
    return this.region("gradients").subarray(at, at + parameter.size);
  }

  /** The words of the last batches, in the order of `wordGradients`. */
  get words(): Int32Array {
    const region = this.program.regions.get("words")!;
    const count = this.ints[headerAt / 4 + header.words]!;
    return this.ints.subarray(region.at / 4, region.at / 4 + count);
  }

  /** Forgets moments and history; parameters stay. */
  reset(): void {
    for (const name of ["moments1", "moments2", "gradients", "history"])
      this.region(name).fill(0);
    for (const name of [
      "wordMoments1",
      "wordMoments2",
      "wordGradients",
      "wordLast",
    ])
      if (this.program.regions.has(name)) this.region(name).fill(0);
    if (this.program.regions.has("wordDecayed"))
      this.region("wordDecayed").fill(1);
    this.step = 0;
    this.decayed = 1;
    this.head("done", 0);
    this.headFloat("decayed", 1);
    this.optimizer(defaultOptimizer);
    this.weigh(null);
  }

  setSeed(seed: number): void {
    this.seed = seed;
  }

  /** Weight of each label in the loss; null for 1. */
  weigh(weights: Float32Array | null): void {
    this.classWeights = weights;
    const region = this.region("classWeights");
    region.fill(1);
    if (weights) region.set(weights);
  }

  private optimizer({ beta1, beta2, epsilon, maxNorm }: Optimizer): void {
    this.headFloat("beta1", beta1);
    this.headFloat("beta2", beta2);
    this.headFloat("epsilon", epsilon);
    this.headFloat("maxNorm", maxNorm);
  }

  run(list: ListName): void {
    const { at, count } = this.lists[list];
    if (count) this.kernels.run(at, count);
  }

  /** One operation by itself, for measuring. */
  runOne(list: ListName, index: number): void {
    this.kernels.run(this.lists[list].at + index * operationBytes, 1);
  }

  /** Loss and gradients of these batches together, left in the arena. */
  accumulate(batches: Batch[]): number {
    this.headFloat(
      "lossScale",
      lossScale(this.program, batches, this.classWeights),
    );
    this.filler.begin();
    for (let i = 0; i < batches.length; i++) {
      this.head("accumulate", i);
      this.head("dropoutKey", dropoutKey(this.seed, this.step + 1, i) | 0);
      this.filler.fill(batches[i]!);
      this.run("train");
    }
    return this.read("loss");
  }

  /** One step of AdamW on the mean loss of these batches. */
  train(batches: Batch[], optimizer: Optimizer): StepResult {
    this.optimizer(optimizer);
    const loss = this.accumulate(batches);
    const step = this.step + 1;
    const { stepSize, inverseRoot, keep } = stepFigures(step, optimizer);
    this.decayed *= keep;
    const history = this.program.regions.get("history")!.at / 4;
    const at = history + 4 * (step % historySteps);
    this.floats[at] = stepSize;
    this.floats[at + 1] = inverseRoot;
    this.floats[at + 2] = keep;
    this.floats[at + 3] = this.decayed;
    this.headFloat("stepSize", stepSize);
    this.headFloat("inverseRoot", inverseRoot);
    this.headFloat("keep", keep);
    this.head("step", step);
    this.run("update");
    this.step = step;
    this.head("done", step);
    this.headFloat("decayed", this.decayed);
    // Before the history comes round, all that is owed has to be paid.
    if (step % (historySteps / 2) === 0) this.flush();
    return { loss, norm: this.read("norm") };
  }

  /** Brings every row of the word embeddings up to date. Before parameters are read. */
  flush(): void {
    this.run("flush");
  }

  setParameter(name: string, data: Float32Array): void {
    this.parameter(name).set(data);
  }

  readParameters(): Float32Array {
    this.flush();
    return this.region("parameters").slice();
  }

  keep(): void {
    this.flush();
    const parameters = this.region("parameters");
    this.kept ??= new Float32Array(parameters.length);
    this.kept.set(parameters);
  }

  restore(): void {
    if (!this.kept) throw new Error("internal: nothing was kept");
    // Nothing is owed to what comes back.
    this.flush();
    this.region("parameters").set(this.kept);
  }

  private output(list: OutputList, name: string): Float32Array {
    const region = this.program.outputs[list].get(name);
    if (!region) throw new Error(`internal: ${list} leaves no ${name}`);
    return this.floats.subarray(region.at / 4, region.at / 4 + region.size);
  }

  /** Logits of a batch, row by row, each row a multiple of four long. Valid until the next call. */
  predict(batch: Batch): Float32Array {
    return this.pass("predict", "logits", batch);
  }

  /** What the head reads, [sequence, hidden]. Valid until the next call. */
  encode(batch: Batch): Float32Array {
    return this.pass("encode", "features", batch);
  }

  /** Logits, as `predict`, from features. Valid until the next call. */
  score(batch: Batch): Float32Array {
    return this.pass("score", "logits", batch);
  }

  private pass(list: OutputList, output: string, batch: Batch): Float32Array {
    this.filler.begin();
    this.filler.fill(batch);
    this.run(list);
    return this.output(list, output);
  }

  /** Attention of the first sequence, one [head, query, key] per layer, and the logits. Valid until the next call. */
  watch(batch: Batch): { attention: Float32Array[]; logits: Float32Array } {
    this.filler.begin();
    this.filler.fill(batch);
    this.run("watch");
    const { config, capacity } = this.program;
    const all = this.output("watch", "attention");
    const heads = config.num_attention_heads;
    const room = heads * capacity.length ** 2;
    // Rows of padding ask too, as everywhere.
    const queries = batch.padded || batch.lengths[0]!;
    const attention = Array.from({ length: config.num_hidden_layers }, (_, i) =>
      all.subarray(i * room, i * room + heads * queries * batch.lengths[0]!),
    );
    return {
      attention,
      logits: this.output("watch", "logits"),
    };
  }

  close(): void {
    for (const end of this.ends) end();
  }
}
