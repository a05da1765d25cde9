// Texts → bytes that can be moved to another thread, and rows → hashes that
// prove later which rows a run was trained on.

import { sha256 } from "@noble/hashes/sha2.js";
import type { Examples, PackedTexts } from "./dataset";
import type { Rows } from "./rows";
import type { DataTask, Target } from "./tasks/task";

// Synchronous hashes: one asynchronous digest per row would cost more than the
// hash, and pages not served over https have no crypto.subtle.

const encoder = new TextEncoder();

/** At most 4 GB, which is what the offsets can say. */
export function pack(texts: string[]): PackedTexts {
  const offsets = new Uint32Array(texts.length + 1);
  // A first guess that fits most languages; grown when it does not.
  let utf8 = new Uint8Array(texts.reduce((sum, text) => sum + text.length, 64));
  let used = 0;
  texts.forEach((text, i) => {
    // UTF-16 to UTF-8 takes at most 3 bytes for one unit.
    if (used + 3 * text.length > utf8.length) {
      const exact = encoder.encode(text);
      if (used + exact.length > utf8.length) {
        const grown = new Uint8Array(Math.ceil(1.5 * (used + exact.length)));
        grown.set(utf8.subarray(0, used));
        utf8 = grown;
      }
      utf8.set(exact, used);
      used += exact.length;
    } else used += encoder.encodeInto(text, utf8.subarray(used)).written;
    offsets[i + 1] = used;
  });
  return { utf8: utf8.slice(0, used), offsets };
}

/** One part of a dataset: the rows at `indices`. */
export function packRows<T extends Target>(
  rows: Rows<T>,
  indices: Uint32Array,
  names: string[],
  { pack: packTargets }: Pick<DataTask<T>, "pack">,
): Examples {
  const pick = <V>(values: V[]) => Array.from(indices, (i) => values[i]!);
  return {
    count: indices.length,
    texts: pack(pick(rows.texts)),
    textsB: rows.textsB && pack(pick(rows.textsB)),
    targets: packTargets(pick(rows.targets), names),
    origin: {
      file: Uint16Array.from(indices, (i) => rows.file[i]!),
      row: Uint32Array.from(indices, (i) => rows.row[i]!),
    },
  };
}

/** Parts text, second text and target of a row; no text holds one, since reading removes them. */
const NUL = new Uint8Array(1);

/**
 * SHA-256 over each row's `text NUL second text NUL target` in UTF-8 (an absent
 * second text is empty): all bytes go into `into`, the first 8 are returned.
 */
export function hashRows(
  { count, texts, textsB }: Pick<Examples, "count" | "texts" | "textsB">,
  written: (i: number) => string,
  into: Pick<ReturnType<typeof sha256.create>, "update">,
): Uint8Array<ArrayBuffer> {
  const hashes = new Uint8Array(8 * count);
  const bytes = (packed: PackedTexts, i: number) =>
    packed.utf8.subarray(packed.offsets[i], packed.offsets[i + 1]);
  for (let i = 0; i < count; i++) {
    const hash = sha256.create().update(bytes(texts, i)).update(NUL);
    if (textsB) hash.update(bytes(textsB, i));
    const digest = hash
      .update(NUL)
      .update(encoder.encode(written(i)))
      .digest();
    hashes.set(digest.subarray(0, 8), 8 * i);
    into.update(digest);
  }
  return hashes;
}
