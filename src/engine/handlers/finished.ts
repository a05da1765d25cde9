// A run that has ended and what can be made of it. All that the engine's calls
// know of exporting is here.

import {
  exportHuggingFace,
  recordDataset,
  type FinishedRun,
} from "../export/huggingface";
import type { Dataset } from "../../data";
import type { Weights } from "../model/weights";
import type { ExportedFile, ExportFormat } from "../protocol";

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

/** `read` is asked for the weights once it is known that they are wanted. */
export async function exported(
  run: FinishedRun,
  format: ExportFormat,
  name: string,
  read: () => Promise<Weights>,
): Promise<ExportedFile> {
  if (format !== "huggingface")
    throw new Error(`internal: no export format ${String(format)}`);
  return exportHuggingFace(run, await read(), name);
}
