// How long the rest of a run takes. The engine knows how long a step took of
// late; how much a run spends between its steps (evaluations, attention, whatever
// else the machine does) shows only in when its events arrive.

import type { StepProgress } from "./state";

type Step = Pick<StepProgress, "step" | "steps" | "msPerStep">;

export class Pace {
  #last: number | null = null;
  #passed = 0;
  #stepping = 0;
  #evaluated = false;

  /** `share`: what evaluations are expected to add to the steps, until one was seen: 0.2 is a fifth. */
  constructor(readonly share: number) {}

  /** A step was reported at `now` milliseconds. */
  step({ msPerStep }: Step, now: number): void {
    if (this.#last !== null) {
      this.#passed += now - this.#last;
      this.#stepping += msPerStep;
    }
    this.#last = now;
  }

  /** The first evaluation was measured: from the next step on, its cost is known. */
  evaluation(): void {
    this.#evaluated = true;
  }

  /** The time until the next step is a person's. */
  pause(): void {
    this.#last = null;
  }

  secondsLeft({ step, steps, msPerStep }: Step): number {
    const between =
      this.#evaluated && this.#stepping > 0
        ? Math.max(1, this.#passed / this.#stepping)
        : 1 + this.share;
    return ((steps - step) * msPerStep * between) / 1000;
  }
}
