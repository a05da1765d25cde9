// Named arrays ↔ the safetensors format. Reads F64, F32, F16 and BF16 into float32;
// writes float32. Knows nothing of BERT. The surprise: reading copies, because
// data in a file need not be aligned and halves have to be widened anyway.
//
// The format: 8 bytes little-endian header length n, n bytes of JSON
// ({name: {dtype, shape, data_offsets: [begin, end]}}, offsets counted from the
// header's end), then the data.

import { Failure, said, type Said } from "../../said";

export interface NamedArray {
  shape: number[];
  data: Float32Array<ArrayBuffer>;
}

export type Weights = Map<string, NamedArray>;

/** Bytes per element of the kinds read; other kinds (I64 position_ids, …) hold no weights and are left out. */
const widths: Record<string, number> = { F64: 8, F32: 4, F16: 2, BF16: 2 };

/** As the reference implementation: a longer header is an attack or not a safetensors file. */
const longestHeader = 100_000_000;

export function readSafetensors(bytes: Uint8Array, fileName: string): Weights {
  const fail = (fact: Said): never => {
    throw new Failure("weights: bad file", { file: fileName, fact });
  };
  refuseOther(bytes, fileName);
  if (bytes.length < 8)
    fail(said("weights: too short", { bytes: bytes.length }));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const announced = view.getBigUint64(0, true);
  if (announced > BigInt(Math.min(longestHeader, bytes.length - 8)))
    fail(
      said("weights: header is longer than the file", {
        announced: String(announced),
        bytes: bytes.length,
      }),
    );
  const start = 8 + Number(announced);
  const header = parseHeader(bytes.subarray(8, start), fail);
  const body = bytes.length - start;

  const weights: Weights = new Map();
  const places: Place[] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === "__metadata__") continue;
    const { dtype, shape, begin, end } = readEntry(name, entry, fail);
    if (begin > end || end > body)
      fail(said("weights: tensor beyond the end", { name, begin, end, body }));
    places.push({ name, begin, end });
    const width = widths[dtype];
    if (width === undefined) {
      if (/^(F|BF|C)/.test(dtype))
        fail(said("weights: dtype", { name, dtype }));
      continue;
    }
    const count = shape.reduce((product, size) => product * size, 1);
    if (end - begin !== count * width)
      fail(
        said("weights: bytes and shape disagree", {
          name,
          bytes: end - begin,
          shape: shape.join(" × ") || said("weights: one number"),
          dtype,
          wanted: count * width,
        }),
      );
    weights.set(name, {
      shape,
      data: widen(bytes.subarray(start + begin, start + end), dtype),
    });
  }
  const shared = overlap(places);
  if (shared)
    fail(
      said("weights: tensors overlap", {
        first: shared[0].name,
        firstBegin: shared[0].begin,
        firstEnd: shared[0].end,
        second: shared[1].name,
        secondBegin: shared[1].begin,
        secondEnd: shared[1].end,
      }),
    );
  if (weights.size === 0) fail(said("weights: no float tensors"));
  return weights;
}

interface Place {
  name: string;
  begin: number;
  end: number;
}

/** Two tensors that share bytes, if there are any. */
function overlap(places: Place[]): [Place, Place] | null {
  const inOrder = places
    .filter(({ begin, end }) => end > begin)
    .sort((a, b) => a.begin - b.begin);
  for (let i = 1; i < inOrder.length; i++)
    if (inOrder[i]!.begin < inOrder[i - 1]!.end)
      return [inOrder[i - 1]!, inOrder[i]!];
  return null;
}

/** Says what a file of another kind is that stands where the weights should. */
function refuseOther(bytes: Uint8Array, fileName: string): void {
  const start = new TextDecoder().decode(bytes.subarray(0, 512)).trimStart();
  const pointer = /^version https:\/\/git-lfs\.github\.com\/spec/.test(start);
  if (pointer) {
    const size = /^size (\d+)/m.exec(start)?.[1];
    const values = { file: fileName, bytes: bytes.length };
    throw size
      ? new Failure("weights: LFS pointer and size", { ...values, size })
      : new Failure("weights: LFS pointer", values);
  }
  if (/^(<!doctype|<html|<\?xml|<head)/i.test(start)) {
    const title = titleOf(start);
    throw title
      ? new Failure("weights: titled web page", { file: fileName, title })
      : new Failure("weights: web page", { file: fileName });
  }
  if (
    /^(\{"(error|message|detail)"|(Access|Repository|Entry|Invalid|Not|Unauthorized|Forbidden)\b)/i.test(
      start,
    )
  )
    throw new Failure("weights: server's answer", {
      file: fileName,
      answer: start.slice(0, 80).trim(),
    });
  if (start.startsWith("PK\u0003\u0004") || start.startsWith("\ufffd\u0002"))
    throw new Failure("weights: PyTorch file", {
      file: fileName,
      advice: inPython,
    });
}

/** How weights that only Python reads become ones that can be read here. */
export const inPython = said("convert in Python");

const titleOf = (html: string) =>
  /<title>\s*([^<]{1,60})/i.exec(html)?.[1]?.trim();

/** Float32 throughout, in the map's order; the data starts 8-byte aligned. */
export function writeSafetensors(
  weights: Weights,
  metadata: Record<string, string> = {},
): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {
    __metadata__: { format: "pt", ...metadata },
  };
  let size = 0;
  for (const [name, { shape, data }] of weights) {
    const count = shape.reduce((product, size) => product * size, 1);
    if (count !== data.length)
      throw new Error(
        `internal: ${name} has ${data.length} numbers where ${shape.join(" × ")} takes ${count}`,
      );
    header[name] = {
      dtype: "F32",
      shape,
      data_offsets: [size, size + data.byteLength],
    };
    size += data.byteLength;
  }
  let json = new TextEncoder().encode(JSON.stringify(header));
  const padded = Math.ceil(json.length / 8) * 8;
  if (padded !== json.length) {
    // JSON may end in spaces; the format asks for exactly this padding.
    const spaces = new Uint8Array(padded).fill(32);
    spaces.set(json);
    json = spaces;
  }
  const file = new Uint8Array(8 + json.length + size);
  new DataView(file.buffer).setBigUint64(0, BigInt(json.length), true);
  file.set(json, 8);
  let at = 8 + json.length;
  for (const { data } of weights.values()) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at);
    at += data.byteLength;
  }
  return file;
}

type Fail = (fact: Said) => never;

function parseHeader(json: Uint8Array, fail: Fail): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(json),
    ) as unknown;
  } catch {
    return fail(said("weights: header is no JSON"));
  }
  if (header === null || typeof header !== "object" || Array.isArray(header))
    return fail(said("weights: header is no JSON object"));
  return header as Record<string, unknown>;
}

function readEntry(name: string, entry: unknown, fail: Fail) {
  const { dtype, shape, data_offsets } = (entry ?? {}) as Record<
    string,
    unknown
  >;
  const isSize = (value: unknown): value is number =>
    Number.isSafeInteger(value) && (value as number) >= 0;
  if (typeof dtype !== "string")
    return fail(said("weights: no dtype", { name }));
  if (!Array.isArray(shape) || !shape.every(isSize))
    return fail(said("weights: no shape", { name }));
  if (
    !Array.isArray(data_offsets) ||
    data_offsets.length !== 2 ||
    !data_offsets.every(isSize)
  )
    return fail(said("weights: no data_offsets", { name }));
  const [begin, end] = data_offsets as [number, number];
  return { dtype, shape, begin, end };
}

function widen(bytes: Uint8Array, dtype: string): Float32Array<ArrayBuffer> {
  // A copy of its own: aligned, and free to be moved to another thread.
  const copy = new Uint8Array(bytes).buffer;
  if (dtype === "F32") return new Float32Array(copy);
  if (dtype === "F64") return Float32Array.from(new Float64Array(copy));
  const halves = new Uint16Array(copy);
  const bits = new Uint32Array(halves.length);
  if (dtype === "BF16")
    for (let i = 0; i < halves.length; i++) bits[i] = halves[i]! << 16;
  else for (let i = 0; i < halves.length; i++) bits[i] = halfBits(halves[i]!);
  return new Float32Array(bits.buffer);
}

/** IEEE binary16 → the bits of the same number in binary32. */
function halfBits(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 31;
  const fraction = half & 0x3ff;
  if (exponent === 31) return sign | 0x7f800000 | (fraction << 13);
  if (exponent !== 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  // Subnormal: fraction · 2⁻²⁴, normalised by its leading one.
  const shift = Math.clz32(fraction) - 21;
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}
