// Where a model's files come from: a folder below the page, or dropped files.

import { sha256 as digestOf } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { Failure, reasonOf, type Said } from "../../said";
import { chooseFolder, isForeign, type Placed } from "./folder";
import { parsePython } from "./json";
import { inPython, readSafetensors, type Weights } from "./weights";

/** Named files that can be read, wherever they lie. */
export interface Source {
  name: string;
  /** Sentences about how the files were found. */
  notes: Said[];
  /** Of a bundled model. */
  version?: number | undefined;
  read(fileName: string): Promise<Uint8Array | null>;
  /** Null where there are none; throws a sentence where they cannot be read. */
  weights(): Promise<FoundWeights | null>;
}

interface FoundWeights {
  weights: Weights;
  bytes: number;
  file: string;
  /** Hex; null of several files. */
  sha256: string | null;
}

/** `subtle` takes a fraction of the time, but browsers give it to secure pages only. */
async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { subtle } = crypto as { subtle?: SubtleCrypto };
  return bytesToHex(
    subtle
      ? new Uint8Array(await subtle.digest("SHA-256", bytes))
      : digestOf(bytes),
  );
}

export function bundled(name: string, url: string, version?: number): Source {
  const read = async (
    fileName: string,
  ): Promise<Uint8Array<ArrayBuffer> | null> => {
    let response: Response;
    try {
      response = await fetch(new URL(fileName, url));
    } catch {
      throw new Failure("bundled: not fetched", { file: fileName, name });
    }
    if (response.status === 404) return null;
    if (!response.ok)
      throw new Failure("bundled: server answered", {
        file: fileName,
        name,
        status: response.status,
      });
    // Single-page hosts answer every path with their start page.
    if (response.headers.get("content-type")?.startsWith("text/html"))
      return null;
    return whole(fileName, name, response);
  };
  return {
    name,
    notes: [],
    version,
    read,
    async weights() {
      const file = "model.safetensors";
      const bytes = await read(file);
      return (
        bytes && {
          weights: arrived(bytes, file, name),
          bytes: bytes.byteLength,
          file,
          sha256: await sha256(bytes),
        }
      );
    },
  };
}

/** Nobody chose this file: what is wrong with it happened on its way here. */
function arrived(bytes: Uint8Array, file: string, model: string): Weights {
  try {
    return readSafetensors(bytes, file);
  } catch (error) {
    const problem = reasonOf(error);
    // What it advises to who chose a file is of no use here.
    throw problem.code === "weights: bad file"
      ? new Failure("bundled: bad file", { ...problem.values, model })
      : new Failure("bundled: not whole", { problem, model });
  }
}

/** The body, or a sentence where the connection broke in the middle of it. */
async function whole(
  fileName: string,
  model: string,
  response: Response,
): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(response.headers.get("content-length") ?? NaN);
  // A packed body is unpacked on the way: then its length says nothing.
  const packed = response.headers.has("content-encoding");
  const bytes = await response.arrayBuffer().catch(() => null);
  if (bytes && (packed || !(bytes.byteLength < announced)))
    return new Uint8Array(bytes);
  throw bytes
    ? new Failure("bundled: cut off after", {
        file: fileName,
        model,
        got: bytes.byteLength,
        announced,
      })
    : new Failure("bundled: cut off", { file: fileName, model });
}

export async function dropped(placed: Placed[]): Promise<Source> {
  const { name, files, notes } = await chooseFolder(placed);
  const names = [...files.keys()];
  const bytesOf = async (file: File) =>
    new Uint8Array(await file.arrayBuffer());

  return {
    name: name ?? "dropped model",
    notes,
    async read(fileName) {
      const file = files.get(fileName);
      return file ? bytesOf(file) : null;
    },
    async weights() {
      const candidates = names.filter((each) => /\.safetensors$/.test(each));
      const index = names.find((each) =>
        /\.safetensors\.index\.json$/.test(each),
      );
      const single = files.has("model.safetensors")
        ? "model.safetensors"
        : // A single weights file of another name is still the weights file.
          candidates.length === 1 && !index && !shard.test(candidates[0]!)
          ? candidates[0]!
          : null;
      if (single?.startsWith("adapter_"))
        throw new Failure("weights: adapter", { file: single });
      if (single) {
        const bytes = await bytesOf(files.get(single)!);
        return {
          weights: readSafetensors(bytes, single),
          bytes: bytes.byteLength,
          file: single,
          sha256: await sha256(bytes),
        };
      }
      if (index || candidates.some((each) => shard.test(each)))
        return shards(files, index, candidates);
      if (candidates.length > 1)
        throw new Failure("weights: several files", {
          count: candidates.length,
          files: candidates.slice(0, 6).join(", "),
        });
      const foreign = names.find(isForeign);
      if (foreign)
        throw new Failure("weights: foreign format", {
          file: foreign,
          advice: inPython,
        });
      return null;
    },
  };
}

const shard = /-(\d+)-of-(\d+)\.safetensors$/;

/** Weights in several files, as the index lists them, or as their names count them. */
async function shards(
  files: Map<string, File>,
  index: string | undefined,
  candidates: string[],
): Promise<FoundWeights> {
  let wanted = candidates.filter((name) => shard.test(name)).sort();
  let listed: [string, string][] = [];
  if (index) {
    const map = parsePython(await files.get(index)!.text(), index).value
      .weight_map as Record<string, string> | undefined;
    if (map === undefined || map === null || typeof map !== "object")
      throw new Failure("weights: no weight_map", { file: index });
    listed = Object.entries(map);
    wanted = [...new Set(Object.values(map))].sort();
  } else {
    const [, , total] = shard.exec(wanted[0]!)!;
    wanted = Array.from({ length: Number(total) }, (_, i) =>
      wanted[0]!.replace(
        shard,
        `-${String(i + 1).padStart(total!.length, "0")}-of-${total}.safetensors`,
      ),
    );
  }
  const lacking = wanted.filter((name) => !files.has(name));
  if (lacking.length > 0)
    throw new Failure("weights: files are missing", {
      count: wanted.length,
      files: lacking.join(", "),
      missing: lacking.length,
    });
  const weights: Weights = new Map();
  let bytes = 0;
  for (const name of wanted) {
    const content = new Uint8Array(await files.get(name)!.arrayBuffer());
    bytes += content.byteLength;
    for (const [tensor, array] of readSafetensors(content, name)) {
      if (weights.has(tensor))
        throw new Failure("weights: tensor is there twice", {
          tensor,
          file: name,
          count: wanted.length,
        });
      weights.set(tensor, array);
    }
  }
  // position_ids and the like are listed, and are no weights.
  const absent = listed.find(
    ([tensor]) => !weights.has(tensor) && !/position_ids$/.test(tensor),
  );
  if (absent)
    throw new Failure("weights: listed tensor is missing", {
      file: absent[1],
      tensor: absent[0],
      index: index ?? "",
    });
  return { weights, bytes, file: index ?? wanted[0]!, sha256: null };
}
