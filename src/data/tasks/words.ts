// Masked words: any texts, without labels. What is hidden of them the engine decides,
// text by text and epoch by epoch.

import { shown } from "../../said";
import { fewRows } from "../checks/few";
import { error, notice } from "../checks/found";
import { nothingToJudgeBy } from "../checks/none";
import type { DataTask } from "./task";

/** Every text has this one. */
const none = "";

export const maskedWords: DataTask<string> = {
  task: "masked words",
  unlabelled: true,
  read: () => ({ of: () => none, merged: [], checks: [] }),
  labelsOf: () => [],
  written: () => none,
  strata: (targets) => targets,
  names: () => [],
  pack: () => ({ task: "masked words" }),

  checks(_, { text }, examples) {
    const rows = examples.parts.train.texts.length;
    const column = shown(text);
    const stop =
      rows === 0
        ? error("warm-up: no text", { column })
        : nothingToJudgeBy(examples, 2);
    if (stop) return [stop];
    return [notice("warm-up: texts alone", { column, rows }), ...fewRows(rows)];
  },

  // Words are no word pieces: what needs no encoder is counted on the pieces of the
  // tokenizer, which the engine has (its `byFrequency`).
  baselines: () =>
    Promise.resolve({
      majority: { label: null },
      bagOfWords: { trainedOn: 0 },
    }),
};
