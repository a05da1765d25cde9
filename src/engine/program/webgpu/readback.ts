// Reading the arena without waiting in between: staging buffers are used again
// once they were read, so that after the first steps there are always enough.

import { Failure } from "../../../said";

export class Readback {
  /** Not in use, by size. */
  private readonly free = new Map<number, GPUBuffer[]>();
  private closed = false;
  /** Of all staging buffers there are. */
  bytes = 0;

  constructor(private readonly device: GPUDevice) {}

  take(size: number): GPUBuffer {
    const buffer = this.free.get(size)?.pop();
    if (buffer) return buffer;
    this.bytes += size;
    return this.device.createBuffer({
      size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }

  /** What `read` makes of the buffer's floats once all that was submitted is done. */
  async map<T>(
    buffer: GPUBuffer,
    read: (floats: Float32Array<ArrayBuffer>) => T,
    keep = true,
  ): Promise<T> {
    try {
      await buffer.mapAsync(GPUMapMode.READ);
    } catch (error) {
      throw await this.reason(error as Error);
    }
    const result = read(new Float32Array(buffer.getMappedRange()));
    if (keep && !this.closed) {
      buffer.unmap();
      const others = this.free.get(buffer.size);
      if (others) others.push(buffer);
      else this.free.set(buffer.size, [buffer]);
    } else {
      this.bytes -= buffer.size;
      buffer.destroy();
    }
    return result;
  }

  /** A buffer that cannot be read is most often a device that died. */
  private async reason(error: Error): Promise<Error> {
    const lost = await Promise.race([
      this.device.lost,
      new Promise<null>((resolve) => setTimeout(resolve, 100, null)),
    ]);
    return lost
      ? new Failure("GPU stopped while it was read", {
          reason: lost.reason,
          message: lost.message.trim(),
        })
      : error;
  }

  close(): void {
    this.closed = true;
    for (const buffers of this.free.values())
      for (const buffer of buffers) buffer.destroy();
    this.free.clear();
  }
}
