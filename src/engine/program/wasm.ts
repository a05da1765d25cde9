// The CPU executor: a program's lists in WebAssembly, over one memory shared by
// all threads. Filling the batch and starting a list is all JavaScript does.

import { Header, History } from "../kernels/operands";
import { historySteps, type OutputList, type Program } from "./shape";
import { type Batch, dropoutKey, Filler } from "./batch";
import type { Executor } from "./executor";
import { headerAt } from "./header";
import { operationBytes } from "./operations";
import {
  defaultOptimizer,
  lossScale,
  type Optimizer,
  stepFigures,
  type StepResult,
} from "./step";
import {
  type ListName,
  openMemory,
  type ThreadStart,
  type WasmOptions,
} from "./wasm/memory";

export { defaultOptimizer, type Optimizer, type StepResult, type ThreadStart };

export class WasmExecutor implements Executor {
  /** Finished steps. */
  step = 0;
  private seed = 0;
  private decayed = 1;
  private classWeights: Float32Array | null = null;
  private kept: Float32Array | null = null;
  private readonly filler: Filler;

  private constructor(
    readonly program: Program,
    readonly threads: number,
    private readonly space: Awaited<ReturnType<typeof openMemory>>,
  ) {
    this.filler = new Filler(program, space.memory.buffer);
    this.reset();
  }

  static async create(
    program: Program,
    options: WasmOptions,
  ): Promise<WasmExecutor> {
    return new WasmExecutor(
      program,
      options.threads,
      await openMemory(program, options),
    );
  }

  get memory(): WebAssembly.Memory {
    return this.space.memory;
  }

  /** Bytes of the whole memory. */
  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  private head(word: Header, value: number): void {
    this.space.ints[headerAt / 4 + word] = value;
  }
  private headFloat(word: Header, value: number): void {
    this.space.floats[headerAt / 4 + word] = value;
  }
  private read(word: Header): number {
    return this.space.floats[headerAt / 4 + word]!;
  }

  /** A fixed region as floats, where it lies. */
  region(name: string): Float32Array {
    const region = this.program.regions.get(name);
    if (!region) throw new Error(`internal: no region ${name}`);
    return this.space.floats.subarray(
      region.at / 4,
      region.at / 4 + region.size,
    );
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
    const at = this.program.gradients.get(name);
    if (at === undefined) throw new Error(`internal: no gradient of ${name}`);
    const { size } = this.program.parameters.get(name)!;
    return this.region("gradients").subarray(at, at + size);
  }

  /** The words of the last batches, in the order of `wordGradients`. */
  get words(): Int32Array {
    const region = this.program.regions.get("words")!;
    const count = this.space.ints[headerAt / 4 + Header.words]!;
    return this.space.ints.subarray(region.at / 4, region.at / 4 + count);
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
    this.head(Header.done, 0);
    this.headFloat(Header.decayed, 1);
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
    this.headFloat(Header.beta1, beta1);
    this.headFloat(Header.beta2, beta2);
    this.headFloat(Header.epsilon, epsilon);
    this.headFloat(Header.maxNorm, maxNorm);
  }

  run(list: ListName): void {
    const { at, count } = this.space.lists[list];
    if (count) this.space.kernels.run(at, count);
  }

  /** One operation by itself, for measuring. */
  runOne(list: ListName, index: number): void {
    this.space.kernels.run(
      this.space.lists[list].at + index * operationBytes,
      1,
    );
  }

  /** Loss and gradients of these batches together, left in the arena. */
  accumulate(batches: Batch[]): number {
    this.headFloat(
      Header.lossScale,
      lossScale(this.program, batches, this.classWeights),
    );
    this.filler.begin();
    for (let i = 0; i < batches.length; i++) {
      this.head(Header.accumulate, i);
      this.head(Header.dropoutKey, dropoutKey(this.seed, this.step + 1, i) | 0);
      this.filler.fill(batches[i]!);
      this.run("train");
    }
    return this.read(Header.loss);
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
    this.space.floats[at + History.stepSize] = stepSize;
    this.space.floats[at + History.inverseRoot] = inverseRoot;
    this.space.floats[at + History.keep] = keep;
    this.space.floats[at + History.decayed] = this.decayed;
    this.headFloat(Header.stepSize, stepSize);
    this.headFloat(Header.inverseRoot, inverseRoot);
    this.headFloat(Header.keep, keep);
    this.head(Header.step, step);
    this.run("update");
    this.step = step;
    this.head(Header.done, step);
    this.headFloat(Header.decayed, this.decayed);
    // Before the history comes round, all that is owed has to be paid.
    if (step % (historySteps / 2) === 0) this.flush();
    return { loss, norm: this.read(Header.norm) };
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
    return this.space.floats.subarray(
      region.at / 4,
      region.at / 4 + region.size,
    );
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
    for (const end of this.space.ends) end();
  }
}
