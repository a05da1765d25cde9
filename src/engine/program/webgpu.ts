// The GPU executor: a program's lists as compute dispatches over one buffer, the
// arena. Pipelines and bindings are made once; a step uploads its batch, writes
// each dispatch's 32 words, and encodes. Nothing waits for the GPU but `result`.

import { historySteps, type OutputList, type Program } from "../program";

import { type Batch, dropoutKey, Filler } from "./batch";
import type { Executor } from "./executor";
import { arenaStart, header, headerAt } from "./header";
import {
  encode,
  forms,
  type Operation,
  operationWords,
  type Size,
} from "./operations";
import { shaders } from "./shaders";
import {
  defaultOptimizer,
  lossScale,
  type Optimizer,
  stepFigures,
  type StepResult,
} from "./step";

type ListName = keyof Program["lists"];

/** Uniform slots begin at multiples of this. */
const slot = 256;
/** Dispatches in one submit: much more freezes the page and can trip a watchdog. */
const together = 32;
const headerWords = 64;

interface Prepared {
  layout: GPUBindGroupLayout;
  pipelines: Record<string, GPUComputePipeline>;
  /** The GEMM that was faster on this device, once measured. */
  direct?: boolean;
}
/** Compiling takes seconds; a device does it once. */
const prepared = new WeakMap<GPUDevice, Promise<Prepared>>();

function prepare(device: GPUDevice): Promise<Prepared> {
  const present = prepared.get(device) ?? compile(device);
  prepared.set(device, present);
  return present;
}

async function compile(device: GPUDevice): Promise<Prepared> {
  const layout = device.createBindGroupLayout({
    entries: [
      {
        binding: 0,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: "storage" },
      },
      {
        binding: 1,
        visibility: GPUShaderStage.COMPUTE,
        buffer: { type: "uniform", hasDynamicOffset: true },
      },
    ],
  });
  const pipelineLayout = device.createPipelineLayout({
    bindGroupLayouts: [layout],
  });
  const pipelines: Record<string, GPUComputePipeline> = {};
  await Promise.all(
    Object.entries(shaders).map(async ([name, code]) => {
      const module = device.createShaderModule({ code, label: name });
      const { messages } = await module.getCompilationInfo();
      const errors = messages.filter(({ type }) => type === "error");
      if (errors.length) {
        const lines = code.split("\n");
        throw new Error(
          `internal: shader ${name}\n${errors
            .map((e) => `${e.lineNum}: ${e.message}\n  ${lines[e.lineNum - 1]}`)
            .join("\n")}`,
        );
      }
      pipelines[name] = await device.createComputePipelineAsync({
        layout: pipelineLayout,
        compute: { module, entryPoint: "main" },
      });
    }),
  );
  return { layout, pipelines };
}

export class WebgpuExecutor implements Executor {
  step = 0;
  private seed = 0;
  private decayed = 1;
  private classWeights: Float32Array | null = null;
  private kept: GPUBuffer | null = null;
  /** Staging buffers not in use. */
  private readonly staging: GPUBuffer[] = [];
  /** Which GEMM is used: without shared memory, or with. */
  direct = false;
  /** Dispatches of the last run of each list. */
  readonly dispatches: Partial<Record<ListName, number>> = {};

  private constructor(
    readonly program: Program,
    readonly device: GPUDevice,
    private readonly arena: GPUBuffer,
    private readonly words: Record<ListName, GPUBuffer>,
    private readonly bindings: Record<ListName, GPUBindGroup>,
    private readonly encoded: Record<ListName, Int32Array<ArrayBuffer>>,
    private readonly pipelines: Record<string, GPUComputePipeline>,
    private readonly filler: Filler,
    /** What the host writes: the header and the tables. */
    private readonly mirror: ArrayBuffer,
  ) {
    this.ints = new Int32Array(mirror);
    this.floats = new Float32Array(mirror);
  }
  private readonly ints: Int32Array;
  private readonly floats: Float32Array;

  static async create(
    program: Program,
    device: GPUDevice,
  ): Promise<WebgpuExecutor> {
    if (program.end > device.limits.maxStorageBufferBindingSize)
      throw new Error(
        `This model and batch need ${Math.ceil(program.end / 2 ** 20)} MB in one piece, and this GPU gives ${Math.floor(device.limits.maxStorageBufferBindingSize / 2 ** 20)}. Choose a smaller batch or fewer tokens.`,
      );
    const arena = device.createBuffer({
      size: program.end,
      usage:
        GPUBufferUsage.STORAGE |
        GPUBufferUsage.COPY_DST |
        GPUBufferUsage.COPY_SRC,
    });
    const { layout, pipelines } = await prepare(device);
    const words = {} as Record<ListName, GPUBuffer>;
    const bindings = {} as Record<ListName, GPUBindGroup>;
    const encoded = {} as Record<ListName, Int32Array<ArrayBuffer>>;
    for (const [key, operations] of Object.entries(program.lists)) {
      const name = key as ListName;
      const ints = new Int32Array((Math.max(1, operations.length) * slot) / 4);
      const floats = new Float32Array(ints.buffer);
      operations.forEach((operation, i) =>
        encode(operation, i * slot, ints, floats),
      );
      encoded[name] = ints;
      words[name] = device.createBuffer({
        size: ints.byteLength,
        usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
      });
      bindings[name] = device.createBindGroup({
        layout,
        entries: [
          { binding: 0, resource: { buffer: arena } },
          {
            binding: 1,
            resource: { buffer: words[name], size: operationWords * 4 },
          },
        ],
      });
    }
    const mirror = new ArrayBuffer(program.regions.get("parameters")!.at);
    const executor = new WebgpuExecutor(
      program,
      device,
      arena,
      words,
      bindings,
      encoded,
      pipelines,
      new Filler(program, mirror),
      mirror,
    );
    executor.reset();
    const known = await prepare(device);
    known.direct ??= await executor.fasterDirect();
    executor.direct = known.direct;
    return executor;
  }

  /** Which GEMM this device does faster: the largest of a prediction, each way, twice. */
  private async fasterDirect(): Promise<boolean> {
    const operations = this.program.lists.predict;
    const largest = operations.reduce((a, b) =>
      b.kind === "gemm" && b.flops > a.flops ? b : a,
    );
    this.head("rows", this.program.capacity.tokens);
    this.head("sequences", this.program.capacity.sequences);
    const best = [Infinity, Infinity];
    for (const round of [0, 1, 2])
      for (const way of [0, 1]) {
        this.direct = way === 1;
        const start = performance.now();
        this.run("predict", operations.indexOf(largest));
        await this.device.queue.onSubmittedWorkDone();
        // The first time, a driver may still be compiling.
        if (round) best[way] = Math.min(best[way]!, performance.now() - start);
      }
    return best[1]! < best[0]!;
  }

  private head(name: keyof typeof header, value: number): void {
    this.ints[headerAt / 4 + header[name]] = value;
  }
  private headFloat(name: keyof typeof header, value: number): void {
    this.floats[headerAt / 4 + header[name]] = value;
  }
  private at(name: string): number {
    const region = this.program.regions.get(name);
    if (!region) throw new Error(`internal: no region ${name}`);
    return region.at;
  }

  /** Forgets moments and history; parameters stay. */
  reset(): void {
    const { regions } = this.program;
    const encoder = this.device.createCommandEncoder();
    for (const name of [
      "moments1",
      "moments2",
      "gradients",
      "history",
      "wordMoments1",
      "wordMoments2",
      "wordGradients",
      "wordLast",
    ])
      if (regions.has(name))
        encoder.clearBuffer(
          this.arena,
          this.at(name),
          regions.get(name)!.size * 4,
        );
    this.device.queue.submit([encoder.finish()]);
    const decayed = regions.get("wordDecayed");
    if (decayed)
      this.device.queue.writeBuffer(
        this.arena,
        decayed.at,
        new Float32Array(decayed.size).fill(1),
      );
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
    const region = this.program.regions.get("classWeights")!;
    const to = this.floats.subarray(region.at / 4, region.at / 4 + region.size);
    to.fill(1);
    if (weights) to.set(weights);
  }

  private optimizer({ beta1, beta2, epsilon, maxNorm }: Optimizer): void {
    this.headFloat("beta1", beta1);
    this.headFloat("beta2", beta2);
    this.headFloat("epsilon", epsilon);
    this.headFloat("maxNorm", maxNorm);
  }

  setParameter(name: string, data: Float32Array): void {
    const parameter = this.program.parameters.get(name);
    if (!parameter || parameter.size !== data.length)
      throw new Error(`internal: ${name} does not fit`);
    this.device.queue.writeBuffer(
      this.arena,
      this.at("parameters") + parameter.offset * 4,
      data as Float32Array<ArrayBuffer>,
    );
  }

  /** A copy of a region, once all that was submitted is done. */
  async readRegion(name: string): Promise<Float32Array<ArrayBuffer>> {
    const region = this.program.regions.get(name)!;
    return this.copy(region.at, region.size * 4);
  }

  private async copy(
    at: number,
    bytes: number,
  ): Promise<Float32Array<ArrayBuffer>> {
    const buffer = this.device.createBuffer({
      size: bytes,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.arena, at, buffer, 0, bytes);
    this.device.queue.submit([encoder.finish()]);
    await buffer.mapAsync(GPUMapMode.READ);
    const copy = new Float32Array(buffer.getMappedRange().slice(0));
    buffer.destroy();
    return copy;
  }

  /** Header and tables; what the GPU itself writes in the header is left alone. */
  private upload(tables: boolean): void {
    const { queue } = this.device;
    const write = (from: number, to: number) =>
      queue.writeBuffer(this.arena, from, this.mirror, from, to - from);
    write(headerAt, headerAt + header.loss * 4);
    write(headerAt + header.decayed * 4, headerAt + headerWords * 4);
    if (tables) write(arenaStart, this.at("rowLoss"));
  }

  private value(size: Size): number {
    return typeof size === "number"
      ? size
      : this.ints[headerAt / 4 + header[size.word]]!;
  }

  /** Encodes and submits a list, or one operation of it. */
  private run(list: ListName, only = -1): void {
    const operations = this.program.lists[list];
    const ints = this.encoded[list];
    operations.forEach((operation, i) => {
      for (const [key, word] of Object.entries(operation.words))
        if (word !== null && typeof word === "object" && "size" in word)
          ints[(i * slot) / 4 + Number(key)] = this.value(word.size);
    });
    const { queue } = this.device;
    queue.writeBuffer(this.words[list], 0, ints);
    let encoder = this.device.createCommandEncoder();
    let pass = encoder.beginComputePass();
    let count = 0;
    let total = 0;
    operations.forEach((operation, i) => {
      if (only >= 0 && i !== only) return;
      for (const [name, x, y] of this.plan(operation)) {
        if (x * y === 0) continue;
        if (count === together) {
          pass.end();
          queue.submit([encoder.finish()]);
          encoder = this.device.createCommandEncoder();
          pass = encoder.beginComputePass();
          count = 0;
        }
        pass.setPipeline(this.pipelines[name]!);
        pass.setBindGroup(0, this.bindings[list], [i * slot]);
        pass.dispatchWorkgroups(x, y);
        count++;
        total++;
      }
    });
    pass.end();
    queue.submit([encoder.finish()]);
    this.dispatches[list] = total;
  }

  /** The dispatches of one operation: shader, and workgroups across and down. */
  private plan({ kind, words }: Operation): [string, number, number][] {
    const number = (word: number): number => {
      const value = words[word];
      if (typeof value === "number") return value;
      if (value && "size" in value) return this.value(value.size);
      return 0;
    };
    const rows = this.ints[headerAt / 4 + header.rows]!;
    const used = this.ints[headerAt / 4 + header.words]!;
    const over = (n: number, by: number) => Math.ceil(n / by);
    switch (kind) {
      case "gemm": {
        const [m, n] = [number(2), number(3)];
        const sums = number(1) === forms.TN && words[12];
        return [
          this.direct
            ? ["gemmDirect", over(n, 64), over(m, 8)]
            : ["gemm", over(n, 32), over(m, 32)],
          ...(sums
            ? ([["columnSums", m, 1]] as [string, number, number][])
            : []),
        ];
      }
      case "attention": {
        const single = number(14) === 1;
        const first = this.ints[this.at("cls") / 4 + 1]!;
        const queries = words[26] ? first : single ? number(1) : rows;
        return [["attention", queries, number(2)]];
      }
      case "attentionBackward":
        return [
          ["attentionBackwardQ", number(14) ? number(1) : rows, number(2)],
          ["attentionBackwardKV", rows, number(2)],
        ];
      case "norm":
        return [["norm", number(1), 1]];
      case "normBackward":
        return [
          ["normBackward", number(1), 1],
          ["normBackwardPartial", over(number(2), 64), over(number(1), 32)],
          ["normBackwardSum", over(number(2), 64), 1],
        ];
      case "embed":
        return [
          ...(words[16]
            ? ([["catchUpWords", used, 1]] as [string, number, number][])
            : []),
          ["embed", number(1), 1],
        ];
      case "embedBackward":
        return [
          [
            "embedBackward",
            this.ints[headerAt / 4 + header.segments]! +
              number(12) +
              number(13),
            1,
          ],
        ];
      case "gather":
        return [["gather", number(1), 1]];
      case "scatter":
        return [
          ["scatterClear", number(7) ? 0 : number(1), 1],
          ["scatter", number(6), 1],
        ];
      case "clear":
        return [["clear", over(number(2), 4096), 1]];
      case "loss":
        return [
          ["loss", number(1), 1],
          ["lossSum", 1, 1],
        ];
      case "gradientNorm":
        return [
          [
            "normSquares",
            over(number(3), 4096) + over(number(9) * number(10), 4096),
            1,
          ],
          ["normSum", 1, 1],
        ];
      case "adamw":
        return [
          ["adamw", over(number(5) + number(11), 1024), 1],
          ["adamwRows", words[20] ? used : 0, 1],
        ];
      case "catchUp":
        return [["catchUp", number(8), 1]];
    }
  }

  /** Loss and gradients of these batches together, left in the arena. */
  accumulate(batches: Batch[]): void {
    this.headFloat(
      "lossScale",
      lossScale(this.program, batches, this.classWeights),
    );
    this.filler.begin();
    for (let i = 0; i < batches.length; i++) {
      this.head("accumulate", i);
      this.head("dropoutKey", dropoutKey(this.seed, this.step + 1, i) | 0);
      this.filler.fill(batches[i]!);
      this.upload(true);
      this.run("train");
    }
  }

  /** One step of AdamW, submitted; its figures arrive later. */
  train(batches: Batch[], optimizer: Optimizer): Promise<StepResult> {
    this.optimizer(optimizer);
    this.accumulate(batches);
    const step = this.step + 1;
    const { stepSize, inverseRoot, keep } = stepFigures(step, optimizer);
    this.decayed *= keep;
    this.device.queue.writeBuffer(
      this.arena,
      this.at("history") + 16 * (step % historySteps),
      Float32Array.of(stepSize, inverseRoot, keep, this.decayed),
    );
    this.headFloat("stepSize", stepSize);
    this.headFloat("inverseRoot", inverseRoot);
    this.headFloat("keep", keep);
    this.head("step", step);
    this.upload(false);
    this.run("update");
    this.step = step;
    this.head("done", step);
    this.headFloat("decayed", this.decayed);
    const result = this.result();
    if (step % (historySteps / 2) === 0) this.flush();
    return result;
  }

  private async result(): Promise<StepResult> {
    const bytes = headerWords * 4;
    const buffer =
      this.staging.pop() ??
      this.device.createBuffer({
        size: bytes,
        usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
      });
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.arena, headerAt, buffer, 0, bytes);
    this.device.queue.submit([encoder.finish()]);
    await buffer.mapAsync(GPUMapMode.READ);
    const figures = new Float32Array(buffer.getMappedRange());
    const result = { loss: figures[header.loss]!, norm: figures[header.norm]! };
    buffer.unmap();
    this.staging.push(buffer);
    return result;
  }

  /** Brings every row of the word embeddings up to date. Before parameters are read. */
  flush(): void {
    this.upload(false);
    if (this.program.lists.flush.length) this.run("flush");
  }

  /** Logits of a batch, row by row, each row a multiple of four long. */
  predict(batch: Batch): Promise<Float32Array> {
    return this.pass("predict", "logits", batch);
  }

  encode(batch: Batch): Promise<Float32Array> {
    return this.pass("encode", "features", batch);
  }

  score(batch: Batch): Promise<Float32Array> {
    return this.pass("score", "logits", batch);
  }

  private pass(
    list: OutputList,
    output: string,
    batch: Batch,
  ): Promise<Float32Array> {
    this.filler.begin();
    this.filler.fill(batch);
    this.upload(true);
    this.run(list);
    const region = this.program.outputs[list].get(output)!;
    return this.copy(region.at, region.size * 4);
  }

  get bytes(): number {
    return this.program.end;
  }

  readParameters(): Promise<Float32Array> {
    this.flush();
    return this.readRegion("parameters");
  }

  keep(): void {
    this.flush();
    const { at, size } = this.program.regions.get("parameters")!;
    this.kept ??= this.device.createBuffer({
      size: size * 4,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
    });
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.arena, at, this.kept, 0, size * 4);
    this.device.queue.submit([encoder.finish()]);
  }

  restore(): void {
    if (!this.kept) throw new Error("internal: nothing was kept");
    // Nothing is owed to what comes back.
    this.flush();
    const { at, size } = this.program.regions.get("parameters")!;
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.kept, 0, this.arena, at, size * 4);
    this.device.queue.submit([encoder.finish()]);
  }

  /** Attention of the first sequence, one [head, query, key] per layer. */
  async watch(
    batch: Batch,
  ): Promise<{ attention: Float32Array[]; logits: Float32Array }> {
    this.filler.begin();
    this.filler.fill(batch);
    this.upload(true);
    this.run("watch");
    const region = this.program.outputs.watch.get("attention")!;
    const all = await this.copy(region.at, region.size * 4);
    const { config, capacity } = this.program;
    const heads = config.num_attention_heads;
    const room = heads * capacity.length ** 2;
    const queries = batch.padded || batch.lengths[0]!;
    const attention = Array.from({ length: config.num_hidden_layers }, (_, i) =>
      all.subarray(i * room, i * room + heads * queries * batch.lengths[0]!),
    );
    const logits = this.program.outputs.watch.get("logits")!;
    return { attention, logits: await this.copy(logits.at, logits.size * 4) };
  }

  close(): void {
    this.arena.destroy();
    this.kept?.destroy();
    for (const buffer of Object.values(this.words)) buffer.destroy();
    for (const buffer of this.staging) buffer.destroy();
  }
}
