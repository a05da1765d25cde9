// Which run is going on, if one is. A run's events are told apart by it: what
// arrives after its end is dropped.

import type { Baselines } from "../../data";
import { sentenceOf, type Context } from "../context";
import type { Run } from "../state";
import { newRun, type Beginning } from "./new";

export class Current {
  #run: Run | null = null;
  #count = 0;

  constructor(readonly context: Context) {}

  get run(): Run | null {
    return this.#run;
  }

  /** Named and numbered; it goes on once `show` has brought it to the screen. */
  begin(beginning: Beginning, show: (run: Run) => void): Run {
    const run = newRun(++this.#count, beginning);
    show(run);
    this.#run = run;
    return run;
  }

  update(change: Partial<Run>): void {
    if (!this.#run) return;
    this.#run = { ...this.#run, ...change };
    this.context.set({ run: this.#run });
  }

  /** Scores may come after the run's end. */
  adopt(id: number, baselines: Baselines | null): void {
    if (!baselines) return;
    if (this.#run?.id === id) return this.update({ baselines });
    const { get, set } = this.context;
    const scored = (run: Run) => (run.id === id ? { ...run, baselines } : run);
    const { run, runs } = get();
    set({ runs: runs.map(scored), run: run && scored(run) });
  }

  /** `usable`: the engine holds its weights. */
  finish(usable: boolean): void {
    this.#end("trained", usable);
  }

  /** One that had not begun leaves the former run's weights where they are. */
  fail(error: unknown): void {
    this.update({ problem: sentenceOf(error) });
    this.#end("failed", this.#run === null && this.context.get().runUsable);
  }

  #end(phase: "trained" | "failed", runUsable: boolean): void {
    const { get, set } = this.context;
    const run = this.#run;
    this.#run = null;
    const { runs } = get();
    set({
      phase,
      stage: null,
      runUsable,
      runs: run ? [run, ...runs] : runs,
    });
  }
}
