// Which of the bundled models to take: the larger one is usually a little better,
// where this machine trains it on these rows in a time one would wait.

import { said, type Said } from "../said";
import { estimate, type Load, speedKey } from "./estimate";
import type { BundledModel, DeviceReport, Options, Speeds } from "./state";

interface Suggestion {
  model: string;
  /** A sentence. */
  reason: Said;
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
  const size = { rows: load.rows, characters: Math.round(load.characters) };
  return long <= patientSeconds
    ? {
        model: large.name,
        reason: said("suggestion: larger", {
          ...size,
          time: inWords(long),
          other: small.name,
          otherTime: inWords(quick),
        }),
      }
    : {
        model: small.name,
        reason: said("suggestion: smaller", {
          ...size,
          time: inWords(quick),
          other: large.name,
          otherTime: inWords(long),
        }),
      };
}

/** The words that go with "takes". */
function inWords(seconds: number): Said {
  if (seconds < 5) return said("takes: moment");
  if (seconds < 90)
    return said("takes: seconds", { count: Math.round(seconds / 5) * 5 });
  const minutes = Math.round(seconds / 60);
  return minutes < 90
    ? said("takes: minutes", { count: minutes })
    : said("takes: hours", { count: Math.round(minutes / 60) });
}
