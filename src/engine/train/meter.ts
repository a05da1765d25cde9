// How fast a run goes: over the last seconds of training only, so that
// evaluations, pauses and captures do not blur it.

interface Stretch {
  ms: number;
  steps: number;
  tokens: number;
}

const windowMs = 4000;
const readEveryMs = 200;
const mostUnread = 16;

export class Meter {
  #from = performance.now();
  #stretches: Stretch[] = [];
  #first = true;
  #evaluationMs = 0;

  /** Forgets the time since the last mark: it was not spent on training. */
  restart(): void {
    this.#from = performance.now();
  }

  /** So many steps were finished since the last mark. */
  mark(steps: number, tokens: number): void {
    const now = performance.now();
    // The first stretch compiles and allocates: it counts until there is another.
    if (this.#first && this.#stretches.length > 0) {
      this.#stretches = [];
      this.#first = false;
    }
    this.#stretches.push({ ms: now - this.#from, steps, tokens });
    this.#from = now;
    let ms = this.#stretches.reduce((sum, stretch) => sum + stretch.ms, 0);
    while (this.#stretches.length > 1 && ms - this.#stretches[0]!.ms > windowMs)
      ms -= this.#stretches.shift()!.ms;
  }

  evaluated(ms: number): void {
    this.#evaluationMs = ms;
  }

  get msPerStep(): number {
    const { ms, steps } = this.#sum();
    return steps > 0 ? ms / steps : 0;
  }

  get tokensPerSecond(): number {
    const { ms, tokens } = this.#sum();
    return ms > 0 ? (tokens * 1000) / ms : 0;
  }

  secondsLeft(steps: number, evaluations: number): number {
    return (steps * this.msPerStep + evaluations * this.#evaluationMs) / 1000;
  }

  /** Steps between two reads of the loss. Each read waits for the device, so fast steps share one. */
  get stepsPerRead(): number {
    const ms = this.msPerStep;
    return ms > 0
      ? Math.max(1, Math.min(mostUnread, Math.floor(readEveryMs / ms)))
      : 1;
  }

  #sum(): Stretch {
    return this.#stretches.reduce(
      (sum, { ms, steps, tokens }) => ({
        ms: sum.ms + ms,
        steps: sum.steps + steps,
        tokens: sum.tokens + tokens,
      }),
      { ms: 0, steps: 0, tokens: 0 },
    );
  }
}
