// The last run before leaving: once validation has shown how long to train, the
// same again on all rows, those that were held out included.

import { metricsOf } from "../task";
import { isBusy } from "./context";
import { formerResults } from "./former";
import type { Options, Run, State } from "./state";

/** Whether the run on screen can be made again on all rows: measured, not itself such a run, and its data and model still open. */
export function canTakeAllRows(state: State): boolean {
  const { run, model, phase, waiting } = state;
  return (
    phase === "trained" &&
    !isBusy(state) &&
    waiting.data === null &&
    run !== null &&
    run.summary?.validation != null &&
    run.summary.bestStep > 0 &&
    run.options.decidedBy === undefined &&
    run.model === model &&
    formerResults(state) === null
  );
}

/** Its options, stopping where its kept weights stood. The schedule stays that of the whole run. */
export function onAllRows({ name, options, summary, dataset }: Run): Options {
  const { bestStep, steps, validation, features } = summary!;
  return {
    ...options,
    ...(features && { features }),
    stopAfter: bestStep / steps,
    decidedBy: {
      run: name,
      validation: dataset.validation,
      metrics: metricsOf(validation!),
    },
  };
}
