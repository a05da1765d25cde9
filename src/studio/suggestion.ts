// Which of the bundled models to take: the larger one is usually a little better,
// where this machine trains it on these rows in a time one would wait.

import { estimate, type Load, speedKey } from "./estimate";
import type { BundledModel, DeviceReport, Options, Speeds } from "./state";

interface Suggestion {
  model: string;
  /** A sentence. */
  reason: string;
}

/** Longer than that, one wants to have seen a result first. */
const patientSeconds = 180;

export function suggestModel(
  load: Load,
  options: Options,
  models: BundledModel[],
  device: DeviceReport | null,
  speeds: Speeds,
): Suggestion | null {
  const sized = models
    .filter(({ shape }) => shape !== undefined)
    .sort((a, b) => a.shape!.parameters - b.shape!.parameters);
  const [small, large] = [sized[0], sized.at(-1)];
  if (!device || !small || !large || small === large) return null;
  // One speed for both where a run has shown only one: else a measured time would
  // stand beside one predicted from a probe.
  const keyOf = ({ name }: BundledModel) => speedKey(device.chosen, name);
  const shown = speeds[keyOf(small)] ?? speeds[keyOf(large)];
  const known = shown
    ? { [keyOf(small)]: shown, [keyOf(large)]: shown, ...speeds }
    : speeds;
  const seconds = (model: BundledModel) => {
    const shape = { ...model.shape!, name: model.name };
    return estimate(load, options, shape, device, known).seconds;
  };
  const [quick, long] = [seconds(small), seconds(large)];
  if (quick === null || long === null) return null;
  const rows = `${load.rows.toLocaleString("en")} ${load.rows === 1 ? "row" : "rows"} of about ${Math.round(load.characters)} characters`;
  return long <= patientSeconds
    ? {
        model: large.name,
        reason: `It takes ${inWords(long)} here for ${rows}, and is up to 3 points better than ${small.name} (${inWords(quick)}).`,
      }
    : {
        model: small.name,
        reason: `It takes ${inWords(quick)} here for ${rows}; ${large.name}, up to 3 points better, ${inWords(long)}.`,
      };
}

/** The words that go with "takes". */
function inWords(seconds: number): string {
  if (seconds < 5) return "a few seconds";
  if (seconds < 90) return `about ${Math.round(seconds / 5) * 5} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90
    ? `about ${minutes} min`
    : `about ${Math.round(minutes / 60)} h`;
}
