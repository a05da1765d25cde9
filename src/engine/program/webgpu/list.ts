// One of a program's lists, ready to run: its pipelines, its operands on the GPU, and
// how to encode it without making anything anew.

import type { Commands } from "./commands";
import { slot } from "./pipelines";
import type { Count, Dispatch, Number } from "./dispatch";
import { tileGroups } from "../../kernels/gemm/tiles";

/** Workgroups along one dimension; more make a grid. */
const widest = 65535;

/** Where the host keeps what a count is made of. */
function addresses(count: Count): number[] {
  const number = "tile" in count ? count.rows : count.number;
  return "at" in number ? [number.at] : [];
}

export class DispatchList {
  private readonly ints: Int32Array<ArrayBuffer>;
  private readonly operands: GPUBuffer;
  private readonly binding: GPUBindGroup;
  private readonly offsets: Uint32Array;
  /** Operands that change: which, and which of the host's numbers they are. */
  private readonly to: Int32Array;
  private readonly from: Int32Array;
  /** The host's numbers that workgroups are counted by, and what they last were. */
  private readonly counted: Int32Array;
  private readonly last: Int32Array;
  /** Workgroups of each dispatch, along both dimensions; 0 where the batch has nothing for it. */
  private readonly across: Uint32Array;
  private readonly down: Uint32Array;
  private written = false;
  private sized = false;
  /** Of the last run. */
  count = 0;

  constructor(
    private readonly device: GPUDevice,
    private readonly commands: Commands,
    layout: GPUBindGroupLayout,
    arena: GPUBuffer,
    private readonly dispatches: Dispatch[],
    private readonly pipelines: GPUComputePipeline[],
    /** What the host writes of the arena. */
    private readonly host: Int32Array,
  ) {
    const size = Math.max(1, dispatches.length) * slot;
    this.ints = new Int32Array(size / 4);
    this.offsets = new Uint32Array(dispatches.length);
    this.across = new Uint32Array(dispatches.length);
    this.down = new Uint32Array(dispatches.length);
    const changing: [number, number][] = [];
    dispatches.forEach(({ operands, sizes }, i) => {
      const at = (i * slot) / 4;
      this.ints.set(operands, at);
      this.offsets[i] = i * slot;
      for (const { operand, number } of sizes)
        if ("value" in number) this.ints[at + operand] = number.value;
        else changing.push([at + operand, number.at]);
    });
    this.to = Int32Array.from(changing, ([to]) => to);
    this.from = Int32Array.from(changing, ([, from]) => from);
    this.counted = Int32Array.from(
      new Set(dispatches.flatMap(({ counts }) => counts.flatMap(addresses))),
    );
    this.last = new Int32Array(this.counted.length).fill(-1);
    this.operands = device.createBuffer({
      size,
      usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
    });
    this.binding = device.createBindGroup({
      layout,
      entries: [
        { binding: 0, resource: { buffer: arena } },
        { binding: 1, resource: { buffer: this.operands, size: slot } },
      ],
    });
  }

  get bytes(): number {
    return this.operands.size;
  }

  private number(number: Number): number {
    return "value" in number ? number.value : this.host[number.at]!;
  }

  private groups(counts: Count[]): number {
    let groups = 0;
    for (const count of counts)
      groups +=
        "tile" in count
          ? tileGroups(count.tile, this.number(count.rows), count.columns)
          : Math.ceil((this.number(count.number) * count.times) / count.by);
    return groups;
  }

  /** The operands of this batch, on the GPU. */
  private writeOperands(): void {
    const { ints, to, from, host } = this;
    let changed = !this.written;
    for (let i = 0; i < to.length; i++) {
      const value = host[from[i]!]!;
      if (ints[to[i]!] === value) continue;
      ints[to[i]!] = value;
      changed = true;
    }
    if (changed) this.device.queue.writeBuffer(this.operands, 0, ints);
    this.written = true;
  }

  /** Workgroups of this batch; batches are often as large as the one before. */
  private countGroups(): void {
    const { counted, last, host, dispatches } = this;
    let changed = false;
    for (let i = 0; i < counted.length; i++) {
      const value = host[counted[i]!]!;
      if (last[i] === value) continue;
      last[i] = value;
      changed = true;
    }
    if (!changed && this.sized) return;
    this.sized = true;
    dispatches.forEach(({ counts, together, heads }, i) => {
      const groups = Math.ceil(this.groups(counts) / together) * heads;
      const down = Math.ceil(groups / widest);
      this.down[i] = down;
      this.across[i] = groups === 0 ? 0 : Math.ceil(groups / down);
    });
  }

  /** Encodes the dispatches of this batch; they are sent with `commands.submit`. */
  encode(): void {
    const { commands, across, down, pipelines, offsets } = this;
    this.writeOperands();
    this.countGroups();
    this.count = 0;
    for (let i = 0; i < across.length; i++) {
      if (across[i] === 0) continue;
      const pass = commands.next();
      pass.setPipeline(pipelines[i]!);
      pass.setBindGroup(0, this.binding, offsets, i, 1);
      pass.dispatchWorkgroups(across[i]!, down[i]!);
      this.count++;
    }
  }

  /** Encodes and submits; `last` may add to the end of it. */
  run(last?: (encoder: GPUCommandEncoder) => void): void {
    this.encode();
    this.commands.submit(last);
  }

  close(): void {
    this.operands.destroy();
  }
}
