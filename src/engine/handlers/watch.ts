// The watched sentence. Steps show it by themselves; one that is newly watched while
// a run works is shown at the next step, also when that is long in coming.

import { captureAttention } from "../explain/attention";
import type { Progress, Signal } from "../protocol";
import type { Session } from "./session";

export class Watch {
  #waiting = false;

  constructor(
    readonly session: Session,
    readonly report: (progress: Progress) => void,
  ) {}

  async watch(
    input: Extract<Signal, { kind: "watch" }>["input"],
  ): Promise<void> {
    const { control } = this.session;
    control.watched = input;
    if (input === null || !control.running || this.#waiting) return;
    this.#waiting = true;
    try {
      await control.between(() => this.#show());
    } catch {
      // The run itself fails for the same reason and says so.
    } finally {
      this.#waiting = false;
    }
  }

  async #show(): Promise<void> {
    // Whoever is watched from here on waits for a turn of its own.
    this.#waiting = false;
    const { trained, control } = this.session;
    if (trained === null || control.watched === null) return;
    this.report(
      await captureAttention(
        trained.reader,
        control.watched,
        trained.step,
        control,
      ),
    );
  }
}
