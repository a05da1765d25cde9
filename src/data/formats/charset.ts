// Which of the encodings from before UTF-8 a file is in, by how often what its
// letters would be in each stand beside each other in the languages that used it.

import * as wide from "chardet/lib/encoding/mbcs";
import * as narrow from "chardet/lib/encoding/sbcs";
import type { Encoding } from "../protocol";

/** The strictest first: of two that are sure, it is the less likely to be by chance. */
const recognisers = [
  new wide.euc_jp(),
  new wide.euc_kr(),
  new wide.gb_18030(),
  new wide.sjis(),
  new wide.big5(),
  new narrow.ISO_8859_1(),
  new narrow.ISO_8859_2(),
  new narrow.ISO_8859_5(),
  new narrow.ISO_8859_7(),
  new narrow.ISO_8859_8(),
  new narrow.ISO_8859_9(),
  new narrow.windows_1251(),
  new narrow.windows_1256(),
  new narrow.windows_1257(),
  new narrow.KOI8_R(),
];

/** As `TextDecoder` names them; of two that share their letters, what spreadsheets write. */
const called: Record<string, Encoding> = {
  "EUC-JP": "euc-jp",
  "EUC-KR": "euc-kr",
  GB18030: "gb18030",
  Shift_JIS: "shift_jis",
  Big5: "big5",
  "ISO-8859-1": "windows-1252",
  "ISO-8859-2": "iso-8859-2",
  "ISO-8859-5": "iso-8859-5",
  "ISO-8859-7": "windows-1253",
  "ISO-8859-8": "windows-1255",
  "ISO-8859-9": "windows-1254",
  "windows-1250": "windows-1250",
  "windows-1251": "windows-1251",
  "windows-1252": "windows-1252",
  "windows-1253": "windows-1253",
  "windows-1254": "windows-1254",
  "windows-1255": "windows-1255",
  "windows-1256": "windows-1256",
  "windows-1257": "windows-1257",
  "KOI8-R": "koi8-r",
};

/** Fewer bytes beyond ASCII say too little: a dozen Chinese characters are the least that do. */
const FEWEST = 24;
/** In hundredths, as the recognisers answer: how sure, and how much surer than of windows-1252. */
const SURE = 25;
const SURER = 10;
/** More does not change the answer. */
const SAMPLE = 1 << 15;

/** Of files that are not UTF-8 and are all in one encoding; null where nothing speaks against windows-1252. */
export function charsetOf(files: Uint8Array[]): Encoding | null {
  const sample = foreignLines(files);
  const byteStats = new Array<number>(256).fill(0);
  for (const byte of sample) byteStats[byte]!++;
  const count = (from: number, to: number) =>
    byteStats.slice(from, to).reduce((sum, n) => sum + n, 0);
  if (count(0x80, 0x100) < FEWEST) return null;

  const context = {
    byteStats,
    c1Bytes: count(0x80, 0xa0) > 0,
    rawInput: sample,
    rawLen: sample.length,
    inputBytes: sample,
    inputLen: sample.length,
  };
  const sure = new Map<Encoding, number>();
  for (const recogniser of recognisers) {
    const match = recogniser.match(context);
    const encoding = match && called[match.name];
    if (encoding) sure.set(encoding, match.confidence);
  }
  const least = Math.max(SURE, (sure.get("windows-1252") ?? 0) + SURER);
  const [best] = [...sure]
    .filter(
      ([encoding, confidence]) => confidence >= least && fits(encoding, sample),
    )
    .sort(([, a], [, b]) => b - a);
  return best?.[0] ?? null;
}

/** A damaged character or two fit as well. */
function fits(encoding: Encoding, sample: Uint8Array): boolean {
  const text = new TextDecoder(encoding).decode(sample);
  const broken = text.match(/\uFFFD/g)?.length ?? 0;
  const foreign = text.match(/[^\0-\x7f]/g)?.length ?? 0;
  return broken <= 1 + foreign / 100;
}

/** The first lines that are not all ASCII: the others speak for no encoding, only against some. */
function foreignLines(files: Uint8Array[]): Uint8Array {
  const sample = new Uint8Array(SAMPLE);
  let used = 0;
  for (const bytes of files) {
    let start = 0;
    let foreign = false;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i]!;
      foreign ||= byte > 0x7f;
      if (byte !== 10 && byte !== 13 && i + 1 < bytes.length) continue;
      if (foreign) {
        const line = bytes.subarray(start, i + 1);
        sample.set(line.subarray(0, SAMPLE - used), used);
        used += line.length;
        if (used >= SAMPLE) return sample;
      }
      start = i + 1;
      foreign = false;
    }
  }
  return sample.subarray(0, used);
}
