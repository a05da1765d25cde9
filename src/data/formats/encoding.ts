// Bytes → text. Tells UTF-8, UTF-16 and what was before them apart and refuses
// what is not text at all, naming it where it can.

import type { Encoding } from "../protocol";
import { Failure, said, type Said } from "../../said";
import { charsetOf } from "./charset";

export interface Decoded {
  text: string;
  encoding: Encoding;
  problems: Said[];
}

/** One string must hold the whole file; engines stop at about 2²⁹ characters. */
const MOST_BYTES = 400_000_000;

/** 400 MB. */
export const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

export function decode(
  name: string,
  bytes: Uint8Array,
  chosen: Encoding | null = null,
): Decoded {
  if (bytes.length === 0) throw new Failure("bytes: none", { file: name });
  if (bytes.length > MOST_BYTES)
    throw new Failure("bytes: too many", {
      file: name,
      size: megabytes(bytes.length),
      most: megabytes(MOST_BYTES),
    });
  const kind = knownKind(bytes);
  if (kind) throw new Failure(kind, { file: name });

  const decoded = chosen ? readAs(chosen, bytes) : read(name, bytes);
  const { text, problems } = withoutMarks(name, withoutNul(name, decoded));
  if (text.trim() === "") throw new Failure("bytes: blank", { file: name });
  return { ...decoded, text, problems };
}

/** As a person said; what does not fit shows in the preview as �. */
const readAs = (encoding: Encoding, bytes: Uint8Array): Decoded => ({
  text: textIn(encoding, bytes),
  encoding,
  problems: [],
});

export const textIn = (encoding: Encoding, bytes: Uint8Array): string =>
  encoding === "windows-1252"
    ? windows1252(bytes)
    : new TextDecoder(encoding).decode(bytes);

function read(name: string, bytes: Uint8Array): Decoded {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return utf8(name, bytes.subarray(3));
  if (
    startsWith(bytes, 0xff, 0xfe, 0, 0) ||
    startsWith(bytes, 0, 0, 0xfe, 0xff)
  )
    throw new Failure("bytes: UTF-32", { file: name });
  if (startsWith(bytes, 0xff, 0xfe))
    return utf16(bytes.subarray(2), "utf-16le");
  if (startsWith(bytes, 0xfe, 0xff))
    return utf16(bytes.subarray(2), "utf-16be");

  const wide = wideOrder(bytes);
  if (wide) {
    const decoded = utf16(bytes, wide);
    if (!/[\uFFFD\0]/.test(decoded.text)) return decoded;
  }
  if (looksBinary(bytes)) throw new Failure("bytes: not text", { file: name });
  return utf8(name, bytes);
}

function utf16(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): Decoded {
  const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
  return { text, encoding, problems: [] };
}

/** UTF-8 where the bytes are (nearly) that; else what they look like, or windows-1252. */
function utf8(name: string, bytes: Uint8Array): Decoded {
  try {
    const text = new TextDecoder("utf-8", {
      fatal: true,
      ignoreBOM: true,
    }).decode(bytes);
    return { text, encoding: "utf-8", problems: [] };
  } catch {
    // Not all of it: judged below by how much of it is.
  }
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const broken = count(text, /\uFFFD/g);
  // In windows-1252 nearly every accented letter breaks UTF-8; in damaged UTF-8 few do.
  const whole = count(text, /[\u0080-\uFFFC]/g);
  if (whole > 9 * broken)
    return {
      text,
      encoding: "utf-8",
      problems: [said("bytes: damaged UTF-8", { file: name, count: broken })],
    };

  const encoding = charsetOf([bytes]);
  if (encoding)
    return {
      text: textIn(encoding, bytes),
      encoding,
      problems: [said("bytes: other encoding", { file: name, encoding })],
    };

  const latin = windows1252(bytes);
  const high = count(latin, /[\u0080-\uFFFF]/g);
  const foreign = high > 0.2 * latin.length;
  return {
    text: latin,
    encoding: "windows-1252",
    problems: [
      foreign
        ? said("bytes: foreign", { file: name })
        : said("bytes: windows-1252", { file: name }),
    ],
  };
}

/** What windows-1252 has at 0x80–0x9F; the five it lacks stay as they are. */
const WINDOWS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Node 20's own decoder leaves 0x80–0x9F as control characters, so they are put right here. */
function windows1252(bytes: Uint8Array): string {
  return new TextDecoder("windows-1252")
    .decode(bytes)
    .replace(/[\u0080-\u009f]/g, (c) => WINDOWS.charAt(c.charCodeAt(0) - 0x80));
}

/**
 * UTF-16 without a mark: every table has line ends, separators or spaces, and
 * only in the right order do they stand where they should.
 */
function wideOrder(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const length = Math.min(bytes.length, 1 << 18);
  if (bytes.length % 2 !== 0) return null;
  let little = 0;
  let big = 0;
  for (let i = 0; i + 1 < length; i += 2) {
    const [one, two] = [bytes[i]!, bytes[i + 1]!];
    if (two === 0 && SEPARATORS.has(one)) little++;
    if (one === 0 && SEPARATORS.has(two)) big++;
  }
  if (little + big < length / 400) return null;
  return little > big ? "utf-16le" : "utf-16be";
}

const SEPARATORS = new Set(Array.from("\t\n\r ,;|", (c) => c.charCodeAt(0)));

function looksBinary(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, 1 << 16);
  let odd = 0;
  let nul = 0;
  for (let i = 0; i < length; i++) {
    const byte = bytes[i] as number;
    // Tab, line ends, form feed and escape do occur in text.
    if (byte === 0) nul++;
    else if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) odd++;
  }
  // Some programs end each cell with NUL, as strings of theirs end.
  return odd > length / 100 || nul > length / 10;
}

/** NUL bytes stand in for nothing in text files; they are dropped and counted. */
function withoutNul(name: string, { text, problems }: Decoded): Cleaned {
  if (!text.includes("\0")) return { text, problems };
  const nul = count(text, /\0/g);
  return {
    text: text.replaceAll("\0", ""),
    problems: [...problems, said("bytes: NUL", { file: name, count: nul })],
  };
}

type Cleaned = Pick<Decoded, "text" | "problems">;

/** Joined files keep their byte order marks, each before its first line. */
function withoutMarks(name: string, { text, problems }: Cleaned): Cleaned {
  if (!text.includes("\uFEFF")) return { text, problems };
  const first = text.slice(0, Math.max(0, text.search(/[\r\n]/)));
  // A file without a line end at its end has the next one on its last line.
  const parted =
    first === "" ? text : text.replaceAll(`\uFEFF${first}`, `\n${first}`);
  const clean = parted.replace(/(^|[\r\n])\uFEFF+/g, "$1");
  if (clean === text) return { text, problems };
  return {
    text: clean,
    problems: [...problems, said("bytes: mark within", { file: name })],
  };
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const _ of text.matchAll(pattern)) found++;
  return found;
}

function startsWith(bytes: Uint8Array, ...head: number[]): boolean {
  return head.every((byte, i) => bytes[i] === byte);
}

const TEXT_HEADS: [RegExp, Said["code"]][] = [
  [/^%PDF-/, "kind: PDF"],
  [/^\{\\rtf/, "kind: rich text"],
  [/^\s*<(!doctype html|html)/i, "kind: web page"],
  [/^SQLite format 3/, "kind: SQLite"],
  [/^PAR1/, "kind: Parquet"],
  [/^version https:\/\/git-lfs/, "kind: Git LFS"],
  [/^\x89PNG|^\xff\xd8\xff|^GIF8|^RIFF....WEBP/s, "kind: picture"],
  [
    /^\x1f\x8b|^BZh|^\xfd7zXZ|^7z\xbc\xaf|^Rar!|^\x28\xb5\x2f\xfd/,
    "kind: compressed",
  ],
  [/^\xd0\xcf\x11\xe0/, "kind: old office"],
];

/** Well-known files that are not tables: what to say of them, with the remedy. */
function knownKind(bytes: Uint8Array): Said["code"] | null {
  const head = String.fromCharCode(...bytes.subarray(0, 64));
  for (const [pattern, kind] of TEXT_HEADS) if (pattern.test(head)) return kind;
  if (!head.startsWith("PK\x03\x04")) return null;
  const names = String.fromCharCode(...bytes.subarray(0, 4096));
  return /xl\/|\[Content_Types\]/.test(names) ? "kind: office" : "kind: zip";
}
