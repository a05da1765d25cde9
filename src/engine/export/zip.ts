// Files → one zip, in the order given: the same files and date, the same bytes.

import { zipSync } from "fflate";
import type { ExportedFile } from "../protocol";

export const zip = (files: ExportedFile[], date: Date) =>
  zipSync(
    Object.fromEntries(
      files.map(({ name, bytes }) => [
        name,
        // Float32 hardly shrinks: not worth the seconds.
        name.endsWith(".safetensors") ? [bytes, { level: 0 }] : bytes,
      ]),
    ),
    { mtime: date },
  ) as Uint8Array<ArrayBuffer>;
