// The host's copy of where the arena begins: the header and the tables of a batch.
// Written here, uploaded from here; what the GPU itself writes in the header is
// left alone.

import type { Program } from "../shape";
import { type Batch, dropoutKey, Filler } from "../batch";
import { header, headerAt } from "../header";
import { lossScale, type Optimizer } from "../step";

export const headerBytes = 256;

export class Host {
  readonly ints: Int32Array<ArrayBuffer>;
  private readonly floats: Float32Array<ArrayBuffer>;
  private readonly filler: Filler;
  private readonly tablesEnd: number;
  private classWeights: Float32Array | null = null;
  seed = 0;

  constructor(
    private readonly program: Program,
    private readonly queue: GPUQueue,
    private readonly arena: GPUBuffer,
  ) {
    const { capacity, regions } = program;
    const memory = new ArrayBuffer(regions.get("parameters")!.at);
    this.ints = new Int32Array(memory);
    this.floats = new Float32Array(memory);
    this.filler = new Filler(program, memory);
    this.tablesEnd = regions.get("rowLoss")!.at;
    // As large as can be, for whatever is measured before there is a batch.
    this.set("rows", capacity.tokens);
    this.set("sequences", capacity.sequences);
    this.set("selected", capacity.tokens);
  }

  set(name: keyof typeof header, value: number): void {
    this.ints[headerAt / 4 + header[name]] = value;
  }
  setFloat(name: keyof typeof header, value: number): void {
    this.floats[headerAt / 4 + header[name]] = value;
  }

  optimizer({ beta1, beta2, epsilon, maxNorm }: Optimizer): void {
    this.setFloat("beta1", beta1);
    this.setFloat("beta2", beta2);
    this.setFloat("epsilon", epsilon);
    this.setFloat("maxNorm", maxNorm);
  }

  weigh(weights: Float32Array | null): void {
    this.classWeights = weights;
    const region = this.program.regions.get("classWeights")!;
    const to = this.floats.subarray(region.at / 4, region.at / 4 + region.size);
    to.fill(1);
    if (weights) to.set(weights);
  }

  /** Before the first of the batches that belong together. */
  begin(batches: Batch[] | null): void {
    if (batches)
      this.setFloat(
        "lossScale",
        lossScale(this.program, batches, this.classWeights),
      );
    this.filler.begin();
  }

  /** Batch `index` of a step. */
  fillForTraining(batch: Batch, step: number, index: number): void {
    this.set("accumulate", index);
    this.set("dropoutKey", dropoutKey(this.seed, step, index) | 0);
    this.fill(batch);
  }

  fill(batch: Batch): void {
    this.filler.fill(batch);
    this.upload(true);
  }

  /** The header, and the tables. */
  upload(tables: boolean): void {
    const { queue, arena, ints } = this;
    const mine = headerAt + header.decayed * 4;
    const end = tables ? this.tablesEnd : headerAt + headerBytes;
    queue.writeBuffer(arena, headerAt, ints.buffer, headerAt, header.loss * 4);
    queue.writeBuffer(arena, mine, ints.buffer, mine, end - mine);
  }
}
