// The stepper of the GPU executor: it writes in a copy of where the arena begins, and
// uploads from there; what the GPU itself writes in the header is left alone.

import type { Batch } from "../batch";
import { header, headerAt } from "../header";
import type { Program } from "../shape";
import { Stepper } from "../stepper";

export const headerBytes = 256;

export class Host extends Stepper {
  private readonly tablesEnd: number;

  constructor(
    program: Program,
    private readonly queue: GPUQueue,
    private readonly arena: GPUBuffer,
  ) {
    super(program, new ArrayBuffer(program.regions.get("parameters")!.at));
    const { capacity, regions } = program;
    this.tablesEnd = regions.get("rowLoss")!.at;
    // As large as can be, for whatever is measured before there is a batch.
    this.set("rows", capacity.tokens);
    this.set("sequences", capacity.sequences);
    this.set("selected", capacity.tokens);
  }

  /** The header: sizes of this batch. */
  get header(): Int32Array<ArrayBufferLike> {
    return this.ints;
  }

  override fill(batch: Batch): void {
    super.fill(batch);
    this.upload(true);
  }

  /** The header, and the tables. */
  upload(tables: boolean): void {
    const { queue, arena } = this;
    const from = this.ints.buffer as ArrayBuffer;
    const mine = headerAt + header.decayed * 4;
    const end = tables ? this.tablesEnd : headerAt + headerBytes;
    queue.writeBuffer(arena, headerAt, from, headerAt, header.loss * 4);
    queue.writeBuffer(arena, mine, from, mine, end - mine);
  }
}
