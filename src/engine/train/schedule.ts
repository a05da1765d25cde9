// Learning rate by step: a straight line up, then a straight line down to 0, as
// Hugging Face's get_linear_schedule_with_warmup. The surprise: its first step
// has learning rate 0 when there is a warm-up, and so has ours.

export interface Schedule {
  steps: number;
  warmUpSteps: number;
  /** Of update `step`, counted from 1. */
  learningRate(step: number): number;
}

/** `warmUp` is a share of all steps; a started step counts whole, as in their Trainer. */
export function linearSchedule(
  peak: number,
  steps: number,
  warmUp: number,
): Schedule {
  const warmUpSteps = Math.ceil(steps * warmUp);
  return {
    steps,
    warmUpSteps,
    learningRate(step) {
      const done = step - 1;
      return done < warmUpSteps
        ? (peak * done) / warmUpSteps
        : peak * Math.max(0, (steps - done) / Math.max(1, steps - warmUpSteps));
    },
  };
}

/** After which steps to evaluate: `perEpoch` times an epoch, evenly, the last step included. */
export function evaluationSteps(
  stepsPerEpoch: number,
  epochs: number,
  perEpoch: number,
): Set<number> {
  const steps = Math.ceil(stepsPerEpoch * epochs);
  const after = new Set<number>([steps]);
  for (let i = 1; i <= epochs * perEpoch; i++)
    after.add(
      Math.min(steps, Math.max(1, Math.round((i * stepsPerEpoch) / perEpoch))),
    );
  return after;
}
