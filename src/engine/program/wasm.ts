// The CPU executor: a program's lists in WebAssembly, over one memory shared by
// all threads. Filling the batch and starting a list is all JavaScript does.

import { Header } from "../kernels/operands";
import type { Batch } from "./batch";
import type { Executor, ExecutorState, Explanation } from "./executor";
import { headerAt } from "./header";
import { operationBytes } from "./operations";
import { forgotten, lasting, type OutputList, type Program } from "./shape";
import {
  attentionByLayer,
  checkState,
  defaultOptimizer,
  type Optimizer,
  type StepResult,
} from "./step";
import { Stepper } from "./stepper";
import {
  type ListName,
  openMemory,
  type ThreadStart,
  type WasmOptions,
} from "./wasm/memory";

export { defaultOptimizer, type Optimizer, type StepResult, type ThreadStart };

export class WasmExecutor implements Executor {
  private kept: Float32Array | null = null;
  private readonly stepper: Stepper;

  private constructor(
    readonly program: Program,
    readonly threads: number,
    private readonly space: Awaited<ReturnType<typeof openMemory>>,
  ) {
    this.stepper = new Stepper(program, space.memory.buffer);
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

  get step(): number {
    return this.stepper.step;
  }

  private read(at: Header): number {
    return this.space.floats[headerAt / 4 + at]!;
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
    const { regions } = this.program;
    for (const name of forgotten)
      if (regions.has(name)) this.region(name).fill(0);
    if (regions.has("wordDecayed")) this.region("wordDecayed").fill(1);
    this.stepper.reset();
  }

  setSeed(seed: number): void {
    this.stepper.setSeed(seed);
  }

  weigh(weights: Float32Array | null): void {
    this.stepper.weigh(weights);
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
    this.stepper.begin(batches);
    for (let i = 0; i < batches.length; i++) {
      this.stepper.fillForTraining(batches[i]!, i);
      this.run("train");
    }
    return this.read(Header.loss);
  }

  /** One step of AdamW on the mean loss of these batches. */
  train(batches: Batch[], optimizer: Optimizer): StepResult {
    const { at, line } = this.stepper.open(optimizer);
    this.space.floats.set(line, at / 4);
    const loss = this.accumulate(batches);
    this.run("update");
    if (this.stepper.close()) this.flush();
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

  private bits32(name: string): Uint32Array {
    const { buffer, byteOffset, length } = this.region(name);
    return new Uint32Array(buffer, byteOffset, length);
  }

  save(): ExecutorState {
    const { step, decayed } = this.stepper;
    const regions: ExecutorState["regions"] = new Map();
    for (const name of lasting)
      if (this.program.regions.has(name))
        regions.set(name, new Uint32Array(this.bits32(name)));
    if (this.kept)
      regions.set("kept", new Uint32Array(this.kept.slice().buffer));
    return { step, decayed, regions };
  }

  resume(state: ExecutorState): void {
    checkState(this.program, state);
    this.reset();
    for (const [name, numbers] of state.regions)
      if (name !== "kept") this.bits32(name).set(numbers);
    const kept = state.regions.get("kept");
    this.kept = kept ? new Float32Array(kept.slice().buffer) : null;
    this.stepper.reset(state.step, state.decayed);
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
    this.stepper.begin(null);
    this.stepper.fill(batch);
    this.run(list);
    return this.output(list, output);
  }

  explain(batch: Batch): Explanation {
    this.stepper.begin(null);
    this.stepper.fill(batch);
    this.run("explain");
    return {
      gradients: this.output("explain", "input gradients"),
      inputs: this.output("explain", "inputs"),
      logits: this.output("explain", "logits"),
    };
  }

  /** Attention of the first sequence, one [head, query, key] per layer, and the logits. Valid until the next call. */
  watch(batch: Batch): { attention: Float32Array[]; logits: Float32Array } {
    this.stepper.begin(null);
    this.stepper.fill(batch);
    this.run("watch");
    return {
      attention: attentionByLayer(
        this.program,
        batch,
        this.output("watch", "attention"),
      ),
      logits: this.output("watch", "logits"),
    };
  }

  close(): void {
    for (const end of this.space.ends) end();
  }
}
