// A run that has ended, as its export will want to know it.

import { recordDataset, type FinishedRun } from "../export";
import type { Dataset } from "../../data";

export type { FinishedRun };

/** As of now. The dataset itself is let go. */
export const finishedRun = (
  dataset: Dataset,
  rest: Omit<FinishedRun, "dataset" | "date">,
): FinishedRun => ({
  ...rest,
  dataset: recordDataset(dataset),
  date: new Date(),
});
