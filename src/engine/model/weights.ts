// Named arrays ↔ the safetensors format. Reads F64, F32, F16 and BF16 into float32;
// writes float32. Knows nothing of BERT. The surprise: reading copies, because
// data in a file need not be aligned and halves have to be widened anyway.
//
// The format: 8 bytes little-endian header length n, n bytes of JSON
// ({name: {dtype, shape, data_offsets: [begin, end]}}, offsets counted from the
// header's end), then the data.

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
  const fail = (fact: string): never => {
    throw new Error(
      `${fileName}: ${fact}. Choose a model.safetensors file as Hugging Face writes it.`,
    );
  };
  refuseOther(bytes, fileName);
  if (bytes.length < 8)
    fail(`${bytes.length} bytes where the header length alone takes 8`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const announced = view.getBigUint64(0, true);
  if (announced > BigInt(Math.min(longestHeader, bytes.length - 8)))
    fail(
      `its header claims ${announced} bytes, the file has ${bytes.length}; it is cut off or not a safetensors file`,
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
      fail(
        `${name} lies at bytes ${begin}–${end} of ${body}; the file is cut off`,
      );
    places.push({ name, begin, end });
    const width = widths[dtype];
    if (width === undefined) {
      if (/^(F|BF|C)/.test(dtype))
        fail(`${name} is ${dtype}; only F64, F32, F16 and BF16 can be read`);
      continue;
    }
    const count = shape.reduce((product, size) => product * size, 1);
    if (end - begin !== count * width)
      fail(
        `${name} has ${end - begin} bytes where ${shape.join(" × ") || "one number"} in ${dtype} takes ${count * width}`,
      );
    weights.set(name, {
      shape,
      data: widen(bytes.subarray(start + begin, start + end), dtype),
    });
  }
  const shared = overlap(places);
  if (shared)
    fail(
      `${shared[0].name} (bytes ${shared[0].begin}–${shared[0].end}) and ${shared[1].name} (${shared[1].begin}–${shared[1].end}) overlap, so that one of them holds wrong numbers; the file is damaged`,
    );
  if (weights.size === 0) fail("it holds no float tensors");
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
    throw new Error(
      `${fileName} is a Git LFS pointer of ${bytes.length} bytes, not the weights${size ? ` (${size} bytes)` : ""}. Run "git lfs pull" in that folder, or download the file from its page, and choose it again.`,
    );
  }
  if (/^(<!doctype|<html|<\?xml|<head)/i.test(start))
    throw new Error(
      `${fileName} is a web page${titleOf(start)}, not weights: a download that went wrong. Download the file again (on the hub: the file's download link, signed in where the model asks for it).`,
    );
  if (
    /^(\{"(error|message|detail)"|(Access|Repository|Entry|Invalid|Not|Unauthorized|Forbidden)\b)/i.test(
      start,
    )
  )
    throw new Error(
      `${fileName} is a server's answer, not weights: "${start.slice(0, 80).trim()}". Download the file again.`,
    );
  if (start.startsWith("PK\u0003\u0004") || start.startsWith("\ufffd\u0002"))
    throw new Error(
      `${fileName} is a PyTorch file under another name. ${inPython}`,
    );
}

/** How weights that only Python reads become ones that can be read here. */
export const inPython =
  "Convert it once in Python: from transformers import AutoModel, AutoTokenizer; AutoModel.from_pretrained(folder).save_pretrained(out, safe_serialization=True); AutoTokenizer.from_pretrained(folder).save_pretrained(out). Then choose the new folder.";

const titleOf = (html: string) => {
  const title = /<title>\s*([^<]{1,60})/i.exec(html)?.[1]?.trim();
  return title ? ` ("${title}")` : "";
};

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

type Fail = (fact: string) => never;

function parseHeader(json: Uint8Array, fail: Fail): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(json),
    ) as unknown;
  } catch {
    return fail("its header is not JSON; it is not a safetensors file");
  }
  if (header === null || typeof header !== "object" || Array.isArray(header))
    return fail("its header is not a JSON object");
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
    return fail(`${name} has no dtype in the header`);
  if (!Array.isArray(shape) || !shape.every(isSize))
    return fail(`${name} has no proper shape in the header`);
  if (
    !Array.isArray(data_offsets) ||
    data_offsets.length !== 2 ||
    !data_offsets.every(isSize)
  )
    return fail(`${name} has no proper data_offsets in the header`);
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
