// Named arrays ↔ the safetensors format. Reads F32, F16 and BF16 into float32;
// writes float32. Knows nothing of BERT. The surprise: reading copies, because
// data in a file need not be aligned and halves have to be widened anyway.

export interface NamedArray {
  shape: number[];
  data: Float32Array<ArrayBuffer>;
}

export type Weights = Map<string, NamedArray>;

export function readSafetensors(bytes: Uint8Array, fileName: string): Weights {
  throw new Error(`internal: not written yet ${fileName} ${bytes.length}`);
}

export function writeSafetensors(
  weights: Weights,
  metadata: Record<string, string> = {},
): Uint8Array<ArrayBuffer> {
  throw new Error(
    `internal: not written yet ${weights.size} ${Object.keys(metadata).length}`,
  );
}
