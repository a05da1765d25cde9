// The GPU executor: a program's lists as compute dispatches over one buffer, the
// arena. Pipelines and bindings are made once (webgpu/list.ts); a step uploads its
// batch, writes the operands that changed, and encodes. Nothing waits for the GPU but
// whoever reads a result.

import type { Batch } from "./batch";
import type { Executor, ExecutorState, Explanation } from "./executor";
import { header, headerAt } from "./header";
import type { Operation } from "./operations";
import type { OutputList, Program } from "./shape";
import {
  attentionByLayer,
  checkState,
  type Optimizer,
  type StepResult,
} from "./step";
import { Commands } from "./webgpu/commands";
import { headerBytes, Host } from "./webgpu/host";
import { DispatchList } from "./webgpu/list";
import { Memory } from "./webgpu/memory";
import { pipelinesOf } from "./webgpu/pipelines";
import { Planner } from "./webgpu/plan";
import type { Tuning } from "./webgpu/products";
import { timeOf, tune } from "./webgpu/tuning";

export type { Tuning };

type ListName = keyof Program["lists"];

export interface WebgpuOptions {
  /** Of an earlier executor on the same device (`readTuning`): what it says is not measured again. */
  tuning?: Tuning | null;
}

const stepResult = (figures: Float32Array): StepResult => ({
  loss: figures[header.loss]!,
  norm: figures[header.norm]!,
});

export class WebgpuExecutor implements Executor {
  private lists = {} as Record<ListName, DispatchList>;
  private readonly alone = new Map<Operation, DispatchList>();
  private readonly commands: Commands;
  private readonly host: Host;
  /** Which kernels are used; JSON that `create` takes again. */
  tuning!: Tuning;

  private constructor(
    readonly program: Program,
    readonly device: GPUDevice,
    private readonly memory: Memory,
  ) {
    this.host = new Host(program, device.queue, memory.arena);
    this.commands = new Commands(device);
  }

  static async create(
    program: Program,
    device: GPUDevice,
    { tuning = null }: WebgpuOptions = {},
  ): Promise<WebgpuExecutor> {
    const executor = new WebgpuExecutor(
      program,
      device,
      new Memory(program, device),
    );
    executor.tuning = await tune(
      program,
      device,
      tuning,
      async (operation, candidate) => {
        const list = await executor.planned([operation], candidate);
        const ms = await timeOf(device, list);
        list.close();
        return ms;
      },
    );
    const names = Object.keys(program.lists) as ListName[];
    const lists = await Promise.all(
      names.map((name) =>
        executor.planned(program.lists[name], executor.tuning),
      ),
    );
    names.forEach((name, i) => (executor.lists[name] = lists[i]!));
    executor.reset();
    return executor;
  }

  private async planned(
    operations: Operation[],
    tuning: Tuning,
  ): Promise<DispatchList> {
    const planner = new Planner(this.program, tuning, this.memory.spare);
    const dispatches = planner.plan(operations);
    const pipelines = pipelinesOf(this.device);
    return new DispatchList(
      this.device,
      this.commands,
      pipelines.layout,
      this.memory.arena,
      dispatches,
      await Promise.all(
        dispatches.map(({ name, code }) => pipelines.compile(name, code)),
      ),
      this.host.header,
    );
  }

  /** Bytes of the arena and everything beside it. */
  get bytes(): number {
    let bytes = this.memory.bytes;
    for (const list of Object.values(this.lists)) bytes += list.bytes;
    return bytes;
  }

  /** Dispatches of the last run of each list. */
  get dispatches(): Record<ListName, number> {
    return Object.fromEntries(
      Object.entries(this.lists).map(([name, { count }]) => [name, count]),
    ) as Record<ListName, number>;
  }

  get step(): number {
    return this.host.step;
  }

  reset(): void {
    this.memory.clear();
    this.host.reset();
  }

  setSeed(seed: number): void {
    this.host.setSeed(seed);
  }

  weigh(weights: Float32Array | null): void {
    this.host.weigh(weights);
  }

  setParameter(name: string, data: Float32Array): void {
    this.memory.setParameter(name, data);
  }

  /** Loss and gradients of these batches together, left in the arena. */
  accumulate(batches: Batch[]): void {
    this.encodeBatches(batches);
    this.commands.submit();
  }

  /** The same, of which the last batch's commands are not sent yet. */
  private encodeBatches(batches: Batch[]): void {
    this.host.begin(batches);
    for (let i = 0; i < batches.length; i++) {
      // A batch is written where the one before it is read.
      if (i > 0) this.commands.submit();
      this.host.fillForTraining(batches[i]!, i);
      this.lists.train.encode();
    }
  }

  /** One operation by itself and on its own, for measuring. Resolves when it is done. */
  async runOne(list: ListName, index: number, times = 1): Promise<void> {
    const operation = this.program.lists[list][index]!;
    let alone = this.alone.get(operation);
    if (!alone) {
      alone = await this.planned([operation], this.tuning);
      this.alone.set(operation, alone);
    }
    for (let i = 0; i < times; i++) alone.run();
    await this.device.queue.onSubmittedWorkDone();
  }

  /** One step of AdamW, submitted; its figures arrive later. */
  train(batches: Batch[], optimizer: Optimizer): Promise<StepResult> {
    // All that the update needs goes up with the batch.
    const { at, line } = this.host.open(optimizer);
    this.encodeBatches(batches);
    this.device.queue.writeBuffer(this.memory.arena, at, line);
    const figures = this.memory.readback.take(headerBytes);
    this.lists.update.run((encoder) =>
      encoder.copyBufferToBuffer(
        this.memory.arena,
        headerAt,
        figures,
        0,
        headerBytes,
      ),
    );
    if (this.host.close()) this.flush();
    return this.memory.readback.map(figures, stepResult);
  }

  /** Brings every row of the word embeddings up to date. Before parameters are read. */
  flush(): void {
    this.host.upload(false);
    this.lists.flush.run();
  }

  predict(batch: Batch): Promise<Float32Array> {
    return this.pass("predict", batch).then(([logits]) => logits!);
  }
  encode(batch: Batch): Promise<Float32Array> {
    return this.pass("encode", batch).then(([features]) => features!);
  }
  score(batch: Batch): Promise<Float32Array> {
    return this.pass("score", batch).then(([logits]) => logits!);
  }

  /** All that a list leaves behind, in the order it was recorded. */
  private pass(list: OutputList, batch: Batch): Promise<Float32Array[]> {
    this.host.begin(null);
    this.host.fill(batch);
    const regions = [...this.program.outputs[list].values()];
    const size = regions.reduce((bytes, region) => bytes + region.size * 4, 0);
    const buffer = this.memory.readback.take(size);
    this.lists[list].run((encoder) => {
      let to = 0;
      for (const region of regions) {
        const bytes = region.size * 4;
        encoder.copyBufferToBuffer(
          this.memory.arena,
          region.at,
          buffer,
          to,
          bytes,
        );
        to += bytes;
      }
    });
    return this.memory.readback.map(buffer, (floats) => {
      let from = 0;
      return regions.map(({ size }) => floats.slice(from, (from += size)));
    });
  }

  async watch(
    batch: Batch,
  ): Promise<{ attention: Float32Array[]; logits: Float32Array }> {
    const names = [...this.program.outputs.watch.keys()];
    const left = await this.pass("watch", batch);
    const all = left[names.indexOf("attention")]!;
    return {
      attention: attentionByLayer(this.program, batch, all),
      logits: left[names.indexOf("logits")]!,
    };
  }

  async explain(batch: Batch): Promise<Explanation> {
    const names = [...this.program.outputs.explain.keys()];
    const left = await this.pass("explain", batch);
    const named = (name: string) => left[names.indexOf(name)]!;
    return {
      gradients: named("input gradients"),
      inputs: named("inputs"),
      logits: named("logits"),
    };
  }

  /** A copy of a region, once all that was submitted is done. */
  readRegion(name: string): Promise<Float32Array<ArrayBuffer>> {
    return this.memory.readRegion(name);
  }

  readParameters(): Promise<Float32Array> {
    this.flush();
    return this.readRegion("parameters");
  }

  async save(): Promise<ExecutorState> {
    const { step, decayed } = this.host;
    return { step, decayed, regions: await this.memory.save() };
  }

  resume(state: ExecutorState): void {
    checkState(this.program, state);
    this.reset();
    this.memory.resume(state.regions);
    this.host.reset(state.step, state.decayed);
  }

  keep(): void {
    this.flush();
    this.memory.keep();
  }

  restore(): void {
    // Nothing is owed to what comes back.
    this.flush();
    this.memory.restore();
  }

  close(): void {
    this.memory.close();
    for (const list of Object.values(this.lists)) list.close();
    for (const list of this.alone.values()) list.close();
  }
}
