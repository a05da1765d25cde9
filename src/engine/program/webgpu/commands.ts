// The commands of one device on their way to its queue: lists that need nothing
// from the host in between go together, and leave in submits of bearable length.

/** Dispatches in one submit: much more freezes the page and can trip a watchdog. */
const together = 32;

export class Commands {
  private encoder: GPUCommandEncoder | null = null;
  private pass: GPUComputePassEncoder | null = null;
  private inPass = 0;

  constructor(private readonly device: GPUDevice) {}

  /** Where the next dispatch goes. */
  next(): GPUComputePassEncoder {
    if (this.inPass === together) this.submit();
    this.inPass++;
    this.encoder ??= this.device.createCommandEncoder();
    return (this.pass ??= this.encoder.beginComputePass());
  }

  /** Sends what there is; `last` may add to the end of it. */
  submit(last?: (encoder: GPUCommandEncoder) => void): void {
    this.pass?.end();
    const encoder = this.encoder ?? this.device.createCommandEncoder();
    last?.(encoder);
    this.encoder = this.pass = null;
    this.inPass = 0;
    this.device.queue.submit([encoder.finish()]);
  }
}
