// A finished run → one file to download: a format lists its files, and only then
// are they packed. A new format is one line of `formats`.

import { huggingFaceFiles } from "./export/huggingface";
import type { FinishedRun } from "./export/record";
import { zip } from "./export/zip";
import type { ExportedFile, ExportFormat } from "./protocol";
import type { Weights } from "./model/weights";

export { recordDataset, type FinishedRun } from "./export/record";

type ListFiles = (
  run: FinishedRun,
  weights: Weights,
  name: string,
) => ExportedFile[];

const formats: Record<ExportFormat, ListFiles> = {
  huggingface: huggingFaceFiles,
};

export function exportRun(
  format: ExportFormat,
  run: FinishedRun,
  weights: Weights,
  name: string,
): ExportedFile {
  if (!Object.hasOwn(formats, format))
    throw new Error(`internal: no export format ${String(format)}`);
  return {
    name: `${fileName(name)}-${format}.zip`,
    bytes: zip(formats[format](run, weights, name), run.date),
  };
}

/** The files themselves, as they lie in the folder that `transformers` reads. */
export const folderOf = huggingFaceFiles;

/** Safe on every file system. */
const fileName = (name: string) =>
  name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "") ||
  "run";
