// What a run shows while it works: its stage, its steps as far as they can be read,
// its evaluations.

import { History } from "../../metrics";
import type { Context } from "../context";
import { evaluationShare } from "../estimate";
import { Pace } from "../pace";
import type { EvaluationProgress, Run, Stage, StepProgress } from "../state";
import type { Current } from "./current";

export class Figures {
  #latest: StepProgress | null = null;
  #pace = new Pace(0);

  constructor(
    readonly context: Context,
    readonly current: Current,
  ) {}

  /** Train was pressed: what comes later is of a run that is not there yet. */
  clear(): void {
    this.#latest = null;
    this.context.set({ phase: "loading", stage: null, step: null });
  }

  /** The former run's figures make room for this one's. */
  begin(run: Run): void {
    this.#pace = new Pace(evaluationShare(run.options, run.dataset, run.model));
    this.context.set({
      run,
      runUsable: false,
      history: new History(this.context.pacer),
      evaluations: [],
      lastEvaluation: null,
      testEvaluation: null,
      attentionHistory: [],
    });
  }

  stage(stage: Stage): void {
    const { get, set } = this.context;
    const { phase } = get();
    set({ stage });
    if (stage.stage === "paused") {
      this.#pace.pause();
      set({ phase: "paused" });
    } else if (phase === "paused") set({ phase: "training" });
  }

  step(step: StepProgress): void {
    const { get, set, pacer } = this.context;
    const { phase, history } = get();
    this.#latest = step;
    this.#pace.step(step, performance.now());
    history.append(step);
    if (phase === "training") return pacer.draw(this.showStep);
    this.showStep();
    if (phase === "loading") set({ phase: "training" });
  }

  evaluation(evaluation: EvaluationProgress): void {
    const { get, set } = this.context;
    if (evaluation.part === "test") return set({ testEvaluation: evaluation });
    get().history.append(evaluation);
    if (evaluation.part === "train") return;
    this.#pace.evaluation();
    this.current.update({
      validation: evaluation,
      // Counted on the tokenizer's pieces, which the data side does not know.
      ...(evaluation.task === "masked words" && {
        baselines: {
          majority: {
            label: null,
            maskedAccuracy: evaluation.byFrequency.maskedAccuracy,
          },
          bagOfWords: { ...evaluation.byFrequency, trainedOn: 0 },
        },
      }),
    });
    set({
      evaluations: [...get().evaluations, evaluation],
      lastEvaluation: evaluation,
    });
  }

  /** The latest step, if it is not on screen yet. */
  readonly showStep = (): void => {
    const { get, set } = this.context;
    const latest = this.#latest;
    if (!latest || latest.step === get().step?.step) return;
    set({ step: { ...latest, secondsLeft: this.#pace.secondsLeft(latest) } });
  };
}
