// What the GPU executor has on the device, and what is copied into, out of and within
// it: the arena with the kernels' own working space behind it, the kept parameters,
// and the staging buffers of the readback. All is in the order of the queue.

import { Failure } from "../../../said";
import { align } from "../arena";
import type { ExecutorState } from "../executor";
import { forgotten, lasting, type Program } from "../shape";
import { Readback } from "./readback";

const copyOf = (floats: Float32Array<ArrayBuffer>) => floats.slice();

export class Memory {
  readonly arena: GPUBuffer;
  readonly readback: Readback;
  /** Bytes of the arena at which the kernels' own working space begins. */
  readonly spare: number;
  private kept: GPUBuffer | null = null;

  /** Throws a sentence where the program needs more than the GPU gives. */
  constructor(
    private readonly program: Program,
    private readonly device: GPUDevice,
  ) {
    const { capacity, config } = program;
    // Behind the arena: one number for each query and head (kernels/attention.wgsl.ts).
    this.spare = align(program.end, 256);
    const size =
      this.spare + align(capacity.tokens * config.num_attention_heads * 4, 256);
    if (size > device.limits.maxStorageBufferBindingSize)
      throw new Failure("run on: more than the GPU gives", {
        need: Math.ceil(size / 2 ** 20),
        gives: Math.floor(device.limits.maxStorageBufferBindingSize / 2 ** 20),
      });
    this.arena = device.createBuffer({
      size,
      usage:
        GPUBufferUsage.STORAGE |
        GPUBufferUsage.COPY_DST |
        GPUBufferUsage.COPY_SRC,
    });
    this.readback = new Readback(device);
  }

  get bytes(): number {
    return this.arena.size + this.readback.bytes + (this.kept?.size ?? 0);
  }

  private region(name: string): { at: number; size: number } {
    const region = this.program.regions.get(name);
    if (!region) throw new Error(`internal: no region ${name}`);
    return region;
  }

  /** Forgets moments and history. */
  clear(): void {
    const { regions } = this.program;
    const encoder = this.device.createCommandEncoder();
    for (const name of forgotten) {
      const region = regions.get(name);
      if (region) encoder.clearBuffer(this.arena, region.at, region.size * 4);
    }
    this.device.queue.submit([encoder.finish()]);
    const decayed = regions.get("wordDecayed");
    if (decayed)
      this.device.queue.writeBuffer(
        this.arena,
        decayed.at,
        new Float32Array(decayed.size).fill(1),
      );
  }

  setParameter(name: string, data: Float32Array): void {
    const parameter = this.program.parameters.get(name);
    if (!parameter || parameter.size !== data.length)
      throw new Error(`internal: ${name} does not fit`);
    this.device.queue.writeBuffer(
      this.arena,
      this.region("parameters").at + parameter.offset * 4,
      data as Float32Array<ArrayBuffer>,
    );
  }

  /** A copy of a region, once all that was submitted is done. */
  readRegion(name: string): Promise<Float32Array<ArrayBuffer>> {
    const { at, size } = this.region(name);
    return this.read(this.arena, at, size * 4);
  }

  private read(
    from: GPUBuffer,
    at: number,
    bytes = from.size,
  ): Promise<Float32Array<ArrayBuffer>> {
    const buffer = this.readback.take(bytes);
    this.move(from, at, buffer, 0, bytes);
    return this.readback.map(buffer, copyOf, false);
  }

  async save(): Promise<ExecutorState["regions"]> {
    // All are copied before anything that is asked for later.
    const copies = lasting
      .filter((name) => this.program.regions.has(name))
      .map((name) => [name, this.readRegion(name)] as const);
    if (this.kept) copies.push(["kept", this.read(this.kept, 0)]);
    const regions: ExecutorState["regions"] = new Map();
    for (const [name, copy] of copies)
      regions.set(name, new Uint32Array((await copy).buffer));
    return regions;
  }

  resume(regions: ExecutorState["regions"]): void {
    const { queue } = this.device;
    for (const [name, numbers] of regions)
      if (name !== "kept")
        queue.writeBuffer(this.arena, this.region(name).at, numbers);
    const kept = regions.get("kept");
    if (kept) queue.writeBuffer(this.roomToKeep(), 0, kept);
  }

  /** Copies the parameters as they are, in place of an earlier copy. */
  keep(): void {
    const { at, size } = this.region("parameters");
    this.move(this.arena, at, this.roomToKeep(), 0, size * 4);
  }

  restore(): void {
    if (!this.kept) throw new Error("internal: nothing was kept");
    const { at, size } = this.region("parameters");
    this.move(this.kept, 0, this.arena, at, size * 4);
  }

  private roomToKeep(): GPUBuffer {
    return (this.kept ??= this.device.createBuffer({
      size: this.region("parameters").size * 4,
      usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
    }));
  }

  private move(
    from: GPUBuffer,
    fromAt: number,
    to: GPUBuffer,
    toAt: number,
    bytes: number,
  ): void {
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(from, fromAt, to, toAt, bytes);
    this.device.queue.submit([encoder.finish()]);
  }

  close(): void {
    this.arena.destroy();
    this.kept?.destroy();
    this.readback.close();
  }
}
