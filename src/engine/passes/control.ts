// Who may use the device when. A run gives way at every step boundary: there,
// waiting calls are answered, a pause is waited out and a stop is seen. Without a
// run, calls are answered at once, one after the other.

import type { TextInput } from "../../data";
import { Failure, type Said } from "../../said";

const failed = ({ code, values }: Said) => new Failure(code, values);

export class Control {
  stopped = false;
  paused = false;
  /** The sentence whose attention is captured while training. */
  watched: TextInput | null = null;

  /** Time this run spent paused. */
  pausedMs = 0;

  #running = false;
  #jobs: (() => Promise<void>)[] = [];
  #draining: Promise<void> | null = null;
  #wake: (() => void) | null = null;
  #lost: Said | null = null;
  #onLost = new Set<(error: Error) => void>();

  get running(): boolean {
    return this.#running;
  }

  /** Runs `job` alone: between two steps of the run if there is one, else as soon as earlier jobs are done. */
  between<T>(job: () => T | Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#jobs.push(() => Promise.resolve().then(job).then(resolve, reject));
      this.#wake?.();
      if (!this.#running) void this.#drain();
    });
  }

  /** Runs `run` with the device to itself but for what it lets in at its boundaries. */
  async during<T>(run: () => Promise<T>): Promise<T> {
    this.#running = true;
    this.pausedMs = 0;
    this.stopped = false;
    this.paused = false;
    try {
      await this.#drain();
      return await run();
    } finally {
      this.#running = false;
      this.stopped = false;
      this.paused = false;
      void this.#drain();
    }
  }

  /** A step boundary: lets messages in and answers what is waiting. Throws when the device is lost. */
  async turn(): Promise<void> {
    await this.#breathe();
    await this.#drain();
    if (this.#lost !== null) throw failed(this.#lost);
  }

  /** Waits out a pause, answering calls meanwhile. */
  async resumed(): Promise<void> {
    const from = performance.now();
    while (this.paused && !this.stopped && this.#lost === null) {
      // A call may have come since the last look; it woke nobody.
      if (this.#jobs.length === 0)
        await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = null;
      await this.#drain();
    }
    this.pausedMs += performance.now() - from;
    await this.turn();
  }

  pause(): void {
    if (this.#running) this.paused = true;
  }

  resume(): void {
    this.paused = false;
    this.#wake?.();
  }

  stop(): void {
    if (this.#running) this.stopped = true;
    this.#wake?.();
  }

  /** The device died: the run fails with this reason, and so does everything that waits on the device. */
  lose(reason: Said): void {
    this.#lost = reason;
    for (const reject of this.#onLost) reject(failed(reason));
    this.#onLost.clear();
    this.#wake?.();
  }

  /** A new device was opened. */
  found(): void {
    this.#lost = null;
  }

  get lost(): Said | null {
    return this.#lost;
  }

  /** A read from the device, which may never settle on its own once the device is lost. */
  read<T>(reading: Promise<T>): Promise<T> {
    if (this.#lost !== null) return Promise.reject(failed(this.#lost));
    return new Promise<T>((resolve, reject) => {
      this.#onLost.add(reject);
      reading.then(resolve, reject).finally(() => this.#onLost.delete(reject));
    });
  }

  /** Jobs run one at a time, however many callers drain. */
  async #drain(): Promise<void> {
    while (this.#draining) await this.#draining;
    if (this.#jobs.length === 0) return;
    this.#draining = this.#runJobs();
    await this.#draining;
  }

  async #runJobs(): Promise<void> {
    for (let job = this.#jobs.shift(); job; job = this.#jobs.shift())
      await job();
    this.#draining = null;
  }

  /**
   * To the event loop and back: on a synchronous backend signals are only heard
   * there. A timer would wait 4 ms; a kept channel would starve others in Node,
   * which empties one port before it looks at the next.
   */
  #breathe(): Promise<void> {
    const { port1, port2 } = new MessageChannel();
    return new Promise((resolve) => {
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
  }
}
